package estate

import (
	"encoding/json"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Identity is who took an inventory.
type Identity struct {
	Name, DisplayName string
	Groups            []string
	WorkspaceAdmin    bool
	MetastoreAdmin    bool
}

// admins is the group of a workspace's admins.
const admins = "admins"

// IdentityOf tells who took a run, as far as that is known.
func IdentityOf(run *store.Run) (who Identity) {
	for row, err := range run.Rows("me") {
		var me struct {
			Name    string `json:"userName"`
			Display string `json:"displayName"`
			Groups  []struct {
				Display string `json:"display"`
			} `json:"groups"`
		}
		if err != nil || json.Unmarshal([]byte(row.Body), &me) != nil {
			return who
		}
		who.Name, who.DisplayName = me.Name, me.Display
		for _, g := range me.Groups {
			who.Groups = append(who.Groups, g.Display)
			who.WorkspaceAdmin = who.WorkspaceAdmin || g.Display == admins
		}
	}
	for row, err := range run.Rows("metastore") {
		var m struct {
			Owner string `json:"owner"`
		}
		if err != nil || json.Unmarshal([]byte(row.Body), &m) != nil || m.Owner == "" {
			return who
		}
		who.MetastoreAdmin = m.Owner == who.Name
		for _, g := range who.Groups {
			who.MetastoreAdmin = who.MetastoreAdmin || m.Owner == g
		}
	}
	return who
}

// holds reports whether who takes a run is known to have a right.
func holds(run *store.Run, right Right) bool {
	switch right {
	case Anybody:
		return true
	case WorkspaceAdmin:
		return IdentityOf(run).WorkspaceAdmin
	case MetastoreAdmin:
		return IdentityOf(run).MetastoreAdmin
	}
	return false
}
