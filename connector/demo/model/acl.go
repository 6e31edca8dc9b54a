package model

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// AccessRequest gives one principal a level. Kind is the kind of principal that Principal names, as requests keep them apart.
type AccessRequest struct {
	Kind      PrincipalKind
	Principal string
	Level     Level
}

// names reports whether the request's kind of name is that of the principal. A service principal has a user name besides, its application
// ID, and requests that give it as such are understood.
func (r AccessRequest) names(p *Principal) bool {
	return p.Kind == r.Kind || p.Kind == ServicePrincipal && r.Kind == User
}

// acl has each principal's level under its name.
type acl map[string]Level

// AccessList gives an access control list, the group admins last. It takes CAN_MANAGE. Errors are *Error; for tokens there is no list
// until the first personal access token was made.
func (w *World) AccessList(by *Principal, c Controlled) ([]AccessEntry, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	list, err := w.list(by, c)
	if err != nil {
		return nil, err
	}
	return w.entries(c, list), nil
}

// AccessLevels lists the levels that can be granted. It takes CAN_MANAGE.
func (w *World) AccessLevels(by *Principal, c Controlled) ([]registry.LevelRow, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if _, err := w.list(by, c); err != nil {
		return nil, err
	}
	row, _ := c.Kind.Row()
	return row.Levels, nil
}

// GrantAccess sets the levels of the principals it names, leaves everybody else's, and gives the list that results. It takes CAN_MANAGE.
// A new owner of a warehouse takes over from the old one, who keeps CAN_MANAGE; without a new one the old one stays the owner.
func (w *World) GrantAccess(by *Principal, c Controlled, requests []AccessRequest) ([]AccessEntry, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	list, err := w.list(by, c)
	if err != nil {
		return nil, err
	}
	wanted, err := w.resolve(by, c, list, requests)
	if err != nil {
		return nil, err
	}
	if owner := list.owner(); owner != "" && wanted.owner() != "" {
		list[owner] = CanManage
	} else if wanted[owner] > NoAccess {
		wanted[owner] = IsOwner
	}
	maps.Copy(list, wanted)
	w.lists[c] = list
	return w.entries(c, list), nil
}

// ReplaceAccess makes the requests the whole list and gives it. It takes CAN_MANAGE. A warehouse keeps its owner unless another one is
// named, and must be given one when it has none. Tokens of principals that may not use tokens any more are deleted at once.
func (w *World) ReplaceAccess(by *Principal, c Controlled, requests []AccessRequest) ([]AccessEntry, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	list, err := w.list(by, c)
	if err != nil {
		return nil, err
	}
	wanted, err := w.resolve(by, c, list, requests)
	if err != nil {
		return nil, err
	}
	if row, _ := c.Kind.Row(); row.Has(IsOwner) && wanted.owner() == "" {
		owner := list.owner()
		if owner == "" {
			return nil, invalidParameter("PUT requests for %s %s with no existing owner must provide a new owner.", row.Noun, c.ID)
		}
		wanted[owner] = IsOwner
	}
	clear(list)
	maps.Copy(list, wanted)
	w.lists[c] = list
	if c.Kind == TokenAccess {
		w.dropTokens(func(t *Token) bool {
			owner, ok := w.principal(t.Owner)
			return !ok || !w.mayUseTokens(owner)
		})
	}
	return w.entries(c, list), nil
}

// AddControlled gives a thing its access control list, with the creator as its owner where the kind has owners and the list names none, and
// managing it where it has none and something can be managed.
// Things of the kind that there is one of have theirs already. It returns an error for a kind or a level that is none, and for a
// principal who does not exist.
func (w *World) AddControlled(c Controlled, creator string, access map[string]Level) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.addList(c, creator, access)
}

func (w *World) addList(c Controlled, creator string, access map[string]Level) error {
	list, err := w.newList(c.Kind, access)
	if err != nil {
		return err
	}
	w.lists[c] = list
	w.letCreator(c, creator)
	return nil
}

// newList makes the access control list of a thing that is not there yet.
func (w *World) newList(kind ControlledKind, access map[string]Level) (acl, error) {
	row, known := kind.Row()
	if !known {
		return nil, fmt.Errorf("%q is not a kind of object with permissions", kind)
	}
	list := acl{}
	for _, name := range slices.Sorted(maps.Keys(access)) {
		p, ok := w.principal(name)
		if !ok {
			return nil, noPrincipal(name)
		}
		if access[name] != NoAccess && !row.Has(access[name]) {
			return nil, fmt.Errorf("%s cannot be granted on a %s", access[name], row.Noun)
		}
		list[p.Name] = access[name]
	}
	return list, nil
}

