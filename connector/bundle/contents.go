// Package bundle is the support bundle: what a support engineer needs of one test of a connection, with aliases in place of every name,
// and without any secret. It proves that of itself before it is written.
package bundle

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Contents are what a bundle tells. All texts of Make's are aliased; those of Open are cleaned for a terminal.
type Contents struct {
	Format      int                  `json:"format"` // 1
	Program     Program              `json:"program"`
	Connection  []Line               `json:"connection"`
	Stages      []Stage              `json:"stages"`
	Verdict     string               `json:"verdict,omitempty"` // what the stages come to, as one sentence; empty in bundles of the first release
	Requests    []workspace.Exchange `json:"requests"`
	Environment []string             `json:"environment"` // names of variables that are set, never what they are set to

	Record string `json:"-"` // the timeline of a session, a file of its own
}

// Program says what ran where.
type Program struct {
	Version  string `json:"version"`
	Go       string `json:"go"`
	System   string `json:"system"` // as linux/amd64
	Terminal string `json:"terminal,omitempty"`
}

// Line is one thing that a connection keeps.
type Line struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// Stage is a result of the ladder. How long it took is left out, so that the same answers make the same bundle.
type Stage struct {
	ID        string `json:"id"`
	State     string `json:"state"`
	Evidence  string `json:"evidence,omitempty"`
	Detail    string `json:"detail,omitempty"`
	BlockedBy string `json:"blocked_by,omitempty"`
	Cause     string `json:"cause,omitempty"`
	Reason    string `json:"reason,omitempty"`
	Remedy    string `json:"remedy,omitempty"`
	Copy      string `json:"copy,omitempty"`
	Pattern   string `json:"pattern,omitempty"`
	Exit      int    `json:"exit,omitempty"`
}

// format is the only one so far.
const format = 1

// StagesOf makes results of the ladder fit for a bundle.
func StagesOf(results []check.Result) []Stage {
	stages := make([]Stage, 0, len(results))
	for _, r := range results {
		stage := Stage{ID: string(r.Stage), State: string(r.State), Evidence: r.Evidence, Detail: r.Detail, BlockedBy: string(r.BlockedBy)}
		if f := r.Finding; f != nil {
			stage.Cause, stage.Reason, stage.Pattern, stage.Exit = string(f.Cause), f.Reason, f.Pattern, f.Exit
			stage.Remedy, stage.Copy = f.Remedy.Text, f.Remedy.Copy
		}
		stages = append(stages, stage)
	}
	return stages
}

// Results are the stages as the ladder gave them, to be drawn by whatever draws those. A name comes from this program, not from the bundle.
func (c Contents) Results() []check.Result {
	var results []check.Result
	for _, s := range c.Stages {
		stage, _ := check.Find(check.ID(s.ID)) // one that a later version knows has no name here
		r := check.Result{
			Stage: check.ID(s.ID), Name: stage.Name, State: check.State(s.State), Advisory: stage.Advisory,
			Evidence: s.Evidence, Detail: s.Detail, BlockedBy: check.ID(s.BlockedBy),
		}
		if s.Cause != "" {
			r.Finding = &check.Finding{Cause: check.Cause(s.Cause), Reason: s.Reason, Pattern: s.Pattern, Exit: s.Exit, Remedy: check.Remedy{Text: s.Remedy, Copy: s.Copy}}
		}
		results = append(results, r)
	}
	return results
}

// aliased is the contents with aliases in every text that can hold a value.
func (c Contents) aliased(names *connector.Registry) Contents {
	connection := make([]Line, len(c.Connection))
	for i, line := range c.Connection {
		connection[i] = Line{line.Label, disguised(names, line.Text)}
	}
	stages := make([]Stage, len(c.Stages))
	for i, s := range c.Stages {
		for _, text := range []*string{&s.Evidence, &s.Detail, &s.Reason, &s.Remedy, &s.Copy} {
			*text = disguised(names, *text)
		}
		for _, word := range []*string{&s.ID, &s.State, &s.BlockedBy, &s.Cause, &s.Pattern} {
			if !words()[*word] { // results can come from a file
				*word = disguised(names, *word)
			}
		}
		stages[i] = s
	}
	requests := slices.Clone(c.Requests)
	for i, r := range requests {
		// The number of a request is what support asks for. Whatever is not just that has an alias like any value.
		if !names.Plain(r.RequestID) { // a shared screen shows what is written
			requests[i].RequestID = names.Text(r.RequestID)
		}
	}
	c.Requests = requests
	c.Program.Terminal = disguised(names, c.Program.Terminal)
	c.Format, c.Connection, c.Stages, c.Record = format, connection, stages, disguised(names, c.Record)
	return c
}

// disguised is a text with aliases. An alias may make a value of the word beside it, which takes another look.
func disguised(names *connector.Registry, text string) string {
	for range 3 {
		if text = names.Text(text); names.Find(text) == "" {
			break
		}
	}
	return text
}
