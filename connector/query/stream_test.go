package query_test

import (
	"context"
	"errors"
	"testing"

	"github.com/apache/arrow/go/v12/arrow/array"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// readerOf is a reader of the connector in a workspace of tables that change.
func readerOf(t testing.TB, d *demo.Workspace) *query.Reader {
	t.Helper()
	host, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	as := d.Connector()
	w, err := workspace.Open(workspace.Config{
		Host: host, Network: d.Network(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: as.ClientID, Secret: as.Secret},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	r, err := query.OpenReader(w, starterPath, query.Links{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestATableIsReadWholeInPagesOfItsWidth(t *testing.T) {
	d := start(t, "sync")
	r := readerOf(t, d)
	all := query.Scan{Table: table(t, "generated", "sync", "rows_100k"), At: query.NoVersion}
	got, err := r.Read(t.Context(), all.Statement(), 16)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if name := columnar.SQLType(got.Schema.Field(8)); name != "DECIMAL(18,4)" {
		t.Errorf("the price is a %q", name)
	}
	next, batches := int64(7), 0
	for batch, err := range got.Batches() {
		if err != nil {
			t.Fatal(err)
		}
		ids := batch.Record.Column(0).(*array.Int64)
		for i := range ids.Len() {
			if ids.Value(i) != next {
				t.Fatalf("row %d has %d", next/10, ids.Value(i))
			}
			next += 10
		}
		batches++
	}
	if next != 1_000_007 || batches < 4 || batches > 1000 { // how many there are is up to how fast rows come as well
		t.Errorf("%d rows in %d batches", next/10, batches)
	}
}

func TestARangeAndItsNullsAreEveryRowOnce(t *testing.T) {
	d := start(t, "sync")
	r := readerOf(t, d)
	name := table(t, "generated", "sync", "rows_1k")
	low, high := query.Number(0), query.Number(50)
	count := 0
	for _, within := range []query.Range{
		{By: "level", To: &low, Nulls: true}, {By: "level", From: &low, To: &high}, {By: "level", From: &high},
	} {
		got, err := r.Read(t.Context(), query.Scan{Table: name, Columns: []query.Column{"id", "level"}, At: query.NoVersion, Within: within}.Statement(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		for batch, err := range got.Batches() {
			if err != nil {
				t.Fatal(err)
			}
			count += int(batch.Record.NumRows())
		}
		got.Close()
	}
	if count != 1000 {
		t.Errorf("%d rows of 1,000", count)
	}
}

func TestALeftReadEndsAtOnce(t *testing.T) {
	d := start(t, "sync")
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	got, err := readerOf(t, d).Read(ctx, query.Scan{Table: table(t, "generated", "sync", "rows_100m"), At: query.NoVersion}.Statement(), 16)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	var ended error
	for _, err := range got.Batches() {
		leave()
		ended = err
	}
	if !errors.Is(ended, context.Canceled) {
		t.Errorf("it ended with %v", ended)
	}
}

func TestTheStatementsOfASyncQuoteWhatTheyName(t *testing.T) {
	name := table(t, "a`b", "it's", `c\d`)
	day := query.Day(20_000)
	for _, tt := range []struct {
		got  query.Statement
		want string
	}{
		{query.Scan{Table: name, At: 3, Limit: 5}.Statement(), "SELECT * FROM `a``b`.`it's`.`c\\d` VERSION AS OF 3 LIMIT 5"},
		{
			query.Scan{Table: name, Columns: []query.Column{"x`; --"}, At: query.NoVersion, Within: query.Range{By: "day", To: &day, Nulls: true}}.Statement(),
			"SELECT `x``; --` FROM `a``b`.`it's`.`c\\d` WHERE `day` < DATE'2024-10-04' OR `day` IS NULL",
		},
		{query.Changes(name, 1, 2), "SELECT * FROM table_changes('`a``b`.`it\\'s`.`c\\\\d`', 1, 2)"},
		{query.Extent(name, query.NoVersion, "", query.Floor{}), "SELECT count(*) AS total FROM `a``b`.`it's`.`c\\d`"},
		{query.History(name), "DESCRIBE HISTORY `a``b`.`it's`.`c\\d` LIMIT 1"},
		{query.Changes(name, 2, 1), ""}, {query.Scan{}.Statement(), ""}, {query.History(connector.TableName{}), ""},
	} {
		if tt.got.SQL() != tt.want {
			t.Errorf("%s\nis not %s", tt.got.SQL(), tt.want)
		}
	}
}

func BenchmarkDrain(b *testing.B) {
	d := start(b, "sync")
	r := readerOf(b, d)
	all := query.Scan{Table: table(b, "generated", "sync", "rows_100k"), At: query.NoVersion}
	for b.Loop() {
		got, err := r.Read(b.Context(), all.Statement(), 16)
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range got.Batches() {
			if err != nil {
				b.Fatal(err)
			}
		}
		got.Close()
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
