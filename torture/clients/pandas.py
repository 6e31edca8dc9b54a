# pandas over the SQL connector: a query becomes a frame with as many rows as there are, its columns in their order, numbers as numbers and
# moments as moments, nothing where NULL is, and so does a table of Arrow.
# installs: pip pandas 3.1.1 databricks-sql-connector[pyarrow]==4.9.0 pyarrow==26.0.1

import warnings

import pandas
from databricks import sql

import world

warnings.filterwarnings("ignore", message="pandas only supports SQLAlchemy")
connection = sql.connect(
    server_hostname=world.host, _port=world.port, http_path=world.http_path, access_token=world.token, _tls_trusted_ca_file=world.ca_file,
    enable_telemetry=False,
)
with connection:
    for name in ("devices", "decommissioned", "locations"):
        frame = pandas.read_sql(f"SELECT * FROM inventory.assets.{name}", connection)
        world.same(f"rows of {name}", len(frame), world.rows[name])
    servers = pandas.read_sql("SELECT id, hostname, cpu_cores, disk_tb, last_patched_at FROM inventory.assets.servers ORDER BY id", connection)
    world.same("columns", list(servers.columns), ["id", "hostname", "cpu_cores", "disk_tb", "last_patched_at"])
    world.true("ids are whole numbers", pandas.api.types.is_integer_dtype(servers["id"]))
    world.true("a DOUBLE is a float", pandas.api.types.is_float_dtype(servers["disk_tb"]))
    world.true("a TIMESTAMP is a moment", pandas.api.types.is_datetime64_any_dtype(servers["last_patched_at"]))
    world.true("rows in their order", servers["id"].is_monotonic_increasing and servers["id"].is_unique)

    types = pandas.read_sql("SELECT * FROM inventory.reference.data_types ORDER BY id", connection)
    world.same("columns of each type", list(types.columns), list(world.types))
    world.same("rows of each type", len(types), 4)
    world.true("NULL is nothing", types.drop(columns="id").iloc[3].isna().all())
    world.same("a text", types["label"][0], "Zürich 東京 'quoted'")

    cursor = connection.cursor()
    cursor.execute("SELECT site, count(*) AS n FROM inventory.assets.devices GROUP BY site")
    sites = cursor.fetchall_arrow().to_pandas()
    world.same("a sum over groups", int(sites["n"].sum()), world.rows["devices"])
    world.fails("a table without a grant", [world.refusal], pandas.read_sql, f"SELECT * FROM {world.refused}", connection)
world.done("frames of 5 tables")
