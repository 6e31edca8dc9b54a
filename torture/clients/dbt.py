# dbt-databricks: "debug" says that all checks passed, a source is found and its test passes, "run" builds a view and a table or says by name
# that the embedded workspace does not, and "docs generate" writes a catalog with the columns of what is there.
# installs: pip dbt-databricks 1.11.3

import json
import os
import pathlib
import subprocess

import world

PROFILE = {
    "clients": {"target": "it", "outputs": {"it": {
        "type": "databricks", "catalog": "inventory", "schema": "assets", "host": world.host, "http_path": world.http_path,
        "token": world.token, "threads": 1, "connect_retries": 1, "connection_parameters": {"_tls_trusted_ca_file": world.ca_file, "enable_telemetry": False, "_port": world.port},
    }}},
}
FILES = {
    "profiles.yml": json.dumps(PROFILE),
    "dbt_project.yml": json.dumps({"name": "clients", "profile": "clients", "version": "1.0.0", "flags": {"send_anonymous_usage_stats": False}}),
    "models/sources.yml": json.dumps({"version": 2, "sources": [{
        "name": "assets", "database": "inventory", "schema": "assets",
        "tables": [{"name": "devices", "columns": [{"name": "id", "data_tests": ["unique", "not_null"]}]}, {"name": "open_tickets"}],
    }]}),
    "models/busy_sites.sql": "{{ config(materialized='view') }} select site, count(*) as n from {{ source('assets', 'devices') }} group by site",
    "models/kept_sites.sql": "{{ config(materialized='table') }} select site, count(*) as n from {{ source('assets', 'devices') }} group by site",
}
for name, text in FILES.items():
    path = pathlib.Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def dbt(*words):
    run = subprocess.run(["dbt", "--no-use-colors", *words, "--profiles-dir", "."], capture_output=True, text=True, env=os.environ | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "0"})
    return run.returncode, run.stdout + run.stderr


def outcomes():
    results = json.loads(pathlib.Path("target/run_results.json").read_text(encoding="utf-8"))["results"]
    return {r["unique_id"].split(".")[2]: (r["status"], r["message"] or "") for r in results}


code, said = dbt("debug")
world.true(f"debug: {said}", code == 0 and "All checks passed!" in said)
code, said = dbt("test", "--select", "source:*")
world.same(f"tests of a source: {said}", (code, [status for status, _ in outcomes().values()]), (0, ["pass", "pass"]))

code, said = dbt("run")
built = outcomes()
world.same(f"run: {said}", code, 0 if all(status == "success" for status, _ in built.values()) else 1)
world.same("models", sorted(built), ["busy_sites", "kept_sites"])
for model, (status, message) in built.items():
    if status != "success":
        world.true(f"{model}: {message}", any(known in message for known in ("UNSUPPORTED_FEATURE", world.refusal)))
        world.gap(f"{model}: {' '.join(message.split())[:160]}")

code, said = dbt("docs", "generate")
world.same(f"docs generate: {said[-2000:]}", code, 0)
catalog = json.loads(pathlib.Path("target/catalog.json").read_text(encoding="utf-8"))
world.same("errors of docs generate", catalog["errors"], None)
world.same("models in the catalog", sorted(catalog["nodes"]), sorted(f"model.clients.{model}" for model, (status, _) in built.items() if status == "success"))
devices = catalog["sources"]["source.clients.assets.devices"]
world.same("columns of a source", list(devices["columns"])[:3], ["id", "hostname", "device_type"])
world.same("their type", devices["columns"]["id"]["type"].lower(), "bigint")
world.done(f"{sum(s == 'success' for s, _ in built.values())} of {len(built)} models were built")
