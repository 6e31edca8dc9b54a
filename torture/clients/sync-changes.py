# The changes between two runs of a sync: after another client inserted, updated and deleted rows, the second run finds exactly those, from the
# change feed and by comparison, with keys that are NULL, rows that are there twice and no key at all; applied to the first run's rows they give
# the second's.
# world: sync
# installs: pip databricks-sql-connector 4.9.0 pyarrow==26.0.1

import collections
import json
import os

import pyarrow
import pyarrow.parquet

import synced
import world

# A table by how its changes are found: whether they are recorded, and by which columns rows are told apart.
tables = {"people": (True, ["id"]), "nofeed": (False, ["id"]), "keyless": (False, [])}
made = "(id BIGINT, name STRING, amount DECIMAL(18,4), seen TIMESTAMP, tags ARRAY<STRING>)"
first = [
    "1, 'Ada', 1.5, TIMESTAMP'2026-01-01 00:00:00', '[\"a\"]'", "2, 'Grace', NULL, NULL, NULL", "3, 'Zürich 東京', 3, NULL, '[]'", "4, 'gone', 4, NULL, NULL",
    "5, '', 5, NULL, '[null]'", "6, NULL, 6, NULL, NULL", "NULL, 'no key', 7, NULL, NULL",
]
twice = ["8, 'twin', 8, NULL, NULL", "8, 'twin', 8, NULL, NULL", "9, 'twin', 9, NULL, NULL", "9, 'twin', 9, NULL, NULL"]
edits = [
    "INSERT INTO {} VALUES (10, 'new', 10, TIMESTAMP'2026-02-02 02:02:02.000002', '[\"b\",null]')", "UPDATE {} SET amount = 2.0001 WHERE id = 2", "UPDATE {} SET name = NULL WHERE id = 5",
    "DELETE FROM {} WHERE id = 4", "UPDATE {} SET name = 'NO KEY' WHERE id IS NULL", "UPDATE {} SET name = 'once' WHERE id = 3", "UPDATE {} SET name = 'again' WHERE id = 3",
    "UPDATE {} SET amount = 60 WHERE id = 6", "UPDATE {} SET amount = 6 WHERE id = 6", "INSERT INTO {} VALUES (11, 'came and went', 1, NULL, NULL)", "DELETE FROM {} WHERE id = 11",
]


def rows(folder, manifest, table):
    paths, entry = synced.files(folder, manifest, table)
    whole = pyarrow.concat_tables([pyarrow.parquet.ParquetFile(p).read() for p in paths])
    return whole.schema, [form(whole.schema, r) for r in whole.to_pylist()], entry


def form(schema, row):
    """A row in one form, which can be counted."""
    return json.dumps([synced.same_form(synced.kind(f.type), row[f.name]) for f in schema], default=str)


def keyed(schema, key, row):
    at = [schema.names.index(k) for k in key]
    cells = json.loads(row)
    return [cells[i] for i in at]


with synced.session(synced.admin_token) as s, s.cursor() as c:
    synced.may_write(c)
    for table, (feed, key) in tables.items():
        full = f"generated.sync.{table}"
        c.execute(f"CREATE TABLE {full} {made}" + (" TBLPROPERTIES (delta.enableChangeDataFeed = true)" if feed else ""))
        for row in first + (twice if not key else []):
            c.execute(f"INSERT INTO {full} VALUES ({row})")
    synced.connect("Changes", "generated.sync", tables)
    for table, (feed, key) in tables.items():
        full = f"generated.sync.{table}"
        flags = ["--table", full] + [f for k in key for f in ("--key", k)]
        folder = os.path.abspath(f"runs-{table}")
        schema, before, entry = rows(*synced.sync("Changes", folder, *flags), full)
        world.true(f"{table}: a first run has nothing to compare with", entry.get("changes") is None)
        _, again, entry = rows(*synced.sync("Changes", folder, *flags), full)
        world.same(f"{table}: nothing changed", [entry["changes"][n] for n in ("added", "changed", "removed")], [0, 0, 0])
        world.same(f"{table}: the rows of a run without changes", sorted(again), sorted(before))
        for edit in edits + (["INSERT INTO {} VALUES (8, 'twin', 8, NULL, NULL)", "DELETE FROM {} WHERE id = 9", f"INSERT INTO {{}} VALUES ({twice[2]})"] if not key else []):
            c.execute(edit.format(full))
        run, manifest = synced.sync("Changes", folder, *flags)
        _, after, entry = rows(run, manifest, full)
        c.execute(f"SELECT * FROM {full}")
        want = c.fetchall_arrow()
        world.same(f"{table}: the rows of the second run", sorted(after), sorted(form(want.schema, r) for r in want.to_pylist()))
        world.same(f"{table}: how the changes were found", (entry["mode"], entry["changes"]["from"]), ("changes", "change feed") if feed else ("full", "comparison"))
        counts = [entry["changes"][n] for n in ("added", "changed", "removed")]
        # By its key a row is changed; without one it is gone, and another is there.
        world.same(f"{table}: what changed", counts, [1, 4, 1] if key else [6, 0, 6])
        there = collections.Counter(before)
        with open(os.path.join(run, entry["changes"]["file"]), encoding="utf-8") as file:
            for line in file:
                change = json.loads(line)
                world.same(f"{table}: the first member", next(iter(change)), "_change_type")
                kind = change.pop("_change_type")
                there[form(schema, change)] += {"insert": 1, "update_postimage": 1, "delete": -1, "update_preimage": -1}[kind]
                world.true(f"{table}: a row that goes was there", there[form(schema, change)] >= 0)
        world.same(f"{table}: the changes applied to the first run", sorted(there.elements()), sorted(after))
world.done(f"{len(tables)} tables")
