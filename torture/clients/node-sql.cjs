// The SQL driver for Node: every kind of statement ends whatever is asked of its result, rows are counted over pages, values come back as
// JavaScript has them, the metadata calls name what is there, and a refusal is an error that says its SQLSTATE.
// installs: npm @databricks/sql 1.17.0
// installs: npm @databricks/sql 2.1.0

const assert = require("node:assert/strict");
const { DBSQLClient } = require("@databricks/sql");

const { WORKSPACE_URL: url, WORKSPACE_HTTP_PATH: path, WORKSPACE_TOKEN: token, WORKSPACE_CLIENT_ID: id } = process.env;
const { hostname: host, port } = new URL(url);
const admin = process.env.WORKSPACE_IDENTITY === "admin";
let checks = 0;
const same = (what, got, want) => (checks++, assert.deepEqual(got, want, what));

// The kinds of statement: those that have rows, that have none, and that are refused.
const withRows = {
  "SELECT 1 AS one": 1, "SELECT * FROM inventory.assets.decommissioned": 0, "SELECT * FROM inventory.assets.devices": 3214, "SHOW SCHEMAS IN inventory": 4,
  "SHOW TABLES IN inventory.assets": 12, "DESCRIBE inventory.assets.devices": 9, [`SHOW GRANTS \`${id}\` ON SCHEMA inventory.assets`]: undefined,
  "SET": undefined, "SELECT * FROM VALUES (1), (2)": 2, "SELECT id FROM range(3)": 3,
};
const withoutRows = ["USE CATALOG inventory", "USE SCHEMA assets", "RESET"];
const refused = {
  "SELECT * FROM sales.orders.orders": /42501/, "SELECT * FROM inventory.assets.nothing": /42P01/, "SELEKT 1": /42601/, "SELECT 1 / 0": /22012/,
  "DELETE FROM inventory.assets.devices": /42501/, "INSERT INTO inventory.assets.devices VALUES (1)": /42501/,
  // A metastore admin may drop what others made, and does not here.
  [`DROP TABLE inventory.assets.${admin ? "nothing" : "devices"}`]: admin ? /42P01/ : /42501/,
};

// The driver signs in with a secret only where the host is of a cloud that it knows, so this is a token.
async function open() {
  const client = new DBSQLClient();
  client.on("error", () => {});
  await client.connect({ host, port: Number(port), path, token });
  return [client, await client.openSession()];
}

async function all(session, statement, how = {}) {
  const operation = await session.executeStatement(statement, how);
  const rows = await operation.fetchAll();
  await operation.close();
  return rows;
}

async function main() {
  const [client, session] = await open();
  for (const runAsync of [true, false]) {
    for (const [statement, count] of Object.entries(withRows)) {
      const rows = await all(session, statement, { runAsync });
      if (count !== undefined) same(statement, rows.length, count);
    }
    for (const statement of withoutRows) {
      same(statement, (await all(session, statement, { runAsync })).length, 0);
      const operation = await session.executeStatement(statement, { runAsync });
      same(`${statement}: one chunk`, (await operation.fetchChunk({ maxRows: 10 })).length, 0);
      same(`${statement}: more`, await operation.hasMoreRows(), false);
      await operation.finished();
      await operation.close();
    }
    for (const [statement, sqlstate] of Object.entries(refused)) {
      checks++;
      await assert.rejects(all(session, statement, { runAsync }), (e) => sqlstate.test(`${e.message} ${e.response?.sqlState} ${e.response?.displayMessage}`), statement);
    }
  }

  const operation = await session.executeStatement("SELECT id FROM inventory.assets.components", { maxRows: 1000 });
  let seen = 0;
  for (let more = true; more; more = await operation.hasMoreRows()) seen += (await operation.fetchChunk({ maxRows: 500 })).length;
  same("rows by chunks of 500", seen, 12408);
  await operation.close();

  const [row] = await all(session, "SELECT * FROM inventory.reference.data_types WHERE id = 1");
  same("columns", Object.keys(row).length, 18);
  const plain = { id: Number(row.id), flag: row.flag, tiny: row.tiny, small: row.small, whole: row.whole, single: row.single, label: row.label };
  same("values", plain, { id: 1, flag: true, tiny: 7, small: 1200, whole: 86400, single: 1.5, label: "Zürich 東京 'quoted'" });
  same("price", Number(row.price), 12345.67);
  same("raw", Buffer.from(row.raw).toString("hex"), "007fff");
  same("day", new Date(row.day).toISOString().slice(0, 10), "2024-02-29");
  same("tags", typeof row.tags === "string" ? JSON.parse(row.tags) : Array.from(row.tags), ["fan", "disk"]);
  const [nulls] = await all(session, "SELECT * FROM inventory.reference.data_types WHERE id = 4");
  same("NULL in every column but one", Object.values(nulls).filter((v) => v === null).length, 17);

  const named = await all(session, "SELECT :n + 1 AS n, :s AS s, :b AS b", { namedParameters: { n: 41, s: "it's", b: true } });
  same("parameters", [Number(named[0].n), named[0].s, named[0].b], [42, "it's", true]);

  const listed = async (opened, column) => {
    const operation = await opened;
    const rows = await operation.fetchAll();
    await operation.close();
    return rows.map((r) => r[column]);
  };
  same("catalogs", (await listed(session.getCatalogs(), "TABLE_CAT")).includes("inventory"), true);
  same("schemas", (await listed(session.getSchemas({ catalogName: "inventory" }), "TABLE_SCHEM")).length, 4);
  same("tables", (await listed(session.getTables({ catalogName: "inventory", schemaName: "assets" }), "TABLE_NAME")).length, 12);
  const columns = session.getColumns({ catalogName: "inventory", schemaName: "assets", tableName: "devices" });
  same("columns of a table", (await listed(columns, "COLUMN_NAME")).length, 9);
  same("types", (await listed(session.getTypeInfo(), "TYPE_NAME")).includes("DECIMAL"), true);
  same("kinds of tables", (await listed(session.getTableTypes(), "TABLE_TYPE")).includes("VIEW"), true);
  await listed(session.getFunctions({ functionName: "%" }), "FUNCTION_NAME");
  await listed(session.getPrimaryKeys({ catalogName: "inventory", schemaName: "assets", tableName: "devices" }), "COLUMN_NAME");
  await session.close();
  await client.close();

  console.log(`${checks} checks; ${Object.keys(withRows).length + withoutRows.length} kinds of statement end, ${Object.keys(refused).length} are refused`);
}

main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
