package model

import (
	"fmt"
	"slices"
)

// ControlledKind is a kind of thing that has an access control list: the object_type of the permissions API.
type ControlledKind string

// The kinds that have something of their own beyond their row.
const (
	WarehouseAccess ControlledKind = "warehouses"
	TokenAccess     ControlledKind = "tokens"
	PasswordAccess  ControlledKind = "passwords"
)

// Controlled names one thing with an access control list.
type Controlled struct {
	Kind ControlledKind
	ID   string // empty where there is one list for all of the kind
}

// The lists that there is one of.
var (
	onTokens    = Controlled{Kind: TokenAccess}
	onPasswords = Controlled{Kind: PasswordAccess}
)

// ControlRow says all that the permissions API has to know of a kind: its routes, its levels and who may manage it follow from it.
type ControlRow struct {
	Kind   ControlledKind
	Type   string   // the object_type of the answers, where that is not the kind
	Paths  []string // after permissions/; {id} stands for the id
	Object string   // the object_id of the answers, to which the id is added
	Noun   string   // what error texts call one, such as "warehouse"
	Levels []LevelRow

	AdminsManage bool   // CAN_MANAGE is for the group admins alone
	InheritsFrom string // the object above all of the kind, on which the group admins has CAN_MANAGE; empty where they have it on each
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
		Kind: WarehouseAccess, Paths: []string{"warehouses/{id}", "sql/warehouses/{id}"}, Object: "/sql/warehouses/", Noun: "warehouse",
		Levels: []LevelRow{
			{CanView, "Can view the SQL warehouse"}, {CanUse, "Can use the SQL warehouse"}, {CanMonitor, "Can monitor the SQL warehouse"},
			{CanManage, "Can manage the SQL warehouse"}, {IsOwner, "Is owner of the SQL warehouse"},
		},
		InheritsFrom: "/sql/warehouses/",
	},
	{
		Kind: TokenAccess, Paths: []string{"authorization/tokens"}, Object: "/authorization/tokens", Noun: "tokens",
		Levels:       []LevelRow{{CanUse, "Can use personal access tokens"}, {CanManage, "Can manage personal access tokens"}},
		AdminsManage: true,
	},
	{
		Kind: PasswordAccess, Paths: []string{"authorization/passwords"}, Object: "/authorization/passwords", Noun: "passwords",
		Levels:       []LevelRow{{CanUse, "Can use passwords"}, {CanManage, "Can manage passwords"}},
		AdminsManage: true,
	},
}

// Controls lists the rows of all kinds.
func Controls() []ControlRow {
	out := slices.Clone(controls)
	for _, row := range thingRows {
		if !row.View {
			out = append(out, row.Control)
		}
	}
	return out
}

// ParseControlledKind reads a kind as the permissions API has it. It is an error for a word that is none.
func ParseControlledKind(text string) (ControlledKind, error) {
	if _, known := ControlledKind(text).row(); !known {
		return "", fmt.Errorf("%q is not a kind of object with permissions", text)
	}
	return ControlledKind(text), nil
}

func (k ControlledKind) row() (ControlRow, bool) {
	i := slices.IndexFunc(controls, func(r ControlRow) bool { return r.Kind == k })
	if i < 0 {
		row, known := thingRow(k)
		return row.Control, known
	}
	return controls[i], true
}

func (r ControlRow) has(level Level) bool {
	return slices.ContainsFunc(r.Levels, func(l LevelRow) bool { return l.Level == level })
}
