package access

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

func (s *Rules) addRight(c class, bit int, api, ui string) Right {
	r := rightOf(c, bit)
	s.names[r], s.byAPI[c][api] = rightName{api, ui}, r
	return r
}

func (s *Rules) addKind(k Kind, row kindRow) error {
	if _, twice := s.kinds[k]; twice {
		return fmt.Errorf("the kind %s is there twice", k)
	}
	row.code = uint8(len(s.codes)) //nolint:gosec // a table of some forty kinds
	s.kinds[k], s.codes = row, append(s.codes, k)
	return nil
}

func (s *Rules) loadPrivileges() error {
	for i := range s.Privileges {
		p := &s.Privileges[i]
		p.Right = s.addRight(unity, i, p.Name, strings.ReplaceAll(p.Name, "_", " "))
		for into, is := range map[*mask]bool{&s.beyondAll: p.BeyondAll, &s.beyondOwner: p.BeyondOwner, &s.writes: p.Writes, &s.makes: p.Makes} {
			if is {
				*into |= p.Right.mask()
			}
		}
	}
	s.addRight(unity, ownershipBit, "OWNERSHIP", "OWNERSHIP")
	for _, securable := range s.Securables {
		row := kindRow{name: securable.Name, class: unity, in: securable.In}
		for _, p := range s.Privileges {
			if slices.Contains(p.On, securable.Kind) {
				row.applies |= p.Right.mask()
			}
			if slices.Contains(p.Acts, securable.Kind) {
				row.acts |= p.Right.mask()
			}
		}
		if securable.Opens != "" {
			right, known := s.byAPI[unity][securable.Opens]
			if !known {
				return fmt.Errorf("%s opens by %s, which is no privilege", securable.Kind, securable.Opens)
			}
			row.opens, row.opening = right, true
		}
		if err := s.addKind(securable.Kind, row); err != nil {
			return err
		}
	}
	return nil
}

func (s *Rules) loadLevels(order, changing []string) error {
	for i, name := range order {
		s.order = append(s.order, s.addRight(levels, i, name, strings.ReplaceAll(name, "_", " ")))
	}
	for _, name := range changing {
		right, known := s.byAPI[levels][name]
		if !known {
			return fmt.Errorf("%s, which is to change something, is no level", name)
		}
		s.changing |= right.mask()
	}
	for i := range s.Levels {
		k := &s.Levels[i]
		row := kindRow{name: k.Name, class: levels, second: k.Second}
		for _, id := range k.Second {
			if secondChecks[id] == nil || s.Roles.Said(id) == id {
				return fmt.Errorf("%s of %s is no second check", id, k.Kind)
			}
		}
		for j := range k.Levels {
			l := &k.Levels[j]
			right, known := s.byAPI[levels][l.API]
			if !known || j > 0 && right <= k.Levels[j-1].Right {
				return fmt.Errorf("%s of %s is no level, or not in its place", l.API, k.Kind)
			}
			l.Right = right
			row.applies |= right.mask()
		}
		row.acts, row.levels = row.applies, k.Levels
		admins := k.Admins
		if admins == "" {
			admins = "CAN_MANAGE"
		}
		row.admins = s.byAPI[levels][admins]
		if err := s.addKind(k.Kind, row); err != nil {
			return err
		}
	}
	return nil
}

// Roles and assignments that are no row of a table.
const (
	roleAssignedUser  = "USER"
	roleAssignedAdmin = "ADMIN"
	roleGroupManager  = "group.manager"
	roleManager       = "servicePrincipal.manager"
	roleUser          = "servicePrincipal.user"
)

func (s *Rules) loadPlaces() error {
	var account, workspace mask
	bit := 0
	next := func(api, ui string) Right {
		bit++
		return s.addRight(standing, bit, api, ui)
	}
	for _, role := range s.Roles.Roles {
		if role.Plane == "account" {
			right := next(role.API, role.Name).mask()
			account |= right
			if role.Untold {
				s.untold |= right
			}
		}
	}
	for _, e := range s.Roles.Entitlements {
		if e.Is != "" {
			continue
		}
		right := next(e.API, e.UI).mask()
		workspace |= right
		switch e.Opens {
		case "sql":
			s.sql |= right
			s.access |= right
		case "workspace":
			s.access |= right
		case "":
		default:
			return fmt.Errorf("the entitlement %s opens %s, which is neither workspace nor sql", e.API, e.Opens)
		}
	}
	s.assignedUser, s.assignedAdmin = next(roleAssignedUser, "User"), next(roleAssignedAdmin, "Admin")
	workspace |= s.assignedUser.mask() | s.assignedAdmin.mask()
	group, manager := next(roleGroupManager, "Group manager").mask(), next(roleManager, "Service principal manager").mask()
	s.managers = group | manager
	principal := manager | next(roleUser, "Service principal user").mask()
	for _, add := range []struct {
		kind Kind
		name string
		may  mask
	}{{AccountKind, "Account", account}, {WorkspaceKind, "Workspace", workspace}, {GroupKind, "Group", group}, {ServicePrincipalKind, "Service principal", principal}} {
		if err := s.addKind(add.kind, kindRow{name: add.name, class: standing, applies: add.may, acts: add.may}); err != nil {
			return err
		}
	}
	return nil
}

// nameThem finds the rights that the rules are written with.
func (s *Rules) nameThem() error {
	for _, want := range []struct {
		into *Right
		c    class
		api  string
	}{
		{&s.use, unity, "USE_CATALOG"}, {&s.useSchema, unity, "USE_SCHEMA"}, {&s.sel, unity, "SELECT"}, {&s.manage, unity, "MANAGE"},
		{&s.browse, unity, "BROWSE"}, {&s.all, unity, "ALL_PRIVILEGES"}, {&s.usage, unity, "USAGE"}, {&s.readMetadata, unity, "READ_METADATA"},
		{&s.ownership, unity, "OWNERSHIP"}, {&s.canManage, levels, "CAN_MANAGE"}, {&s.scopeManage, levels, "MANAGE"}, {&s.isOwner, levels, "IS_OWNER"},
		{&s.accountAdmin, standing, "account_admin"},
	} {
		right, known := s.byAPI[want.c][want.api]
		if !known {
			return fmt.Errorf("the tables have no %s", want.api)
		}
		*want.into = right
	}
	if s.sql == 0 || s.access == s.sql {
		return errors.New("no entitlement opens the workspace, or none its SQL")
	}
	return nil
}

// satisfies are the granted rights that amount to one that is asked: itself, ALL PRIVILEGES where that stands for it, and higher levels.
func (s *Rules) satisfies(r Right) mask {
	switch {
	case r.class() == levels:
		return ^mask(0) << r.bit()
	case r.class() == unity && r != s.all && r != s.ownership && !s.beyondAll.has(r):
		return r.mask() | s.all.mask()
	}
	return r.mask()
}

// Named finds a right by its name in the API, for whoever fills in facts. It reports whether a kind can have such an entry.
func (s *Rules) Named(k Kind, api string) (Right, bool) {
	row, known := s.kind(k)
	if !known {
		return 0, false
	}
	r, known := s.byAPI[row.class][api]
	return r, known
}
