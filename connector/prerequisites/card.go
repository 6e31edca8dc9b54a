// Package prerequisites says of what a set-up needs whether it is there, as access judges what the steps have shown so far. It asks no workspace.
package prerequisites

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Holds says how far something is known to be there.
type Holds int

// What can be known of a prerequisite.
const (
	NotAskedYet Holds = iota
	ItHolds
	ItHoldsBut // with something to know
	CannotTell
	ItLacks
)

// Prerequisite is what the documentation asks for, with what is known of it.
type Prerequisite struct {
	Holds Holds
	Name  string
	Text  string
}

// card is what is said of the prerequisites while nothing is known yet.
var card = sync.OnceValue(func() (c struct {
	Title string
	Needs []struct{ Name, Text string }
}) {
	return assets.Must[struct {
		Title string
		Needs []struct{ Name, Text string }
	}]("prerequisites.yaml")
})

// Title stands over the prerequisites.
func Title() string { return card().Title }

// prerequisite is one of the card, before anything is known of it.
func prerequisite(i int) Prerequisite {
	return Prerequisite{Name: card().Needs[i].Name, Text: card().Needs[i].Text}
}

// Seen is what the steps have shown so far. Rights are only seen through the connector's own eyes, which are not the person's.
type Seen struct {
	Connected bool
	Principal connector.Principal

	Schema    connector.SchemaName
	Reached   bool             // USE CATALOG and USE SCHEMA on it hold
	Rest      []grants.Need    // what is to be granted besides
	Views     []grants.View    // of the schema and what is around it
	Metastore connector.Remote // its owner, empty while that is not seen

	Listed []connector.Warehouse // nil before they were
	Chosen connector.Warehouse
	Used   connector.WarehouseID // the one that took a statement
}

// All says for each thing a set-up needs whether it is there, how that was seen, and who else has it.
func (s Seen) All() []Prerequisite {
	dashboard := prerequisite(3)
	dashboard.Holds = CannotTell
	return []Prerequisite{s.admin(), s.owner(), s.warehouse(), dashboard}
}

func (s Seen) admin() Prerequisite {
	n := prerequisite(0)
	if !s.Connected {
		return n
	}
	if _, is, _ := grants.Self(s.Principal).Admin(); is {
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("%s is itself in the group admins (asked who it is). That is more than read-only needs.", s.Principal.Label())
		return n
	}
	n.Holds, n.Text = CannotTell, fmt.Sprintf("Whether you are one cannot be seen with the rights of %s. Members of the group admins are.", s.Principal.Label())
	return n
}

func (s Seen) owner() Prerequisite {
	n := prerequisite(1)
	if s.Schema.IsZero() {
		return n
	}
	needs := []grants.Need{{On: grants.Schema(s.Schema)}}
	if s.Reached {
		needs = append(needs, s.Rest...)
	}
	owners, managers, metastore := s.granters(needs)
	itself := slices.ContainsFunc(needs, func(need grants.Need) bool {
		i := slices.IndexFunc(s.Views, func(v grants.View) bool { return v.Object.Same(need.On) })
		return i >= 0 && grants.Self(s.Principal).Judge(s.Views[i], s.Views...).Holds(connector.Manage)
	})
	switch {
	case len(owners)+len(managers) == 0:
	case itself:
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("%s can itself grant on %s, as its owner or by MANAGE. That is more than read-only needs.", s.Principal.Label(), s.Schema)
	case s.Reached:
		n.Holds, n.Text = ItHolds, fmt.Sprintf("USE CATALOG and USE SCHEMA on %s hold (seen in step 3). For the rest ask %s.", s.Schema, strings.Join(append(owners, managers...), ", "))
	default:
		who := "The owner"
		if len(owners) > 0 {
			who += " (" + strings.Join(owners, ", ") + ")"
		}
		if len(managers) > 0 {
			who += ", whoever has MANAGE (" + strings.Join(managers, ", ") + ")"
		}
		who += " or a metastore admin"
		if len(metastore) > 0 {
			who += " (" + strings.Join(metastore, ", ") + ")"
		}
		n.Holds, n.Text = CannotTell, fmt.Sprintf("%s can grant on %s. Whether you are among them cannot be seen from here.", who, s.Schema)
	}
	return n
}

// granters are those who can grant what is needed, by why they can.
func (s Seen) granters(needs []grants.Need) (owners, managers, metastore []string) {
	for _, a := range grants.WhoCan(needs, s.Views, s.Metastore) {
		for _, g := range a.Granters {
			list := &owners
			switch g.Standing {
			case grants.ManagesIt:
				list = &managers
			case grants.OwnsMetastore:
				list = &metastore
			}
			if name := connector.OwnerName(g.Name); name != "" && !slices.Contains(*list, name) {
				*list = append(*list, name)
			}
		}
	}
	return owners, managers, metastore
}

func (s Seen) warehouse() Prerequisite {
	n := prerequisite(2)
	best := connector.BestWarehouse(s.Listed)
	if s.Chosen.ID != "" {
		best = s.Chosen
	}
	switch {
	case s.Listed == nil:
		return n
	case len(s.Listed) == 0:
		n.Holds, n.Text = ItLacks, "None is listed. Its owner or a workspace admin gives CAN_USE."
		return n
	}
	level := grants.CanView // a workspace lists no other warehouses
	if best.ID == s.Used {
		level = grants.CanUse
	}
	_, unknown := grants.Self(s.Principal).Uses(best.ID, level)
	switch {
	case !best.Type.Documented():
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("%s is %s, and only serverless and pro are documented (seen in the list).", best.Name, best.Type)
	case best.State == connector.Running:
		n.Holds, n.Text = ItHolds, fmt.Sprintf("%s runs, %s (seen in the list).", best.Name, best.Type)
		if unknown {
			n.Holds = CannotTell
		}
	case best.State == connector.Starting:
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("%s is starting, %s (seen in the list).", best.Name, best.Type)
	case best.ID == s.Chosen.ID:
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("%s is %s, %s (seen in the list).", best.Name, best.State.Word(), best.Type)
	default:
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("None runs. %s can be started, %s (seen in the list).", best.Name, best.Type)
	}
	if unknown {
		n.Text += " Whether CAN_USE is there shows when it is tried."
	}
	return n
}
