package seed

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// peopleFile is demo-people.yaml.
type peopleFile struct {
	Metastore         struct{ ID, Name, Owner, Region string }
	Groups            []person
	ServicePrincipals []person `yaml:"service_principals"`
	Users             []person
	Permissions       []struct {
		Kind, ID string
		Access   map[string]string
	}
}

// person is a principal of any kind. Its name is what grants name.
type person struct {
	ID, Name       string
	DisplayName    string   `yaml:"display_name"`
	MemberOf       []string `yaml:"member_of"`
	WorkspaceLocal bool     `yaml:"workspace_local"`
	Entitlements   []string
	Token          bool
	Unassigned     bool
	External       bool
	ExternalID     string   `yaml:"external_id"`
	AccountRoles   []string `yaml:"account_roles"`
}

func (f peopleFile) into(s *Seed) error {
	s.Metastore = model.Metastore(f.Metastore)
	for _, of := range []struct {
		kind model.PrincipalKind
		list []person
	}{{model.Group, f.Groups}, {model.ServicePrincipal, f.ServicePrincipals}, {model.User, f.Users}} {
		for _, p := range of.list {
			if s.knows(p.Name) == nil {
				return fmt.Errorf("there are two principals %q", p.Name)
			}
			s.Principals = append(s.Principals, model.Principal{
				Kind: of.kind, ID: p.ID, Name: p.Name, DisplayName: p.DisplayName, Active: of.kind != model.Group,
				Entitlements: p.Entitlements, MemberOf: p.MemberOf, WorkspaceLocal: p.WorkspaceLocal,
				Unassigned: p.Unassigned, External: p.External, AccountRoles: p.AccountRoles, Profile: model.Profile{ExternalID: p.ExternalID},
			})
			if p.Token {
				s.TokenHolders = append(s.TokenHolders, p.Name)
			}
		}
	}
	if err := s.mayOwn(f.Metastore.Owner); err != nil {
		return fmt.Errorf("metastore: %w", err)
	}
	for _, p := range s.Principals {
		if err := s.checkPerson(p); err != nil {
			return fmt.Errorf("principal %s: %w", p.Name, err)
		}
	}
	return f.lists(s)
}

func (s *Seed) checkPerson(p model.Principal) error {
	for _, group := range p.MemberOf {
		if err := s.knows(group); err != nil {
			return err
		}
	}
	for _, e := range p.Entitlements {
		if err := model.CheckEntitlement(e); err != nil {
			return err
		}
	}
	for _, role := range p.AccountRoles {
		if role != model.AccountAdminRole {
			return fmt.Errorf("%q is not a role of the account", role)
		}
	}
	return nil
}

func (f peopleFile) lists(s *Seed) error {
	for _, l := range f.Permissions {
		access, err := levels(l.Access)
		if err != nil {
			return fmt.Errorf("permissions of %s %s: %w", l.Kind, l.ID, err)
		}
		kind, err := model.ParseControlledKind(l.Kind)
		if err != nil {
			return err
		}
		for name := range access {
			if err := s.knows(name); err != nil {
				return fmt.Errorf("permissions of %s %s: %w", l.Kind, l.ID, err)
			}
		}
		s.Lists = append(s.Lists, List{On: model.Controlled{Kind: kind, ID: l.ID}, Access: access})
	}
	return nil
}

func levels(words map[string]string) (map[string]model.Level, error) {
	access := make(map[string]model.Level, len(words))
	for name, word := range words {
		var err error
		if access[name], err = model.ParseLevel(word); err != nil {
			return nil, err
		}
	}
	return access, nil
}
