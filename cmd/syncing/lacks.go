package syncing

import (
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// lacking says which tables of the plan cannot be read. Why is said where the sync ends.
func (f *Flags) lacking(s *sync.Sync, lines Lines, say func(string)) {
	for _, err := range s.Lacking() {
		fault, _ := saved.FaultOf(err)
		if f.AsJSON {
			table, _ := sync.Fails(err)
			lines.say(line{Event: "table", Table: table, State: string(sync.Failed), Error: map[string]any{"message": fault.Said(), "remedy": fault.Remedy}})
		}
		say("✗ " + fault.Headline)
	}
}
