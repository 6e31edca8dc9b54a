package bundle

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// supported is a support engineer in front of the bundle of a test that failed at the schema.
type supported struct {
	*ui.Shell
	t *testing.T
}

func openBundle(t *testing.T, c bundle.Contents, width, height int) supported {
	t.Helper()
	theme := ui.NewTheme(false)
	s := supported{New(c, &theme).Shell(t.Context()), t}
	s.Init()
	s.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return s
}

func failedAtTheSchema() bundle.Contents {
	c := bundle.Contents{
		Program: bundle.Program{Version: "1.2.3", Go: "go1.26", System: "linux/amd64"}, Connection: []bundle.Line{{Label: "Workspace", Text: "host-A"}},
		Requests:    []workspace.Exchange{{Method: "GET", Path: "/api/2.1/unity-catalog/schemas/*", Status: 403}, {Method: "GET", Path: "/api/2.0/sql/warehouses/*"}},
		Environment: []string{"HTTPS_PROXY"}, Record: "00:01  Step Connect\n",
	}
	for _, stage := range check.All() {
		s := bundle.Stage{ID: string(stage.ID), State: string(check.Passed), Evidence: "seen at " + string(stage.ID)}
		switch {
		case stage.ID == "S14":
			s.State, s.Cause, s.Reason, s.Remedy, s.Detail = string(check.Failed), string(check.MissingPermissions), "It lacks USE SCHEMA.", "Have the owner run the GRANT below.", "HTTP 403"
			s.Copy = "GRANT USE SCHEMA ON SCHEMA `catalog-1`.`schema-1` TO `sp-1`;\n"
		case stage.ID > "S14":
			s.State, s.Evidence, s.BlockedBy = string(check.Blocked), "", "S14"
		}
		c.Stages = append(c.Stages, s)
	}
	return c
}

// press presses keys, and gives the screen after them.
func (s supported) press(names ...string) string {
	s.t.Helper()
	for _, name := range names {
		s.Update(screentest.PressOf(s.t, name))
	}
	return ansi.Strip(s.View().Content)
}

func (s supported) says(screen string, texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			s.t.Errorf("the screen does not say %q:\n%s", text, screen)
		}
	}
}

func TestABundleOpensAtWhatFailed(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 18}, {80, 24}, {120, 40}} {
		s := openBundle(t, failedAtTheSchema(), size[0], size[1])
		s.says(s.press(), "BUNDLE", "› ✗ Schema", "· Columns", "Missing Unity Catalog permissions", "It lacks USE SCHEMA.", "Next: Have the owner run the GRANT below.", "enter details")
	}
}

func TestEveryStageOfABundleCanBeLookedAt(t *testing.T) {
	t.Parallel()
	s := openBundle(t, failedAtTheSchema(), 80, 24)
	s.says(s.press("enter"), "S14 Schema: failed", "Seen: seen at S14", "Detail: HTTP 403", "GRANT USE SCHEMA ON SCHEMA `catalog-1`.`schema-1` TO `sp-1`;")
	s.press("esc", "home")
	for _, stage := range check.All() {
		screen := s.press()
		s.says(screen, fmt.Sprintf("%s %s: ", stage.ID, stage.Name))
		s.press("down")
	}
	s.says(s.press("down", "down"), "› · Lifetime", "waits for Schema")
	s.says(s.press("up"), "› · Read-only")
}

func TestABundleHasMoreThanItsChecklist(t *testing.T) {
	t.Parallel()
	s := openBundle(t, failedAtTheSchema(), 80, 24)
	s.says(s.press("c"), "Workspace    host-A", "Set there    HTTPS_PROXY")
	s.says(s.press("esc", "t"), "00:01  Step Connect")
	s.says(s.press("esc", "w"), "403 GET  /api/2.1/unity-catalog/schemas/*", "--- GET  /api/2.0/sql/warehouses/*")
	s.says(s.press("esc", "?"), "connection", "timeline", "requests", "leave")
	if s.press("esc", "q"); !s.Left() {
		t.Error("q did not leave")
	}
}

func TestOneEscapeClosesAPageOfABundleAndNoMore(t *testing.T) {
	t.Parallel()
	for open, title := range map[string]string{"enter": "Stage Schema", "c": "The connection", "t": "The timeline", "w": "The requests"} {
		s := openBundle(t, failedAtTheSchema(), 80, 24)
		s.says(s.press(open), title, "y copy", "q leave")
		s.says(s.press("v"), "esc close")
		if screen := s.press("esc"); !strings.Contains(screen, title) {
			t.Errorf("the page is gone with its plain view:\n%s", screen)
		}
		s.says(s.press("esc"), "› ✗ Schema")
		if s.press(open, "q"); !s.Left() {
			t.Errorf("q does not leave from %s", title)
		}
	}
}

func TestABundleWithoutARecordOffersNoTimeline(t *testing.T) {
	t.Parallel()
	c := failedAtTheSchema()
	c.Record, c.Requests = "", nil
	s := openBundle(t, c, 120, 40)
	if screen := s.press("t", "w"); strings.Contains(screen, "timeline") || strings.Contains(screen, "requests") || !strings.Contains(screen, "› ✗ Schema") {
		t.Errorf("the screen is\n%s", screen)
	}
}

func TestAnEmptyOrHostileBundleIsDrawnToo(t *testing.T) {
	t.Parallel()
	for _, c := range []bundle.Contents{
		{},
		{Stages: []bundle.Stage{{ID: strings.Repeat("x", 300), State: "\x1b[2J", Evidence: strings.Repeat("long ", 500), Cause: "a\x1bb"}}},
	} {
		s := openBundle(t, c, 60, 18)
		s.press("down", "up", "end", "enter", "esc", "c", "esc")
		for _, line := range strings.Split(s.View().Content, "\n") {
			if ansi.StringWidth(line) > 60 || strings.Contains(ansi.Strip(line), "\x1b") {
				t.Errorf("a line is %q", line)
			}
		}
	}
}
