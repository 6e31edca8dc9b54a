# The ODBC driver of Databricks through pyodbc: who one is, rows, types as the driver describes them, the catalog functions, and a refusal with its
# SQLSTATE. The driver is no package of a registry, so where its archive cannot be had nothing is known.
# installs: odbc https://databricks-bi-artifacts.s3.us-east-2.amazonaws.com/simbaspark-drivers/odbc/2.8.2 2.8.2.1013 pyodbc==5.3.0

import glob
import os
import sys

import pyodbc

import world

found = glob.glob(os.path.join(sys.prefix, "driver", "**", "libsparkodbc_sb64.so"), recursive=True)
world.same("drivers in the archive", len(found), 1)
connection = pyodbc.connect(
    f"Driver={found[0]};Host={world.host};Port={world.port};HTTPPath={world.http_path};SSL=1;ThriftTransport=2;AuthMech=3;UID=token;PWD={world.token};"
    f"TrustedCerts={world.ca_file}", autocommit=True)
cursor = connection.cursor()
world.same("who one is", cursor.execute("SELECT current_user()").fetchval(), world.client_id)
for name, count in world.rows.items():
    world.same(f"rows of {name}", cursor.execute(f"SELECT count(*) FROM inventory.assets.{name}").fetchval(), count)
cursor.execute("SELECT * FROM inventory.reference.data_types ORDER BY id")
world.same("columns", [d[0] for d in cursor.description], list(world.types))
world.same("rows of each type", len(cursor.fetchall()), 4)
world.same("tables", sorted(r.table_name for r in cursor.tables(catalog="inventory", schema="assets")), sorted(world.rows))
error = world.fails("a table without a grant", [world.refusal], cursor.execute, f"SELECT * FROM {world.refused}")
world.true("a refusal is the driver's error", isinstance(error, pyodbc.Error))
world.done(f"{len(world.rows)} tables")
