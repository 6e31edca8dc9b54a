package cmd

import (
	"cmp"
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// scenarioLine is a scenario in JSON. Stage, cause, pattern and exit are how the ladder ends on it; all four are empty or zero for one that
// passes.
type scenarioLine struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Story   string `json:"story"`
	Stage   string `json:"stage"`
	Cause   string `json:"cause"`
	Pattern string `json:"pattern"`
	Exit    int    `json:"exit"`
}

// scenarioGroups are the headings of the list, in its order. The last one is of those that pass.
var scenarioGroups = []check.Cause{
	check.Unreachable, check.AuthenticationFailed, check.WarehouseAccess, check.WarehouseNotRunning, check.MissingPermissions, check.BeyondReadOnly, "",
}

func (a *app) listScenarios(asJSON bool) error {
	all := demo.Scenarios()
	if asJSON {
		lines := make([]scenarioLine, len(all))
		for i, s := range all {
			lines[i] = scenarioLine{s.ID, s.Title, s.Story, s.Want.Stage, s.Want.Cause, s.Want.Pattern, s.Want.Exit}
		}
		return a.printJSON(lines)
	}
	slices.SortStableFunc(all, func(x, y demo.Scenario) int { return cmp.Compare(x.Want.Stage, y.Want.Stage) })
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for i, group := range scenarioGroups {
		heading := string(group)
		if heading == "" {
			heading = "Nothing fails"
		}
		if i > 0 {
			_, _ = fmt.Fprintln(table)
		}
		_, _ = fmt.Fprintln(table, heading)
		for _, s := range all {
			if s.Want.Cause == string(group) {
				_, _ = fmt.Fprintf(table, "  %s\t%s\t%s\n", s.ID, s.Want.Stage, s.Title)
			}
		}
	}
	return table.Flush()
}
