package estate

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Reader is one of those who took an inventory.
type Reader struct {
	Name    string `json:"name"` // a service principal goes by its application ID
	Display string `json:"display_name,omitempty"`
	Of      Plane  `json:"read"`
}

// bothRead is between who read the workspace and who read the account, in the name of those who read.
const bothRead = " and "

// readersOf are those who took a run: of the workspace, and of the account where that was another one.
func readersOf(run *store.Run, who Identity, at Place) (all []Reader) {
	if who.Name != "" {
		all = append(all, Reader{who.Name, who.DisplayName, AtWorkspace})
	}
	for name := range strings.SplitSeq(at.As, bothRead) {
		if name != "" && name != who.Name && at.Account != "" {
			all = append(all, Reader{name, displayOf(run, name), AtAccount})
		}
	}
	return all
}

// displayOf is the display name of a service principal, empty where it was not found.
func displayOf(run *store.Run, id string) string {
	for _, kind := range []string{"service-principals", "workspace-service-principals"} {
		for row, err := range run.Rows(kind) {
			var sp struct {
				ID string `json:"applicationId"`
			}
			if err == nil && json.Unmarshal([]byte(row.Body), &sp) == nil && sp.ID == id {
				return row.Name
			}
		}
	}
	return ""
}

// SayWho names those who took a run, with their IDs where those are asked for.
func (s Standing) SayWho(ids bool) string {
	var names []string
	for _, r := range s.Readers {
		name := r.Name
		if !strings.Contains(name, "@") && r.Display != "" { // a service principal goes by an ID
			if name = r.Display; ids {
				name += " (" + r.Name + ")"
			}
		}
		if len(s.Readers) > 1 {
			name += " of the " + string(r.Of)
		}
		names = append(names, connector.ShownText(connector.CleanLine(name, 160)))
	}
	return cmp.Or(strings.Join(names, bothRead), connector.ShownText(connector.CleanLine(s.Seen.Place.As, 120)))
}
