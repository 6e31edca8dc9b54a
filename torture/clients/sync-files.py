# The files of a sync, read by who knows nothing of it: pyarrow, DuckDB and Polars find in every format, value by value, what the SQL connector
# for Python reads of the same tables. Extremes, texts of many scripts, NULL in every column, and 100,000 rows; 1,000,000 with FULL=1.
# world: sync
# installs: pip databricks-sql-connector 4.9.0 pyarrow==26.0.1 duckdb==2.0.1 polars==2.1.0

import json
import math
import os

import duckdb
import polars
import pyarrow
import pyarrow.csv
import pyarrow.ipc
import pyarrow.json
import pyarrow.parquet

import synced
import world

big = "rows_1m" if os.environ.get("FULL") else "rows_100k"

# The workspace has no functions that make nested values: it takes their JSON text.
columns = {
    "id": "BIGINT", "flag": "BOOLEAN", "tiny": "TINYINT", "small": "SMALLINT", "whole": "INT", "big": "BIGINT", "single": "FLOAT", "ratio": "DOUBLE",
    "p9": "DECIMAL(9,2)", "p18": "DECIMAL(18,6)", "p38": "DECIMAL(38,18)", "p0": "DECIMAL(38,0)", "label": "STRING", "raw": "BINARY", "day": "DATE",
    "moment": "TIMESTAMP", "tags": "ARRAY<STRING>", "matrix": "ARRAY<ARRAY<INT>>", "counts": "MAP<STRING,INT>",
    "by_number": "MAP<INT,STRING>", "reading": "STRUCT<id:BIGINT,at:TIMESTAMP,readings:ARRAY<DOUBLE>,price:DECIMAL(10,2)>",
}
texts = ["", " ", "  two blanks  ", "NULL", "null", "\\N", 'a "quoted" text', "a,comma", "a\ttab", "a\nline", "a\r\nline", "Zürich", "東京", "🧊", "e\u0301", "\u200fעברית", "1", "true", "2024-01-01", "{}"]
extremes = [
    [
        "false", "-128", "-32768", "-2147483648", "CAST('-9223372036854775808' AS BIGINT)", "CAST('-3.4028235E38' AS FLOAT)", "CAST('-1.7976931348623157E308' AS DOUBLE)",
        "CAST('-9999999.99' AS DECIMAL(9,2))", "CAST('-999999999999.999999' AS DECIMAL(18,6))", "CAST('-99999999999999999999.999999999999999999' AS DECIMAL(38,18))", "CAST('-99999999999999999999999999999999999999' AS DECIMAL(38,0))", "''", "X''", "DATE'0001-01-01'",
        "TIMESTAMP'0001-01-01 00:00:00'", "'[]'", "'[[]]'", "'{}'", "'{}'",
        """'{"id":null,"at":null,"readings":null,"price":null}'""",
    ],
    [
        "true", "127", "32767", "2147483647", "9223372036854775807", "CAST('3.4028235E38' AS FLOAT)", "CAST('1.7976931348623157E308' AS DOUBLE)",
        "CAST('9999999.99' AS DECIMAL(9,2))", "CAST('999999999999.999999' AS DECIMAL(18,6))", "CAST('99999999999999999999.999999999999999999' AS DECIMAL(38,18))", "CAST('99999999999999999999999999999999999999' AS DECIMAL(38,0))", "'x'", "X'00FF80'", "DATE'9999-12-31'",
        "TIMESTAMP'9999-12-31 23:59:59.999999'", """'["a",null,""]'""", "'[[1,null],null,[]]'",
        """'{"a":1,"b":null}'""", """'{"1":"x","-1":null}'""",
        """'{"id":9007199254740993,"at":"2024-02-29 13:14:15.123456","readings":[1.5,null],"price":1.25}'""",
    ],
]
odd = ["CAST('NaN' AS {})", "CAST('Infinity' AS {})", "CAST('-Infinity' AS {})", "CAST('-0.0' AS {})", "CAST('1E-45' AS {})", "CAST('0.1' AS {})", "CAST('16777217' AS {})"]


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fill(c, table):
    made = ", ".join(f"{n} {t}" for n, t in columns.items())
    c.execute(f"CREATE TABLE {table} ({made})")
    rows = [["1"] + ["NULL"] * (len(columns) - 1)]
    rows += [[str(2 + i), *row] for i, row in enumerate(extremes)]
    for text in texts + odd:
        row = dict.fromkeys(columns, "NULL") | {"id": str(len(rows) + 1)}
        if text in odd:
            row |= {"single": text.format("FLOAT"), "ratio": text.format("DOUBLE")}
        else:
            q = quoted(text)
            nested = json.dumps(text, ensure_ascii=False)
            row |= {"label": q, "raw": f"CAST({q} AS BINARY)", "tags": quoted(f"[{nested}]"), "counts": quoted(f"{{{nested}:1}}"), "by_number": quoted(f'{{"1":{nested}}}')}
        rows.append(list(row.values()))
    for row in rows:
        c.execute(f"INSERT INTO {table} VALUES ({', '.join(row)})")