// letCreator gives the creator of a thing its part in a list that was made.
func (w *World) letCreator(c Controlled, creator string) {
	row, _ := c.Kind.Row()
	list := w.lists[c]
	p, ok := w.principal(creator)
	switch {
	case !ok:
	case row.Has(IsOwner) && list.owner() == "":
		list[p.Name] = IsOwner
	case !row.Has(IsOwner) && row.Has(CanManage) && w.level(p, c) < CanManage:
		list[p.Name] = CanManage
	}
}

// list finds an access control list and checks that by may see and change it.
func (w *World) list(by *Principal, c Controlled) (acl, error) {
	row, _ := c.Kind.Row()
	if c.Kind == WarehouseAccess {
		if _, err := w.warehouse(by, c.ID, CanManage); err != nil {
			return nil, err
		}
	}
	if row.AdminsManage {
		if err := w.checkAdmin(by); err != nil {
			return nil, err
		}
	}
	list, ok := w.accessList(c)
	switch {
	case !ok, c.Kind == TokenAccess && !w.tokensMade:
		return nil, noResource("%s %s does not exist.", row.Noun, cmp.Or(c.ID, row.Noun))
	case w.level(by, c) < CanManage:
		return nil, &Error{
			Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
			Message: fmt.Sprintf("%s does not have Manage permissions on %s %s. Please contact the owner or an administrator for access.",
				by.Name, row.Noun, c.ID),
		}
	}
	return list, nil
}

// level is the highest level that the principal or one of its groups has, on the thing or on a folder above it. Workspace admins manage
// everything.
func (w *World) level(who *Principal, c Controlled) Level { return w.highest(w.identities(who), c) }

// highest is level for somebody whose identities are known.
func (w *World) highest(identities []string, c Controlled) Level {
	highest := NoAccess
	if slices.Contains(identities, Admins) {
		highest = CanManage
	}
	for _, on := range append(w.above(c), c) {
		list, _ := w.accessList(on)
		for _, name := range identities {
			highest = max(highest, list[name])
		}
	}
	return highest
}

// resolve checks requests and gives them by name. The group admins is left out where what it has, it has always.
func (w *World) resolve(by *Principal, c Controlled, now acl, requests []AccessRequest) (acl, error) {
	wanted := acl{}
	for _, r := range requests {
		p, ok := w.principal(r.Principal)
		if !ok || !r.names(p) {
			return nil, &Error{
				Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound,
				Message: fmt.Sprintf("Principal: %s(%s) does not exist.", principalWords[r.Kind], r.Principal),
			}
		}
		if err := w.checkLevel(by, c, now, p, r.Level); err != nil {
			return nil, err
		}
		row, _ := c.Kind.Row()
		if r.Level == IsOwner && wanted.owner() != "" && wanted.owner() != p.Name {
			return nil, invalidParameter("A %s has exactly one owner.", row.Noun)
		}
		if p.Name != Admins || row.AdminsListed {
			wanted[p.Name] = max(wanted[p.Name], r.Level)
		}
	}
	return wanted, nil
}

// principalWords are the names that the permissions API gives to kinds of principal in errors.
var principalWords = map[PrincipalKind]string{User: "UserName", Group: "GroupName", ServicePrincipal: "ServicePrincipalName"}

func (w *World) checkLevel(by *Principal, c Controlled, now acl, p *Principal, level Level) error {
	row, _ := c.Kind.Row()
	switch {
	case !row.Has(level):
		return invalidParameter("Permission level '%s' cannot be granted here.", level)
	case row.AdminsManage && level == CanManage && p.Name != Admins:
		return invalidParameter("Only the group admins has CAN_MANAGE.")
	case level == IsOwner && p.Kind == Group:
		return invalidParameter("Group '%s' cannot be the owner of a %s.", p.Name, row.Noun)
	case level == IsOwner && now.owner() != p.Name && now.owner() != by.Name && !w.workspaceAdmin(by):
		return &Error{Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
			Message: "Only the owner and workspace admins can change the owner of a " + row.Noun + ".",
		}
	}
	return nil
}

func (l acl) owner() string {
	for name, level := range l {
		if level == IsOwner {
			return name
		}
	}
	return ""
}
