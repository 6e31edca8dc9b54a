package setup

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

// PrerequisitesTitle stands over the prerequisites.
func PrerequisitesTitle() string { return card().Title }

// prerequisite is one of the card, before anything is known of it.
func prerequisite(i int) Prerequisite {
	return Prerequisite{Name: card().Needs[i].Name, Text: card().Needs[i].Text}
}

// Prerequisites says for each thing a set-up needs whether it is there, how that was seen, and who else has it. It never asks the
// workspace: it tells what the steps so far have shown. Rights are only seen through the connector's own eyes, which are not the person's.
func (s *Setup) Prerequisites() []Prerequisite {
	dashboard := prerequisite(3)
	dashboard.Holds = CannotTell
	return []Prerequisite{s.adminNeed(), s.ownerNeed(), s.warehouseNeed(), dashboard}
}

func (s *Setup) adminNeed() Prerequisite {
	n := prerequisite(0)
	who := s.draft.Principal()
	switch {
	case !s.draft.Connected():
	case slices.ContainsFunc(who.Groups, func(g connector.Remote) bool { return g.Raw() == grants.AdminsGroup }):
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("%s is itself in the group admins (asked who it is). That is more than read-only needs.", who.Label())
	default:
		n.Holds, n.Text = CannotTell, fmt.Sprintf("Whether you are one cannot be seen with the rights of %s. Members of the group admins are.", who.Label())
	}
	return n
}

func (s *Setup) ownerNeed() Prerequisite {
	n := prerequisite(1)
	switch schema := s.draft.Schema(); {
	case schema.IsZero() || len(s.owners) == 0:
	case s.draft.Check(Namespace) == nil:
		n.Holds, n.Text = ItHolds, fmt.Sprintf("USE CATALOG and USE SCHEMA on %s hold (seen in step 3). For the rest ask %s.", schema, strings.Join(s.owners, ", "))
	default:
		n.Holds, n.Text = CannotTell, fmt.Sprintf("The owner (%s) or a metastore admin can grant on %s. Whether you are among them cannot be seen from here.", strings.Join(s.owners, ", "), schema)
	}
	return n
}

func (s *Setup) warehouseNeed() Prerequisite {
	n := prerequisite(2)
	best := connector.BestWarehouse(s.listed)
	if chosen := s.draft.Warehouse(); chosen.ID != "" {
		best = chosen
	}
	switch {
	case s.listed == nil:
	case len(s.listed) == 0:
		n.Holds, n.Text = ItLacks, "None is listed. Its owner or a workspace admin gives CAN_USE."
	case !best.Type.Documented():
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("%s is %s, and only serverless and pro are documented (seen in the list).", best.Name, best.Type)
	case best.State == connector.Running:
		n.Holds, n.Text = ItHolds, fmt.Sprintf("%s runs, %s (seen in the list).", best.Name, best.Type)
	case best.State == connector.Starting:
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("%s is starting, %s (seen in the list).", best.Name, best.Type)
	case best.ID == s.draft.Warehouse().ID:
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("%s is %s, %s (seen in the list).", best.Name, best.State.Word(), best.Type)
	default:
		n.Holds, n.Text = ItHoldsBut, fmt.Sprintf("None runs. %s can be started, %s (seen in the list).", best.Name, best.Type)
	}
	return n
}

// Given are the six values that the documentation asks for, and whether the draft has them.
func (s *Setup) Given() []Prerequisite {
	d := s.draft
	var out []Prerequisite
	for _, v := range []struct {
		name string
		has  bool
	}{
		{"workspace host", !d.Host().IsZero()},
		{"client ID", d.clientID != "" || d.Method() == connector.PAT},
		{"secret", !d.Secret().IsZero()},
		{"catalog", !d.Schema().Catalog.IsZero()},
		{"schema", !d.Schema().IsZero()},
		{"table", len(d.Tables()) > 0},
	} {
		n := Prerequisite{Name: v.name}
		if v.has {
			n.Holds = ItHolds
		}
		out = append(out, n)
	}
	return out
}

// FirstStart reports whether the card comes before step 1: at a first start, with nothing answered yet.
func (s *Setup) FirstStart() bool {
	if s.env.Demo != nil || s.draft.HostText() != "" || s.draft.ClientIDText() != "" || !s.draft.Schema().Catalog.IsZero() || s.env.Vault == nil {
		return false
	}
	_, protected, err := s.env.Vault.Protection()
	return err == nil && !protected
}