def within(column):
    """The types of DuckDB that hold what NDJSON writes of a column."""
    t = column.type
    if pyarrow.types.is_map(t) and not pyarrow.types.is_string(t.key_type):
        return "JSON"
    return "JSON" if pyarrow.types.is_nested(t) else "VARCHAR"


def objects(values):
    return [None if v is None else json.loads(v) for v in values]


def of_text(schema, read):
    """A reader that leaves texts as they are written: nested values are JSON."""
    return lambda name: objects(read(name)) if pyarrow.types.is_nested(schema.field(name).type) else read(name)


def as_read(t):
    """The type by which pyarrow is to read NDJSON of a type: text where the file has text."""
    if pyarrow.types.is_list(t):
        return pyarrow.list_(as_read(t.value_type))
    if pyarrow.types.is_struct(t):
        return pyarrow.struct([pyarrow.field(f.name, as_read(f.type)) for f in t])
    return t if pyarrow.types.is_integer(t) or pyarrow.types.is_boolean(t) or pyarrow.types.is_floating(t) else pyarrow.string()


def all_finite(column):
    return not pyarrow.types.is_floating(column.type) or all(v is None or math.isfinite(v) for v in column.to_pylist())


def frames(t):
    """The type by which Polars is to read NDJSON of a type, in which it knows no map."""
    if pyarrow.types.is_list(t):
        return polars.List(frames(t.value_type))
    if pyarrow.types.is_struct(t):
        return polars.Struct({f.name: frames(f.type) for f in t})
    return polars.Int64 if pyarrow.types.is_integer(t) else polars.Boolean if pyarrow.types.is_boolean(t) else polars.String


def lines_in(paths, name):
    out = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            out += [json.loads(line)[name] for line in file]
    return out


def parquet(what, schema, want, paths):
    table = pyarrow.concat_tables([pyarrow.parquet.ParquetFile(p).read() for p in paths])
    synced.equal(f"{what} by pyarrow", schema, want, lambda n: table.column(n).to_pylist())
    for field in schema:
        mine = table.schema.field(field.name).type
        world.true(f"{what}: {field.name} is {field.type} and {mine}", synced.kind(mine) == synced.kind(field.type))
    db = duckdb.connect()
    db.execute("SET TimeZone = 'UTC'")
    of_db = db.sql("SELECT * FROM read_parquet(?, hive_partitioning = false)", params=[paths]).to_arrow_table()
    synced.equal(f"{what} by DuckDB", schema, want, lambda n: of_db.column(n).to_pylist())
    frame = polars.read_parquet(paths, hive_partitioning=False)
    synced.equal(f"{what} by Polars", schema, want, lambda n: frame.get_column(n).to_list())


