package plain

import (
	"bufio"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// newcomer answers line by line as somebody does who was told what to connect and knows nothing else: what stands in brackets where that
// goes on, the names they were given, a question mark at every question that is new to them, and q where it does not go on.
type newcomer struct {
	walk   *walker
	target demo.Target

	heard   strings.Builder
	asked   []string // the questions, as they stand before their answers
	script  []string // what to answer, where that was found out before
	answers []string
	met     map[string]int // how often each question was met
	noHelp  []string       // the questions that a question mark did not help at
	helped  string         // the question that help was asked at, just now
	said    int            // how much had been said then
	chosen  int            // tables
	narrow  bool           // they were told to have single tables granted, and chose that
	stopped string         // the question that it did not go on at
}

// waysSaid end every question of the plain set-up.
const waysSaid = ", b to go back, q to leave, ? for help"

// stateLasts is how long a warehouse stays in a state, and not so long that it stops again once it runs.
var stateLasts = map[string]time.Duration{"stopping": 2 * time.Hour, "stopped": time.Second, "starting": 7 * time.Minute}

// Write hears what is said. Whenever a warehouse changes its state, so much time goes by in the workspace that it changes again.
func (n *newcomer) Write(said []byte) (int, error) {
	for state, lasts := range stateLasts {
		if string(said) == "S11 State: "+state+".\n" {
			n.walk.Clock.Advance(lasts)
		}
	}
	return n.heard.Write(said)
}

// Read answers the question that stands at the end.
func (n *newcomer) Read(into []byte) (int, error) {
	said := n.heard.String()
	question := said[strings.LastIndexByte(said, '\n')+1:]
	var answer string
	switch {
	case n.script == nil:
		answer = n.answer(question, said)
	case len(n.asked) < len(n.script):
		answer = n.script[len(n.asked)]
	default:
		return 0, io.EOF
	}
	n.asked, n.answers = append(n.asked, question), append(n.answers, answer)
	n.heard.WriteString(answer + "\n")
	return copy(into, answer+"\n"), nil
}

func (n *newcomer) answer(question, said string) string {
	label, _, _ := strings.Cut(question, waysSaid)
	if n.helped != "" && (n.helped != question || !strings.Contains(said[n.said:], prompt.HowToAnswer)) {
		n.noHelp = append(n.noHelp, n.helped)
	}
	if n.helped = ""; n.met[label] == 0 {
		n.met[label], n.helped, n.said = 1, question, len(said)
		return "?"
	}
	n.met[label]++
	if n.met[label] > 4 {
		return n.stop(label)
	}
	for _, known := range newcomerAnswers {
		if strings.Contains(label, known.to) {
			return known.with(n, label, said)
		}
	}
	return ""
}

func (n *newcomer) stop(label string) string {
	n.stopped = label
	return "q"
}

func always(answer string) func(*newcomer, string, string) string {
	return func(*newcomer, string, string) string { return answer }
}

// newcomerAnswers are what a newcomer answers to questions that have more to them than what stands in brackets.
var newcomerAnswers = []struct {
	to   string
	with func(n *newcomer, label, said string) string
}{
	{"Start it and wait?", always("yes")},
	{"Use it anyway?", always("yes")},
	{"Wait for it?", always("yes")},
	{"Run one and wait?", always("no")},
	{"Type " + breadth.AcceptWord + " to save", always(breadth.AcceptWord)},
	{"r to refresh", func(n *newcomer, _, said string) string {
		return listed(said, screentest.WarehouseNames[n.target.WarehouseID], "")
	}},
	{"t to type", func(n *newcomer, _, said string) string { return listed(said, n.name(said), "t") }},
	{"Catalog name", func(n *newcomer, _, _ string) string { return setup.Written(n.target.Table.Catalog) }},
	{"Schema name", func(n *newcomer, _, _ string) string { return setup.Written(n.target.Table.Schema) }},
	{"Table name", func(n *newcomer, _, _ string) string { return n.table() }},
	{"Another table", func(n *newcomer, _, _ string) string {
		if n.chosen++; n.chosen < len(n.target.Tables) {
			return "yes"
		}
		return "no"
	}},
	{"to look again", (*newcomer).goOnOrStop},
	{"to test again", (*newcomer).goOnOrStop},
	{"to try again", (*newcomer).goOnOrStop},
	{"to read again", (*newcomer).goOnOrStop},
}

// goOnOrStop goes on where that is offered although something is missing for a later step, or where single tables are enough.
func (n *newcomer) goOnOrStop(label, said string) string {
	_, compared, _ := cutLast(said[:n.said], "USE SCHEMA on ")
	switch {
	case strings.HasPrefix(label, "n to go on"):
		return ""
	case !n.narrow && strings.Contains(label, "t for the other scope") && strings.Contains(compared, ": holds") && strings.Contains(compared, "✗ SELECT on "):
		n.narrow = true
		return "t"
	}
	return n.stop(label)
}

// listed is a name, when it is among the options that were read out last, and another answer otherwise.
func listed(said, name, otherwise string) string {
	_, list, _ := cutLast(said, "\n1. ")
	if name != "" && strings.Contains("\n1. "+list, ". "+name+", ") {
		return name
	}
	return otherwise
}

func cutLast(text, at string) (before, after string, found bool) {
	if i := strings.LastIndex(text, at); i >= 0 {
		return text[:i], text[i+len(at):], true
	}
	return "", text, false
}

// name is what the newcomer was told to choose from the list that was read out last.
func (n *newcomer) name(said string) string {
	kinds := map[string]string{"catalog": n.target.Table.Catalog.Raw(), "schema": n.target.Table.Schema.Raw(), "table": n.table()}
	last, name := -1, ""
	for kind, is := range kinds {
		if at := max(strings.LastIndex(said, " "+kind+"s.\n"), strings.LastIndex(said, "\n1 "+kind+".\n")); at > last {
			last, name = at, is
		}
	}
	return name
}

func (n *newcomer) table() string {
	return n.target.Tables[min(n.chosen, len(n.target.Tables)-1)].Table.Raw()
}

// sendNewcomer has a newcomer walk through a scenario, by themselves or by a script.
func sendNewcomer(t *testing.T, s demo.Scenario, script ...string) (*newcomer, error) {
	t.Helper()
	w := prepared(t, screentest.Person{World: s, Blank: true})
	creds := w.Workspace.SignIn()
	if err := w.Setup.Draft().Prefill(setup.Answers{Host: w.Workspace.Host()}, setup.FromDemo); err != nil {
		t.Fatal(err)
	}
	w.Setup.Draft().SetMethod(creds.Method)
	_, _ = w.Setup.Draft().SetClientID(string(creds.ClientID), setup.FromDemo) // what is wrong with it is met in the walk
	w.Setup.Draft().SetSecret(creds.Secret)
	w.hasten = func(stages []check.Stage) []check.Stage { return impatientStages(s, stages) }
	n := &newcomer{walk: w, met: map[string]int{}, script: script}
	var err error
	if n.target, err = w.Workspace.Target(); err != nil {
		t.Fatal(err)
	}
	return n, converse(t.Context(), w.Setup, &prompt.Prompt{In: bufio.NewReader(n), Out: n, Clock: prompt.Halted{}}, w.hasten)
}
