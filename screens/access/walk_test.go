package access

import (
	"context"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// alone is the screen without the list that it opens over.
type alone struct{ *Screen }

func (alone) Title() string { return "Access" }

// visiting is a look at a company's workspace with a saved connection that reads two of its tables.
func visiting(t testing.TB, w *screentest.Walk) panels.Visit {
	t.Helper()
	host, _, err := connector.ParseHost(screentest.AHost, nil)
	if err != nil {
		t.Fatal(err)
	}
	saved := connector.Connection{Name: "prod", Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: screentest.AClientID}}
	for _, name := range []string{"inventory.assets.components", "inventory.assets.devices", "inventory.assets.gone"} {
		table, err := connector.ParseTable(name, connector.SchemaName{})
		if err != nil {
			t.Fatal(err)
		}
		saved.Schema, saved.Tables = table.SchemaName, append(saved.Tables, table)
	}
	return panels.Visit{Env: w.Env, Saved: saved}
}

// show puts a person in front of the explorer.
func show(t testing.TB, w *screentest.Walk) *screentest.Walk {
	t.Helper()
	theme := ui.NewTheme(true)
	visit := visiting(t, w)
	visit.Theme = &theme
	w.Show(func(ctx context.Context) *ui.Shell {
		return ui.NewShell(ctx, []ui.Step{alone{New(visit)}}, ui.Options{Product: "Draftt", Alone: true, Theme: &theme, Now: w.Clock.Now})
	})
	t.Cleanup(w.Leave)
	w.Settle()
	return w
}

// before has a person in front of the explorer over the inventory of a company.
func before(t testing.TB) *screentest.Walk {
	t.Helper()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	screentest.TakeInventory(t, w.Env.Vault.Dir(), screentest.AHost, screentest.Company{})
	return show(t, w)
}

// find types what is looked for, in place of what stands there.
func find(w *screentest.Walk, text string) {
	w.Press("ctrl+u")
	w.Write(text)
	w.Settle()
}

func TestTheExplorerLooksAsDrawn(t *testing.T) {
	t.Parallel()
	w := before(t)
	for _, scene := range []struct {
		name string
		text string
		keys []string
		undo []string
	}{
		{name: "ours"},
		{name: "help", keys: []string{"f1"}, undo: []string{"esc"}},
		{name: "guide", keys: []string{"ctrl+l"}},
		{name: "guide-found", text: "job run", undo: []string{"esc", "esc"}},
		{name: "found", text: "components"},
		{name: "who", text: "components", keys: []string{"enter"}},
		{name: "why-yes", keys: []string{"home", "/", "m", "a", "r", "i", "a", "enter", "enter"}, undo: []string{"esc", "esc"}},
		{name: "another", keys: []string{"a"}, undo: []string{"esc", "esc"}},
		{name: "what", text: "maria", keys: []string{"enter"}},
		{name: "groups", keys: []string{"tab"}},
		{name: "another-object", keys: []string{"a"}, undo: []string{"esc", "esc"}},
		{name: "nothing", text: "zebra"},
	} {
		if scene.text != "" {
			find(w, scene.text)
		}
		for _, name := range scene.keys {
			w.Press(name)
			w.Settle()
		}
		w.Golden("explorer/" + scene.name)
		for _, name := range scene.undo {
			w.Press(name)
			w.Settle()
		}
	}
}

func TestOurTablesAndOurConnectorStandFirst(t *testing.T) {
	t.Parallel()
	w := before(t)
	w.Resize(200, 50)
	w.MustShow("› draftt-connector", "our connector", "our table", "Not in this inventory: inventory.assets.gone.", "as ines.moreau@contoso.example")
	w.Press("enter")
	w.Settle()
	w.MustShow("Service principal draftt-connector", "inventory.assets.devices", "from inventory.assets")
	w.Press("esc", "down", "enter")
	w.Settle()
	w.MustShow("Table or view inventory.assets.components", "Who can reach it")
}

