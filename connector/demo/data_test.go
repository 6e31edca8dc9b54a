package demo

import (
	"bytes"
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

func testWorld(t *testing.T, s Scenario) *model.World {
	t.Helper()
	w, err := seed(model.NewManualClock(asOf), s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestRowsFitTheirColumnsAndAreAlwaysTheSame(t *testing.T) {
	kinds := map[model.ColumnType]reflect.Type{
		model.Boolean: reflect.TypeFor[bool](), model.Int: reflect.TypeFor[int64](), model.BigInt: reflect.TypeFor[int64](),
		model.Double: reflect.TypeFor[float64](), model.Decimal: reflect.TypeFor[string](), model.String: reflect.TypeFor[string](),
		model.Date: reflect.TypeFor[time.Time](), model.Timestamp: reflect.TypeFor[time.Time](), model.Binary: reflect.TypeFor[[]byte](),
	}
	met, nulls := map[model.ColumnType]bool{}, 0
	for _, table := range assetTables() {
		for i := range min(table.RowCount, 500) {
			row := table.Rows(i)
			if len(row) != len(table.Columns) {
				t.Fatalf("%s has %d columns and %d values", table.Name, len(table.Columns), len(row))
			}
			if !reflect.DeepEqual(row, table.Rows(i)) {
				t.Fatalf("%s gives another row %d the second time", table.Name, i)
			}
			for j, value := range row {
				column := table.Columns[j]
				switch {
				case value == nil && column.NotNull:
					t.Errorf("%s.%s is NULL in row %d", table.Name, column.Name, i)
				case value == nil:
					nulls++
				case reflect.TypeOf(value) != kinds[column.Type]:
					t.Errorf("%s.%s is a %T in row %d", table.Name, column.Name, value, i)
				}
				met[column.Type] = true
				if column.Type == model.Date && value != nil && !value.(time.Time).Equal(value.(time.Time).Truncate(24*time.Hour)) {
					t.Errorf("%s.%s has a time of day in row %d", table.Name, column.Name, i)
				}
			}
		}
	}
	if len(met) != len(kinds) || nulls == 0 {
		t.Errorf("only %v and %d NULLs occur", slices.Collect(maps.Keys(met)), nulls)
	}
}

func TestTheDocumentedTablesHaveTheirColumns(t *testing.T) {
	w := testWorld(t, Scenario{})
	for name, columns := range map[string]int{"components": 11, "devices": 9, "servers": 14, "open_tickets": 6} {
		table, err := w.Table("inventory", "assets", name)
		if err != nil || len(table.Columns) != columns || table.Owner != governance {
			t.Errorf("%s: %d columns, owner %s, %v", name, len(table.Columns), table.Owner, err)
		}
	}
}

func TestEveryNameOfTheLargeCatalogLeadsBack(t *testing.T) {
	for _, i := range []int{0, 1, 99, 12_345, 99_999} {
		if n, ok := largeNumber(largeName(i), 100_000); !ok || n != i {
			t.Errorf("%s leads to %d, %t", largeName(i), n, ok)
		}
	}
	for _, name := range []string{"", "_", "billing_account_raw_00001", largeName(100_000), strings.ToUpper(largeName(3))} {
		if _, ok := largeNumber(name, 100_000); ok {
			t.Errorf("%q is a table", name)
		}
	}
}

func TestTheLedgerForgetsTheOldestFirst(t *testing.T) {
	var l ledger
	for i := range ledgerSize + 3 {
		l.add(rest.Exchange{Status: i})
	}
	all := l.all()
	if len(all) != ledgerSize || all[0].Status != 3 || all[len(all)-1].Status != ledgerSize+2 {
		t.Errorf("%d entries from %d to %d", len(all), all[0].Status, all[len(all)-1].Status)
	}
}

func TestTheWorkspaceListensOnLoopbackOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "example.com:0", "nonsense"} {
		if l, err := listen(context.Background(), addr); err == nil {
			_ = l.Close()
			t.Errorf("listens on %s", addr)
		}
	}
}

func TestTwoRunsShareNoSecret(t *testing.T) {
	start := func() *Workspace {
		w, err := Start(context.Background(), Scenario{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = w.Close() })
		return w
	}
	a, b := start().Connector(), start().Connector()
	if bytes.Equal(a.Secret.Reveal(), b.Secret.Reveal()) || bytes.Equal(a.Token.Reveal(), b.Token.Reveal()) {
		t.Error("the secrets are fixed")
	}
	if a.Secret.Len() != 36 || !a.Token.HasPrefix("dapi") {
		t.Errorf("a secret of %d bytes does not look like one", a.Secret.Len())
	}
}

func TestAWorkspaceEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	w, err := Start(ctx, Scenario{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	<-w.served
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}
