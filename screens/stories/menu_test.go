package stories_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/story"
	"github.com/draftt-io/draftt-databricks/screens/stories"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

func menu(t *testing.T) (*screentest.Walk, *stories.Screen) {
	t.Helper()
	w := screentest.Prepare(t, screentest.Person{})
	theme := ui.NewTheme(true)
	screen := stories.New(&theme)
	w.Show(screen.Shell)
	t.Cleanup(w.Leave)
	return w, screen
}

func TestTheMenuLooksAsDrawn(t *testing.T) {
	for name, play := range map[string]func(*screentest.Walk){
		"all":       func(*screentest.Walk) {},
		"scenario":  func(w *screentest.Walk) { w.Write("view owner") },
		"no-such":   func(w *screentest.Walk) { w.Write("kubernetes") },
		"by-a-word": func(w *screentest.Walk) { w.Write("Authentication failed") },
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := menu(t)
			play(w)
			var b strings.Builder
			for _, size := range windows {
				w.Resize(size.width, size.height)
				fmt.Fprintf(&b, "%s %d×%d\n%s", strings.Repeat("─", 8), size.width, size.height, w.Screen())
			}
			screentest.CompareGolden(t, "menu/"+name, b.String())
		})
	}
}

func TestAnyStoryAndAnyScenarioCanBeChosen(t *testing.T) {
	for typed, want := range map[string]string{"": "happy-path ready", "disconnect story": "disconnect ready", "no-can-use": " no-can-use", "view-owner": " view-owner-lost"} {
		w, screen := menu(t)
		w.Write(typed)
		w.Press("enter")
		if chosen := screen.Chosen(); !w.Finished() || chosen == nil || chosen.ID+" "+chosen.Scenario != want {
			t.Errorf("%q leads to %+v", typed, chosen)
		}
	}
	w, screen := menu(t)
	w.Write("x")
	w.Press("esc")
	w.MustShow(fmt.Sprintf("1 of %d", len(story.All())+len(demo.Scenarios())))
	w.Press("esc", "ctrl+c")
	if !w.Left() || screen.Chosen() != nil {
		t.Errorf("who leaves has chosen %+v", screen.Chosen())
	}
}
