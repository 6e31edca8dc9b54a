# The SQL connector for Python: every statement that a session of it can ask for ends, each data type comes back as Python has it, in Arrow and
# in columns, parameters keep their types, the metadata calls name what is there, and a refusal carries its SQLSTATE.
# installs: pip databricks-sql-connector 4.9.0 pyarrow==26.0.1 databricks-sdk==0.162.0

import datetime
from decimal import Decimal

from databricks import sql
from databricks.sdk.core import Config, oauth_service_principal

import world


def session(**more):
    return sql.connect(
        server_hostname=world.host, _port=world.port, http_path=world.http_path, _tls_trusted_ca_file=world.ca_file,
        enable_telemetry=False, **({"access_token": world.token} | more),
    )


def rows(cursor, statement, parameters=None):
    cursor.execute(statement, parameters)
    return [tuple(r) for r in cursor.fetchall()]


def sign_in():
    """A service principal signs in with its secret, which databricks-sdk does for the connector."""
    config = Config(host=world.url, client_id=world.client_id, client_secret=world.secret, auth_type="oauth-m2m")
    with session(access_token=None, credentials_provider=lambda: oauth_service_principal(config)) as s, s.cursor() as c:
        world.same("who signed in with a secret", rows(c, "SELECT current_user()"), [(world.client_id,)])


def tables(c):
    for name, count in world.rows.items():
        world.same(f"rows of {name}", rows(c, f"SELECT count(*) FROM inventory.assets.{name}"), [(count,)])
    c.execute("SELECT * FROM inventory.assets.components ORDER BY id")
    seen = 0
    while page := c.fetchmany(1000):
        seen += len(page)
    world.same("rows that were fetched by a thousand", seen, world.rows["components"])


def types(c):
    got = rows(c, "SELECT * FROM inventory.reference.data_types ORDER BY id")
    world.same("columns", [d[0] for d in c.description], list(world.types))
    world.same("types", [d[1] for d in c.description], [t.split("<")[0].split("(")[0] for t in world.types.values()])
    values = dict(zip(world.types, got[0]))
    for column, want in {
        "id": 1, "flag": True, "tiny": 7, "small": 1200, "whole": 86400, "big": 9007199254740993, "single": 1.5, "ratio": 2.25,
        "price": Decimal("12345.67"), "exact": Decimal("12345678901234567890.123456789012345678"), "label": "Zürich 東京 'quoted'",
        "raw": b"\x00\x7f\xff", "day": datetime.date(2024, 2, 29),
    }.items():
        world.same(column, (type(values[column]), values[column]), (type(want), want))
    world.same("moment", str(values["moment"])[:26], "2024-02-29 13:14:15.123456")
    world.same("NULL in every column", got[3][1:], (None,) * (len(world.types) - 1))


def parameters(c):
    for value in (True, 7, 2**40, 1.5, Decimal("1.25"), "it's", datetime.date(2024, 2, 29), None):
        world.same(f"parameter {value!r}", rows(c, "SELECT :p", {"p": value}), [(value,)])
    world.same("by place", rows(c, "SELECT ? + ?", [1, 2]), [(3,)])


def metadata(c):
    def listed(call, *columns, **args):
        """The columns as Thrift calls them, or as the statement API does, which this connector hands on as they are."""
        call(**args)
        at = [d[0] for d in c.description]
        rows = c.fetchall()
        return [[r[at.index(next(n for n in names.split("/") if n in at))] for r in rows] for names in columns]

    world.true("catalogs", "inventory" in listed(c.catalogs, "TABLE_CAT/catalog")[0])
    world.same("schemas", listed(c.schemas, "TABLE_SCHEM/databaseName", catalog_name="inventory"), [["assets", "information_schema", "reference", "staging"]])
    world.same("tables", listed(c.tables, "TABLE_NAME/tableName", catalog_name="inventory", schema_name="assets"), [sorted(world.rows)])
    names, kinds = listed(c.columns, "COLUMN_NAME/col_name", "TYPE_NAME/columnType", catalog_name="inventory", schema_name="reference", table_name="data_types")
    world.same("columns", names, list(world.types))
    world.same("their types", [k.lower() for k in kinds][:6], list(world.types.values())[:6])


def refusals(c):
    for what, words, statement in (
        ("a table without a grant", [world.refusal], f"SELECT * FROM {world.refused}"),
        ("a table that is not there", ["TABLE_OR_VIEW_NOT_FOUND"], "SELECT * FROM inventory.assets.nothing"),
        ("a syntax error", ["PARSE_SYNTAX_ERROR"], "SELEKT 1"),
        ("a write", ["INSUFFICIENT_PERMISSIONS"], "DELETE FROM inventory.assets.devices"),
        ("a division by zero", ["DIVIDE_BY_ZERO"], "SELECT 1 / 0"),
    ):
        error = world.fails(what, words, rows, c, statement)
        world.same(f"{what}: the error", type(error).__name__, "ServerOperationError")
        world.true(f"{what}: its SQLSTATE", "SQLSTATE: " in str(error))
    world.same("the session goes on", rows(c, "SELECT 1"), [(1,)])


def endings(c):
    """Whether a statement has rows or not, all that can be asked of its result ends, and says which."""
    for statement, some in {
        "USE CATALOG inventory": False, "USE SCHEMA assets": False, "SET TIME ZONE 'UTC'": True, "SET ansi_mode = true": True, "RESET": False,
        "SHOW CATALOGS": True, "SHOW SCHEMAS IN inventory": True, "SHOW TABLES IN inventory.assets": True, "DESCRIBE inventory.assets.devices": True,
        "SELECT * FROM inventory.assets.decommissioned": False,
    }.items():
        for fetch in ("fetchall", "fetchone", "fetchmany", "fetchall_arrow"):
            c.execute(statement)
            got = c.fetchmany(10) if fetch == "fetchmany" else getattr(c, fetch)()
            world.same(f"{statement}: there are rows by {fetch}", got is not None and len(got) > 0, some)


sign_in()
with session() as s, s.cursor() as c:
    tables(c)
    types(c)
    parameters(c)
    metadata(c)
    refusals(c)
    endings(c)
with session(_use_arrow_native_complex_types=False) as s, s.cursor() as c:
    world.same("nested types as text", rows(c, "SELECT tags, counts FROM inventory.reference.data_types WHERE id = 1"), [('["fan","disk"]', '{"cores":64,"sockets":2}')])
with session(_use_arrow_native_timestamps=False, _use_arrow_native_decimals=False) as s, s.cursor() as c:
    types(c)
for more in ({}, {"use_hybrid_disposition": True}):
    with session(use_sea=True, **more) as s, s.cursor() as c:
        tables(c)
        types(c)
        parameters(c)
        metadata(c)
        refusals(c)
        endings(c)
world.done(f"{len(world.rows)} tables, {len(world.types)} types, as Arrow has them and as text")
