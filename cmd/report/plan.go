package report

import "github.com/draftt-io/draftt-databricks/connector/admin"

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
