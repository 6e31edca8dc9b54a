package query_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	dbsqlerr "github.com/databricks/databricks-sql-go/errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

const starterPath = "/sql/1.0/warehouses/a3f19c0d7be24418"

// session runs as the connector, or as the admin, over the transport that production uses.
func session(t testing.TB, d *demo.Workspace, as demo.Credentials, httpPath string) *query.Session {
	t.Helper()
	host, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(workspace.Config{
		Host: host, Network: d.Network(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: as.ClientID, Secret: as.Secret},
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := query.Open(w, httpPath)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		w.Close()
	})
	return s
}

func start(t testing.TB, scenario string, faults ...rest.Fault) *demo.Workspace {
	t.Helper()
	s, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	s.Faults = faults
	d, err := demo.Start(context.Background(), s, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func TestPingTellsWhoRunsSQL(t *testing.T) {
	d := start(t, "ready")
	for id, as := range map[string]demo.Credentials{demo.ConnectorID: d.Connector(), demo.AdminID: d.Admin()} {
		if who, err := session(t, d, as, starterPath).Ping(t.Context()); err != nil || who.User.Raw() != id {
			t.Errorf("%s: %+v, %v", id, who, err)
		}
	}
}

func TestDescribeReadsTheColumns(t *testing.T) {
	d := start(t, "ready")
	columns, err := session(t, d, d.Connector(), starterPath).Describe(t.Context(), table(t, "inventory", "assets", "components"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range columns {
		got = append(got, c.Name.Raw()+" "+c.Type.Raw())
	}
	want := "id bigint, name string, kind string, vendor string, version string, serial_number string, device_id bigint, unit_price decimal(10,2), in_service boolean, purchased_on date, last_seen timestamp"
	if strings.Join(got, ", ") != want {
		t.Errorf("columns %q", got)
	}
}

func TestPreviewReadsEveryTypeAndNull(t *testing.T) {
	d := start(t, "ready")
	s := session(t, d, d.Connector(), starterPath)
	forms := map[string]*regexp.Regexp{
		"bigint": regexp.MustCompile(`^-?\d+$`), "int": regexp.MustCompile(`^-?\d+$`), "double": regexp.MustCompile(`^\d+(\.\d+)?$`),
		"decimal": regexp.MustCompile(`^\d+\.\d\d$`), "string": regexp.MustCompile(`^.+$`), "boolean": regexp.MustCompile(`^(true|false)$`),
		"date": regexp.MustCompile(`^20\d\d-\d\d-\d\d$`), "timestamp": regexp.MustCompile(`^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$`),
		"binary": regexp.MustCompile(`^0x[0-9a-f]{16}$`),
	}
	seen, nulls := map[string]int{}, 0
	for _, name := range []string{"components", "servers", "software", "tickets"} {
		rows, err := s.Preview(t.Context(), table(t, "inventory", "assets", name), 200)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows.Rows) != 200 {
			t.Errorf("%s: %d rows", name, len(rows.Rows))
		}
		for _, row := range rows.Rows {
			for i, c := range row {
				kind := rows.Columns[i].Type.Raw()
				switch {
				case c.Null && c.Text.Raw() == "":
					nulls++
				case c.Null || forms[kind] == nil || !forms[kind].MatchString(c.Text.Raw()):
					t.Errorf("%s.%s: a %s is %q, null %v", name, rows.Columns[i].Name, kind, c.Text.Raw(), c.Null)
				default:
					seen[kind]++
				}
			}
		}
	}
	if nulls == 0 || len(seen) != len(forms) {
		t.Errorf("%d nulls and the types %v prove nothing", nulls, seen)
	}
}

func TestPreviewAsksForNoMoreThanItsLimit(t *testing.T) {
	d := start(t, "ready")
	s := session(t, d, d.Connector(), starterPath)
	for limit, want := range map[int]int{0: 0, 1: 1, 20: 20, query.MaxPreview: query.MaxPreview, 5000: query.MaxPreview, -3: 0} {
		rows, err := s.Preview(t.Context(), table(t, "inventory", "assets", "components"), limit)
		if err != nil || len(rows.Rows) != want || len(rows.Columns) != 11 {
			t.Errorf("limit %d: %d rows of %d columns, %v", limit, len(rows.Rows), len(rows.Columns), err)
		}
	}
	if rows, err := s.Preview(t.Context(), table(t, "inventory", "assets", "decommissioned"), 20); err != nil || len(rows.Rows) != 0 || len(rows.Columns) != 3 {
		t.Errorf("an empty table: %+v, %v", rows, err)
	}
}

func TestUnusualNamesAreRead(t *testing.T) {
	d := start(t, "ready")
	if err := d.Grant(t.Context(), "GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG `odd``name` TO `"+demo.ConnectorID+"`;\nGRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG `lagerbestände` TO `"+demo.ConnectorID+"`"); err != nil {
		t.Fatal(err)
	}
	s := session(t, d, d.Connector(), starterPath)
	for _, name := range []connector.TableName{table(t, "odd`name", "back`tick", "t`1"), table(t, "lagerbestände", "hamburg", "stellplätze")} {
		if rows, err := s.Preview(t.Context(), name, 2); err != nil || len(rows.Rows) != 2 {
			t.Errorf("%s: %v", name, err)
		}
		if columns, err := s.Describe(t.Context(), name); err != nil || len(columns) != 3 {
			t.Errorf("%s: %v, %v", name, columns, err)
		}
	}
}

func TestARefusalKeepsItsState(t *testing.T) {
	d := start(t, "ready")
	s := session(t, d, d.Connector(), starterPath)
	for name, want := range map[connector.TableName]string{
		table(t, "inventory", "reference", "countries"): "42501", table(t, "inventory", "assets", "nothing"): "42P01", table(t, "nowhere", "assets", "devices"): "42704",
	} {
		_, err := s.Preview(t.Context(), name, 1)
		var refused dbsqlerr.DBExecutionError
		if !errors.As(err, &refused) || refused.SqlState() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := session(t, d, d.Connector(), "/sql/1.0/warehouses/09fb6a7d35c2e184").Ping(t.Context()); !errors.Is(err, dbsqlerr.RequestError) {
		t.Errorf("a warehouse without CAN_USE: %v", err)
	}
}

func TestAnIncompleteNameIsNotAsked(t *testing.T) {
	d := start(t, "ready")
	s := session(t, d, d.Connector(), starterPath)
	full := table(t, "inventory", "assets", "devices")
	for _, name := range []connector.TableName{{}, {SchemaName: full.SchemaName}, {Table: full.Table}} {
		if _, err := s.Preview(t.Context(), name, 1); !errors.Is(err, query.ErrNoStatement) {
			t.Errorf("preview of %s: %v", name, err)
		}
		if _, err := s.Describe(t.Context(), name); !errors.Is(err, query.ErrNoStatement) {
			t.Errorf("description of %s: %v", name, err)
		}
	}
	if asked := d.Requests(); len(asked) != 0 {
		t.Errorf("asked %v", asked)
	}
}

func TestTheDriverReportsNothing(t *testing.T) {
	d := start(t, "ready")
	if _, err := session(t, d, d.Connector(), starterPath).Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, r := range d.Requests() {
		if !workspace.Allows(r.Method, r.Path) {
			t.Errorf("asked %s %s", r.Method, r.Path)
		}
	}
}

func TestAStatementIsSentOnce(t *testing.T) {
	for _, status := range []int{429, 500, 502, 503} {
		d := start(t, "ready", rest.Fault{Path: "/sql/*", Status: status, Header: map[string]string{"Retry-After": "1"}})
		if _, err := session(t, d, d.Connector(), starterPath).Ping(t.Context()); !errors.Is(err, dbsqlerr.RequestError) {
			t.Errorf("%d: %v", status, err)
		}
		sent := 0
		for _, r := range d.Requests() {
			if r.Path == starterPath {
				sent++
			}
		}
		if sent != 1 {
			t.Errorf("%d: sent %d times", status, sent)
		}
	}
}

func TestACancelledStatementEnds(t *testing.T) {
	d := start(t, "ready")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := session(t, d, d.Connector(), starterPath).Ping(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestEveryNameAndValueThatIsReadIsKnownRightAfterTheCall(t *testing.T) {
	d := start(t, "ready")
	host, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	names := connector.NewRegistry()
	w, err := workspace.Open(workspace.Config{
		Host: host, Network: d.Network(), Names: names,
		Credentials: connector.Credentials{Method: connector.PAT, Secret: d.Connector().Token},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s, err := query.Open(w, starterPath)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.Preview(t.Context(), table(t, "inventory", "assets", "devices"), 5)
	if err != nil || len(rows.Rows) == 0 {
		t.Fatal(rows, err)
	}
	var texts []string
	for i, column := range rows.Columns {
		texts = append(texts, column.Name.Raw())
		for _, row := range rows.Rows {
			texts = append(texts, row[i].Text.Raw())
		}
	}
	for _, text := range texts {
		if public := connector.NewRegistry().Alias(connector.KindName, text) == text; !public && names.Name(text) == text {
			t.Errorf("not known: %q", text)
		}
	}
}

// A warehouse that takes a statement and answers whenever it is asked for it has no trouble with the network.
func TestAStatementThatIsNotGotToIsTheWarehousesOwn(t *testing.T) {
	t.Parallel()
	s, err := demo.Find("warehouse-starting")
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(t.Context(), s, demo.Options{Clock: model.NewManualClock(time.Now())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	target, err := d.Target()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second) // a statement is answered after five seconds, done or not
	defer cancel()
	if _, err := session(t, d, d.Connector(), target.WarehouseID.HTTPPath()).Ping(ctx); !errors.Is(err, query.ErrWaiting) {
		t.Errorf("it ends with %v", err)
	}
}

func TestAStatementWithoutAnAnswerIsTheNetworks(t *testing.T) {
	t.Parallel()
	d := start(t, "ready", rest.Fault{Path: "/sql/*", After: 1, Times: 1, Delay: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if _, err := session(t, d, d.Connector(), starterPath).Ping(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it ends with %v", err)
	}
}
