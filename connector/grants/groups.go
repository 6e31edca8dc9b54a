package grants

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
)

// Group is a group as a directory lists it, by IDs: several may have the same name.
type Group struct {
	ID      string
	Name    connector.Remote
	Members []string // their IDs
}

// Membership is a group that somebody is in, itself or through other groups.
type Membership struct {
	Identity
	At int // of the group in the list
}

// Memberships are the groups of a list that somebody is in, by ID, groups of groups included as far as access counts them, the nearest first.
func Memberships(id string, groups []Group) ([]Membership, error) {
	b := access.New(access.Table())
	who := b.Principal(access.Member{Kind: access.ServicePrincipal, Name: id})
	at := map[access.Principal]int{}
	ids := map[string]access.Principal{id: who}
	for i, g := range groups {
		ids[g.ID] = b.Principal(access.Member{Kind: access.Group, Name: g.ID, Members: true})
		at[ids[g.ID]] = i
	}
	for _, g := range groups {
		for _, member := range g.Members {
			if p, known := ids[member]; known {
				b.Join(ids[g.ID], p)
			}
		}
	}
	facts, err := b.Build()
	if err != nil {
		return nil, err //nolint:wrapcheck // it says all there is to say
	}
	var out []Membership
	for _, belonging := range facts.Circle(who, access.Account) {
		if belonging.To == who {
			continue
		}
		m := Membership{At: at[belonging.To]}
		m.Name, m.Group = groups[m.At].Name, true
		for i := len(belonging.Way) - 2; i >= 0; i-- {
			m.Via = append(m.Via, groups[at[belonging.Way[i].To]].Name)
		}
		out = append(out, m)
	}
	return out, nil
}
