package registry

import "slices"

// Kind is a kind of thing that has an access control list: the object_type of the permissions API.
type Kind string

// The kinds that have something of their own beyond their row.
const (
	Warehouses Kind = "warehouses"
	Tokens     Kind = "tokens"
	Passwords  Kind = "passwords"
)

// ControlRow says all that the permissions API has to know of a kind: its routes, its levels and who may manage it follow from it.
type ControlRow struct {
	Kind   Kind
	Type   string   // the object_type of the answers, where that is not the kind
	Paths  []string // after permissions/; {id} stands for the id
	Object string   // the object_id of the answers, to which the id is added
	Noun   string   // what error texts call one, such as "warehouse"
	Levels []LevelRow

	AdminsManage bool   // only workspace admins may see and change the list, and CAN_MANAGE is for the group admins alone
	AdminsListed bool   // the group admins is on the list where somebody put it there, and not always
	InheritsFrom string // the object above all of the kind, on which the group admins has CAN_MANAGE; empty where they have it on each
	Root         string // the id of the object above all of the kind, where that has a list of its own that reaches each
	InFolders    bool   // one lies in a folder of the workspace, and what is granted on a folder above it reaches it
}

// LevelRow is a level that can be granted, and its description. Where IS_OWNER can be, one principal, and no group, is the owner.
type LevelRow struct {
	Level       Level
	Description string
}

// controls are the rows of what has something of its own. Those of other kinds are in thingRows.
var controls = []ControlRow{
	{
		Kind: Warehouses, Paths: []string{"warehouses/{id}", "sql/warehouses/{id}"}, Object: "/sql/warehouses/", Noun: "warehouse",
		Levels: []LevelRow{
			{CanView, "Can view the SQL warehouse"}, {CanUse, "Can use the SQL warehouse"}, {CanMonitor, "Can monitor the SQL warehouse"},
			{CanManage, "Can manage the SQL warehouse"}, {IsOwner, "Is owner of the SQL warehouse"},
		},
		InheritsFrom: "/sql/warehouses/",
	},
	{
		Kind: Tokens, Paths: []string{"authorization/tokens"}, Object: "/authorization/tokens", Noun: "tokens",
		Levels:       []LevelRow{{CanUse, "Can use personal access tokens"}, {CanManage, "Can manage personal access tokens"}},
		AdminsManage: true,
	},
	{
		Kind: Passwords, Paths: []string{"authorization/passwords"}, Object: "/authorization/passwords", Noun: "passwords",
		Levels:       []LevelRow{{CanUse, "Can use passwords"}},
		AdminsManage: true, AdminsListed: true,
	},
}

// Controls lists the rows of all kinds.
func Controls() []ControlRow { return slices.Clone(everyControl) }

var everyControl = func() []ControlRow {
	out := slices.Clone(controls)
	for _, row := range thingRows {
		if !row.View {
			out = append(out, row.Control)
		}
	}
	return out
}()

// Row finds the row of a kind.
func (k Kind) Row() (ControlRow, bool) {
	i := slices.IndexFunc(everyControl, func(r ControlRow) bool { return r.Kind == k })
	if i < 0 {
		return ControlRow{}, false
	}
	return everyControl[i], true
}

// Has reports whether a level can be granted on one of the kind.
func (r ControlRow) Has(level Level) bool {
	return slices.ContainsFunc(r.Levels, func(l LevelRow) bool { return l.Level == level })
}
