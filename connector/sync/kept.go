package sync

import (
	"encoding/json"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// note has the names that were kept in a plan or a manifest shown by their aliases while the screen is shared, as those of a workspace are.
func note(tables ...runs.Table) {
	for _, t := range tables {
		connector.Known().NoteFull(t.Name)
		for _, c := range t.Columns {
			connector.Known().Note(connector.KindColumn, c.Name)
			connector.Known().Note(connector.KindName, c.Type)
		}
	}
}

// keep writes a plan down.
func (p Plan) keep() ([]byte, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("keep the plan: %w", err)
	}
	return text, nil
}

func readPlan(text []byte) (Plan, bool) {
	var p Plan
	return p, json.Unmarshal(text, &p) == nil
}
