# SQLAlchemy with its inspector: catalogs, schemas, tables, views and columns with their types as they are reflected, a table that is reflected
# and queried, bound parameters of each type, and a refusal that arrives as a DatabaseError.
# installs: pip databricks-sqlalchemy 2.0.10

import datetime
from decimal import Decimal
from urllib.parse import quote

import sqlalchemy as sa

import world

engine = sa.create_engine(
    f"databricks://token:{world.token}@{world.host}:{world.port}?http_path={quote(world.http_path)}&catalog=inventory&schema=assets",
    connect_args={"_tls_trusted_ca_file": world.ca_file, "enable_telemetry": False, "_port": world.port},
)
with engine.connect() as c:
    inspector = sa.inspect(c)
    world.same("schemas", sorted(inspector.get_schema_names()), ["assets", "information_schema", "reference", "staging"])
    views = inspector.get_view_names(schema="assets")
    world.same("views", views, ["open_tickets"])
    world.same("tables", sorted(set(inspector.get_table_names(schema="assets")) | set(views)), sorted(world.rows))
    world.true("a table is there", inspector.has_table("devices", schema="assets"))
    world.same("another is not", inspector.has_table("nothing", schema="assets"), False)

    columns = inspector.get_columns("data_types", schema="reference")
    world.same("columns", [column["name"] for column in columns], list(world.types))
    kinds = {column["name"]: type(column["type"]).__name__.lower() for column in columns}
    for name, kind in {"id": "bigint", "flag": "boolean", "whole": "integer", "label": "string", "price": "numeric", "day": "date"}.items():
        world.true(f"{name} is reflected as {kind}, not {kinds[name]}", kind in kinds[name])
    world.same("keys", inspector.get_pk_constraint("devices", schema="assets").get("constrained_columns", []), [])
    world.same("foreign keys", inspector.get_foreign_keys("devices", schema="assets"), [])
    world.same("indexes", inspector.get_indexes("devices", schema="assets"), [])

    devices = sa.Table("devices", sa.MetaData(), schema="assets", autoload_with=c)
    world.same("rows of a reflected table", c.scalar(sa.select(sa.func.count()).select_from(devices)), world.rows["devices"])
    chosen = c.execute(sa.select(devices.c.id, devices.c.hostname).where(devices.c.id <= 50003).order_by(devices.c.id.desc())).all()
    world.same("rows in their order", [row.id for row in chosen], [50003, 50002, 50001])
    for value in (7, "it's", True, 1.5, Decimal("1.25"), datetime.date(2024, 2, 29)):
        world.same(f"parameter {value!r}", c.scalar(sa.select(sa.literal(value))), value)
    error = world.fails("a table without a grant", [world.refusal], c.execute, sa.text(f"SELECT * FROM {world.refused}"))
    world.true("a refusal is the dialect's error", isinstance(error, sa.exc.DBAPIError))
engine.dispose()
world.done(f"{len(world.rows)} tables and {len(columns)} columns were reflected")
