package inventory

import (
	"github.com/draftt-io/draftt-databricks/connector/estate/export"
	"github.com/draftt-io/draftt-databricks/connector/findings"
)

type proofDocument struct {
	Kind string   `json:"kind"`
	ID   string   `json:"id,omitempty"`
	Says string   `json:"says"`
	Path []string `json:"path,omitempty"`
}

type findingDocument struct {
	ID       string          `json:"finding"`
	Level    string          `json:"level"`
	State    string          `json:"state"`
	Title    string          `json:"title"`
	Means    string          `json:"means"`
	Remedy   string          `json:"remedy"`
	Evidence []proofDocument `json:"evidence"`
	Missing  []string        `json:"not_collected,omitempty"`
}

type findingsDocument struct {
	Run      string            `json:"run"`
	Broken   []string          `json:"runs_not_whole,omitempty"` // newer than the run
	Limits   []findings.Gauge  `json:"limits,omitempty"`
	Findings []findingDocument `json:"findings"`
}

func documents(run string, all []findings.Finding, l *looking) findingsDocument {
	out := findingsDocument{Run: run, Broken: l.broken, Limits: l.gauges, Findings: []findingDocument{}}
	for _, one := range all {
		d := findingDocument{ID: one.ID, Level: string(one.Level), State: string(one.State), Title: one.Title, Means: one.Means, Remedy: one.Remedy, Evidence: []proofDocument{}, Missing: one.Missing}
		for _, e := range one.Evidence {
			e.Row.Body = "{}"
			row := export.Shared(e.Row)
			d.Evidence = append(d.Evidence, proofDocument{row.Kind, row.ID, e.Says, e.Path})
		}
		out.Findings = append(out.Findings, d)
	}
	return out
}