func TestWhatALevelAllowsIsLookedUpFromAnywhere(t *testing.T) {
	t.Parallel()
	w := before(t)
	w.Resize(120, 40)
	w.Press("ctrl+l")
	find(w, "pipeline owner")
	w.MustShow("› ETL pipeline  IS OWNER", "Change settings and compute", "One owner, and never a group.", "IS_OWNER on pipelines")
	find(w, "assign workspace admin")
	w.MustShow("Assign workspace admin role", "Account Admin      ✓", "Regular User")
	w.Press("esc", "esc", "enter")
	w.Settle()
	w.Press("ctrl+l")
	w.MustShow("What levels and roles allow")
	w.Press("esc")
	w.MustShow("What it can reach")
}

func TestOneWalksDownFromACatalogToATableAndUpAgain(t *testing.T) {
	t.Parallel()
	w := before(t)
	w.Resize(200, 50)
	find(w, "catalog inventory")
	w.Press("enter")
	w.Settle()
	w.Press("tab")
	w.MustShow("Catalog inventory", "› What is in it 2", "inventory.assets", "schema")
	w.Press("enter")
	w.Settle()
	w.MustShow("Schema inventory.assets")
	w.Press("tab")
	w.Settle()
	w.MustShow("› What is in it", "inventory.assets.components", "table or view")
	w.Press("enter")
	w.Settle()
	w.MustShow("Table or view inventory.assets.components", "What it is in 3")
	w.Press("tab")
	w.Settle()
	w.MustShow("inventory.assets ", "catalog", "metastore")
	w.Press("down", "down", "enter")
	w.Settle()
	w.MustShow("The metastore", "What is in it")
	for range 4 {
		w.Press("esc")
	}
	find(w, "metastore")
	w.MustShow("Workspaces  not collected", "Its admin", "Grant privileges on each")
}

func TestOurConnectorIsMarkedAmongThoseWhoReachAWarehouse(t *testing.T) {
	t.Parallel()
	w := before(t)
	w.Resize(200, 50)
	find(w, "Starter Warehouse")
	w.Press("enter")
	w.Settle()
	w.Press("/")
	w.Write("draftt-connector")
	w.Settle()
	w.Press("enter")
	w.MustShow("our draftt-connector", "Kind     our connector, a service principal", "CAN USE, as Draftt needs it")
}

func TestOneWalksFromAPersonToWhatTheyReachAndOnFromThere(t *testing.T) {
	t.Parallel()
	w := before(t)
	w.Resize(200, 50)
	find(w, "lindqvist")
	w.Press("enter")
	w.Settle()
	w.MustShow("What it can reach", "in analysts › data-readers: granted", "Is in 3")
	w.Press("/")
	w.Write("components")
	w.Settle()
	w.Press("enter", "enter")
	w.Settle()
	w.MustShow("✓ yes: maria.lindqvist@contoso.example has SELECT", "Because", "What would end it")
	w.Press("tab")
	w.Settle()
	w.MustNotShow("has SELECT on")
	w.Press("o")
	w.Settle()
	w.MustShow("Table or view inventory.assets.components", "Who can reach it")
	w.Press("esc", "esc", "esc", "tab", "enter")
	w.Settle()
	w.MustShow("Workspace group users", "Members 5")
	for range 2 {
		w.Press("esc")
	}
	w.MustShow("lindqvist", "Find")
}

func TestANoSaysWhatIsMissingAndAnUnknownWhatWasNotCollected(t *testing.T) {
	t.Parallel()
	w := before(t)
	for who, says := range map[string][]string{
		"tom.okafor": {"no: tom.okafor@contoso.example does not have SELECT", "Missing", "Who can give it"},
		"lindqvist":  {"cannot be told", "Not collected"},
	} {
		find(w, who)
		w.Press("enter")
		w.Settle()
		w.Press("a")
		find(w, "assets.devices")
		w.Press("enter")
		w.Settle()
		w.MustShow(says...)
		w.Press("esc", "esc", "esc")
	}
}

func TestEnterWaitsForWhatIsTyped(t *testing.T) {
	t.Parallel()
	w := before(t)
	w.Write("starter")
	w.Press("enter") // however far the search is
	w.Settle()
	w.MustShow("SQL warehouse Starter Warehouse", "Who can reach it")
	w.Press("/")
	w.Write("lindqvist")
	w.Press("enter", "enter")
	w.Settle()
	w.MustShow("maria.lindqvist@contoso.example has CAN USE")
}