def arrow(what, schema, want, paths):
    table = pyarrow.concat_tables([pyarrow.ipc.open_file(p).read_all() for p in paths])
    synced.equal(f"{what} by pyarrow", schema, want, lambda n: table.column(n).to_pylist())
    db = duckdb.connect()
    db.execute("SET TimeZone = 'UTC'")
    of_db = db.from_arrow(table).to_arrow_table()
    synced.equal(f"{what} by DuckDB", schema, want, lambda n: of_db.column(n).to_pylist())
    frame = polars.scan_ipc(paths, hive_partitioning=False).collect()
    synced.equal(f"{what} by Polars", schema, want, lambda n: frame.get_column(n).to_list())


def ndjson(what, schema, want, paths):
    synced.equal(f"{what} line by line", schema, want, lambda n: lines_in(paths, n))
    shape = ", ".join(f"'{f.name}': '{within(f)}'" for f in schema)
    db = duckdb.connect()
    of_db = db.sql(f"SELECT * FROM read_json(?, format = 'newline_delimited', columns = {{{shape}}}, hive_partitioning = false)", params=[paths]).to_arrow_table()
    synced.equal(f"{what} by DuckDB", schema, want, of_text(schema, lambda n: of_db.column(n).to_pylist()))


    # pyarrow reads no object as a map, and no column that has numbers and "NaN" among them, so those are for the others.
    some = pyarrow.schema([pyarrow.field(f.name, as_read(f.type)) for f in schema if not pyarrow.types.is_map(f.type) and all_finite(want.column(f.name))])
    options = pyarrow.json.ParseOptions(explicit_schema=some, unexpected_field_behavior="ignore")
    table = pyarrow.concat_tables([pyarrow.json.read_json(p, parse_options=options) for p in paths])
    synced.equal(f"{what} by pyarrow", pyarrow.schema([f for f in schema if f.name in some.names]), want, lambda n: table.column(n).to_pylist())
    some = pyarrow.schema([f for f in schema if not pyarrow.types.is_map(f.type)])
    frame = polars.concat([polars.read_ndjson(p, schema={f.name: frames(f.type) for f in some}) for p in paths])
    synced.equal(f"{what} by Polars", some, want, lambda n: frame.get_column(n).to_list())


def csv(what, schema, want, paths):
    options = pyarrow.csv.ConvertOptions(
        column_types={f.name: pyarrow.string() for f in schema}, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    table = pyarrow.concat_tables([pyarrow.csv.read_csv(p, parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True), convert_options=options) for p in paths])
    synced.equal(f"{what} by pyarrow", schema, want, of_text(schema, lambda n: table.column(n).to_pylist()))
    db = duckdb.connect()
    of_db = db.sql(
        "SELECT * FROM read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, hive_partitioning = false)", params=[paths]
    ).to_arrow_table()
    synced.equal(f"{what} by DuckDB", schema, want, of_text(schema, lambda n: of_db.column(n).to_pylist()))
    frame = polars.concat([polars.read_csv(p, infer_schema=False) for p in paths])
    synced.equal(f"{what} by Polars", schema, want, of_text(schema, lambda n: frame.get_column(n).to_list()))


def compare(name, table, c):
    c.execute(f"SELECT * FROM {table}")
    want = c.fetchall_arrow()
    synced.forms.clear()
    for form, read in {"ndjson": ndjson, "csv": csv, "parquet": parquet, "arrow": arrow}.items():
        folder, manifest = synced.sync(name, os.path.abspath(f"runs-{form}"), "--format", form, "--table", table)
        paths, entry = synced.files(folder, manifest, table)
        world.same(f"rows of {table} in the manifest", entry["rows"], want.num_rows)
        world.same(f"columns of {table} in the manifest", [col["name"] for col in entry["columns"]], want.schema.names)
        read(f"{form} of {table}", want.schema, want, paths)


with synced.session(synced.admin_token) as s, s.cursor() as c:
    synced.may_write(c)
    fill(c, "generated.sync.extremes")
synced.connect("Files", "generated.sync", ["extremes", big])
with synced.session() as s, s.cursor() as c:
    compare("Files", "generated.sync.extremes", c)
    compare("Files", f"generated.sync.{big}", c)
world.done(f"{len(columns)} types and {big} in 4 formats")
