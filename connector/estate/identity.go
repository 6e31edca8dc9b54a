package estate

import (
	"encoding/json"
	"slices"

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
	var ofAccount []string // of which one can own a metastore; a namesake in the workspace cannot
	for row, err := range run.Rows("me") {
		var me struct {
			Name    string `json:"userName"`
			Display string `json:"displayName"`
			Groups  []struct {
				ID      string `json:"value"`
				Display string `json:"display"`
			} `json:"groups"`
		}
		if err != nil || json.Unmarshal([]byte(row.Body), &me) != nil {
			return who
		}
		who.Name, who.DisplayName = me.Name, me.Display
		for _, g := range me.Groups {
			who.Groups = append(who.Groups, g.Display)
			local, known := livesHere(run, g.ID)
			who.WorkspaceAdmin = who.WorkspaceAdmin || g.Display == admins && (local || !known)
			if !local {
				ofAccount = append(ofAccount, g.Display)
			}
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
		who.MetastoreAdmin = who.MetastoreAdmin || slices.Contains(ofAccount, m.Owner)
	}
	return who
}

// livesHere reports whether a group is one of the workspace's own, and whether it was collected.
func livesHere(run *store.Run, id string) (local, known bool) {
	row, known, err := run.Row("workspace-groups", id)
	var group struct {
		Meta struct {
			Type string `json:"resourceType"`
		} `json:"meta"`
	}
	if err != nil || !known || json.Unmarshal([]byte(row.Body), &group) != nil || group.Meta.Type == "" {
		return false, false
	}
	return group.Meta.Type == "WorkspaceGroup", true
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
