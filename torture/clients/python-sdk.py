# The SDK for Python: signs in with a secret and with a token, and reads every service that it has a list of. What a list without arguments asks
# for is either answered, refused because the identity may not, or said to be absent (ENDPOINT_NOT_FOUND); anything else is a fault.
# installs: pip databricks-sdk 0.162.0

import inspect
import itertools

from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import DatabricksError, NotFound, PermissionDenied

import world


def client(**credentials):
    return WorkspaceClient(host=world.url, **credentials)


signed_in = client(client_id=world.client_id, client_secret=world.secret, auth_type="oauth-m2m")
w = client(token=world.token, auth_type="pat")
for name, c in (("a secret", signed_in), ("a token", w)):
    world.same(f"who signed in with {name}", c.current_user.me().user_name, world.client_id)

world.true("the warehouse", world.warehouse in [h.id for h in w.warehouses.list()])
world.true("catalogs", {"inventory", "samples"} <= {c.name for c in w.catalogs.list()})
world.same("tables", sorted(t.name for t in w.tables.list("inventory", "assets")), sorted(world.rows))
table = w.tables.get("inventory.reference.data_types")
world.same("types", {c.name: c.type_text for c in table.columns}, world.types)
world.same("rows by a statement", w.statement_execution.execute_statement(
    "SELECT count(*) FROM inventory.assets.devices", world.warehouse, wait_timeout="30s").result.data_array, [[str(world.rows["devices"])]])
world.same("a list by pages", len(list(w.tables.list("inventory", "assets", max_results=5))), len(world.rows))
error = world.fails("a table that is not there", ["NotFound"], w.tables.get, "inventory.assets.nothing")
world.same("its code", error.error_code, "TABLE_DOES_NOT_EXIST")

outcomes = {"answered": [], "not for this identity": [], "absent": []}
for service_name, service in sorted(inspect.getmembers(w, lambda m: type(m).__module__.startswith(("databricks.sdk.service", "databricks.sdk.mixins")))):
    if service_name.startswith("_") or not callable(getattr(service, "list", None)):
        continue
    needed = [p for p in inspect.signature(service.list).parameters.values() if p.default is p.empty and p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    if needed:
        continue
    try:
        answer = service.list() or []
        if not hasattr(answer, "__iter__"):  # a page as it was answered, of which the SDK makes no list
            answer = next((v for v in vars(answer).values() if isinstance(v, list)), [])
        found = list(itertools.islice(answer, 500))
        outcomes["answered"].append(service_name)
        world.true(f"{service_name}: nothing is listed twice", len(found) == len({repr(f) for f in found}))
    except PermissionDenied:
        outcomes["not for this identity"].append(service_name)
    except NotFound as error:
        world.same(f"{service_name} is absent", error.error_code, "ENDPOINT_NOT_FOUND")
        outcomes["absent"].append(service_name)
    except DatabricksError as error:
        raise AssertionError(f"{service_name} answered {type(error).__name__}: {error}") from error
for service_name in ("catalogs", "warehouses"):
    world.true(f"{service_name} are answered", service_name in outcomes["answered"])
if world.admin:
    for service_name in ("users", "groups", "service_principals", "clusters", "jobs"):
        world.true(f"{service_name} are answered to an admin", service_name in outcomes["answered"])
if outcomes["absent"]:
    world.gap("ENDPOINT_NOT_FOUND for " + ", ".join(outcomes["absent"]))
world.done(", ".join(f"{len(services)} services {outcome}" for outcome, services in outcomes.items()))
