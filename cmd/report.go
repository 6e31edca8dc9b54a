package cmd

import (
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// report is a test in JSON. Stage ids, states, causes and patterns are stable; texts may improve.
type report struct {
	Name    string        `json:"name,omitempty"` // of the saved connection or the scenario
	Host    string        `json:"host"`
	Passed  bool          `json:"passed"`
	Exit    int           `json:"exit"`
	Verdict string        `json:"verdict,omitempty"` // what the stages come to, of a saved connection
	Stages  []stageReport `json:"stages"`

	Contract []clauseReport `json:"contract,omitempty"` // only with --contract
}

type stageReport struct {
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

func reportOf(name string, t *setup.Test, results []check.Result) report {
	out := reportAt(name, t.Host().String(), results)
	out.Verdict = setup.VerdictLine(t.Proof())
	return out
}

func reportAt(name, host string, results []check.Result) report {
	out := report{Name: name, Host: host, Passed: true}
	if f := check.Failure(results); f != nil {
		out.Passed, out.Exit = false, f.Finding.Exit
	}
	for _, r := range results {
		line := stageReport{
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
