// Package authorization has the permissions to use personal access tokens and passwords as rules: which task takes which level, who has which
// level and which way it comes, who loses access and which tokens are deleted by a change, and the request that makes it.
//
// It reads and writes nothing. A Snapshot is what a session read, and a Plan is computed from it, so that the same snapshot always gives the
// same plan.
package authorization

import "errors"

// Object is what a list of permissions is about.
type Object string

// There is one list of each in a workspace.
const (
	Tokens    Object = "tokens"
	Passwords Object = "passwords"
)

// Noun is the object as a sentence has it.
func (o Object) Noun() string {
	if o == Passwords {
		return "passwords"
	}
	return "personal access tokens"
}

// Path is where the permissions API has the list. PreviewPath is the one of older pages, for a workspace that does not know the other.
func (o Object) Path() string { return "/api/2.0/permissions/authorization/" + string(o) }

// PreviewPath is the path that pages of the permissions preview have.
func (o Object) PreviewPath() string {
	return "/api/2.0/preview/permissions/authorization/" + string(o)
}

// Admins is the group of workspace admins. What it has is its own and cannot be given to others.
const Admins = "admins"

// The groups that everybody is in without being listed.
const (
	allUsers = "users"
	// AccountUsers is everybody of the account.
	AccountUsers = "account users"
)

// Level is what a principal may do with tokens or passwords. A higher level includes those below it.
type Level uint8

// The permission levels.
const (
	NoPermissions Level = iota
	CanUse
	CanManage
)

// levelNames has each level as Databricks' pages and as its API name it.
var levelNames = [...]struct{ page, api string }{{"No permissions", "NO_PERMISSIONS"}, {"Can Use", "CAN_USE"}, {"Can Manage", "CAN_MANAGE"}}

// String is the level as the pages of Databricks have it.
func (l Level) String() string { return levelNames[l].page }

// API is the level as the permissions API has it.
func (l Level) API() string { return levelNames[l].api }

// ParseLevel reads a level of the API. Only those that can be on a list are read.
func ParseLevel(text string) (Level, bool) {
	for level := CanUse; level <= CanManage; level++ {
		if levelNames[level].api == text {
			return level, true
		}
	}
	return NoPermissions, false
}

// The kinds of refusal that a caller may want to tell apart, with errors.Is. All are also ErrRefused.
var (
	ErrRefused     = errors.New("the permissions cannot be changed so")
	ErrNobody      = errors.New("there is nobody of this name")
	ErrAmbiguous   = errors.New("the name is that of several")
	ErrLocked      = errors.New("the level belongs to workspace admins alone")
	ErrThroughElse = errors.New("the level comes through a group")
	ErrLockOut     = errors.New("the last admin would be locked out")
	ErrStrange     = errors.New("the list has lines that are not understood")
	ErrNoText      = errors.New("the text is not one that can be read")
)
