package check

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// labelled is an error text as people meet it, with the cause that a person who knows the case gives it, and those that fit as well.
type labelled struct {
	ID    string   `json:"id"`
	Text  string   `json:"text"`
	Cause string   `json:"cause"`
	Also  []string `json:"also"`
	Why   string   `json:"why"`
}

// labels are the causes as the labelled texts name them.
var labels = map[string]Cause{
	"auth": AuthenticationFailed, "warehouse": WarehouseAccess, "starting": WarehouseNotRunning, "uc": MissingPermissions,
	"network": Unreachable, "unknown": NotKnown,
}

// labelledTexts reads one JSON object a line of testdata/explain.
func labelledTexts(t testing.TB, name string) []labelled {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "explain", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var list []labelled
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var l labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil || l.Text == "" || labels[l.Cause] == "" {
			t.Fatalf("%s, line %d: %+v, %v", name, len(list)+1, l, err)
		}
		list = append(list, l)
	}
	return list
}

// verdicts count what became of a set of texts.
type verdicts struct{ right, wrong, missed int }

// judge compares what explain says of each text with its labels. Naming nothing where something fits is missed; naming what does not fit
// is wrong, and worse.
func judge(t *testing.T, list []labelled) verdicts {
	t.Helper()
	var v verdicts
	for _, l := range list {
		got := ExplainText(l.Text)
		switch {
		case slices.ContainsFunc(append(l.Also, l.Cause), func(label string) bool { return labels[label] == got.Cause }):
			v.right++
		case got.Cause == NotKnown:
			v.missed++
			t.Logf("%s is missed, and is %s: %s", l.ID, l.Cause, l.Text)
		default:
			v.wrong++
			t.Errorf("%s is called %q, decided by %q (%s), and is %s %v: %s", l.ID, got.Cause, got.Matched, got.Pattern, l.Cause, l.Also, l.Text)
		}
	}
	t.Logf("of %d texts %d are right, %d wrong, %d missed", len(list), v.right, v.wrong, v.missed)
	return v
}

// A text is called what it is, or unknown, and never something else.
func TestLabelledTextsAreExplained(t *testing.T) {
	for name, atLeast := range map[string]int{"labelled.jsonl": 200, "paraphrases.jsonl": 200, "traces.jsonl": 60, "traces-2.jsonl": 60, "traces-3.jsonl": 60, "traces-4.jsonl": 110, "traces-5.jsonl": 50, "traces-6.jsonl": 74} {
		t.Run(name, func(t *testing.T) {
			list := labelledTexts(t, name)
			if v := judge(t, list); len(list) < atLeast || v.right*100 < len(list)*95 {
				t.Errorf("only %d of %d are right", v.right, len(list))
			}
		})
	}
}

// What other programs and other parts of Databricks say in the same words is nothing that the connector can meet.
func TestErrorsOfNeighbouringWorldsAreUnknown(t *testing.T) {
	for name, atLeast := range map[string]int{"neighbours.jsonl": 250, "neighbours-2.jsonl": 160, "neighbours-3.jsonl": 80, "neighbours-4.jsonl": 30, "neighbours-5.jsonl": 75} {
		t.Run(name, func(t *testing.T) {
			list := labelledTexts(t, name)
			if v := judge(t, list); len(list) < atLeast || v.right != len(list) {
				t.Errorf("only %d of %d are unknown", v.right, len(list))
			}
		})
	}
}
