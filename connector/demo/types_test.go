package demo_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	dbxsql "github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// allTypes is the table with a column of every type, which the connector reads after a grant.
const allTypes = "inventory.reference.data_types"

var grantReference = []string{"GRANT USE SCHEMA ON SCHEMA inventory.reference TO `%s`", "GRANT SELECT ON TABLE " + allTypes + " TO `%s`"}

// lines are the rows of a result as the driver scans them.
func lines(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		targets := make([]any, len(names))
		for i := range targets {
			targets[i] = new(any)
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, v := range targets {
			switch v := (*v.(*any)).(type) {
			case time.Time:
				cells = append(cells, v.Format("2006-01-02T15:04:05.999999999"))
			case nil:
				cells = append(cells, "null")
			default:
				cells = append(cells, fmt.Sprint(v))
			}
		}
		all = append(all, strings.Join(cells, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryTypeIsReadByTheDriverAndByTheStatementAPI(t *testing.T) {
	w, _ := start(t, "ready")
	db, admin := open(t, w, w.Connector(), starter), open(t, w, w.Admin(), starter)
	for _, grant := range grantReference {
		exec(t, admin, fmt.Sprintf(grant, demo.ConnectorID))
	}
	t.Run("the driver", func(t *testing.T) {
		want := []string{
			`1 true 7 1200 86400 9007199254740993 1.5 2.25 12345.67 12345678901234567890.123456789012345678 Zürich 東京 'quoted' [0 127 255] ` +
				`2024-02-29T00:00:00 2024-02-29T13:14:15.123456 ["fan","disk"] [[1,2],[],[3,null]] {"cores":64,"sockets":2} ` +
				`{"id":10001,"taken_at":"2024-02-29 13:14:15 +0000 UTC","readings":[20.5,21],"price":99.90}`,
			`2 false -128 -32768 -2147483648 -9223372036854775808 -0.0009765625 -1.7976931348623157e+308 -99999999.99 -99999999999999999999.999999999999999999   ` +
				`[116 101 120 116] 0001-01-01T00:00:00 0001-01-01T00:00:00 [null] [null] {"nothing":null} {"id":null,"taken_at":null,"readings":[null],"price":null}`,
			`3 true 127 32767 2147483647 9223372036854775807 1.6777216e+07 5e-324 0.00 0.000000000000000000  [] 9999-12-31T00:00:00 ` +
				`9999-12-31T23:59:59.999999 [] [] {} {"id":0,"taken_at":"1970-01-01 00:00:00 +0000 UTC","readings":[],"price":0.00}`,
			"4" + strings.Repeat(" null", 17),
		}
		got := lines(t, db, "SELECT * FROM "+allTypes+" ORDER BY id")
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				t.Errorf("row %d:\n%s\nwant\n%s", i, got[i:], want[i])
			}
		}
	})
	t.Run("the statement API", func(t *testing.T) {
		api := dbxsql.NewStatementExecution(signIn(t, w, w.Connector()))
		got, err := api.ExecuteAndWait(ctx, dbxsql.ExecuteStatementRequest{
			WarehouseId: starter, Statement: "SELECT * FROM data_types WHERE id = :id", Catalog: "inventory", Schema: "reference",
			Parameters: []dbxsql.StatementParameterListItem{{Name: "id", Type: "BIGINT", Value: "1"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		want := `1|true|7|1200|86400|9007199254740993|1.5|2.25|12345.67|12345678901234567890.123456789012345678|Zürich 東京 'quoted'|AH//|2024-02-29|` +
			`2024-02-29T13:14:15.123Z|["fan","disk"]|[["1","2"],[],["3",null]]|{"cores":"64","sockets":"2"}|` +
			`{"id":"10001","taken_at":"2024-02-29T13:14:15.000Z","readings":["20.5","21.0"],"price":"99.90"}`
		if row := strings.Join(got.Result.DataArray[0], "|"); row != want {
			t.Errorf("got  %s\nwant %s", row, want)
		}
		var types []string
		for _, c := range got.Manifest.Schema.Columns {
			types = append(types, string(c.TypeName))
		}
		if names := strings.Join(types, " "); names != "LONG BOOLEAN BYTE SHORT INT LONG FLOAT DOUBLE DECIMAL DECIMAL STRING BINARY DATE TIMESTAMP ARRAY ARRAY MAP STRUCT" {
			t.Error(names)
		}
	})
}

func TestTheStatementAPIGrantsAndRefusesLikeTheDriver(t *testing.T) {
	w, _ := start(t, "first-time")
	run := func(c demo.Credentials, statement string) *dbxsql.StatementResponse {
		t.Helper()
		r, err := dbxsql.NewStatementExecution(signIn(t, w, c)).ExecuteStatement(ctx, dbxsql.ExecuteStatementRequest{WarehouseId: starter, Statement: statement})
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		return r
	}
	const query = "SELECT count(*) FROM inventory.assets.components"
	to := " `" + demo.ConnectorID + "`"
	for _, step := range []struct{ grant, on, before string }{
		{"USE CATALOG", "CATALOG inventory", "USE CATALOG on Catalog 'inventory'"},
		{"USE SCHEMA", "SCHEMA inventory.assets", "USE SCHEMA on Schema 'inventory.assets'"},
		{"SELECT", "TABLE inventory.assets.components", "SELECT on Table 'inventory.assets.components'"},
	} {
		if r := run(w.Connector(), query); r.Status.State != dbxsql.StatementStateFailed || r.Status.SqlState != "42501" ||
			!strings.Contains(r.Status.Error.Message, step.before) {
			t.Errorf("before %s: %+v", step.grant, r.Status)
		}
		if r := run(w.Admin(), "GRANT "+step.grant+" ON "+step.on+" TO"+to); r.Status.State != dbxsql.StatementStateSucceeded {
			t.Errorf("%s: %+v", step.grant, r.Status)
		}
	}
	if r := run(w.Connector(), query); r.Result == nil || r.Result.DataArray[0][0] != "12408" {
		t.Errorf("after the grants: %+v", r.Status)
	}
	run(w.Admin(), "REVOKE SELECT ON TABLE inventory.assets.components FROM"+to)
	if r := run(w.Connector(), query); r.Status.SqlState != "42501" {
		t.Errorf("after the revoke: %+v", r.Status)
	}
	t.Run("and nobody sees another's statement", func(t *testing.T) {
		r := run(w.Connector(), "SELECT 1")
		_, err := dbxsql.NewStatementExecution(signIn(t, w, w.Admin())).GetStatementByStatementId(ctx, r.StatementId)
		if !errors.Is(err, apierr.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("and a warehouse takes CAN_USE", func(t *testing.T) {
		api := dbxsql.NewStatementExecution(signIn(t, w, w.Connector()))
		_, err := api.ExecuteStatement(ctx, dbxsql.ExecuteStatementRequest{WarehouseId: finance, Statement: "SELECT 1"})
		if !errors.Is(err, apierr.ErrPermissionDenied) {
			t.Errorf("without CAN_USE: %v", err)
		}
		_, err = api.ExecuteStatement(ctx, dbxsql.ExecuteStatementRequest{WarehouseId: "ffffffffffffffff", Statement: "SELECT 1"})
		var refused *apierr.APIError
		if !errors.As(err, &refused) || refused.ErrorCode != "PERMISSION_DENIED" || refused.ErrorDetails().ResourceInfo.ResourceName != "ffffffffffffffff" {
			t.Errorf("an id that is not there: %v", err)
		}
		_, err = api.ExecuteStatement(ctx, dbxsql.ExecuteStatementRequest{WarehouseId: "nosuch", Statement: "SELECT 1"})
		if !errors.Is(err, apierr.ErrInvalidParameterValue) || !strings.Contains(err.Error(), "nosuch is not a valid endpoint id.") {
			t.Errorf("no id at all: %v", err)
		}
	})
}

func TestTheStatementAPIStartsAWarehouseAndHandsOutChunks(t *testing.T) {
	w, clock := start(t, "warehouse-stopped")
	api := dbxsql.NewStatementExecution(signIn(t, w, w.Connector()))
	r, err := api.ExecuteStatement(ctx, dbxsql.ExecuteStatementRequest{
		WarehouseId: starter, Statement: "SELECT id FROM inventory.assets.components ORDER BY id", WaitTimeout: "0s",
	})
	if err != nil || r.Status.State != dbxsql.StatementStatePending {
		t.Fatalf("%+v, %v", r, err)
	}
	for r.Status.State == dbxsql.StatementStatePending || r.Status.State == dbxsql.StatementStateRunning {
		clock.Advance(time.Second)
		if r, err = api.GetStatementByStatementId(ctx, r.StatementId); err != nil {
			t.Fatal(err)
		}
	}
	if r.Status.State != dbxsql.StatementStateSucceeded || r.Manifest.TotalChunkCount != 2 || r.Result.NextChunkIndex != 1 {
		t.Fatalf("%+v", r.Status)
	}
	chunk, err := api.GetStatementResultChunkNByStatementIdAndChunkIndex(ctx, r.StatementId, 1)
	if err != nil || chunk.RowOffset != 10_000 || len(chunk.DataArray) != 2_408 || chunk.DataArray[0][0] != "20001" {
		t.Errorf("the second chunk: %+v, %v", chunk, err)
	}
}

func TestTheRowFilterAndTheMaskApplyToTheConnector(t *testing.T) {
	w, _ := start(t, "ready")
	got := lines(t, open(t, w, w.Connector(), starter),
		"SELECT min(region), max(region), min(annual_cost), max(annual_cost), count(*) > 40 AND count(*) < 160 FROM inventory.assets.contracts")
	if got[0] != "EMEA EMEA 0.00 0.00 true" {
		t.Errorf("got %s", got)
	}
}

func TestTheInformationSchemaShowsWhatRESTShows(t *testing.T) {
	w, _ := start(t, "ready")
	db := open(t, w, w.Connector(), starter)
	listed, err := tables(signIn(t, w, w.Connector())).ListAll(ctx, catalog.ListTablesRequest{CatalogName: "inventory", SchemaName: "assets", IncludeBrowse: true})
	if err != nil {
		t.Fatal(err)
	}
	n, err := count(db, "SELECT count(*) FROM inventory.information_schema.tables WHERE table_schema = 'assets'")
	if err != nil || n != len(listed) {
		t.Errorf("%d tables, REST lists %d, %v", n, len(listed), err)
	}
	n, err = count(db, "SELECT count(*) FROM system.information_schema.catalogs WHERE catalog_name IN ('inventory', 'hr', 'samples', 'finance_eu')")
	if err != nil || n != 2 {
		t.Errorf("%d of the four catalogs show, %v", n, err)
	}
	for _, c := range []struct{ sql, want string }{
		{"SELECT table_name, filter_schema, filter_name FROM inventory.information_schema.row_filters", "contracts reference own_region"},
		{"SELECT table_name, column_name, mask_name FROM inventory.information_schema.column_masks", "contracts annual_cost finance_only"},
		{"SELECT view_definition, is_updatable FROM inventory.information_schema.views WHERE table_name = 'open_tickets'", "null NO"},
		{"SELECT grantee, privilege_type, inherited_from FROM inventory.information_schema.schema_privileges WHERE schema_name = 'assets' AND privilege_type = 'USE_SCHEMA'",
			demo.ConnectorID + " USE_SCHEMA NONE"},
		{"SELECT catalog_name, privilege_type FROM inventory.information_schema.catalog_privileges", "inventory USE_CATALOG"},
		{"SELECT routine_name FROM inventory.information_schema.routines WHERE routine_name = 'own_region'", "own_region"},
	} {
		if got := strings.Join(lines(t, db, c.sql), ";"); got != c.want {
			t.Errorf("%s: %q", c.sql, got)
		}
	}
	_, err = count(db, "SELECT count(*) FROM sales.information_schema.tables")
	expectState(t, err, "42501", "USE CATALOG on Catalog 'sales'")
	_, err = count(db, "SELECT count(*) FROM hive_metastore.information_schema.tables")
	expectState(t, err, "42P01", "[TABLE_OR_VIEW_NOT_FOUND]")
	got := lines(t, db, "SELECT grantee, privilege_type, inherited_from FROM inventory.information_schema.table_privileges WHERE table_name = 'devices' ORDER BY 2")
	if want := []string{demo.ConnectorID + " SELECT SCHEMA", demo.ConnectorID + " USE_CATALOG CATALOG", demo.ConnectorID + " USE_SCHEMA SCHEMA"}; strings.Join(got, ";") != strings.Join(want, ";") {
		t.Errorf("privileges %q", got)
	}
}

func TestManyClientsOfBothKindsAtOnce(t *testing.T) {
	w, _ := start(t, "ready")
	const query = "SELECT count(*), sum(unit_price) FROM inventory.assets.components"
	db := open(t, w, w.Connector(), starter)
	want := lines(t, db, query)[0]
	var group sync.WaitGroup
	for i := range 64 {
		group.Go(func() {
			if i%2 == 0 {
				var n int
				var price string
				if err := db.QueryRowContext(ctx, query).Scan(&n, &price); err != nil || fmt.Sprint(n, " ", price) != want {
					t.Errorf("the driver: %d %s, %v", n, price, err)
				}
				return
			}
			r, err := dbxsql.NewStatementExecution(signIn(t, w, w.Connector())).ExecuteAndWait(ctx, dbxsql.ExecuteStatementRequest{WarehouseId: starter, Statement: query})
			if err != nil || strings.Join(r.Result.DataArray[0], " ") != want {
				t.Errorf("the statement API: %v", err)
			}
		})
	}
	group.Wait()
}
