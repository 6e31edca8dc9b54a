package stories_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/story"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screens/home"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/script"
)

func TestMain(m *testing.M) { os.Exit(screentest.Main(m)) }

var full = flag.Bool("full", false, "walk each story in every size by itself as well")

type window struct{ width, height int }

var windows = []window{{60, 18}, {80, 24}, {120, 40}, {200, 50}}

// Each story is walked to its end by the script that films it. Each key is pressed in another size, and what a line of the script waits for
// shows in all of them. The coach has something to say on the way, on every step.
func TestEveryStoryIsWalkedByItsScriptInEverySize(t *testing.T) {
	for _, told := range story.All() {
		actions := read(t, told.ID)
		t.Run(told.ID, func(t *testing.T) {
			walk(t, told, actions, func(line int) []window {
				turn := line % len(windows)
				return slices.Concat(windows[turn:], windows[:turn])
			})
		})
		for _, size := range windows {
			if *full {
				t.Run(fmt.Sprintf("%s %d×%d", told.ID, size.width, size.height), func(t *testing.T) {
					walk(t, told, actions, func(int) []window { return []window{size} })
				})
			}
		}
	}
}

// walk walks one story in the sizes of each of its lines, the first of which is that in which keys are pressed.
func walk(t *testing.T, told story.Story, actions []script.Action, sizes func(line int) []window) {
	t.Chdir(t.TempDir()) // a hand-off writes there
	w := onStage(t, told)
	heard := map[window]map[string]bool{}
	for line, a := range actions {
		for i, size := range sizes(line) {
			w.Resize(size.width, size.height)
			if i == 0 || a.Kind == script.See || a.Kind == script.Gone {
				play(w, a)
			}
			if heard[size] == nil {
				heard[size] = map[string]bool{}
			}
			hear(heard[size], w.Screen())
		}
	}
	w.MustShow(setup.DemoBadge)
	for size, lines := range heard {
		for _, l := range told.Coach {
			beyond := l.On == "Home" && !told.Saved // a set-up that leads home is another program
			if !lines[l.Say] && !beyond {
				t.Errorf("in %d×%d the coach never said %q", size.width, size.height, l.Say)
			}
		}
	}
}

// The film of the README is made of a script too, in a window of 100×30.
func TestTheFilmIsWalkedByItsScript(t *testing.T) {
	w := onStage(t, story.Story{Scenario: "first-time"})
	w.Resize(100, 30)
	for _, a := range read(t, "film") {
		play(w, a)
	}
}

// read reads one of the scripts in docs.
func read(t *testing.T, name string) []script.Action {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "docs", "scripts", name+".script"))
	if err != nil {
		t.Fatal(err)
	}
	actions, err := script.Parse(string(content))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return actions
}

// onStage puts a person in front of the first screen of a story.
func onStage(t *testing.T, told story.Story) *screentest.Walk {
	t.Helper()
	w := screentest.Prepare(t, screentest.Person{Scenario: told.Scenario})
	signIn := w.Workspace.SignIn()
	w.Setup.Draft().SetSecret(signIn.Secret)
	w.Env.Demo.Owner, w.Env.Demo.Coach = w.Workspace.Grant, story.NewCoach(told)
	ui.UseAliases(panels.Aliases())
	t.Cleanup(func() { connector.Share(false) })
	theme := ui.NewTheme(true)
	if told.Saved {
		h := w.Unattended(func(f *setup.AnswersFile) { f.Name = "inventory-assets" })
		if _, err := h.Run(t.Context(), setup.Protector{Vault: w.Env.Vault}); err != nil || h.Saved().ID == "" {
			t.Fatalf("nothing was saved: %v", err)
		}
		w.Show(func(ctx context.Context) *ui.Shell { return home.New(w.Env, vault.Keys{}, &theme).Shell(ctx) })
	} else {
		w.Rebuild()
		w.Show(steps.NewWizard(w.Setup, &theme, nil).Shell)
	}
	t.Cleanup(w.Leave)
	return w
}

// play does what a line of a script says. Nobody looks on, so nothing is paused.
func play(w *screentest.Walk, a script.Action) {
	w.T.Helper()
	line := fmt.Sprintf("line %d holds: %s", a.Line, a.Text)
	switch a.Kind {
	case script.See:
		w.Until(line, func() bool { return script.Shows(w.Screen(), a.Text) })
	case script.Gone:
		w.Until(line, func() bool { return !script.Shows(w.Screen(), a.Text) })
	case script.Type:
		w.Write(a.Text)
	case script.Press:
		key, _ := script.Key(a.Text)
		w.PressKey(key)
	}
}

// hear notes what the coach says in a frame.
func hear(coached map[string]bool, frame string) {
	for line := range strings.Lines(screentest.PlainText(frame)) {
		if said, ok := strings.CutPrefix(strings.TrimSpace(line), "Demo: "); ok {
			coached[said] = true
		}
	}
}
