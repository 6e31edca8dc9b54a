# How fast a sync is beside the SQL connector for Python, whose rows, by fetchmany, are written into one file of the same format as a person would:
# in turns, from sign-in to the file, of the same ten columns. 100,000 rows; 1,000,000 with FULL=1. `make bench` prints the figures.
# world: sync
# installs: pip databricks-sql-connector 4.9.0 pyarrow==26.0.1

import csv
import json
import os
import time

import pyarrow
import pyarrow.parquet

import synced
import world

table, rows = ("rows_1m", 1_000_000) if os.environ.get("FULL") else ("rows_100k", 100_000)
columns = ["id", "name", "kind", "amount", "score", "price", "active", "seen_on", "updated_at", "port"]
many = 10_000


def read(name, write):
    """Writes all rows into a file, and gives how many there were."""
    count = 0
    with synced.session() as s, s.cursor() as c:
        c.execute(f"SELECT {', '.join(columns)} FROM generated.sync.{table}")
        with write(name) as add:
            while some := c.fetchmany(many):
                add(some)
                count += len(some)
    return count


class Lines:
    def __init__(self, name):
        self.file = open(name, "w", encoding="utf-8", newline="")

    def __enter__(self):
        return self.add

    def __exit__(self, *_):
        self.file.close()

    def add(self, some):
        for row in some:
            self.file.write(json.dumps(row.asDict(), ensure_ascii=False, default=str) + "\n")


class Fields(Lines):
    def add(self, some):
        csv.writer(self.file).writerows(some)


class Batches:
    """Values become Arrow by their types in Python. The first batch decides the columns; a DECIMAL may have longer ones behind it."""

    def __init__(self, name):
        self.name, self.writer = name, None

    def __enter__(self):
        return self.add

    def __exit__(self, *_):
        self.writer.close()

    def add(self, some):
        if not self.writer:
            types = [pyarrow.infer_type(v) for v in zip(*some)]
            self.schema = pyarrow.schema(zip(columns, [pyarrow.decimal128(38, t.scale) if pyarrow.types.is_decimal(t) else t for t in types]))
            self.writer = self.begin()
        self.writer.write_table(pyarrow.table([pyarrow.array(v, type=t) for v, t in zip(zip(*some), self.schema.types)], schema=self.schema))

    def begin(self):
        return pyarrow.ipc.new_file(self.name, self.schema)


class Groups(Batches):
    def begin(self):
        return pyarrow.parquet.ParquetWriter(self.name, self.schema, compression="zstd")


def took(do, *args):
    began = time.monotonic()
    got = do(*args)
    return time.monotonic() - began, got


synced.connect("Speed", "generated.sync", [table])
said = []
for form, write in {"parquet": Groups, "ndjson": Lines, "csv": Fields, "arrow": Batches}.items():
    theirs, count = took(read, f"python.{form}", write)
    world.same(f"rows of {table} by Python as {form}", count, rows)
    mine, (_, manifest) = took(synced.sync, "Speed", os.path.abspath(f"runs-{form}"), "--format", form, "--columns", ",".join(columns))
    world.same(f"rows of {table} as {form}", manifest["tables"][0]["rows"], rows)
    print(f"BenchmarkBesidePython/{form} 1 {rows / mine:.0f} rows/s {rows / theirs:.0f} python-rows/s {theirs / mine:.2f} of-python", flush=True)
world.done(f"{rows} rows in 4 formats")
