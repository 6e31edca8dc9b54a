package model

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// Level is what a principal may do with something that has an access control list. A higher level includes those below it.
type Level uint8

// The permission levels. On warehouses CAN_USE sees, starts and queries; CAN_MONITOR also watches others' queries; CAN_MANAGE also stops.
// Of tokens and passwords, CAN_USE creates and uses them, and CAN_MANAGE belongs to workspace admins alone.
const (
	NoAccess Level = iota
	CanView
	CanUse
	CanMonitor
	CanManage
	IsOwner
)

var levelNames = [...]string{"", "CAN_VIEW", "CAN_USE", "CAN_MONITOR", "CAN_MANAGE", "IS_OWNER"}

// String is the level as the REST API writes it.
func (l Level) String() string { return levelNames[l] }

// ParseLevel reads a level as the REST API writes it. It returns an INVALID_PARAMETER_VALUE *Error for a word that is none.
func ParseLevel(text string) (Level, error) {
	if i := slices.Index(levelNames[1:], text); i >= 0 {
		return Level(i + 1), nil
	}
	return NoAccess, invalidParameter("'%s' is not a valid permission level.", text)
}

// ControlledKind is a kind of thing that has an access control list.
type ControlledKind uint8

// The kinds of this workspace.
const (
	WarehouseAccess ControlledKind = iota + 1
	TokenAccess
	PasswordAccess
)

// Controlled names one thing with an access control list.
type Controlled struct {
	Kind ControlledKind
	ID   string // of a warehouse; there is one list each for tokens and passwords
}

// controls says what can be granted on each kind.
var controls = map[ControlledKind]struct {
	levels []Level
	admins bool // whether CAN_MANAGE is for the group admins alone
}{
	WarehouseAccess: {levels: []Level{CanView, CanUse, CanMonitor, CanManage, IsOwner}},
	TokenAccess:     {levels: []Level{CanUse, CanManage}, admins: true},
	PasswordAccess:  {levels: []Level{CanUse, CanManage}, admins: true},
}

// AccessEntry is one line of an access control list.
type AccessEntry struct {
	Principal *Principal
	Level     Level
	Inherited bool // as a workspace admin, from the list above all of its kind
}

// AccessRequest gives one principal a level. Kind is the kind of principal that Principal names, as requests keep them apart.
type AccessRequest struct {
	Kind      PrincipalKind
	Principal string
	Level     Level
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
func (w *World) AccessLevels(by *Principal, c Controlled) ([]Level, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if _, err := w.list(by, c); err != nil {
		return nil, err
	}
	return controls[c.Kind].levels, nil
}

// GrantAccess sets the levels of the principals it names, leaves everybody else's, and gives the list that results. It takes CAN_MANAGE.
// A new owner of a warehouse takes over from the old one, who keeps CAN_MANAGE.
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
	}
	maps.Copy(list, wanted)
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
	if c.Kind == WarehouseAccess && wanted.owner() == "" {
		owner := list.owner()
		if owner == "" {
			return nil, invalidParameter("PUT requests for warehouse %s with no existing owner must provide a new owner.", c.ID)
		}
		wanted[owner] = IsOwner
	}
	clear(list)
	maps.Copy(list, wanted)
	if c.Kind == TokenAccess {
		w.dropTokens(func(t *Token) bool {
			owner, ok := w.principal(t.Owner)
			return !ok || !w.mayUseTokens(owner)
		})
	}
	return w.entries(c, list), nil
}

// list finds an access control list and checks that by may see and change it.
func (w *World) list(by *Principal, c Controlled) (acl, error) {
	if c.Kind == WarehouseAccess {
		n, err := w.warehouse(by, c.ID, CanManage)
		if err != nil {
			return nil, err
		}
		return n.acl, nil
	}
	if err := w.checkAdmin(by); err != nil {
		return nil, err
	}
	if c.Kind == PasswordAccess {
		return w.passwordAccess, nil
	}
	if !w.tokensMade {
		return nil, &Error{Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound, Message: "tokens tokens does not exist."}
	}
	return w.tokenAccess, nil
}

// resolve checks requests and gives them by name. The group admins is left out: what it has, it has always.
func (w *World) resolve(by *Principal, c Controlled, now acl, requests []AccessRequest) (acl, error) {
	wanted := acl{}
	for _, r := range requests {
		p, ok := w.principal(r.Principal)
		if !ok || p.Kind != r.Kind {
			return nil, &Error{
				Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound,
				Message: fmt.Sprintf("Principal: %s(%s) does not exist.", principalWords[r.Kind], r.Principal),
			}
		}
		if err := w.checkLevel(by, c, now, p, r.Level); err != nil {
			return nil, err
		}
		if r.Level == IsOwner && wanted.owner() != "" && wanted.owner() != p.Name {
			return nil, invalidParameter("A warehouse has exactly one owner.")
		}
		if p.Name != Admins {
			wanted[p.Name] = max(wanted[p.Name], r.Level)
		}
	}
	return wanted, nil
}

// principalWords are the names that the permissions API gives to kinds of principal in errors.
var principalWords = map[PrincipalKind]string{User: "UserName", Group: "GroupName", ServicePrincipal: "ServicePrincipalName"}

func (w *World) checkLevel(by *Principal, c Controlled, now acl, p *Principal, level Level) error {
	rules := controls[c.Kind]
	switch {
	case !slices.Contains(rules.levels, level):
		return invalidParameter("Permission level '%s' cannot be granted here.", level)
	case rules.admins && level == CanManage && p.Name != Admins:
		return invalidParameter("Only the group admins has CAN_MANAGE.")
	case level == IsOwner && p.Kind == Group:
		return invalidParameter("Group '%s' cannot be the owner of a warehouse.", p.Name)
	case level == IsOwner && now.owner() != p.Name && now.owner() != by.Name && !w.workspaceAdmin(by):
		return &Error{Code: "PERMISSION_DENIED", Status: http.StatusForbidden, Message: "Only the owner and workspace admins can change the owner of a warehouse."}
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

// entries writes a list out, by name, with the group admins at the end.
func (w *World) entries(c Controlled, list acl) []AccessEntry {
	var out []AccessEntry
	for _, name := range slices.Sorted(maps.Keys(list)) {
		if p, ok := w.principal(name); ok {
			out = append(out, AccessEntry{Principal: p, Level: list[name]})
		}
	}
	if admins, ok := w.principal(Admins); ok {
		out = append(out, AccessEntry{Principal: admins, Level: CanManage, Inherited: c.Kind == WarehouseAccess})
	}
	return out
}
