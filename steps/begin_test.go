package steps

import (
	"os"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

func TestMain(m *testing.M) { os.Exit(screentest.Main(m)) }

// walk is a person in front of the wizard.
type walk struct {
	*screentest.Walk
	wizard *Wizard            // once it is open
	tell   func(event string) // hears what a record hears
}

// begin opens the wizard at 80×24 and looks at its first screen.
func begin(t testing.TB, who screentest.Person) *walk {
	t.Helper()
	w := prepare(t, who)
	w.open()
	return w
}

// prepare starts the workspace and the draft, without a screen.
func prepare(t testing.TB, who screentest.Person) *walk {
	t.Helper()
	return &walk{Walk: screentest.Prepare(t, who)}
}

func (w *walk) open() {
	w.T.Helper()
	theme := ui.NewTheme(true)
	w.wizard = NewWizard(w.Setup, &theme, w.tell)
	w.Show(w.wizard.Shell)
	w.T.Cleanup(w.Leave)
}

// actAsAdmin has the missing grants made by the demo's admin: plan, confirm, done.
func (w *walk) actAsAdmin() {
	w.T.Helper()
	w.Press("a")
	w.See("To go on")
	w.Write("apply")
	w.Press("enter")
}

// finishes sees the connection saved, and leaves from the screen that says so.
func (w *walk) finishes() {
	w.Until("it is saved", func() bool { return w.Setup.Saved().ID != "" })
	w.See("Azure Databricks › Connect")
	w.Press("esc")
	w.Until("it ends", w.Finished)
}
