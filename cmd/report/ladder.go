// Package report is what commands print as JSON. Names of fields, stage ids, states, causes and patterns are stable; texts may improve.
package report

import (
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/contract"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// Ladder is a walk of the stages, as test and doctor print it.
type Ladder struct {
	Name    string  `json:"name,omitempty"` // of the saved connection or the scenario
	Host    string  `json:"host"`
	Passed  bool    `json:"passed"`
	Exit    int     `json:"exit"`
	Verdict string  `json:"verdict,omitempty"` // what the stages come to, of a saved connection
	Stages  []Stage `json:"stages"`

	Contract []Clause `json:"contract,omitempty"` // only with --contract
}

// Stage is how one stage ended.
type Stage struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	State        string `json:"state"`
	Evidence     string `json:"evidence,omitempty"`
	Detail       string `json:"detail,omitempty"`
	BlockedBy    string `json:"blocked_by,omitempty"`
	Milliseconds int64  `json:"ms"`
	Cause        string `json:"cause,omitempty"`
	Reason       string `json:"reason,omitempty"`
	Remedy       string `json:"remedy,omitempty"`
	Copy         string `json:"copy,omitempty"`
	Pattern      string `json:"pattern,omitempty"`
}

// OfTest is the walk of a saved connection, or of a scenario.
func OfTest(name string, t *setup.Test, results []check.Result) Ladder {
	out := At(name, t.Host().String(), results)
	out.Verdict = setup.VerdictLine(t.Proof())
	return out
}

// At is a walk to a host; name is empty where none is saved.
func At(name, host string, results []check.Result) Ladder {
	out := Ladder{Name: name, Host: host, Passed: true}
	if f := check.Failure(results); f != nil {
		out.Passed, out.Exit = false, f.Finding.Exit
	}
	for _, r := range results {
		line := Stage{
			ID: string(r.Stage), Name: r.Name, State: string(r.State), Evidence: r.Evidence, Detail: r.Detail,
			BlockedBy: string(r.BlockedBy), Milliseconds: r.Took.Milliseconds(),
		}
		if f := r.Finding; f != nil {
			line.Cause, line.Reason, line.Pattern = string(f.Cause), f.Reason, f.Pattern
			line.Remedy, line.Copy = f.Remedy.Text, f.Remedy.Copy
		}
		out.Stages = append(out.Stages, line)
	}
	return out
}

// Clause is one line of a contract.
type Clause struct {
	Name  string `json:"name"`
	State string `json:"state"`
	Text  string `json:"text"`
}

// Clauses are the lines of a contract.
func Clauses(clauses []contract.Clause) []Clause {
	var lines []Clause
	for _, c := range clauses {
		lines = append(lines, Clause{c.Name, string(c.State), c.Text})
	}
	return lines
}
