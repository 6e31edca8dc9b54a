package panels

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Where a failure fills the window, what a key did is in sight all the same.
func TestWhatWasDoneWithAFailureIsInSight(t *testing.T) {
	theme := ui.NewTheme(true)
	l := NewLadder(&theme)
	l.Ended = true
	l.Results = []check.Result{{Stage: check.StageWorkspace, Name: "Workspace", State: check.Failed, Finding: &check.Finding{
		Cause: check.Unreachable, Reason: strings.Repeat("reason ", 16), Remedy: check.Remedy{Text: strings.Repeat("remedy ", 16)},
	}}}
	const note, width, height = "Sent to the clipboard.", 56, 8
	view := l.View(width, height, note)
	if Height(view) > height || !strings.Contains(view, note) || !strings.Contains(view, "Next:") {
		t.Errorf("%d lines of %d:\n%s", Height(view), height, view)
	}
}
