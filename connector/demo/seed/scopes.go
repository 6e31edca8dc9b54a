package seed

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// scope is a secret scope: the names of its secrets with the day on which each was set, and who may do what with it.
type scope struct {
	Name   string
	Access map[string]string
	Vault  *struct{ ResourceID, DNSName string }
	Keys   map[string]string
}

// Scope is a secret scope with its access control list.
type Scope struct {
	model.Scope
	Access map[string]model.Level // by principal
}

// ipList is an IP access list, which was made by a principal on a day.
type ipList struct {
	ID, Label, By, Day string
	Block              bool
	Addresses          []string
}

func (c scope) into(s *Seed) error {
	out := Scope{Scope: model.Scope{Name: c.Name, Keys: map[string]time.Time{}}, Access: map[string]model.Level{}}
	for _, name := range slices.Sorted(maps.Keys(c.Access)) {
		if err := s.knows(name); err != nil {
			return fmt.Errorf("secret scope %s: %w", c.Name, err)
		}
		level, err := model.ParseScopePermission(c.Access[name])
		if err != nil {
			return fmt.Errorf("secret scope %s: %w", c.Name, err)
		}
		out.Access[name] = level
	}
	if c.Vault != nil {
		out.Vault = &model.KeyVault{ResourceID: c.Vault.ResourceID, DNSName: c.Vault.DNSName}
	}
	for key, day := range c.Keys {
		set, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return fmt.Errorf("secret scope %s: %w", c.Name, err)
		}
		out.Keys[key] = set
	}
	s.Scopes = append(s.Scopes, out)
	return nil
}

func (l ipList) into(s *Seed) error {
	i := slices.IndexFunc(s.Principals, func(p model.Principal) bool { return p.Name == l.By })
	if i < 0 {
		return fmt.Errorf("IP access list %s: %w", l.Label, s.knows(l.By))
	}
	made, err := time.Parse(time.DateOnly, l.Day)
	if err != nil {
		return fmt.Errorf("IP access list %s: %w", l.Label, err)
	}
	s.IPLists = append(s.IPLists, model.IPList{
		ID: l.ID, Label: l.Label, Block: l.Block, Addresses: l.Addresses, Enabled: true,
		Created: made, Updated: made, CreatedBy: s.Principals[i].ID, UpdatedBy: s.Principals[i].ID,
	})
	return nil
}
