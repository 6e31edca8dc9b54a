package registry

import "slices"

// Level is what a principal may do with something that has an access control list. A higher level includes those below it.
type Level uint8

// The permission levels. On warehouses CAN_USE sees, starts and queries; CAN_MONITOR also watches others' queries; CAN_MANAGE also stops.
// On clusters CAN_ATTACH_TO and CAN_RESTART, on pipelines CAN_RUN, on jobs CAN_MANAGE_RUN and on endpoints CAN_QUERY stand between seeing and
// managing. Of tokens and passwords, CAN_USE creates and uses them, and CAN_MANAGE belongs to workspace admins alone.
const (
	NoAccess Level = iota
	CanView
	CanRead
	CanAttachTo
	CanUse
	CanQuery
	CanRestart
	CanRun
	CanManageRun
	CanEdit
	CanManageStaging
	CanManageProduction
	CanMonitor
	CanManage
	IsOwner
)

var levelNames = [...]string{
	"", "CAN_VIEW", "CAN_READ", "CAN_ATTACH_TO", "CAN_USE", "CAN_QUERY", "CAN_RESTART", "CAN_RUN", "CAN_MANAGE_RUN", "CAN_EDIT",
	"CAN_MANAGE_STAGING_VERSIONS", "CAN_MANAGE_PRODUCTION_VERSIONS", "CAN_MONITOR", "CAN_MANAGE", "IS_OWNER",
}

// String is the level as the REST API writes it.
func (l Level) String() string { return levelNames[l] }

// ParseLevel reads a level as the REST API writes it. It reports whether the word is one.
func ParseLevel(text string) (Level, bool) {
	i := slices.Index(levelNames[1:], text)
	return Level(i + 1), i >= 0
}
