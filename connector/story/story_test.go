package story

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

func TestTheStoriesCanBeRead(t *testing.T) {
	if _, err := assets.Read[told]("stories.yaml"); err != nil {
		t.Fatal(err)
	}
}

// titles are those of the steps and screens that a story leads through.
var titles = []string{"", "Connect", "Warehouse", "Catalog", "Access", "Review", "Saved", "Home"}

// The narrowest window has 60 columns, of which 4 are margins.
const room = 56

func TestWhatACoachSaysFitsTheNarrowestWindow(t *testing.T) {
	coached := All()
	for id, walk := range book().Scenarios {
		if _, err := demo.Find(id); err != nil {
			t.Errorf("a coach is at %v", err)
		}
		walk.ID = id
		coached = append(coached, walk)
	}
	for _, s := range coached {
		for _, l := range s.Coach {
			if n := utf8.RuneCountInString(said(l.Say)); n > room || l.Say == "" {
				t.Errorf("%s: %q is %d wide", s.ID, said(l.Say), n)
			}
			if !slices.Contains(titles, l.On) || !slices.Contains(titles, l.Over) || l.On != "" && l.Over != "" {
				t.Errorf("%s: no step is called %s%s", s.ID, l.On, l.Over)
			}
		}
		for title, line := range s.Lines {
			if !slices.Contains(titles, title) || line == "" {
				t.Errorf("%s says %q at %s", s.ID, line, title)
			}
		}
	}
}

func TestEveryStoryIsToldInASentenceAndPlaysInAScenario(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range All() {
		if seen[s.ID] || s.ID == "" || s.Title == "" || !strings.HasSuffix(s.Says, ".") || len(s.Coach) == 0 {
			t.Errorf("%+v", s)
		}
		seen[s.ID] = true
		scenario, err := demo.Find(s.Scenario)
		if err != nil || s.Saved && !scenario.Want.Passes() {
			t.Errorf("%s plays in %s, which ends with %+v: %v", s.ID, s.Scenario, scenario.Want, err)
		}
	}
	if len(seen) != 8 {
		t.Errorf("there are %d stories", len(seen))
	}
	if _, err := Find("missing"); err == nil || !strings.Contains(err.Error(), "missing-grants") {
		t.Errorf("an unknown story: %v", err)
	}
}

// A line further up that fits whatever one below it fits would keep it from being heard.
func TestNoLineOfACoachIsUnheard(t *testing.T) {
	for _, s := range All() {
		for i, l := range s.Coach {
			for _, before := range s.Coach[:i] {
				alike := before.On == l.On && before.Over == l.Over || before.On+before.Over+l.Over == ""
				if alike && strings.Contains(l.See, before.See) && before.After == "" {
					t.Errorf("%s: %q is never said, because of %q", s.ID, l.Say, before.Say)
				}
			}
		}
	}
}

// TestWhoLeavesAStoryIsToldHowToPlayItAgain by its own name: the scenario that it plays in was never chosen.
func TestWhoLeavesAStoryIsToldHowToPlayItAgain(t *testing.T) {
	t.Parallel()
	for _, walk := range []Story{All()[0], Of(demo.Scenarios()[0])} {
		at := slices.IndexFunc(demo.Scenarios(), func(s demo.Scenario) bool { return s.ID == walk.Scenario })
		stage, err := Raise(t.Context(), demo.Scenarios()[at], walk, "1.2.3")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = stage.Strike() })
		again := "demo --scenario " + walk.Scenario + "\n"
		if walk.ID != "" {
			again = "demo --story " + walk.ID + "\n"
		}
		if told := setup.New(stage.Env, setup.NewDraft(nil)).Farewell(); !strings.HasSuffix(told, again) {
			t.Errorf("%s: %q", walk.Title, told)
		}
	}
}

// TestAStageThatCannotBeMadeSaysWhy to whoever waits for it and to its first connection, and leaves nothing behind.
func TestAStageThatCannotBeMadeSaysWhy(t *testing.T) {
	t.Setenv(demo.LedgerFolder, filepath.Join(t.TempDir(), "missing"))
	t.Setenv("TMPDIR", t.TempDir())
	stage, err := Raise(t.Context(), demo.Scenarios()[0], All()[0], "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stage.Draft(); err != nil {
		t.Errorf("its form cannot be shown: %v", err)
	}
	if _, err := stage.Env.Network.Dial(t.Context(), "tcp", demo.HostName+":443"); err == nil || !strings.Contains(err.Error(), demo.LedgerFolder) {
		t.Errorf("it is dialled: %v", err)
	}
	if err := stage.Ready(); err == nil || !strings.Contains(err.Error(), demo.LedgerFolder) {
		t.Errorf("it is ready: %v", err)
	}
	if err := stage.Strike(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(stage.dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("its folder is left: %v", err)
	}
}

func TestTheHintAtHomeIsForTheLineThatTheCursorIsOn(t *testing.T) {
	found, err := Find("happy-path")
	if err != nil {
		t.Fatal(err)
	}
	coach := NewCoach(found)
	const connection, door = "Your connections › prod Workspace Inventory Reads inventory.assets: components Last test never", "Your connections prod Workspace › Inventory Shows what the workspace holds Takes one sign-in"
	if said := coach.Coached("Home", false, connection); !strings.Contains(said, "r, d and u") {
		t.Errorf("on a connection: %q", said)
	}
	if said := coach.Coached("Home", false, door); said == "" || strings.Contains(said, "r, d and u") {
		t.Errorf("on a door: %q", said)
	}
}
