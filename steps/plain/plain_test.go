package plain

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// walk is a person who answers line by line.
type walker struct {
	*screentest.Walk
	hasten func([]check.Stage) []check.Stage
}

func prepared(t testing.TB, who screentest.Person) *walker {
	t.Helper()
	return &walker{Walk: screentest.Prepare(t, who)}
}

// dictate walks line by line with these answers. Hidden ones are among them; only how many characters they have is heard.
func (w *walker) dictate(answers ...string) (heard string, err error) {
	w.T.Helper()
	heard, _, err = w.converse(answers...)
	return heard, err
}

// converse is dictate that gives the questions as well.
func (w *walker) converse(answers ...string) (heard string, asked []string, err error) {
	w.T.Helper()
	var b strings.Builder
	d := &screentest.Dictation{Lines: answers, Heard: &b}
	in := bufio.NewReader(d)
	lines := &prompt.Prompt{In: in, Out: &b, Clock: prompt.Halted{}, ReadSecret: func(question string) ([]byte, error) {
		b.WriteString(question)
		hidden := *d.Heard
		line, err := in.ReadString('\n')
		b.Reset()
		b.WriteString(hidden.String() + "\n")
		return []byte(strings.TrimRight(line, "\n")), err
	}}
	err = converse(w.T.Context(), w.Setup, lines, w.hasten)
	return b.String(), d.Asked, err
}

// The answers of whole walks.
var (
	firstTimeAnswers = []string{
		"",           // the warehouse under the cursor
		"inventory,", // part of a name
		"3",          // the number that was read out
		"asset",      // part of a name that only one schema has, which makes it the default
		"",
		"a", // act as the metastore admin
		"apply",
		"",       // SELECT on the whole schema
		"compon", // part of a name
		"",
		"yes",     // another table
		"devices", // a whole name chooses
		"no",
		"", // the suggested name
	}
	ownAnswers = []string{
		"https://adb-7405605741000000.0.azuredatabricks.net/?o=7405605741000000", "", "not a client ID", screentest.AClientID, "SECRET",
		"1", "inventory,", "1", "asset", "", "1", "compon", "", "no",
		"Asset inventory – prod", "short", "correct horse battery", "correct horse battery?", "correct horse battery", "correct horse battery",
	}
)

// scene is a whole walk of one person.
type scene struct {
	name    string
	who     screentest.Person
	answers []string
	ends    error
}

var scenes = []scene{
	{"first-time", screentest.Person{}, firstTimeAnswers, nil},
	{"wrong-secret", screentest.Person{Scenario: "wrong-secret"}, []string{"what", "r", "q"}, prompt.ErrLeft},
	{"no-warehouse", screentest.Person{Scenario: "no-warehouse"}, []string{"r", "b", "", "", "", "", "q"}, prompt.ErrLeft},
	{"unreachable", screentest.Person{Scenario: "unreachable"}, []string{"q"}, prompt.ErrLeft},
	{"own", screentest.Person{Scenario: "ready", Blank: true, Own: true}, ownAnswers, nil},
	{"missing-grants", screentest.Person{Scenario: "missing-grants"}, []string{"", "inventory,", "1", "1", "t", "q"}, prompt.ErrLeft},
	{"start-refused", screentest.Person{Scenario: "start-refused"}, []string{"1", "no", "1", "yes", "no", "q"}, prompt.ErrLeft},
	{"classic", screentest.Person{Scenario: "ready"}, []string{"4", "b", "4", "yes", "q"}, prompt.ErrLeft},
	{"hidden", screentest.Person{Scenario: "no-use-schema"}, []string{"", "inventory,", "1", "t", "b", "t", "assets", "q"}, prompt.ErrLeft},
	{"help", screentest.Person{Scenario: "ready"}, []string{"?", "", "t", "?", "q"}, prompt.ErrLeft},
	{"review", screentest.Person{Scenario: "ready"}, []string{"", "inventory,", "1", "1", "1", "compon", "", "no", "c", "e", "b", "e", "4", "no", "inventory,", "1", "1", "no", "", "devices", "no", ""}, nil},
}

