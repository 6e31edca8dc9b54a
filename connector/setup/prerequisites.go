package setup

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/prerequisites"
)

// Prerequisites says for each thing a set-up needs whether it is there, as far as the steps have shown it. It never asks the workspace.
func (s *Setup) Prerequisites() []prerequisites.Prerequisite {
	d := s.draft
	return prerequisites.Seen{
		Connected: d.Connected(), Principal: d.Principal(),
		Schema: d.Schema(), Reached: d.Check(Namespace) == nil, Rest: s.rest(), Views: s.privileges.views, Metastore: s.privileges.metastore,
		Listed: s.listed, Chosen: d.Warehouse(), Used: s.used,
	}.All()
}

// rest is what has to be granted besides the way to the schema.
func (s *Setup) rest() []grants.Need {
	if s.draft.Schema().IsZero() {
		return nil
	}
	return s.readNeeds(nil)
}

// Given are the six values that the documentation asks for, and whether the draft has them.
func (s *Setup) Given() []prerequisites.Prerequisite {
	d := s.draft
	var out []prerequisites.Prerequisite
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
		n := prerequisites.Prerequisite{Name: v.name}
		if v.has {
			n.Holds = prerequisites.ItHolds
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
