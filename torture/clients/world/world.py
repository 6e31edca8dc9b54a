"""What the clients that are written in Python share: where the workspace is, what is in it, and how a script says what it saw."""

import csv
import os
import sys
from urllib.parse import urlsplit

url = os.environ["WORKSPACE_URL"]
host, port = urlsplit(url).hostname, urlsplit(url).port
ca_file = os.environ["WORKSPACE_CA"]
http_path = os.environ["WORKSPACE_HTTP_PATH"]
warehouse = http_path.rsplit("/", 1)[1]
token = os.environ["WORKSPACE_TOKEN"]
client_id, secret = os.environ["WORKSPACE_CLIENT_ID"], os.environ["WORKSPACE_SECRET"]
admin = os.environ["WORKSPACE_IDENTITY"] == "admin"


def _table(name):
    with open(os.path.join(os.path.dirname(__file__), name), newline="", encoding="utf-8") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t")]


# The tables of inventory.assets and how many rows each shows, and the columns of inventory.reference.data_types with their types.
rows = {name: int(count) for name, count in _table("rows.tsv")}
types = dict(_table("types.tsv"))

# A table that neither identity was granted, and the class of the refusal.
refused = "sales.orders.orders"
refusal = "INSUFFICIENT_PERMISSIONS"

checks = 0


def same(what, got, want):
    global checks
    checks += 1
    if got != want:
        raise AssertionError(f"{what}: {got!r}, not {want!r}")


def true(what, holds):
    same(what, bool(holds), True)


def fails(what, words, do, *args):
    """Does what must be refused, with one of these words in the error, and returns the error."""
    global checks
    checks += 1
    try:
        do(*args)
    except Exception as error:
        if not any(word in f"{type(error).__name__} {error}" for word in words):
            raise AssertionError(f"{what} was refused with {type(error).__name__}: {error}") from error
        return error
    raise AssertionError(f"{what} was not refused")


def gap(words):
    """Says what the embedded workspace has not, where it said so itself."""
    print("gap:", words)


def done(figures):
    print(f"{checks} checks; {figures}")
    sys.stdout.flush()