// begin prepares the person of a scene, and puts their secret among the answers.
func (s scene) begin(t *testing.T) (*walker, []string) {
	t.Helper()
	w := prepared(t, s.who)
	answers := slices.Clone(s.answers)
	for i, answer := range answers {
		if answer == "SECRET" {
			answers[i] = string(w.Workspace.Connector().Secret.Reveal())
		}
	}
	return w, answers
}

func TestThePlainWalkReadsLikeAConversation(t *testing.T) {
	t.Parallel()
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w, answers := scene.begin(t)
			heard, asked, err := w.converse(answers...)
			if !errors.Is(err, scene.ends) {
				t.Errorf("it ended with %v", err)
			}
			screentest.NewCanary(w.Workspace.Connector().Secret.Reveal()).MustNotBeIn(t, "what is heard", heard)
			for line := range strings.SplitSeq(heard, "\n") {
				if stray := screentest.StrayControl(line); stray != "" {
					t.Errorf("a line carries %s: %q", stray, line)
				}
			}
			for _, question := range asked {
				if !strings.Contains(question, "b to go back, q to leave, ? for help") {
					t.Errorf("a question does not say how to leave it: %q", question)
				}
			}
			screentest.CompareGolden(t, "plain/"+scene.name, heard)
		})
	}
}

// TestEveryQuestionHelpsGoesBackAndIsLeft asks for help at every question of two walks, goes back from it, and leaves from where that leads.
func TestEveryQuestionHelpsGoesBackAndIsLeft(t *testing.T) {
	t.Parallel()
	for _, scene := range scenes {
		if scene.ends != nil || scene.name == "review" {
			continue
		}
		for n := range scene.answers {
			t.Run(fmt.Sprintf("%s after %d answers", scene.name, n), func(t *testing.T) {
				t.Parallel()
				w, answers := scene.begin(t)
				heard, asked, err := w.converse(append(answers[:n:n], "?", "b", "q")...)
				if !errors.Is(err, prompt.ErrLeft) || len(asked) != n+3 || strings.Count(heard, prompt.HowToAnswer) != 2 {
					t.Errorf("it ended with %v after %d questions:\n%s", err, len(asked), heard)
				}
				if w.Setup.Saved().ID != "" {
					t.Error("something was saved")
				}
				if problem := w.Setup.Draft().ClientIDProblem(); n > 4 && problem != nil {
					t.Errorf("going back lost the client ID: %v", problem)
				}
			})
		}
	}
}

// TestAWaitOfTheLadderNamesItsStage has one stage end, and another that says what it waits for.
func TestAWaitOfTheLadderNamesItsStage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var heard strings.Builder
		ladder := func(context.Context) iter.Seq[check.Result] {
			return func(yield func(check.Result) bool) {
				warehouse, state := check.Result{Stage: "S09", Name: "Warehouse"}, check.Result{Stage: "S11", Name: "State"}
				yield(is(warehouse, check.Running, ""))
				yield(is(state, check.Running, ""))
				yield(is(warehouse, check.Passed, ""))
				yield(is(state, check.Running, "stopped, 0s so far, usually 3–6 minutes"))
				yield(is(state, check.Running, "starting, 1s so far, usually 3–6 minutes"))
				time.Sleep(15 * time.Second)
				yield(is(state, check.Running, "starting, 16s so far, usually 3–6 minutes"))
				yield(is(state, check.Passed, ""))
				time.Sleep(15 * time.Second)
			}
		}
		results, err := lines.Follow(t.Context(), prompt.Asker{Prompt: &prompt.Prompt{Out: &heard}}, ladder)
		const want = "✓ S09 Warehouse: passed\nS11 State: stopped.\nS11 State: starting.\n" +
			"Still on S11 State: starting, 1s so far, usually 3–6 minutes. Ctrl+C leaves.\n✓ S11 State: passed\n"
		if len(results) != 2 || err != nil || heard.String() != want {
			t.Errorf("%v, %v, %q", results, err, heard.String())
		}
	})
}