func TestWithoutAnInventoryItSaysWhereToTakeOne(t *testing.T) {
	t.Parallel()
	w := show(t, screentest.Prepare(t, screentest.Person{Scenario: "ready"}))
	w.MustShow("No inventory of this workspace was taken yet", "Take one under Inventory")
	w.Golden("explorer/none")
}

func TestWhatIsNotOverIsSaidWhereNoInventoryIsWhole(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	folder := estate.FolderOf(w.Env.Vault.Dir(), screentest.AHost)
	free, err := folder.Lock() // which makes the folder
	if err != nil {
		t.Fatal(err)
	}
	run, _, _, err := folder.Begin(screentest.Morning, false)
	if err == nil {
		err = run.Write(func(c *store.Change) error {
			return c.Fact("place", estate.Place{Host: screentest.AHost, As: "nina.berg@contoso.example"})
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = run.Close()
	free()
	if got := said(t, w); !strings.Contains(got, "No inventory of this workspace is whole yet.") || !strings.Contains(got, "One is not over. Begun by nina.berg@contoso.example, without the account;") {
		t.Error(got)
	}
	if last := estate.Last(folder); !strings.HasPrefix(last, "One is not over. Begun by nina.berg@contoso.example") || !strings.HasSuffix(last, "It goes on under Inventory.") {
		t.Errorf("home says %q", last)
	}
	visit := visiting(t, w)
	theme := ui.NewTheme(true)
	visit.Theme = &theme
	visit.Beside = func() ui.Panel { return ui.NewPage(&theme, ui.PageContent{Title: "The inventories"}) }
	w.Show(func(ctx context.Context) *ui.Shell {
		return ui.NewShell(ctx, []ui.Step{alone{New(visit)}}, ui.Options{Product: "Draftt", Alone: true, Theme: &theme, Now: w.Clock.Now})
	})
	t.Cleanup(w.Leave)
	w.Settle()
	w.MustShow("No inventory of this workspace is whole yet", "One is not over", "i to Inventory")
	w.Press("i")
	w.MustShow("The inventories")
}

// Share mode is the whole program's, so that this test has it to itself.
func TestSharedScreensHaveNoNames(t *testing.T) {
	ui.UseAliases(panels.Aliases())
	t.Cleanup(func() { ui.UseAliases(nil) })
	w := before(t)
	t.Cleanup(func() { panels.Aliases().Share(false) })
	names := []string{"adb-7405605741000000", "contoso", "draftt-connector", "inventory.assets", "components", "analysts", "Starter", screentest.AClientID}
	find(w, "components")
	for _, keys := range [][]string{{"ctrl+s"}, {"enter"}, {"enter"}, {"tab"}, {"o"}, {"a"}, {"esc", "esc", "esc", "esc", "esc"}} {
		for _, name := range keys {
			w.Press(name)
			w.Settle()
			w.MustNotShow(names...)
		}
	}
}

// TestAliasesOnTheScreenAreFound types what stands in the list in place of names, which is all that who shares a screen sees of them.
func TestAliasesOnTheScreenAreFound(t *testing.T) {
	ui.UseAliases(panels.Aliases())
	t.Cleanup(func() { ui.UseAliases(nil) })
	w := before(t)
	t.Cleanup(func() { panels.Aliases().Share(false) })
	w.Press("ctrl+s")
	w.Settle()
	w.MustNotShow("name-")
	for _, one := range []struct{ kind, value string }{{"warehouse", "Starter Warehouse"}, {"sp", screentest.AClientID}, {"group", "data-readers"}} {
		alias := connector.Shown(connector.Kind(one.kind), one.value)
		if !strings.HasPrefix(alias, one.kind+"-") {
			t.Errorf("%s is shown as %s", one.value, alias)
		}
		find(w, alias)
		w.MustShow("› "+alias, "1 of 1 (24)")
	}
	table := connector.Shown(connector.KindCatalog, "inventory") + "." + connector.Shown(connector.KindSchema, "assets") + "." + connector.Shown(connector.KindTable, "components")
	find(w, table)
	w.MustShow("› "+table, "1 of 1 (24)")
	find(w, "warehouse-77")
	w.MustShow("Nothing here is called so.")
	w.Press("ctrl+s", "y")
	find(w, "warehouse-1")
	w.MustShow("Nothing here is called so.")
}
