# The files of inventories in Spark: the queries of docs/inventory-queries.md run as they stand there, and answer what lines of JSON say.
# installs: pip pyspark 4.3.0 databricks-sql-connector==4.9.0 pyarrow==26.0.1
# world: estate

import collections
import json
import os
import re
import shutil
import ssl
import sys
import urllib.request

import synced
import world

if shutil.which("java") is None:
    print("there is no java for Spark")
    sys.exit(3)
from pyspark.sql import SparkSession

docs = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(world.__file__))))), "docs", "inventory-queries.md")
with open(docs, encoding="utf-8") as file:
    page = file.read().split("## Spark")[1]

grant = urllib.request.Request(
    f"https://{world.host}:{world.port}/api/2.1/unity-catalog/permissions/table/inventory.assets.components", method="PATCH",
    headers={"Authorization": f"Bearer {synced.admin_token}"}, data=json.dumps({"changes": [{"principal": "account users", "add": ["MODIFY"]}]}).encode(),
)
urllib.request.urlopen(grant, context=ssl.create_default_context(cafile=world.ca_file)).close()
synced.connect("prod", "inventory.assets", ["components"])
for number in range(2):
    synced.run("inventory", "run", "prod", "--key-file", synced.key, "--to", "layout")
synced.run("inventory", "export", "--to", "lines", "--format", "ndjson")


def lines(kind):
    path = f"lines/{kind}.ndjson"
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1").getOrCreate()
answers = {}
for query in re.findall(r"```sql\n(.*?)```", page, re.S):
    first, statement = query.split("\n", 1)
    answers[first] = [tuple(row) for row in spark.sql(statement.replace("DIR", "layout").strip().rstrip(";")).collect()]
world.true("the page has queries", len(answers) >= 4)

owners = collections.Counter(row["properties"].get("owner") for row in lines("tables"))
want = sorted(owners.items(), key=lambda pair: (-pair[1], pair[0] or ""))[:20]
world.same("owners of the most tables", answers["-- owners of the most tables"], want)
writes = {"MODIFY", "ALL_PRIVILEGES", "ALL PRIVILEGES", "MANAGE"}
want = sorted((row["parent"], row["properties"]["principal"]) for row in lines("grants-tables") if writes & set(row["properties"]["privileges"]))
got = sorted(row[1:3] for row in answers["-- tables that somebody may change, by a grant on the table itself"])
world.same("tables that somebody may change", got, want)
world.true("an admin sees the one that is granted", ("inventory.assets.components", "account users") in got or os.environ["WORKSPACE_IDENTITY"] != "admin")
world.same("workspaces", spark.sql("SELECT count(*) FROM newest").first()[0], 1)
world.same("runs", spark.sql("SELECT count(DISTINCT run) FROM inventory_tables").first()[0], 2)

for block in re.findall(r"```python\n(.*?)```", page, re.S):
    names = {"spark": spark}
    exec(block.replace("DIR", "layout"), names)
    world.same("the tables of the newest run, by the folders", names["tables"].join(names["newest"], ["workspace", "run"]).count(), len(lines("tables")))
world.done(f"{len(lines('tables'))} tables, {len(answers)} queries of the page")
