package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/ui/jobs"
)

func TestCtrlZSaysSoWhereNothingCouldBringTheProgramBack(t *testing.T) {
	o := newOrder(t, 80, 24)
	shows := func() bool { return strings.Contains(ansi.Strip(o.View().Content), notSuspended) }
	o.send(jobs.Resumed{Stopped: true})
	if shows() {
		t.Error("a program that was stopped and brought back says that it was not")
	}
	o.send(jobs.Resumed{})
	if !shows() {
		t.Errorf("nothing says that ctrl+z did nothing:\n%s", ansi.Strip(o.View().Content))
	}
	o.send(tea.KeyPressMsg{Code: tea.KeyF5})
	if shows() {
		t.Error("it stands there for good")
	}
}