func is(r check.Result, state check.State, evidence string) check.Result {
	r.State, r.Evidence = state, evidence
	return r
}

func TestThePlainWalkSavesWhatTheWizardWould(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "vault")
	w := prepared(t, screentest.Person{Vault: dir})
	if _, err := w.dictate(firstTimeAnswers...); err != nil {
		t.Fatal(err)
	}
	saved, err := w.Setup.Environment().Vault.Load(t.Context(), "inventory.assets")
	if err != nil {
		t.Fatal(err)
	}
	if saved.ID != w.Setup.Saved().ID || len(saved.Tables) != 2 || saved.Warehouse.Name.Raw() != "Starter Warehouse" || !saved.Proof.Passed {
		t.Errorf("%+v", saved)
	}
}

// TestTheEndOfTheInputAnswersNothing ends the input at every question of a walk: nothing is chosen, run or saved that nobody asked for.
func TestTheEndOfTheInputAnswersNothing(t *testing.T) {
	t.Parallel()
	for n := range firstTimeAnswers {
		t.Run(fmt.Sprintf("after %d answers", n), func(t *testing.T) {
			t.Parallel()
			w := prepared(t, screentest.Person{})
			heard, err := w.dictate(firstTimeAnswers[:n]...)
			if !prompt.Ended(err) {
				t.Errorf("it ended with %v", err)
			}
			if w.Setup.Saved().ID != "" {
				t.Error("something was saved")
			}
			heard, _, _ = strings.Cut(heard, "\nNot solved yet: ")
			lines := strings.Split(strings.TrimRight(heard, "\n"), "\n")
			if last := lines[len(lines)-1]; !strings.HasSuffix(last, ": ") {
				t.Errorf("something happened after the last question: %q", last)
			}
			if farewell := w.Setup.Farewell(); !strings.Contains(farewell, "demo --scenario first-time") {
				t.Errorf("the farewell is %q", farewell)
			}
		})
	}
}

func TestGoingBackLineByLineLosesNoAnswerAndCanChangeEach(t *testing.T) {
	t.Parallel()
	w := prepared(t, screentest.Person{Scenario: "ready"})
	heard, err := w.dictate(
		"1", "inventory,", "1", "stagin", "", "b", // step 3 finds it closed, and the person goes back
		"", "inventory,", "1", "asset", "", "1", "b", // step 2, 3 and 4 again, and back to step 3
		"yes", "1", "compon", "", "no", "b", // the schema is kept, a table read, and back from Review
		"no", "", "k", "", // step 4 again with the table still chosen, and the suggested name
	)
	if err != nil {
		t.Fatalf("%v after\n%s", err, heard)
	}
	screentest.CompareGolden(t, "plain/back", heard)
	if saved := w.Setup.Saved(); saved.Schema.String() != "inventory.assets" || len(saved.Tables) != 1 {
		t.Errorf("saved %+v", saved)
	}
}

func TestLineByLineATableCanBeTakenBack(t *testing.T) {
	t.Parallel()
	w := prepared(t, screentest.Person{Scenario: "ready"})
	heard, err := w.dictate("", "inventory,", "1", "asset", "", "", "compon", "", "yes", "devices", "yes", "u", "1", "no", "")
	if err != nil {
		t.Fatalf("%v after\n%s", err, heard)
	}
	if saved := w.Setup.Saved(); len(saved.Tables) != 1 || saved.Tables[0].Table.String() != "devices" {
		t.Errorf("saved %v", saved.Tables)
	}
	if !strings.Contains(heard, "Taken back: components.") || !strings.Contains(heard, "Reads: devices, granted by schema (chosen by you)") {
		t.Errorf("heard\n%s", heard)
	}
}
