package model

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// Level is what a principal may do with something that has an access control list.
type Level = registry.Level

// ControlledKind is a kind of thing that has an access control list.
type ControlledKind = registry.Kind

// The permission levels that have a rule of their own here, as registry explains them.
const (
	NoAccess   = registry.NoAccess
	CanView    = registry.CanView
	CanRead    = registry.CanRead
	CanUse     = registry.CanUse
	CanEdit    = registry.CanEdit
	CanMonitor = registry.CanMonitor
	CanManage  = registry.CanManage
	IsOwner    = registry.IsOwner
)

// The kinds that have something of their own beyond their row.
const (
	WarehouseAccess = registry.Warehouses
	TokenAccess     = registry.Tokens
	PasswordAccess  = registry.Passwords
	Folders         = registry.Folders
	GitFolders      = registry.GitFolders
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

// ParseLevel reads a level as the REST API writes it. It returns an INVALID_PARAMETER_VALUE *Error for a word that is none.
func ParseLevel(text string) (Level, error) {
	level, known := registry.ParseLevel(text)
	if !known {
		return NoAccess, invalidParameter("'%s' is not a valid permission level.", text)
	}
	return level, nil
}

// ParseControlledKind reads a kind as the permissions API has it. It is an error for a word that is none.
func ParseControlledKind(text string) (ControlledKind, error) {
	if _, known := ControlledKind(text).Row(); !known {
		return "", fmt.Errorf("%q is not a kind of object with permissions", text)
	}
	return ControlledKind(text), nil
}
