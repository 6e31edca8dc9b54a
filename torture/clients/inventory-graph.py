# The graph of an inventory, taken in by who knows nothing of us: bhopengraph reads and validates it, and each node and edge is held against a
# schema of its own that says what BloodHound's says (SpecterOps/BloodHound, cmd/api/src/services/upload/jsonschema).
# world: estate
# installs: pip bhopengraph 1.3.1 databricks-sql-connector==4.9.0 pyarrow==26.0.1 jsonschema==4.26.0

import json

import bhopengraph
import jsonschema

import synced
import world

one = {"type": ["string", "number", "boolean"]}
lists = {"type": "array", "anyOf": [{"items": {"type": kind}} for kind in ("string", "number", "boolean")]}
properties = {"type": ["object", "null"], "additionalProperties": {"anyOf": [one, lists]}}
end = {"type": "object", "required": ["value"], "properties": {"value": {"type": "string"}, "match_by": {"const": "id"}}}
node = jsonschema.Draft202012Validator({
    "type": "object", "required": ["id", "kinds"],
    "properties": {
        "id": {"type": "string"}, "properties": properties,
        "kinds": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3},
    },
})
edge = jsonschema.Draft202012Validator({
    "type": "object", "required": ["start", "end", "kind", "properties"],
    "properties": {"start": end, "end": end, "kind": {"type": "string", "pattern": "^[A-Za-z0-9_]+$"}, "properties": properties},
})

synced.connect("prod", "inventory.assets", ["components"])
synced.run("inventory", "run", "prod", "--key-file", synced.key)
for shared in ((), ("--share",)):
    folder = "shared" if shared else "graph"
    synced.run("inventory", "export", "--to", folder, "--format", "opengraph", *shared)
    path = f"{folder}/databricks.opengraph.json"
    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    nodes, edges = content["graph"]["nodes"], content["graph"]["edges"]
    world.same("its metadata", content["metadata"], {"source_kind": "Databricks"})
    world.true("there are nodes and edges", len(nodes) > 10 and len(edges) > 10)
    for thing, rule in [(n, node) for n in nodes] + [(e, edge) for e in edges]:
        world.same(f"{json.dumps(thing)[:80]} by the schema", [e.message for e in rule.iter_errors(thing)], [])
    # BloodHound writes IDs in capitals, and draws no edge to what is not there.
    ids = {n["id"].upper() for n in nodes}
    world.same("IDs in capitals", len(ids), len(nodes))
    world.same("edges to nowhere", [e for e in edges if {e["start"]["value"].upper(), e["end"]["value"].upper()} - ids], [])

    graph = bhopengraph.OpenGraph()
    world.true("bhopengraph reads it", graph.import_from_file(path))
    world.same("what it read", (len(graph.nodes), len(graph.edges)), (len(nodes), len(edges)))
    _, wrong = graph.validate_graph()
    world.same("what bhopengraph finds wrong, but that somebody holds nothing", [w for w in wrong if "is isolated" not in w], [])
world.done(f"{len(nodes)} nodes, {len(edges)} edges")
