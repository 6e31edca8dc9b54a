package check

import (
	"slices"
	"time"
)

// The deadlines of the ladder. StartDeadline bounds the wait for a warehouse that a person asked to start. verdict bounds everything up
// to a sign-in that is known to be good or not, so that nobody waits for each stage in turn where nothing answers.
const (
	StartDeadline = 10 * time.Minute
	verdict       = 15 * time.Second
	short         = 3 * time.Second
	usual         = 5 * time.Second
	long          = 10 * time.Second
	sqlDeadline   = 30 * time.Second
)

// All is the whole ladder, from the values to the end of the secret.
func All() []Stage { return between(ladder[0].ID, ladder[len(ladder)-1].ID) }

// Reach is how far one comes without credentials: for a Subject whose Workspace was opened with workspace.OpenAnonymous.
func Reach() []Stage { return between(StageValues, StageNetworkRules) }

// Connect proves that the connector can sign in: what Test connection runs.
func Connect() []Stage { return between(StageValues, StageSQLAccess) }

// Warehouse proves that a SQL warehouse takes statements. It begins with the entitlement, which a warehouse alone shows to be missing.
func Warehouse() []Stage { return between(StageSQLAccess, StageSQL) }

// Namespace proves that the way to a schema is open.
func Namespace() []Stage { return between(StageCatalog, StageSchema) }

// Access proves that the chosen tables can be read, and looks at what else the principal may do.
func Access() []Stage { return between(StageColumns, StageReadOnly) }

// Beyond looks at what else the principal may do with what was chosen.
func Beyond() []Stage { return between(StageReadOnly, StageReadOnly) }

// Reading is Access with what it stands on: that the warehouse runs and takes statements.
func Reading() []Stage { return append(between(StageState, StageSQL), Access()...) }

// between is a part of the ladder by its first and its last stage. All are gates but those that advise: what they find stands in nobody's way.
func between(first, last ID) []Stage {
	var part []Stage
	within := false
	for _, stage := range ladder {
		if within = within || stage.ID == first; within {
			stage.Gate = !stage.Advisory
			part = append(part, stage)
		}
		if stage.ID == last {
			break
		}
	}
	return part
}

// NameOf is the name of a stage, or the ID itself where the ladder has no such stage.
func NameOf(id ID) string {
	if stage, ok := Find(id); ok {
		return stage.Name
	}
	return string(id)
}

// Find is a stage of the ladder, and false where there is none of this ID.
func Find(id ID) (Stage, bool) {
	i := slices.IndexFunc(ladder, func(s Stage) bool { return s.ID == id })
	if i < 0 {
		return Stage{}, false
	}
	return ladder[i], true
}
