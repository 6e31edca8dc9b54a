package steps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// need is a prerequisite that the documentation names, with what is known of it.
type need struct {
	mark ui.Mark
	name string
	text string
}

// cardTitle stands over the prerequisites, on the screen and in the plain prompts.
const cardTitle = "Before you begin"

// prerequisites says for each thing a set-up needs whether it is there, how that was seen, and who else has it. It never asks the
// workspace: it tells what the steps so far have shown. Rights are only seen through the connector's own eyes, which are not the person's.
func (s *Setup) prerequisites() []need {
	return []need{s.adminNeed(), s.ownerNeed(), s.warehouseNeed(), {
		ui.MarkUnknown, "Draftt dashboard", "Needs a login there. Cannot be checked from here.",
	}}
}

func (s *Setup) adminNeed() need {
	n := need{ui.MarkWaiting, "Workspace admin", "Makes the service principal and its secret. Checked after sign-in."}
	who := s.draft.Principal()
	switch {
	case !s.draft.Connected():
	case slices.ContainsFunc(who.Groups, func(g connector.Remote) bool { return g.Raw() == "admins" }):
		n.mark, n.text = ui.MarkWarn, fmt.Sprintf("%s is itself in the group admins (asked who it is). That is more than read-only needs.", who.Label())
	default:
		n.mark, n.text = ui.MarkUnknown, fmt.Sprintf("Whether you are one cannot be seen with the rights of %s. Members of the group admins are.", who.Label())
	}
	return n
}

func (s *Setup) ownerNeed() need {
	n := need{ui.MarkWaiting, "Metastore admin", "Or the owner of the tables. Runs the GRANTs; step 3 names the owner."}
	switch schema := s.draft.Schema(); {
	case schema.IsZero() || len(s.owners) == 0:
	case s.draft.Check(Namespace) == nil:
		n.mark, n.text = ui.MarkPass, fmt.Sprintf("USE CATALOG and USE SCHEMA on %s hold (seen in step 3). For the rest ask %s.", schema, strings.Join(s.owners, ", "))
	default:
		n.mark, n.text = ui.MarkUnknown, fmt.Sprintf("The owner (%s) or a metastore admin can grant on %s. Whether you are among them cannot be seen from here.", strings.Join(s.owners, ", "), schema)
	}
	return n
}

func (s *Setup) warehouseNeed() need {
	n := need{ui.MarkWaiting, "SQL warehouse", "A running one, serverless or pro, with CAN_USE. Checked in step 2."}
	best := bestWarehouse(s.listed)
	if chosen := s.draft.Warehouse(); chosen.ID != "" {
		best = chosen
	}
	switch {
	case s.listed == nil:
	case len(s.listed) == 0:
		n.mark, n.text = ui.MarkFail, "None is listed. Its owner or a workspace admin gives CAN_USE."
	case !best.Type.Documented():
		n.mark, n.text = ui.MarkWarn, fmt.Sprintf("%s is %s, and only serverless and pro are documented (seen in the list).", best.Name, best.Type)
	case best.State == connector.Running:
		n.mark, n.text = ui.MarkPass, fmt.Sprintf("%s runs, %s (seen in the list).", best.Name, best.Type)
	case best.State == connector.Starting:
		n.mark, n.text = ui.MarkWarn, fmt.Sprintf("%s is starting, %s (seen in the list).", best.Name, best.Type)
	case best.ID == s.draft.Warehouse().ID:
		n.mark, n.text = ui.MarkWarn, fmt.Sprintf("%s is %s, %s (seen in the list).", best.Name, best.State.Word(), best.Type)
	default:
		n.mark, n.text = ui.MarkWarn, fmt.Sprintf("None runs. %s can be started, %s (seen in the list).", best.Name, best.Type)
	}
	return n
}

// bestWarehouse is the one that serves best: documented before classic, running before stopped.
func bestWarehouse(list []connector.Warehouse) connector.Warehouse {
	var best connector.Warehouse
	rank := -1
	for _, w := range list {
		r := 0
		if w.Type.Documented() {
			r += 2
		}
		if w.State == connector.Running {
			r++
		}
		if r > rank {
			best, rank = w, r
		}
	}
	return best
}

// given are the six values that the documentation asks for, and whether the draft has them.
func (s *Setup) given() []need {
	d := s.draft
	var out []need
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
		n := need{mark: ui.MarkWaiting, name: v.name}
		if v.has {
			n.mark = ui.MarkPass
		}
		out = append(out, n)
	}
	return out
}

// nameColumn is where the text of a prerequisite starts.
const nameColumn = 20

// card draws the prerequisites for the screen.
func (s *Wizard) card(width int) string {
	var b strings.Builder
	for _, n := range s.prerequisites() {
		text := strings.ReplaceAll(ui.Wrap(ui.Clean(n.text), width-nameColumn), "\n", "\n"+strings.Repeat(" ", nameColumn))
		fmt.Fprintf(&b, "%s %-*s%s\n", s.theme.Mark(n.mark), nameColumn-2, n.name, text)
	}
	var values []string
	for _, n := range s.given() {
		if n.mark == ui.MarkPass {
			n.name = n.mark.String() + " " + n.name
		}
		values = append(values, n.name)
	}
	return b.String() + "\n" + ui.Wrap("You give: "+strings.Join(values, ", ")+".", width)
}

// cardOpens reports whether the card comes before step 1: at a first start, with nothing answered yet.
func (s *Setup) cardOpens() bool {
	if s.env.Demo != nil || s.draft.HostText() != "" || s.draft.ClientIDText() != "" || !s.draft.Schema().Catalog.IsZero() || s.env.Vault == nil {
		return false
	}
	_, protected, err := s.env.Vault.Protection()
	return err == nil && !protected
}
