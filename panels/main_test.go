package panels

import (
	"context"
	"os"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

func TestMain(m *testing.M) { os.Exit(screentest.Main(m)) }

// desktop is a step with nothing on it but the panel it begins with.
type desktop struct{ over ui.Panel }

func (desktop) Title() string                     { return "Here" }
func (desktop) Enter(context.Context) tea.Cmd     { return nil }
func (desktop) Update(tea.Msg) (ui.Move, tea.Cmd) { return ui.Stay(), nil }
func (desktop) Escape() bool                      { return false }
func (desktop) Typing() bool                      { return false }
func (desktop) View(int, int) string              { return "Nothing is open." }
func (desktop) Keys() []key.Binding               { return nil }
func (d desktop) Opening() ui.Panel               { return d.over }

// shows puts the person of a walk in front of a panel over a desktop.
func shows(w *screentest.Walk, theme *ui.Theme, panel ui.Panel) {
	w.T.Helper()
	w.Show(func(ctx context.Context) *ui.Shell {
		return ui.NewShell(ctx, []ui.Step{&desktop{panel}}, ui.Options{Product: "Test", Theme: theme, Alone: true, Now: w.Clock.Now})
	})
	w.T.Cleanup(w.Leave)
}
