package report

import (
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
)

// Plan is what an admin would change.
type Plan struct {
	Purpose  string         `json:"purpose"`
	Confirm  string         `json:"confirm"` // what --yes takes
	Host     string         `json:"host"`
	Target   admin.Target   `json:"target"`
	Changes  []admin.Change `json:"changes"`
	Commands []string       `json:"commands"` // the same as commands of the Databricks CLI
	Kept     []string       `json:"kept"`
	Uses     []string       `json:"uses"`
	Warnings []string       `json:"warnings"`
}

// Ending is the end of a connection: the plan for the workspace, and all that is lost with it, the saved connection among it.
type Ending struct {
	Plan
	Deleted []string `json:"deleted"`
	Revoked []string `json:"revoked"`
}

// OfEnding is the end of a connection.
func OfEnding(p admin.Plan, end saved.Ending) Ending {
	return Ending{OfPlan(p), append([]string{}, end.Deleted.Lines...), append([]string{}, end.Revoked.Lines...)}
}

// OfPlan is a plan, with the same as commands of the Databricks CLI.
func OfPlan(p admin.Plan) Plan {
	r := Plan{
		Purpose: p.Purpose, Confirm: p.Name, Host: p.Host.String(), Target: p.Target, Changes: append([]admin.Change{}, p.Changes...),
		Commands: []string{}, Kept: append([]string{}, p.Kept...), Uses: []string{}, Warnings: append([]string{}, p.Warnings...),
	}
	for _, c := range p.Changes {
		r.Commands = append(r.Commands, c.CLI())
	}
	for _, u := range p.Uses {
		r.Uses = append(r.Uses, u.What)
	}
	return r
}
