package syncing

import "github.com/draftt-io/draftt-databricks/connector/sync"

// Statements are those that a plan sends, each on a line.
func Statements(p sync.Plan) (all []string) {
	for i := range p.Tables {
		all = append(all, p.Tables[i].Sends()...)
	}
	return all
}
