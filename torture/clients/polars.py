# Polars' catalog: catalogs, namespaces and tables as it reads them over REST, with the schema that it makes of a table's columns. It trusts
# the authorities of the system alone, so where it can be told of no other nothing is known.
# installs: pip polars 2.1.0

import sys

import polars

import world

catalog = polars.Catalog(world.url, bearer_token=world.token)
try:
    catalogs = catalog.list_catalogs()
except Exception as error:
    if "certificate" in str(error).lower() or "sending request" in str(error).lower():
        print(f"it does not trust the certificate of the embedded workspace: {error}")
        sys.exit(3)
    raise
names = [c.name for c in catalogs]
world.true("catalogs", "inventory" in names and "samples" in names)
world.same("a catalog that is for others", "hr" in names, world.admin)
# REST lists what may only be browsed to nobody who does not ask for it.
world.same("namespaces", sorted(n.name for n in catalog.list_namespaces("inventory")), ["assets", "information_schema", "reference"] + ["staging"] * world.admin)
world.same("tables", sorted(t.name for t in catalog.list_tables("inventory", "assets")), sorted(world.rows))
info = catalog.get_table_info("inventory", "reference", "data_types")
world.same("columns", [c.name for c in info.columns], list(world.types))
world.same("types", [c.type_text for c in info.columns], list(world.types.values()))
world.true("who made it, and where it lies", info.created_at and info.updated_at and info.table_id and info.storage_location)
schema = info.get_polars_schema()
for name, want in {
    "id": polars.Int64, "flag": polars.Boolean, "tiny": polars.Int8, "single": polars.Float32, "price": polars.Decimal(10, 2), "label": polars.String,
    "raw": polars.Binary, "day": polars.Date, "tags": polars.List(polars.String),
}.items():
    world.same(f"{name} in Polars", schema[name], want)
world.fails("a table that is not there", ["404", "DOES_NOT_EXIST", "NOT_FOUND"], catalog.get_table_info, "inventory", "assets", "nothing")
world.done(f"{len(names)} catalogs, {len(world.rows)} tables, {len(schema)} types")
