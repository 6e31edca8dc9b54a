package steps

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// hostileTexts are names that try to clear the screen, retitle the window, hide, reorder, overflow, or look like something else.
var hostileTexts = map[string]string{
	"escape sequences":  "evil\x1b[2J\x1b[1;1H\x1b]0;owned\a",
	"C1 controls":       "evil\u009b2Jnext\u0085line",
	"line breaks":       "first\r\nsecond\nthird\u2028fourth",
	"right to left":     "safe\u202Egnp.exe\u2066x\u2069",
	"zero width":        "pay\u200Bpal\u200D\uFEFF",
	"combining pile":    "z" + strings.Repeat("\u0301", 60),
	"broken UTF-8":      "half \xff\xfe\xc3",
	"very long":         strings.Repeat("long", 500),
	"wide letters":      strings.Repeat("倉庫", 60),
	"emoji":             "👩‍👩‍👧‍👦 family 🏳️‍🌈",
	"our own mark":      "\x1b_draftt:full\x1b\\stolen \x1b_draftt:cursor\x1b\\",
	"a format verb":     "%s%n%d %!v(MISSING)",
	"blank letters":     "a\u3164b\u2800c\u115F",
	"a private letter":  "logo \uE000 here",
	"tabs and bells":    "a\tb\a\b\bc",
	"nothing but space": "   \u00A0 ",
}

func TestHostileTextIsHarmlessInEveryRow(t *testing.T) {
	theme := ui.NewTheme(true)
	for name, text := range hostileTexts {
		t.Run(name, func(t *testing.T) {
			setup := NewWizard(setup.New(setup.Environment{}, screentest.HasAnswered(t)), &theme, nil)
			r := connector.FromRemote(text)
			warehouses := newWarehouse(setup)
			warehouses.list.add(connector.Warehouse{ID: connector.WarehouseID(text), Name: r, Size: r, Type: connector.UnknownType, State: connector.WarehouseState(text), Health: r})
			tidy(t, warehouses.View)
			tidy(t, warehouses.choose(warehouses.list.items[0]).View)

			names := newNamespace(setup)
			names.ctx = t.Context()
			names.catalogs.add(connector.Catalog{Name: r, Owner: r, Comment: r})
			names.part = pickCatalog
			tidy(t, names.View)
			names.choose()
			tidy(t, names.View)
			names.part = pickSchema
			names.schemas.add(connector.Schema{Name: r, Owner: r})
			tidy(t, names.View)

			tables := newAccess(setup)
			tables.list.add(connector.Table{Name: r, Owner: r, Kind: connector.TableKind(text)})
			tables.shown = connector.Table{Name: r, Columns: []connector.Column{{Name: r, Type: r}, {Name: r, Type: r}}}
			tidy(t, tables.View)
		})
	}
}

func TestHostileTextIsHarmlessInRowsAndResults(t *testing.T) {
	theme := ui.NewTheme(true)
	for name, text := range hostileTexts {
		t.Run(name, func(t *testing.T) {
			r := connector.FromRemote(text)
			rows := query.Rows{Columns: []connector.Column{{Name: r}, {Name: r}}, Rows: [][]query.Cell{{{Text: r}, {Null: true}}}}
			tidy(t, func(width, height int) string { return sampleTable(&theme, rows, width, height) })
			tidy(t, func(width, height int) string {
				return columnTable(&theme, []connector.Column{{Name: r, Type: r}}, width, height)
			})
			result := check.Result{
				Stage: "S06", Name: text, State: check.Failed, Evidence: r.String(), Detail: r.String(), Took: time.Millisecond,
				Finding: &check.Finding{Cause: check.Cause(r.String()), Reason: r.String(), Remedy: check.Remedy{Text: r.String()}},
			}
			l := panels.NewLadder(&theme)
			l.Results, l.Ended, l.Details = []check.Result{result}, true, true
			tidy(t, func(width, height int) string { return l.View(width, height, "") })
			for _, line := range []string{check.Line(result), check.Text(result)} {
				if stray := screentest.StrayControl(line); stray != "" {
					t.Errorf("a plain line carries %s: %q", stray, line)
				}
			}
		})
	}
}

// tidy draws at each size and fails on a character that a terminal would obey. Lines may be too wide, since the shell cuts them.
func tidy(t *testing.T, view func(width, height int) string) {
	t.Helper()
	for _, size := range screentest.FrameSizes {
		drawn := strings.ReplaceAll(strings.ReplaceAll(view(size.Width, size.Height), ui.CursorMark(), ""), ui.FullWidth(""), "")
		if stray := screentest.StrayControl(drawn); stray != "" {
			t.Errorf("at %d×%d it carries %s:\n%q", size.Width, size.Height, stray, drawn)
		}
	}
}

// TestAHostileWorkspaceCannotPaintOverTheScreen walks on a workspace whose warehouses have hostile names; every frame is looked at.
func TestAHostileWorkspaceCannotPaintOverTheScreen(t *testing.T) {
	t.Parallel()
	scenario := demo.Scenario{ID: "hostile"}
	number := 0
	for _, text := range hostileTexts {
		number++
		scenario.Warehouses = append(scenario.Warehouses, compute.Warehouse{
			ID: strings.Repeat("0", 14) + string(rune('a'+number/10)) + string(rune('0'+number%10)), Name: text, Size: text, Creator: "maria.lindqvist@contoso.example",
			Type: compute.Serverless, StartTakes: time.Second, InitiallyRunning: number%2 == 0, Access: map[string]model.Level{demo.ConnectorID: model.CanUse},
		})
	}
	w := begin(t, screentest.Person{World: scenario})
	w.signIn()
	w.See("of 16")
	for range hostileTexts {
		for _, size := range screentest.FrameSizes {
			w.Resize(size.Width, size.Height)
		}
		w.Press("enter")
		w.settleOr("enter start and go on")
		w.Press("esc", "down")
	}
	w.Settle()
}

// settleOr waits until nothing runs any more or a question is open.
func (w *walk) settleOr(question string) {
	w.T.Helper()
	w.Until("it is still, or asks", func() bool { return w.Pending == 0 || w.Shows(question) })
}
