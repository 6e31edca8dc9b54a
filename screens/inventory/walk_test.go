package inventory

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// alone is the screen without the list that it opens over.
type alone struct{ *Screen }

func (alone) Title() string { return "Inventory" }

// person is a person in front of the screen.
type person struct {
	*screentest.Walk
	screen *Screen
}

func visiting(t testing.TB, w *screentest.Walk) panels.Visit {
	t.Helper()
	host, _, err := connector.ParseHost(w.Workspace.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return panels.Visit{Env: w.Env, Saved: connector.Connection{Name: "prod", Host: host}}
}

func show(t testing.TB, w *screentest.Walk) *person {
	t.Helper()
	theme := ui.NewTheme(true)
	visit := visiting(t, w)
	visit.Theme = &theme
	p := &person{Walk: w, screen: New(visit)}
	p.Show(func(ctx context.Context) *ui.Shell {
		return ui.NewShell(ctx, []ui.Step{alone{p.screen}}, ui.Options{Product: "Draftt", Alone: true, Theme: &theme, Now: p.Clock.Now})
	})
	t.Cleanup(p.Leave)
	p.Settle()
	return p
}

// fresh is a walk to a workspace of which there are inventories of these companies.
func fresh(t testing.TB, all ...screentest.Company) *screentest.Walk {
	t.Helper()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	for day, c := range all {
		c.Day = day
		screentest.TakeInventory(t, w.Env.Vault.Dir(), visiting(t, w).Saved.Host.Typed(), c)
	}
	return w
}

// later is the company a day later.
var later = screentest.Company{Change: func(put func(kind, id, parent, name, body string)) {
	put("workspace-users", "5", "", "new.hire@contoso.example", `{"active":true}`)
	put("tables", "inventory.assets.devices", "inventory.assets", "inventory.assets.devices", `{"owner":"analysts","table_type":"MANAGED"}`)
}}

func TestTheInventoryLooksAsDrawn(t *testing.T) {
	t.Parallel()
	p := show(t, fresh(t, screentest.Company{}, later))
	for _, scene := range []struct {
		name string
		keys []string
		undo []string
	}{
		{name: "ledger"},
		{name: "help", keys: []string{"?"}, undo: []string{"?"}},
		{name: "resource", keys: []string{"enter"}, undo: []string{"esc"}},
		{name: "take", keys: []string{"n"}, undo: []string{"esc"}},
		{name: "kinds", keys: []string{"tab"}},
		{name: "rows", keys: []string{"/", "t", "a", "b", "l", "e", "s", "enter", "enter"}},
		{name: "properties", keys: []string{"enter"}, undo: []string{"esc", "esc", "esc"}},
		{name: "runs", keys: []string{"tab"}},
		{name: "changes", keys: []string{"enter"}},
		{name: "change", keys: []string{"enter"}, undo: []string{"esc", "esc"}},
	} {
		for _, name := range scene.keys {
			p.Press(name)
			p.Settle()
		}
		p.Golden("inventory/" + scene.name)
		for _, name := range scene.undo {
			p.Press(name)
			p.Settle()
		}
	}
}

func TestATokenGoesByItsCommentAndItsOwner(t *testing.T) {
	t.Parallel()
	ann := estate.Owner{Kind: connector.KindUser, Name: "ann@contoso.example"}
	for _, c := range []struct {
		row   store.Row
		owner estate.Owner
		want  []string
	}{
		{store.Row{Kind: "tokens", ID: "c0ffee", Name: "for the loader"}, ann, []string{"for the loader", "ann@contoso.example", "c0ffee"}},
		{store.Row{Kind: "tokens", ID: "c0ffee"}, ann, []string{"ann@contoso.example", "c0ffee"}},
		{store.Row{Kind: "tokens", ID: "c0ffee"}, estate.Owner{}, []string{"c0ffee"}},
		{store.Row{Kind: "jobs", ID: "7", Name: "nightly"}, estate.Owner{}, []string{"nightly", "7"}},
	} {
		row := rowOf(owned{c.row, c.owner})
		if got := append([]string{row.Name}, row.Cells...); !slices.Equal(got, c.want) {
			t.Errorf("%+v is %q", c.row, got)
		}
	}
}

func TestARunSaysOnlyWhatItWasAskedFor(t *testing.T) {
	t.Parallel()
	p := show(t, fresh(t))
	c := underWay()
	for i := range c.Resources {
		if c.Resources[i].Part == estate.OfAccount {
			c.Resources[i].State, c.Resources[i].NotAsked = estate.Skipped, estate.AtAccount
		}
	}
	p.screen.taking.board = &atomic.Pointer[estate.Coverage]{}
	p.screen.taking.board.Store(c)
	for _, size := range screentest.FrameSizes {
		if frame := screentest.PlainText(p.screen.progress(size.Width-4, size.Height-4)); !strings.Contains(frame, "account    not asked for\n") || strings.Contains(frame, "of 9 over") {
			t.Error(frame)
		}
	}
}

// underWay is how far a run is in the middle.
func underWay() *estate.Coverage {
	c := estate.Coverage{Rate: 46.2, Allowed: 50, SlowedBy: 3, Took: 41*time.Minute + 7*time.Second}
	for i, r := range estate.Resources() {
		seen := estate.Seen{Resource: r, State: estate.Waiting, Of: 2}
		switch {
		case r.ID == "metastores":
			seen.State, seen.Needs, seen.Over = estate.Denied, estate.AccountAdmin, 2
		case i < 10:
			seen.State, seen.Rows, seen.Over = estate.Done, 31*i*i, 2
		case i < 12:
			seen.State, seen.Rows, seen.Over = estate.Running, 212, 1
		}
		c.Resources = append(c.Resources, seen)
	}
	return &c
}

func TestARunThatIsOnLooksAsDrawn(t *testing.T) {
	t.Parallel()
	p := show(t, fresh(t))
	p.Golden("inventory/none")
	p.screen.taking.board = &atomic.Pointer[estate.Coverage]{}
	p.screen.taking.board.Store(underWay())
	var b strings.Builder
	for _, size := range screentest.FrameSizes {
		b.WriteString(strings.Repeat("─", 8) + "\n" + screentest.PlainText(p.screen.progress(size.Width-4, size.Height-4)))
	}
	screentest.CompareGolden(t, "inventory/under-way", b.String())
}

func TestAnInventoryIsStoppedGoesOnAndIsSeen(t *testing.T) {
	t.Parallel()
	p := show(t, fresh(t))
	p.MustShow("No inventory of this workspace was taken yet")
	p.Press("enter")
	p.MustShow("Take an inventory", "empty for the workspace alone")
	p.Write("not-an-account")
	p.Press("enter")
	p.MustShow("is no account ID")
	p.screen.busy.Lock() // it has not begun when it is stopped
	p.Press("ctrl+u", "enter")
	p.See("Beginning", "esc stops at once")
	p.Press("esc")
	p.MustShow("Stopping. What is whole stays.")
	p.screen.busy.Unlock()
	p.See("Stopped. What is whole is kept", "The first run is not over")
	p.Settle()
	p.Press("n", "enter")
	p.See("The run is whole", "Resources")
	p.Settle()
	p.MustShow("as ", "Coverage ")
	p.Press("tab", "/")
	p.Write("warehouses")
	p.Press("enter", "enter")
	p.Settle()
	p.MustShow("Starter Warehouse")
}

// Share mode is the whole program's, so that this test has it to itself.
func TestSharedScreensHaveNoNames(t *testing.T) {
	ui.UseAliases(panels.Aliases())
	t.Cleanup(func() { ui.UseAliases(nil) })
	p := show(t, fresh(t, screentest.Company{}, later))
	t.Cleanup(func() { panels.Aliases().Share(false) })
	names := []string{"adb-7405605741000000", "contoso", "draftt-connector", "inventory.assets", "payroll", "analysts", "Starter", screentest.AClientID}
	for _, keys := range [][]string{{"ctrl+s"}, {"enter"}, {"esc", "tab"}, {"/", "w", "o", "r", "k", "enter", "enter"}, {"enter"}, {"esc", "esc", "esc", "tab", "enter"}, {"enter"}} {
		for _, name := range keys {
			p.Press(name)
			p.Settle()
			p.MustNotShow(names...)
		}
	}
	p.Press("esc", "esc", "esc", "tab")
	p.MustShow("Inventory", "Kinds ")
	p.Press("n")
	p.MustShow("Take an inventory") // words of ours, although a catalog is called so
	p.Write("wrong-account")
	p.Press("enter")
	p.MustShow("is no account ID")
	p.MustNotShow("wrong-account")
}

func TestARunThatSomebodyElseTakesIsNoneToGoOnWith(t *testing.T) {
	t.Parallel()
	w := fresh(t, screentest.Company{})
	of := folder(visiting(t, w))
	run, _, _, err := of.Begin(w.Clock.Now(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = run.Close() }()
	p := show(t, w)
	p.MustShow("is not over", "go on with the last")
	release, err := of.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	p.Press("r")
	p.Settle()
	p.MustShow("is being taken now, in another window")
	p.MustNotShow("is not over", "go on with the last", "begin anew")
	p.Press("n", "f") // which do nothing now
	p.MustShow("is being taken now")
	p.Golden("inventory/taken-elsewhere")
}

func TestARunThatIsDamagedIsSaidToBeSoAmongTheRuns(t *testing.T) {
	t.Parallel()
	w := fresh(t, screentest.Company{}, later, screentest.Company{})
	of := folder(visiting(t, w))
	runs, err := of.Runs()
	if err != nil || len(runs) != 3 {
		t.Fatalf("%d runs, %v", len(runs), err)
	}
	path, _ := of.File(runs[2].ID)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 0xff
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	p := show(t, w)
	p.Press("tab", "tab")
	p.Golden("inventory/damaged")
	p.MustShow("› "+runs[2].ID, "! not whole", "The run "+runs[2].ID+" is not whole")
	p.Press("enter") // there is nothing to compare it with
	p.MustShow("› Runs 3")
	p.Press("down")
	p.MustShow("rows kept")
}
