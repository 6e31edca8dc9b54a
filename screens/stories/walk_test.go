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
			walk(t, told, actions, inTurn)
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

// inTurn has each line of a script be played in another size, and seen in all of them.
func inTurn(line int) []window {
	turn := line % len(windows)
	return slices.Concat(windows[turn:], windows[:turn])
}

// walk walks one story in the sizes of each of its lines, the first of which is that in which keys are pressed. What the coach says on none of
// them it says on a detour.
func walk(t *testing.T, told story.Story, actions []script.Action, sizes func(line int) []window) {
	t.Chdir(t.TempDir()) // a hand-off writes there
	w := onStage(t, told)
	heard := map[window]map[string]bool{}
	wander(w, actions, sizes, heard)
	w.MustShow(setup.DemoBadge)
	if detour, ok := detours[told.ID]; ok {
		wander(onStage(t, told), parsed(t, told.ID+" by a detour", detour), sizes, heard)
	}
	for size, lines := range heard {
		for _, l := range told.Coach {
			beyond := l.On == "Home" && !told.Saved // a set-up that leads home is another program
			if !lines[l.Say] && !beyond {
				t.Errorf("in %d×%d the coach never said %q", size.width, size.height, l.Say)
			}
		}
	}
}

// detours are the ways on which a person may leave that of a story, where the coach has to lead back.
var detours = map[string]string{
	"first-failure": `
see "enter tests; the secret was revoked yesterday"
enter
see "one cause, one thing to do; enter, then ctrl+o"
enter
see "ctrl+o has the demo's admin make a new secret"
ctrl+o
see "› Make a new one"
see "be the admin: type draftt, then enter"
enter
see "this makes another one; esc, then type draftt"
enter
see "that name is taken; esc twice, then type draftt"
esc
see "this makes another one; esc, then type draftt"
esc
see "be the admin: type draftt, then enter"
type draftt
see "enter plans a new secret for it"
enter
see "nothing happened yet; type apply and enter"
type apply
enter
see "a new secret is filled in; enter tests it"
enter
see "the new secret signs in; enter goes on"
esc
see "enter tests the new secret"
enter
see "the new secret signs in; enter goes on"
enter
see "› Starter Warehouse"
see "that was the point; ctrl+c twice ends the story"
enter
see "Choose the catalog"
see "that was the point; ctrl+c twice ends the story"
`,
	"rotation": `
see "inventory-assets"
r
enter
see "To go on"
type draftt-connector
enter
see "Draftt may use the old one still; d deletes it"
esc
see "Your connections"
see "the old one still works; r, then enter"
r
see "enter leads to the old one, which is left"
enter
see "Draftt may use the old one still; d deletes it"
d
see "To go on"
see "the last step, confirmed by its name"
type draftt-connector
enter
see "it never had fewer than one that works"
esc
see "Your connections"
see "that was the point; ctrl+c twice ends the story"
`,
	"disconnect": `
see "inventory-assets"
d
enter
see "To go on"
type inventory-assets
enter
see "Nothing is saved any more."
enter
gone "Disconnected"
see "gone, as asked; ctrl+c twice ends the story"
`,
}

// wander plays a script, and notes what the coach says in each size.
func wander(w *screentest.Walk, actions []script.Action, sizes func(line int) []window, heard map[window]map[string]bool) {
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
	return parsed(t, name, string(content))
}

func parsed(t *testing.T, name, content string) []script.Action {
	t.Helper()
	actions, err := script.Parse(content)
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
