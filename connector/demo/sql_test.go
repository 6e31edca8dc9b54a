package demo_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	dbsql "github.com/databricks/databricks-sql-go"
	dbsqlerr "github.com/databricks/databricks-sql-go/errors"
	dbsqllog "github.com/databricks/databricks-sql-go/logger"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

const (
	starter = "a3f19c0d7be24418"
	finance = "09fb6a7d35c2e184"
)

// open gives the unmodified SQL driver on a warehouse, with the credential and the transport of the SDK's client.
func open(t testing.TB, w *demo.Workspace, c demo.Credentials, warehouse string, more ...dbsql.ConnOption) *sql.DB {
	t.Helper()
	if err := dbsqllog.SetLogLevel("disabled"); err != nil {
		t.Fatal(err)
	}
	options := append([]dbsql.ConnOption{
		dbsql.WithServerHostname(w.Host()), dbsql.WithPort(443), dbsql.WithHTTPPath("/sql/1.0/warehouses/" + warehouse),
		dbsql.WithTransport(transport(t, w)), dbsql.WithAuthenticator(signIn(t, w, c).Config), dbsql.WithRetries(-1, 0, 0),
	}, more...)
	connector, err := dbsql.NewConnector(options...)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func exec(t testing.TB, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.ExecContext(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// count runs a query whose answer is one number.
func count(db *sql.DB, query string) (n int, err error) {
	err = db.QueryRowContext(ctx, query).Scan(&n)
	return n, err
}

// expectState fails the test unless err is a failed statement with this SQLSTATE and text.
func expectState(t testing.TB, err error, state, text string) {
	t.Helper()
	var failed dbsqlerr.DBExecutionError
	if !errors.As(err, &failed) || failed.SqlState() != state || !strings.Contains(err.Error(), text) {
		t.Errorf("got %v, want SQLSTATE %s with %q", err, state, text)
	}
}

func TestGrantsRunInSQLOpenTheTableStepByStep(t *testing.T) {
	w, _ := start(t, "first-time")
	reader, admin := open(t, w, w.Connector(), starter), open(t, w, w.Admin(), starter)
	const query = "SELECT count(*) FROM `inventory`.`assets`.`components`"
	to := " TO `" + demo.ConnectorID + "`"
	for _, step := range []struct{ grant, before string }{
		{"GRANT USE CATALOG ON CATALOG `inventory`", "USE CATALOG on Catalog 'inventory'"},
		{"GRANT USE SCHEMA ON SCHEMA `inventory`.`assets`", "USE SCHEMA on Schema 'inventory.assets'"},
		{"GRANT SELECT ON SCHEMA `inventory`.`assets`", "SELECT on Table 'inventory.assets.components'"},
	} {
		_, err := count(reader, query)
		expectState(t, err, "42501", "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have "+step.before)
		_, err = reader.ExecContext(ctx, step.grant+to)
		expectState(t, err, "42501", "User does not have MANAGE")
		exec(t, admin, "-- service principal \"draftt-connector\"\n"+step.grant+to)
	}
	if n, err := count(reader, query); err != nil || n != 12_408 {
		t.Errorf("after the grants: %d, %v", n, err)
	}
	t.Run("a view reads its base table as its owner", func(t *testing.T) {
		exec(t, admin, "REVOKE SELECT ON SCHEMA inventory.assets FROM `"+demo.ConnectorID+"`")
		exec(t, admin, "GRANT SELECT ON VIEW inventory.assets.open_tickets"+to)
		if n, err := count(reader, "SELECT count(*) FROM inventory.assets.open_tickets"); err != nil || n == 0 {
			t.Errorf("the view: %d, %v", n, err)
		}
		_, err := count(reader, "SELECT count(*) FROM inventory.assets.tickets")
		expectState(t, err, "42501", "SELECT on Table 'inventory.assets.tickets'")
	})
	t.Run("a display name is no principal", func(t *testing.T) {
		_, err := admin.ExecContext(ctx, "GRANT USE CATALOG ON CATALOG inventory TO `"+demo.ConnectorName+"`")
		expectState(t, err, "42704", "Could not find principal with name "+demo.ConnectorName)
	})
}

func TestTheSampleRowsComeOut(t *testing.T) {
	w, _ := start(t, "ready")
	db := open(t, w, w.Connector(), starter)
	for table, columns := range map[string]int{
		"inventory.assets.components": 11, "inventory.assets.devices": 9, "inventory.assets.servers": 14, "inventory.assets.open_tickets": 6,
		"inventory.assets.software": 5, "samples.nyctaxi.trips": 3,
	} {
		rows, err := db.QueryContext(ctx, "SELECT * FROM "+table+" LIMIT 3")
		if err != nil {
			t.Errorf("%s: %v", table, err)
			continue
		}
		names, err := rows.Columns()
		read := 0
		for rows.Next() {
			read++
		}
		if err != nil || rows.Err() != nil || len(names) != columns || read != 3 {
			t.Errorf("%s: %d columns, %d rows, %v, %v", table, len(names), read, err, rows.Err())
		}
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}
	var name, price, seen sql.NullString
	row := db.QueryRowContext(ctx, "SELECT name, unit_price, last_seen FROM inventory.assets.components WHERE id = 10001")
	if err := row.Scan(&name, &price, &seen); err != nil || name.String == "" || !strings.Contains(price.String, ".") {
		t.Errorf("the first component: %v %v %v, %v", name, price, seen, err)
	}
}

func TestATableOfTheLargeCatalogIsReadWithoutItsNeighbours(t *testing.T) {
	w, _ := start(t, "large")
	db := open(t, w, w.Connector(), starter)
	if n, err := count(db, "SELECT count(*) FROM warehouse_100k.events.billing_account_raw_00000"); err != nil || n == 0 {
		t.Errorf("got %d, %v", n, err)
	}
	_, err := count(db, "SELECT count(*) FROM warehouse_100k.events.billing_account_raw_99999999")
	expectState(t, err, "42P01", "TABLE_OR_VIEW_NOT_FOUND")
}

func TestAWarehouseWithoutCanUseRefusesTheDriver(t *testing.T) {
	w, _ := start(t, "ready")
	_, err := count(open(t, w, w.Connector(), finance), "SELECT 1")
	if err == nil || !strings.Contains(err.Error(), "is not authorized to use or monitor this SQL Endpoint") {
		t.Errorf("without CAN_USE: %v", err)
	}
	_, err = count(open(t, w, w.Connector(), "ffffffffffffffff"), "SELECT 1")
	if err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("an id that is not there: %v", err)
	}
}

func TestAStatementStartsAStoppedWarehouseAndWaitsForIt(t *testing.T) {
	w, clock := start(t, "warehouse-stopped")
	db := open(t, w, w.Connector(), starter)
	answered := make(chan error, 1)
	go func() {
		n, err := count(db, "SELECT 7")
		if err == nil && n != 7 {
			err = fmt.Errorf("got %d", n)
		}
		answered <- err
	}()
	c := signIn(t, w, w.Connector())
	for { // until the statement asked for the warehouse
		info, err := warehouses(c).GetById(ctx, starter)
		if err != nil {
			t.Fatal(err)
		}
		if info.State == "STARTING" {
			break
		}
	}
	select {
	case err := <-answered:
		t.Fatalf("answered by a warehouse that does not run: %v", err)
	default:
	}
	clock.Advance(4 * time.Second)
	if err := <-answered; err != nil {
		t.Error(err)
	}
}

func TestShowAndDescribeFollowVisibility(t *testing.T) {
	w, _ := start(t, "first-time")
	db := open(t, w, w.Connector(), starter)
	list := func(statement string) string {
		t.Helper()
		rows, err := db.QueryContext(ctx, statement)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		defer func() { _ = rows.Close() }()
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for rows.Next() {
			cells := make([]sql.NullString, len(columns))
			targets := make([]any, len(columns))
			for i := range cells {
				targets[i] = &cells[i]
			}
			if err := rows.Scan(targets...); err != nil {
				t.Fatal(err)
			}
			for _, cell := range cells {
				text.WriteString(" " + cell.String)
			}
		}
		return text.String() + " "
	}
	if got := list("SHOW CATALOGS"); !strings.Contains(got, " inventory ") || strings.Contains(got, " hr ") {
		t.Errorf("catalogs:%s", got)
	}
	if got := list("SHOW SCHEMAS IN inventory"); got != " assets information_schema reference staging " {
		t.Errorf("schemas:%s", got)
	}
	if got := list("DESCRIBE TABLE inventory.assets.devices"); !strings.Contains(got, " owner_team string ") {
		t.Errorf("columns:%s", got)
	}
	if got := list("SHOW GRANTS `" + demo.ConnectorID + "` ON CATALOG inventory"); got != " " {
		t.Errorf("grants:%s", got)
	}
}

func BenchmarkSelectOne(b *testing.B) {
	w, _ := start(b, "ready")
	db := open(b, w, w.Connector(), starter)
	for b.Loop() {
		if _, err := count(db, "SELECT 1"); err != nil {
			b.Fatal(err)
		}
	}
}
