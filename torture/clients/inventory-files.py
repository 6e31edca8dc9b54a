# The files of inventories, read by who knows nothing of them: pyarrow and DuckDB find in the layout of runs what lines of JSON have, and the
# queries of docs/inventory-queries.md run as they stand there.
# installs: pip databricks-sql-connector 4.9.0 pyarrow==26.0.1 duckdb==2.0.1

import json
import os
import re

import duckdb
import pyarrow.dataset

import synced
import world

docs = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(world.__file__))))), "docs", "inventory-queries.md")

synced.connect("prod", "inventory.assets", ["components"])
for number in range(2):
    lines = [json.loads(line) for line in synced.run("inventory", "run", "prod", "--key-file", synced.key, "--to", "layout", "--json").splitlines()]
    world.same("the events of a run", [line["event"] for line in lines if line["event"] in ("run", "laid")], ["run", "laid"])
laid = lines[-1]["file"]
with open(os.path.join(laid, "_manifest.json"), encoding="utf-8") as file:
    manifest = json.load(file)
synced.run("inventory", "export", "--to", "lines", "--format", "ndjson")
synced.run("inventory", "export", "--to", "csv", "--format", "csv")

db = duckdb.connect()
total = 0
for entry in manifest["files"]:
    path, plain = os.path.join(laid, entry["path"]), entry["path"].removesuffix(".parquet")
    want = []  # of what there is nothing of, an export has no file, and a layout one without rows
    if os.path.exists(f"lines/{plain}.ndjson"):
        with open(f"lines/{plain}.ndjson", encoding="utf-8") as file:
            want = [json.loads(line) for line in file]
    for row in want:
        row["properties"] = json.dumps(row["properties"], sort_keys=True)
    got = pyarrow.dataset.dataset(path, format="parquet", partitioning=None).to_table().to_pylist()
    by_duck = db.execute("SELECT kind, id, parent, name, properties FROM read_parquet(?, hive_partitioning = false)", [path]).fetchall()
    by_csv = []
    if want:
        by_csv = db.execute("SELECT kind, id, parent, name, properties FROM read_csv(?, all_varchar = true, header = true, nullstr = '\\N')", [f"csv/{plain}.csv"]).fetchall()
    columns = ("kind", "id", "parent", "name", "properties")
    for what, rows in (("pyarrow", got), ("DuckDB", [dict(zip(columns, r)) for r in by_duck]), ("CSV", [dict(zip(columns, r)) for r in by_csv])):
        for row in rows:
            row["properties"] = json.dumps(json.loads(row["properties"]), sort_keys=True)
        world.same(f"{plain} by {what}", rows, want)
    world.same(f"the rows of {plain}", entry["rows"], len(want))
    total += len(want)

# Both runs are there, and the engine takes the folders for partitions.
runs = db.execute("SELECT workspace, run, count(*) FROM read_parquet('layout/workspace=*/run=*/*.parquet', hive_partitioning = true, hive_types_autocast = false) GROUP BY ALL ORDER BY ALL").fetchall()
world.same("the runs", [(w, n) for w, _, n in runs], [(manifest["workspace"], total)] * 2)
world.same("the newest run", runs[-1][1], manifest["run"])

# The queries of the page, one after the other, as somebody who copies them would run them.
with open(docs, encoding="utf-8") as file:
    queries = re.findall(r"```sql\n(.*?)```", file.read().split("## Spark")[0], re.S)
world.true("the page has queries", len(queries) >= 6)
answers = {}
for query in queries:
    for statement in query.replace("DIR", "layout").split(";\n"):
        if statement.strip():
            answers[statement.strip().splitlines()[0]] = db.execute(statement).fetchall()
            world.checks += 1
opened = [rows for first, rows in answers.items() if first.startswith("-- tables that")]
world.true("who may read which table is answered", opened and isinstance(opened[0], list))
world.done(f"{total} rows, {len(queries)} queries of the page")
