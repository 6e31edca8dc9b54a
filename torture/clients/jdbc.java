// The JDBC driver, over Thrift and over the statement API with its sessions: who one is, rows over pages, each data type as Java has it,
// parameters with their types, what DatabaseMetaData tells, and a refusal as an SQLException with its SQLSTATE.
// installs: maven com.databricks:databricks-jdbc 3.4.5

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.*;
import java.util.*;

class Jdbc {
    static int checks;
    static String over;

    static void same(String what, Object got, Object want) {
        checks++;
        if (!Objects.equals(got, want)) throw new AssertionError(over + what + ": " + got + ", not " + want);
    }

    static String env(String name) {
        return System.getenv("WORKSPACE_" + name);
    }

    /** A store of the embedded workspace's authority alone, in the folder that the script runs in. */
    static String trusted() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int n = 0;
        for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(new FileInputStream(env("CA")))) store.setCertificateEntry("ca" + n++, c);
        try (FileOutputStream out = new FileOutputStream("trusted.p12")) {
            store.store(out, "trusted".toCharArray());
        }
        return "trusted.p12";
    }

    static Connection open(String store, int thrift) throws Exception {
        URI at = URI.create(env("URL"));
        return DriverManager.getConnection("jdbc:databricks://" + at.getHost() + ":" + at.getPort() + "/default;transportMode=http;ssl=1;AuthMech=3;httpPath="
            + env("HTTP_PATH") + ";UID=token;PWD=" + env("TOKEN") + ";SSLTrustStore=" + store + ";SSLTrustStorePwd=trusted;SSLTrustStoreType=PKCS12"
            + ";CheckCertRevocation=0;EnableTelemetry=0;LogLevel=0;UseThriftClient=" + thrift);
    }

    static List<String> names(ResultSet rows, String column) throws SQLException {
        List<String> all = new ArrayList<>();
        try (rows) {
            while (rows.next()) all.add(rows.getString(column));
        }
        return all;
    }

    static long count(Statement s, String table) throws SQLException {
        try (ResultSet rows = s.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static void statements(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            same("who one is", names(s.executeQuery("SELECT current_user() AS me"), "me"), List.of(env("CLIENT_ID")));
            same("rows of devices", count(s, "inventory.assets.devices"), 3214L);
            same("rows of an empty table", count(s, "inventory.assets.decommissioned"), 0L);
            s.setFetchSize(1000);
            same("rows over pages", names(s.executeQuery("SELECT id FROM inventory.assets.components"), "id").size(), 12408);
            same("a statement without rows", s.execute("USE CATALOG inventory") && s.getResultSet().next(), false);
        }
    }

    static void types(Connection c) throws SQLException {
        try (Statement s = c.createStatement(); ResultSet row = s.executeQuery("SELECT * FROM inventory.reference.data_types ORDER BY id")) {
            ResultSetMetaData about = row.getMetaData();
            same("columns", about.getColumnCount(), 18);
            Map<String, Integer> want = Map.of("id", Types.BIGINT, "flag", Types.BOOLEAN, "tiny", Types.TINYINT, "small", Types.SMALLINT, "whole", Types.INTEGER,
                "ratio", Types.DOUBLE, "price", Types.DECIMAL, "label", Types.VARCHAR, "raw", Types.BINARY, "day", Types.DATE);
            for (int i = 1; i <= 18; i++)
                if (want.containsKey(about.getColumnName(i))) same("type of " + about.getColumnName(i), about.getColumnType(i), want.get(about.getColumnName(i)));
            row.next();
            same("flag", row.getBoolean("flag"), true);
            same("big", row.getLong("big"), 9007199254740993L);
            same("price", row.getBigDecimal("price"), new BigDecimal("12345.67"));
            same("exact", row.getBigDecimal("exact"), new BigDecimal("12345678901234567890.123456789012345678"));
            same("label", row.getString("label"), "Zürich 東京 'quoted'");
            same("raw", HexFormat.of().formatHex(row.getBytes("raw")), "007fff");
            same("day", row.getDate("day"), java.sql.Date.valueOf("2024-02-29"));
            same("ratio", row.getDouble("ratio"), 2.25);
            for (int i = 0; i < 3; i++) row.next();
            for (int i = 2; i <= 18; i++) same("NULL in " + about.getColumnName(i), row.getObject(i), null);
        }
    }

    static void parameters(Connection c) throws SQLException {
        try (PreparedStatement p = c.prepareStatement("SELECT ? AS n, ? AS t, ? AS d, ? AS b, ? AS x")) {
            p.setInt(1, 41);
            p.setString(2, "it's");
            p.setDate(3, java.sql.Date.valueOf("2024-02-29"));
            p.setBoolean(4, true);
            p.setBigDecimal(5, new BigDecimal("1.25"));
            try (ResultSet row = p.executeQuery()) {
                row.next();
                same("an INT", row.getInt("n"), 41);
                same("a STRING", row.getString("t"), "it's");
                same("a DATE", row.getDate("d"), java.sql.Date.valueOf("2024-02-29"));
                same("a BOOLEAN", row.getBoolean("b"), true);
                same("a DECIMAL", row.getBigDecimal("x").compareTo(new BigDecimal("1.25")), 0);
            }
        }
    }

    static void metadata(Connection c) throws SQLException {
        DatabaseMetaData m = c.getMetaData();
        same("catalogs", names(m.getCatalogs(), "TABLE_CAT").contains("inventory"), true);
        same("schemas", new TreeSet<>(names(m.getSchemas("inventory", "%"), "TABLE_SCHEM")), new TreeSet<>(List.of("assets", "information_schema", "reference", "staging")));
        same("tables", names(m.getTables("inventory", "assets", "%", null), "TABLE_NAME").size(), 12);
        same("views", names(m.getTables("inventory", "assets", "%", new String[] {"VIEW"}), "TABLE_NAME"), List.of("open_tickets"));
        same("columns", names(m.getColumns("inventory", "reference", "data_types", "%"), "COLUMN_NAME").size(), 18);
        same("types", names(m.getTypeInfo(), "TYPE_NAME").contains("DECIMAL"), true);
        same("kinds of tables", names(m.getTableTypes(), "TABLE_TYPE").contains("VIEW"), true);
        same("keys", names(m.getPrimaryKeys("inventory", "assets", "devices"), "COLUMN_NAME"), List.of());
        names(m.getFunctions("inventory", "reference", "%"), "FUNCTION_NAME");
        same("the product", m.getDatabaseProductName() + " " + m.getDatabaseMajorVersion(), "SparkSQL 3");
    }

    static List<String> texts(ResultSet rows, String... columns) throws SQLException {
        List<String> all = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                StringBuilder one = new StringBuilder();
                for (String column : columns) one.append(rows.getString(column)).append('|');
                all.add(one.toString());
            }
        }
        Collections.sort(all);
        return all;
    }

    /** What a driver lists is the same whichever way it asks. */
    static Map<String, List<String>> listings(Connection c) throws SQLException {
        DatabaseMetaData m = c.getMetaData();
        return Map.of(
            "columns", texts(m.getColumns("inventory", "%", "%", "%"), "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "DATA_TYPE", "TYPE_NAME", "ORDINAL_POSITION", "IS_NULLABLE", "REMARKS"),
            "columns of a pattern", texts(m.getColumns("inventory", "asse_s", "dev%", "%name"), "TABLE_NAME", "COLUMN_NAME"),
            "tables everywhere", texts(m.getTables(null, "%", "%", null), "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS"),
            "tables of a pattern", texts(m.getTables("inventory", "asse_s", "%e%", new String[] {"TABLE"}), "TABLE_NAME"),
            "schemas everywhere", texts(m.getSchemas(null, null), "TABLE_CATALOG", "TABLE_SCHEM"),
            "a catalog there is not", texts(m.getTables("nowhere", "%", "%", null), "TABLE_NAME"));
    }

    static void session(Connection c) throws SQLException {
        c.setCatalog("inventory");
        c.setSchema("reference");
        same("the catalog", c.getCatalog(), "inventory");
        same("the schema", c.getSchema(), "reference");
        try (Statement s = c.createStatement()) {
            same("rows of a table in the schema", count(s, "data_types") > 0, true);
            s.execute("SET use_cached_result = false");
            same("a parameter of the session", names(s.executeQuery("SET use_cached_result"), "value"), List.of("false"));
        }
    }

    static void refusals(Connection c) throws SQLException {
        Map<String, String> refused = Map.of("SELECT * FROM sales.orders.orders", "42501", "SELECT * FROM inventory.assets.nothing", "42P01",
            "SELECT 1 / 0", "22012", "DELETE FROM inventory.assets.devices", "42501");
        for (var one : refused.entrySet()) {
            checks++;
            try (Statement s = c.createStatement()) {
                s.execute(one.getKey());
            } catch (SQLException e) {
                if (one.getValue().equals(e.getSQLState()) || e.getMessage().contains(one.getValue())) continue;
                throw new AssertionError(over + one.getKey() + " was refused with " + e.getSQLState() + ": " + e.getMessage(), e);
            }
            throw new AssertionError(over + one.getKey() + " was not refused");
        }
    }

    public static void main(String[] args) throws Exception {
        String store = trusted();
        Map<String, List<String>> first = null;
        for (int thrift : new int[] {1, 0}) {
            over = thrift == 1 ? "over Thrift: " : "over the statement API: ";
            try (Connection c = open(store, thrift)) {
                statements(c);
                types(c);
                parameters(c);
                metadata(c);
                Map<String, List<String>> seen = listings(c);
                if (first == null) first = seen;
                for (String what : seen.keySet()) {
                    same("whether there are " + what, seen.get(what).isEmpty(), what.equals("a catalog there is not"));
                    List<String> only = new ArrayList<>(seen.get(what)), missing = new ArrayList<>(first.get(what));
                    only.removeAll(first.get(what));
                    missing.removeAll(seen.get(what));
                    same(what + " that are not listed over Thrift", only, List.of());
                    same(what + " that are listed over Thrift alone", missing, List.of());
                }
                session(c);
                refusals(c);
            }
        }
        System.out.println(checks + " checks; over Thrift and over the statement API");
        System.exit(0);
    }
}
