package torture

import (
	"bufio"
	"context"
	"encoding/json"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/steps/plain"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// someOf is every form with -full, and otherwise a part of them that has some of each kind.
func someOf(all []clipping, every int) (some []clipping) {
	for i, p := range all {
		if *full || i%every == 0 || p.Kind == "warehouse" && i%2 == 0 {
			some = append(some, p)
		}
	}
	return some
}

const (
	anID      = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	starterID = "a3f19c0d7be24418"
	starter   = "Starter Warehouse"
)

// inDraft is what a draft holds of a kind, and what it says against what was typed there.
func inDraft(d *setup.Draft, kind string) reading {
	var r reading
	var err error
	switch kind {
	case "host":
		r.kept, err = d.Host().String(), d.HostProblem()
	case "client_id":
		r.kept, err = string(d.ClientID()), d.ClientIDProblem()
	case "secret":
		if err = d.SecretProblem(); err == nil {
			r.kept = string(d.Secret().Reveal())
		}
	case "warehouse":
		r.kept = d.Wanted().Text
	}
	if r.kept == "" && err != nil {
		r.said = connector.Sentence(err)
	}
	return r
}

// heard is what a face said, for a form that is refused: its own words, or those of lint, which may be more exact.
func heard(kept string, d *setup.Draft, p clipping, said string) reading {
	said = strings.Join(strings.Fields(said), " ")
	h := setup.Hints{Draft: d}
	field := map[string]lint.Field{"host": lint.Host, "client_id": lint.ClientID, "secret": lint.Secret, "warehouse": lint.Warehouse}[p.Kind]
	if text := h.Recognised(field); text != "" && strings.Contains(said, text) {
		said += " " + p.Why
	}
	return reading{kept: kept, said: said}
}

func TestEveryPastedFormIsReadByAnAnswersFile(t *testing.T) {
	for _, p := range pastedForms(t) {
		f := setup.AnswersFile{Host: demo.HostName, ClientID: anID, Warehouse: starterID, Catalog: "inventory", Schema: "assets", Tables: []string{"components"}}
		given := connector.NewSecret([]byte("dose0123456789abcdef0123456789abcdef"))
		switch p.Kind {
		case "host":
			f.Host = p.Pasted
		case "client_id":
			f.ClientID = p.Pasted
		case "warehouse":
			f.Warehouse = p.Pasted
		case "secret":
			var err error
			if given, err = flatfile.ReadSecret(strings.NewReader(p.Pasted), "the file"); err != nil {
				reading{said: connector.Sentence(err)}.judge(t, "a secret's file", p)
				continue
			}
		}
		content, err := f.YAML()
		if err != nil {
			t.Fatal(err)
		}
		read, err := setup.ReadAnswers(content)
		if err != nil { // a secret alone has no place in the file at all
			if _, strays := connector.FindStray(p.Pasted); !strays || !strings.Contains(err.Error(), "holds a secret") {
				t.Errorf("%s %q: %v", p.Kind, p.Pasted, err)
			}
			continue
		}
		draft, err := setup.FileDraft(read, given, nil, nil)
		if err != nil {
			reading{said: connector.Sentence(err)}.judge(t, "the answers file", p)
			continue
		}
		inDraft(draft, p.Kind).judge(t, "the answers file", p)
	}
}

func TestEveryPastedFormIsReadByTheFieldsOfTheWizard(t *testing.T) {
	w := screentest.Prepare(t, screentest.Person{Blank: true, Own: true})
	for _, p := range someOf(pastedForms(t), 3) {
		if p.Kind == "warehouse" {
			continue
		}
		d := setup.NewDraft(nil)
		s := setup.New(w.Env, d)
		theme := ui.NewTheme(true)
		w.Show(func(ctx context.Context) *ui.Shell { return steps.NewWizard(s, &theme, nil).Shell(ctx) })
		if w.Shows("Before you begin") {
			w.Press("enter")
		}
		for range map[string]int{"host": 0, "client_id": 1, "secret": 2}[p.Kind] {
			w.Press("tab")
		}
		w.Paste(p.Pasted)
		w.Press("tab") // who leaves a field is told what is wrong with it
		heard(inDraft(d, p.Kind).kept, d, p, w.Screen()).judge(t, "the wizard", p)
		w.Leave()
		s.Close()
	}
}

func TestEveryPastedFormIsReadLineByLine(t *testing.T) {
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready", Blank: true, Own: true})
	for _, p := range someOf(pastedForms(t), 4) {
		d := setup.NewDraft(nil)
		lines := map[string][]string{"host": {p.Pasted}, "client_id": {demo.HostName, "1", p.Pasted}, "secret": {demo.HostName, "1", anID, p.Pasted}, "warehouse": {"", p.Pasted}}[p.Kind]
		if p.Kind == "warehouse" {
			who := w.Workspace.Connector()
			if err := d.Prefill(setup.Answers{Host: w.Workspace.Host(), ClientID: string(who.ClientID), Secret: who.Secret}, setup.FromFlag); err != nil {
				t.Fatal(err)
			}
			lines = lines[1:]
		}
		s := setup.New(w.Env, d)
		var said strings.Builder
		in := &screentest.Dictation{Lines: lines, Heard: &said}
		_ = plain.Run(t.Context(), s, &prompt.Prompt{In: bufio.NewReader(in), Out: &said, Clock: prompt.Halted{}}) // it ends with the input
		r := inDraft(d, p.Kind)
		if p.Kind == "warehouse" {
			if p.Kept != "" && p.Kept != starterID && p.Kept != starter {
				continue // there is none of this ID
			}
			if r.kept = string(d.Warehouse().ID); r.kept == starterID {
				r.kept = p.Kept
			}
		}
		heard(r.kept, d, p, withoutTyped(said.String(), p.Pasted)).judge(t, "line by line", p)
		s.Close()
	}
}

// withoutTyped leaves out what the person typed, which the terminal itself shows.
func withoutTyped(said, typed string) string { return strings.ReplaceAll(said, typed, "") }

var cursorOnStarter = regexp.MustCompile(`› *` + starter)

func TestEveryPastedWarehouseIsFoundByTheWizard(t *testing.T) {
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	theme := ui.NewTheme(true)
	w.Show(func(ctx context.Context) *ui.Shell { return steps.NewWizard(w.Setup, &theme, nil).Shell(ctx) })
	if w.Shows("Before you begin") {
		w.Press("enter")
	}
	w.Press("enter")
	w.See("Signed in as")
	w.Press("enter")
	w.See(starter)
	for _, p := range pastedForms(t) {
		if p.Kind != "warehouse" || p.Kept != "" && p.Kept != starterID && p.Kept != starter {
			continue
		}
		w.Press("ctrl+u", "down")
		w.Paste(p.Pasted)
		r := reading{said: strings.Join(strings.Fields(w.Screen()), " ")}
		if p.Kept != "" && cursorOnStarter.MatchString(w.Screen()) {
			r.kept = p.Kept
		}
		r.judge(t, "the wizard", p)
	}
}

func TestEveryPastedHostIsReadByDoctor(t *testing.T) {
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range someOf(pastedForms(t), 5) {
		if p.Kind != "host" {
			continue
		}
		doctor := exec.Command(program, "doctor", "--json", "--", p.Pasted)
		doctor.Env = []string{"HOME=" + t.TempDir(), "HTTPS_PROXY=http://127.0.0.1:1"} // so that nobody is asked
		out, _ := doctor.Output()
		var told struct {
			Host   string
			Stages []struct {
				State   string
				Finding *struct{ Reason, Remedy any }
			}
		}
		if err := json.Unmarshal(out, &told); err != nil || len(told.Stages) == 0 {
			t.Errorf("%q: %v, %s", p.Pasted, err, out)
			continue
		}
		r := reading{said: string(out)}
		if told.Stages[0].State == "passed" {
			r.kept = told.Host
		}
		r.judge(t, "doctor", p)
	}
}
