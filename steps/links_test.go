package steps

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// linked is what a frame links: the text of each address, its lines joined by blanks.
func linked(frame string) map[string]string {
	found := map[string]string{}
	for _, piece := range strings.Split(frame, "\x1b]8;id=")[1:] {
		_, piece, _ = strings.Cut(piece, ";")
		url, rest, _ := strings.Cut(piece, "\x1b\\")
		text, _, _ := strings.Cut(rest, "\x1b]8;;\x1b\\")
		found[url] = strings.TrimSpace(found[url] + " " + ansi.Strip(text))
	}
	return found
}

// financeID is the warehouse Finance of the embedded workspace.
const financeID = "09fb6a7d35c2e184"

// refusedWarehouse walks to a warehouse that the principal may not use.
func refusedWarehouse(t *testing.T, who screentest.Person, theme *ui.Theme) *walk {
	t.Helper()
	w := prepare(t, who)
	w.wizard = NewWizard(w.Setup, theme, nil)
	w.Show(w.wizard.Shell)
	t.Cleanup(w.Leave)
	if who.Own && w.Shows("Before you begin") {
		w.Press("enter")
	}
	w.signIn()
	w.See("› Starter Warehouse")
	w.Write("finance")
	w.Press("enter")
	w.See("Cannot access the SQL warehouse")
	w.Settle()
	return w
}

// TestAPlaceInARemedyIsALink has an admin read a remedy in windows of every size; it breaks over two lines in some.
func TestAPlaceInARemedyIsALink(t *testing.T) {
	theme := ui.NewTheme(true)
	theme.Links = true
	w := refusedWarehouse(t, screentest.Person{Own: true}, &theme)
	host := w.Setup.Draft().Host()
	url := "https://" + host.Name() + "/sql/warehouses/" + financeID + "?o=" + string(host.WorkspaceID())
	for _, size := range append(screentest.FrameSizes, screentest.Size{Width: 71, Height: 24}) {
		w.Resize(size.Width, size.Height)
		frame, screen := w.View().Content, w.Screen()
		links := linked(frame)
		if len(links) != 1 || links[url] != "SQL Warehouses › this warehouse › Permissions" {
			t.Errorf("at %v it links %q, want %s:\n%s", size, links, url, screen)
		}
		theme.Links = false
		w.Resize(size.Width, size.Height)
		if without := w.Screen(); without != screen || len(linked(w.View().Content)) > 0 {
			t.Errorf("at %v the screen is another with links:\n%s\nwithout:\n%s", size, screen, without)
		}
		theme.Links = true
	}
}

func TestASharedScreenHasNoLinks(t *testing.T) {
	theme := ui.NewTheme(true)
	theme.Links = true
	ui.UseAliases(panels.Aliases())
	t.Cleanup(func() { ui.UseAliases(nil) })
	w := refusedWarehouse(t, screentest.Person{Own: true}, &theme)
	if len(linked(w.View().Content)) == 0 {
		t.Fatal("there is no link to take away")
	}
	w.Press("ctrl+s")
	t.Cleanup(func() { panels.Aliases().Share(false) })
	if frame := w.View().Content; len(linked(frame)) > 0 || strings.Contains(frame, "azuredatabricks.net") {
		t.Errorf("a shared screen links %q", linked(frame))
	}
}

func TestADemoHasNoLinks(t *testing.T) {
	theme := ui.NewTheme(true)
	theme.Links = true
	w := refusedWarehouse(t, screentest.Person{}, &theme)
	if links := linked(w.View().Content); len(links) > 0 {
		t.Errorf("the demo links %q, which would leave the machine", links)
	}
}
