package steps

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/ui"
)

// dictation answers line by line, and writes each answer behind its question, as a terminal would show it. After the last it ends.
type dictation struct {
	lines []string
	heard *strings.Builder
	asked int
}

func (d *dictation) Read(into []byte) (int, error) {
	d.asked++
	if len(d.lines) == 0 {
		return 0, io.EOF
	}
	line := d.lines[0] + "\n"
	d.lines = d.lines[1:]
	d.heard.WriteString(line)
	return copy(into, line), nil
}

// dictate walks line by line with these answers. Hidden ones are among them; only how many characters they have is heard.
func (w *walk) dictate(answers ...string) (heard string, err error) {
	w.t.Helper()
	var b strings.Builder
	d := &dictation{lines: answers, heard: &b}
	in := bufio.NewReader(d)
	prompt := &ui.Prompt{In: in, Out: &b, ReadSecret: func(question string) ([]byte, error) {
		b.WriteString(question)
		hidden := *d.heard
		line, err := in.ReadString('\n')
		b.Reset()
		b.WriteString(hidden.String() + "\n")
		return []byte(strings.TrimRight(line, "\n")), err
	}}
	err = w.setup.Plain(w.t.Context(), prompt)
	return b.String(), err
}

// The answers of whole walks.
var (
	firstTimeAnswers = []string{
		"",           // the warehouse under the cursor
		"inventory,", // part of a name
		"4",          // the number that was read out
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
		"https://adb-7405605741000000.0.azuredatabricks.net/?o=7405605741000000", "", "not a client ID", firstID, "SECRET",
		"1", "inventory,", "4", "asset", "", "1", "compon", "", "no",
		"Asset inventory – prod", "short", "correct horse battery", "correct horse battery?", "correct horse battery", "correct horse battery",
	}
)

func TestThePlainWalkReadsLikeAConversation(t *testing.T) {
	t.Parallel()
	scenes := []struct {
		name    string
		who     person
		answers []string
		ends    error
	}{
		{"first-time", person{}, firstTimeAnswers, nil},
		{"wrong-secret", person{scenario: "wrong-secret"}, []string{"what", "r", "q"}, ErrLeft},
		{"no-warehouse", person{scenario: "no-warehouse"}, []string{"r", "b", "", "", "", "", "q"}, ErrLeft},
		{"unreachable", person{scenario: "unreachable"}, []string{"q"}, ErrLeft},
		{"own", person{scenario: "ready", blank: true, own: true}, ownAnswers, nil},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := prepare(t, scene.who)
			answers := append([]string(nil), scene.answers...)
			for i, answer := range answers {
				if answer == "SECRET" {
					answers[i] = string(w.workspace.Connector().Secret.Reveal())
				}
			}
			heard, err := w.dictate(answers...)
			if !errors.Is(err, scene.ends) {
				t.Errorf("it ended with %v", err)
			}
			newCanary(w.workspace.Connector().Secret.Reveal()).mustNotBeIn(t, "what is heard", heard)
			for line := range strings.SplitSeq(heard, "\n") {
				if stray := strayControl(line); stray != "" {
					t.Errorf("a line carries %s: %q", stray, line)
				}
			}
			compareGolden(t, "plain/"+scene.name, heard)
		})
	}
}

func TestThePlainWalkSavesWhatTheWizardWould(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "vault")
	w := prepare(t, person{vault: dir})
	if _, err := w.dictate(firstTimeAnswers...); err != nil {
		t.Fatal(err)
	}
	saved, err := w.setup.env.Vault.Load(t.Context(), "inventory.assets")
	if err != nil {
		t.Fatal(err)
	}
	if saved.ID != w.setup.Saved().ID || len(saved.Tables) != 2 || saved.Warehouse.Name.Raw() != "Starter Warehouse" || !saved.Proof.Passed {
		t.Errorf("%+v", saved)
	}
}

// TestTheEndOfTheInputAnswersNothing ends the input at every question of a walk: nothing is chosen, run or saved that nobody asked for.
func TestTheEndOfTheInputAnswersNothing(t *testing.T) {
	t.Parallel()
	for n := range firstTimeAnswers {
		t.Run(fmt.Sprintf("after %d answers", n), func(t *testing.T) {
			t.Parallel()
			w := prepare(t, person{})
			heard, err := w.dictate(firstTimeAnswers[:n]...)
			if !errors.Is(err, io.EOF) {
				t.Errorf("it ended with %v", err)
			}
			if w.setup.Saved().ID != "" {
				t.Error("something was saved")
			}
			lines := strings.Split(strings.TrimRight(heard, "\n"), "\n")
			if last := lines[len(lines)-1]; !strings.HasSuffix(last, ": ") {
				t.Errorf("something happened after the last question: %q", last)
			}
			if farewell := w.setup.Farewell(); !strings.Contains(farewell, "demo --scenario first-time") {
				t.Errorf("the farewell is %q", farewell)
			}
		})
	}
}

func TestGoingBackLineByLineLosesNoAnswerAndCanChangeEach(t *testing.T) {
	t.Parallel()
	w := prepare(t, person{scenario: "ready"})
	heard, err := w.dictate(
		"1", "inventory,", "4", "stagin", "", "b", // step 3 finds it closed, and the person goes back
		"", "inventory,", "4", "asset", "", "1", "b", // step 2, 3 and 4 again, and back to step 3
		"yes", "1", "compon", "", "no", "b", // the schema is kept, a table read, and back from Review
		"", "compon", "", "no", "", // step 4 again, and the suggested name
	)
	if err != nil {
		t.Fatalf("%v after\n%s", err, heard)
	}
	compareGolden(t, "plain/back", heard)
	if saved := w.setup.Saved(); saved.Schema.String() != "inventory.assets" || len(saved.Tables) != 1 {
		t.Errorf("saved %+v", saved)
	}
}
