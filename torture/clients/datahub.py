# DataHub's source for Unity Catalog: a run over all that the identity sees, without an error in its report, makes a dataset of each table of
# inventory with its schema. It writes into a file, no server is asked. What it reads by SQL it cannot be told a port for, so that is left out.
# installs: pip acryl-datahub 1.7.0.17 acryl-datahub[unity-catalog]==1.7.0.17

import json
import os

os.environ["DATAHUB_TELEMETRY_ENABLED"] = "false"

from datahub.ingestion.run.pipeline import Pipeline

import world

pipeline = Pipeline.create({
    "source": {"type": "unity-catalog", "config": {
        "workspace_url": world.url, "token": world.token, "warehouse_id": world.warehouse, "include_metastore": False,
        "catalog_pattern": {"allow": ["^inventory$"]}, "include_hive_metastore": False, "include_tags": False, "include_usage_statistics": False, "include_table_lineage": False, "include_column_lineage": False,
        "profiling": {"enabled": False},
    }},
    "sink": {"type": "file", "config": {"filename": "seen.json"}},
})
pipeline.run()
report = pipeline.source.get_report()
for failure in report.failures:
    print("failure:", failure)
for warning in report.warnings:
    # The connector sees the schema staging by BROWSE alone, and the source asks for models without include_browse, which is refused.
    world.true(f"a warning of what is there: {warning}", not world.admin and all(
        "does not have USE SCHEMA on Schema 'inventory.staging'" in context for context in warning.context))
world.same("failures", len(report.failures), 0)
pipeline.raise_from_status()

with open("seen.json", encoding="utf-8") as file:
    seen = json.load(file)
schemas = {e["entityUrn"]: e["aspect"]["json"] for e in seen if e.get("aspectName") == "schemaMetadata"}
for name in world.rows:
    found = [aspect for urn, aspect in schemas.items() if f"inventory.assets.{name}," in urn]
    world.same(f"schemas of {name}", len(found), 1)
    world.true(f"fields of {name}", found[0]["fields"])
world.done(f"{len(schemas)} tables with a schema")
