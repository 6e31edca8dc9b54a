package demo

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
)

func testWorld(t *testing.T, s Scenario) *model.World {
	t.Helper()
	w, err := newWorld(model.NewManualClock(seed.AsOf), s)
	if err != nil {
		t.Fatal(err)
	}
	return w
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

func TestTheLedgerIsBoundedByWhatItsTextsHoldToo(t *testing.T) {
	var l ledger
	statement := "SELECT '" + strings.Repeat("a", 1<<20)
	for i := range 2_000 {
		l.add(rest.Exchange{Status: i, Statement: statement})
	}
	all, held := l.all(), 0
	for _, e := range all {
		held += len(e.Statement)
	}
	if held > 64<<20 || held < 63<<20 || all[len(all)-1].Status != 1_999 {
		t.Errorf("%d entries hold %d MiB, and the last of them is %d", len(all), held>>20, all[len(all)-1].Status)
	}
}

func TestTheLedgerRemembersTheBeginningOfALongStatement(t *testing.T) {
	var l ledger
	l.add(rest.Exchange{Path: "/", Agent: strings.Repeat("a", 1<<20), Statement: "DROP TABLE t" + strings.Repeat(" ", 8<<20)})
	if e := l.all()[0]; len(e.Statement) > 1<<16 || !strings.HasPrefix(e.Statement, "DROP TABLE t") || len(e.Agent) > 1<<16 || e.Path != "/" {
		t.Errorf("%d bytes of a statement, %d of an agent, for %q", len(e.Statement), len(e.Agent), e.Path)
	}
}

func TestTheWorkspaceListensOnLoopbackOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "example.com:0", "nonsense"} {
		if h, err := listen(context.Background(), addr); err == nil {
			_ = h.listener.Close()
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
	if a.Secret.Len() != 36 || a.Token.Shape() != connector.ShapeToken {
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
	<-w.host.served
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}
