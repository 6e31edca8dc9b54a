"""What the clients share that read the files of a sync: a saved connection to the workspace, the runs of a sync, and values in one form."""

import base64
import datetime
import json
import math
import os
import re
import struct
import subprocess
import sys
from decimal import Decimal

import pyarrow
from databricks import sql

import world

program, home = os.environ["WORKSPACE_PROGRAM"], os.path.abspath("home")
admin_token = os.environ["WORKSPACE_ADMIN_TOKEN"]
key = os.path.abspath("key.txt")
environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "DRAFTT_DATABRICKS_HOME": home}


def session(token=world.token):
    return sql.connect(
        server_hostname=world.host, _port=world.port, http_path=world.http_path, _tls_trusted_ca_file=world.ca_file,
        enable_telemetry=False, access_token=token,
    )


def may_write(c):
    """Gives who administers the workspace what another client needs that changes the tables."""
    c.execute("SELECT current_user()")
    me = c.fetchone()[0]
    c.execute(f"GRANT USE CATALOG ON CATALOG generated TO `{me}`")
    c.execute(f"GRANT USE SCHEMA, CREATE TABLE, SELECT, MODIFY ON SCHEMA generated.sync TO `{me}`")


def run(*arguments, stdin=None):
    done = subprocess.run([program, *arguments], input=stdin, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, 60):
        raise AssertionError(f"{' '.join(arguments)} ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def connect(name, schema, tables):
    """Saves a connection that reads these tables of the schema, as the identity that runs the client."""
    catalog, schema = schema.split(".")
    answers = {
        "version": 1, "name": name, "host": f"{world.host}:{world.port}", "client_id": world.client_id, "warehouse": world.warehouse,
        "catalog": catalog, "schema": schema, "tables": list(tables), "accept_broader": True,
    }
    with open("answers.yaml", "w", encoding="utf-8") as file:
        json.dump(answers, file)
    run(
        "setup", "--answers", "answers.yaml", "--ca-file", world.ca_file, "--allow-host", f"{world.host}:{world.port}",
        "--key-file", key, "--secret-stdin", stdin=world.secret,
    )


def sync(name, folder, *flags):
    """Runs a sync, and gives the folder of its run and the manifest."""
    lines = [json.loads(line) for line in run("sync", name, "--key-file", key, "--to", folder, "--json", "--start", *flags).splitlines()]
    last = lines[-1]
    assert last["event"] == "run", last
    with open(os.path.join(last["folder"], "_manifest.json"), encoding="utf-8") as file:
        return last["folder"], json.load(file)


def files(folder, manifest, table):
    [found] = [t for t in manifest["tables"] if t["table"] == table]
    return [os.path.join(folder, f["path"]) for f in found["files"]], found


def kind(t):
    """The name of a type of Arrow as values are told apart by it, with those within it."""
    if pyarrow.types.is_map(t):
        return ("map", kind(t.key_type), kind(t.item_type))
    if pyarrow.types.is_list(t):
        return ("list", kind(t.value_type))
    if pyarrow.types.is_struct(t):
        return ("struct", [(f.name, kind(f.type)) for f in t])
    if pyarrow.types.is_decimal(t):
        return ("decimal", t.scale)
    if pyarrow.types.is_timestamp(t):
        return ("moment", t.tz is not None)
    return str(t)


epoch = datetime.datetime(1970, 1, 1)


def number(value, code):
    """A number with a point as its bits, in which NaN is itself and 0 has its sign."""
    value = float(value)
    if math.isnan(value):
        return "NaN"
    return struct.pack(code, value).hex()


def moment(value, zoned):
    if isinstance(value, str):
        value = value.replace(" ", "T")
        assert not zoned or value.endswith("Z"), value
        value = datetime.datetime.fromisoformat(value.removesuffix("Z"))
    if getattr(value, "tzinfo", None) is not None:
        value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    gone = value - epoch
    return (gone.days * 86400 + gone.seconds) * 10**6 + gone.microseconds


def same_form(k, value):
    """A value of a type in one form, whether a reader made an object of it or left the text of the documented form."""
    if value is None:
        return None
    if isinstance(k, str):
        match k:
            case "bool":
                return {"true": True, "false": False}[value] if isinstance(value, str) else bool(value)
            case "int8" | "int16" | "int32" | "int64":
                return int(value)
            case "float":
                return number(value, "<f")
            case "double":
                return number(value, "<d")
            case "binary":
                return (base64.b64decode(value, validate=True) if isinstance(value, str) else bytes(value)).hex()
            case "date32[day]":
                return (datetime.date.fromisoformat(value) if isinstance(value, str) else value).toordinal()
            case "string":
                assert isinstance(value, str), value
                return value
        raise AssertionError(f"a type {k}")
    match k[0]:
        case "decimal":
            assert isinstance(value, (str, Decimal)), value
            assert isinstance(value, Decimal) or re.fullmatch(r"-?[0-9]+" + (rf"\.[0-9]{{{k[1]}}}" if k[1] else ""), value), value
            return Decimal(value)
        case "moment":
            return moment(value, k[1])
        case "list":
            return [same_form(k[1], v) for v in value]
        case "struct":
            assert list(value) == [n for n, _ in k[1]], value
            return [same_form(within, value[n]) for n, within in k[1]]
        case "map":
            if isinstance(value, dict):
                pairs = list(value.items())
            else:
                pairs = [(p["key"], p["value"]) if isinstance(p, dict) else tuple(p) for p in value]
            return [(same_form(k[1], a), same_form(k[2], b)) for a, b in pairs]
    raise AssertionError(f"a type {k}")


def equal(what, schema, want, got, by="id"):
    """Compares columns, each a list of values, with those of the connector: want is a table of Arrow, got gives a list for the name of a column."""
    order, there = one_form(want, by), got(by)
    if len(there) != len(order):
        raise AssertionError(f"{what}: {len(there)} rows, not {len(order)}")
    place = {same_form(kind(schema.field(by).type), k): i for i, k in enumerate(there)}
    rows = [place[row] for row in order]
    for field in schema:
        k = kind(field.type)
        values, here = got(field.name), one_form(want, field.name)
        for i, row in enumerate(rows):
            if same_form(k, values[row]) != here[i]:
                raise AssertionError(f"{what}: {field.name} of the row {order[i]} is {values[row]!r}, not {want.column(field.name)[i].as_py()!r}")
    world.checks += len(order) * len(schema)


forms = {}


def one_form(want, name):
    """A column of what the connector read, in one form, which is made once for all that is compared with it."""
    if (id(want), name) not in forms:
        k = kind(want.schema.field(name).type)
        forms[id(want), name] = [same_form(k, v) for v in want.column(name).to_pylist()]
    return forms[id(want), name]
