package steps

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

// level is a panel over what the level before it shows.
type level struct {
	open  func(w *walk)
	shows string // it, and nothing below it
	foot  string // a key that works there and not below
}

// keys opens a panel by keys.
func keys(names ...string) func(w *walk) { return func(w *walk) { w.Press(names...) } }

// chosen filters a list and chooses.
func chosen(text string) func(w *walk) {
	return func(w *walk) {
		w.Write(text)
		w.Press("enter")
	}
}

var (
	details   = level{keys("d"), "Details", "esc close"}
	whoPage   = level{keys("f3"), "The names of the service principal", "esc close"}
	offered   = level{keys("ctrl+o"), "Make a new one", "enter choose"}
	named     = level{keys("enter"), "Display name", "enter plan it"}
	planned   = level{chosen("-2"), "This makes 3 changes", "enter apply"}
	statement = level{keys("v"), "GRANT", "esc close"}
	handedOff = level{keys("h"), "One page for each owner", "write the files"}
)

func TestOneEscapeClosesTheTopmostPanelAndNoMore(t *testing.T) {
	t.Setenv("HOME", homeWithProfile(t))
	toWarehouses := func(w *walk) {
		w.signIn()
		w.See("› Starter Warehouse")
	}
	toReach := func(w *walk) {
		w.signIn()
		w.chooseWarehouse()
		w.See("Not in the list?")
		w.Write("inventory.assets")
	}
	scenes := map[string]struct {
		who   screentest.Person
		reach func(w *walk)
		at    string // what the step itself shows
		over  []level
	}{
		"1 test": {screentest.Person{Scenario: "wrong-secret"}, nil, "Connect to your workspace", []level{
			{keys("enter"), "Authentication failed", "r test again"}, details,
		}},
		"1 finding": {screentest.Person{Scenario: "wrong-secret"}, nil, "Connect to your workspace", []level{
			{keys("enter"), "Authentication failed", "r test again"}, {keys("v"), "Seen: HTTP 401", "esc close"},
		}},
		"1 names": {screentest.Person{}, nil, "Connect to your workspace", []level{whoPage}},
		"1 hosts": {screentest.Person{}, nil, "Connect to your workspace", []level{{keys("ctrl+l"), "Only the host is taken", "use this host"}}},
		"1 sign-in": {screentest.Person{Own: true}, nil, "Connect to your workspace", []level{
			{keys("ctrl+o"), "typed in", "enter choose"}, {chosen("oauth"), "never kept", "enter sign in"},
		}},
		"1 plan": {screentest.Person{}, nil, "Connect to your workspace", []level{offered, named, planned}},
		"2 question": {screentest.Person{}, toWarehouses, "Draftt runs its queries here.", []level{
			{chosen("analytics"), "Analytics is stopped.", "start and go on"},
		}},
		"2 proof": {screentest.Person{}, toWarehouses, "Draftt runs its queries here.", []level{
			{chosen("finance"), "Cannot access the SQL warehouse", "r try again"}, details,
		}},
		"2 admin": {screentest.Person{}, toWarehouses, "Draftt runs its queries here.", []level{
			{chosen("finance"), "Cannot access the SQL warehouse", "r try again"}, {keys("ctrl+o"), "CAN_USE on a SQL warehouse", "esc not now"},
			{offeredFinance, "This makes 1 change.", "enter apply"},
		}},
		"3 statements": {screentest.Person{}, toReach, "inventory", []level{{keys("enter"), "✗ USE CATALOG", "a act as admin"}, statement}},
		"3 plan": {screentest.Person{}, toReach, "inventory", []level{
			{keys("enter"), "✗ USE CATALOG", "a act as admin"}, {keys("a"), "This makes 2 changes", "enter apply"},
		}},
		"3 hand-off": {screentest.Person{}, toReach, "inventory", []level{{keys("enter"), "✗ USE CATALOG", "a act as admin"}, handedOff}},
		"4 reading": {screentest.Person{Scenario: "ready"}, noSuchTable, "[✓] no_such_table", []level{
			{keys("enter"), "Missing Unity Catalog permissions", "r read again"}, details,
		}},
		"4 statements": {screentest.Person{Scenario: "ready"}, (*walk).reachAssets, "components", []level{{keys("ctrl+g"), "✓ SELECT", "read the tables"}}},
		"5 statements": {screentest.Person{Scenario: "ready"}, (*walk).review, "Review and save", []level{
			{keys("ctrl+w"), "Besides SELECT 1", "esc close"},
		}},
		"5 certificate": {screentest.Person{Scenario: "ready"}, (*walk).review, "Review and save", []level{
			{keys("ctrl+y"), "Read-only certificate", "esc close"},
		}},
		"5 names": {screentest.Person{Scenario: "ready"}, (*walk).review, "Review and save", []level{whoPage}},
		"5 passphrase": {screentest.Person{Scenario: "ready", Own: true}, (*walk).review, "Kept in", []level{
			{keys("enter"), "No keychain is available", "six random words"},
		}},
	}
	for name, scene := range scenes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, scene.who)
			if scene.reach != nil {
				scene.reach(w)
			}
			w.See(scene.at)
			step := w.Current()
			for _, panel := range scene.over {
				panel.open(w)
				w.See(panel.shows, panel.foot)
				w.helpIsAbout(panel)
			}
			for i := len(scene.over) - 1; i >= 0; i-- {
				w.Press("esc")
				if i > 0 {
					w.MustShow(scene.over[i-1].shows, scene.over[i-1].foot)
				} else {
					w.MustShow(scene.at)
				}
				if footer := w.footer(); strings.Contains(footer, scene.over[i].foot) {
					t.Errorf("the footer is still that of what was closed: %q", footer)
				}
			}
			if w.Current() != step {
				t.Errorf("it left step %d for %d", step+1, w.Current()+1)
			}
		})
	}
}

// helpIsAbout opens the keys over a panel, which are those of this panel, and closes them alone.
func (w *walk) helpIsAbout(panel level) {
	w.T.Helper()
	if !strings.Contains(w.footer(), panel.foot) {
		w.T.Errorf("the footer has no %q: %q", panel.foot, w.footer())
	}
	_, does, _ := strings.Cut(panel.foot, " ")
	w.Press("f1")
	w.MustShow("Keys", does)
	w.Press("esc")
	w.MustShow(panel.shows, panel.foot)
}

// footer is the last line.
func (w *walk) footer() string {
	lines := strings.Split(strings.TrimRight(w.Screen(), "\n"), "\n")
	return lines[len(lines)-1]
}

// noSuchTable ticks a table that is not there.
func noSuchTable(w *walk) {
	w.reachAssets()
	w.Write("no_such_table")
	w.Press("enter", "enter") // the first asks
}

// offeredFinance chooses the warehouse that CAN_USE is missing on, once it is offered.
func offeredFinance(w *walk) {
	w.See("Analytics")
	chosen("finance")(w)
}

// homeWithProfile is a home directory with a .databrickscfg of one host and no more.
func homeWithProfile(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	text := "[elsewhere]\nhost = https://" + screentest.AnotherHost + "\n"
	if err := os.WriteFile(filepath.Join(home, ".databrickscfg"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return home
}
