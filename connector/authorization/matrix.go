package authorization

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Task is something that a permission on tokens or passwords is for.
type Task struct {
	ID     string // what a command line names
	Name   string // as the pages of Databricks have it
	Least  Level  // the least level that it takes
	Admins bool   // it takes a workspace admin besides
	Call   string // the request that does it, where one does
}

// tasks are the two tables of tasks, in the order of the documented ones.
var tasks = map[Object][]Task{
	Tokens: {
		{ID: "create", Name: "Create a token", Least: CanUse, Call: "POST /api/2.0/token/create"},
		{ID: "use", Name: "Use a token for authentication", Least: CanUse},
		{ID: "revoke-own", Name: "Revoke your own token", Least: CanUse, Call: "POST /api/2.0/token/delete"},
		{ID: "revoke-any", Name: "Revoke any user's or service principal's token", Least: CanManage, Call: "DELETE /api/2.0/token-management/tokens/{id}"},
		{ID: "list-all", Name: "List all tokens", Least: CanManage, Call: "GET /api/2.0/token-management/tokens"},
		{ID: "modify", Name: "Modify token permissions", Least: CanManage, Call: "PATCH /api/2.0/permissions/authorization/tokens"},
	},
	Passwords: {
		{ID: "api", Name: "Can authenticate to the API using password", Least: CanUse},
		{ID: "ui", Name: "Can authenticate to the Databricks UI using password", Least: CanUse, Admins: true},
	},
}

// Tasks are the tasks of an object, in the order of the documented table.
func Tasks(o Object) []Task { return append([]Task(nil), tasks[o]...) }

// FindTask finds a task by its ID. Errors are *connector.Error.
func FindTask(o Object, id string) (Task, error) {
	var ids []string
	for _, t := range tasks[o] {
		if t.ID == id {
			return t, nil
		}
		ids = append(ids, t.ID)
	}
	return Task{}, &connector.Error{
		Kind: connector.ErrInput, What: connector.CleanLine(id, 40) + " is no task.", Remedy: "Give one of " + list(ids) + ".",
	}
}

// Allows reports whether somebody with this level may do the task. admin tells whether they are a workspace admin.
func (t Task) Allows(level Level, admin bool) bool { return level >= t.Least && (admin || !t.Admins) }

// LevelsOf are the levels that there are of an object, the least first.
func LevelsOf(o Object) []Level {
	if o == Passwords {
		return []Level{NoPermissions, CanUse}
	}
	return []Level{NoPermissions, CanUse, CanManage}
}

// whyLocked says why the level of the group admins on tokens cannot be changed.
const whyLocked = "workspace admins have it by default, it cannot be taken from them, and nobody else can be given it"

// Matrix is the documented table of tasks: which of them a level allows.
func Matrix(o Object) (headings []string, rows [][]string) {
	headings = []string{"TASK"}
	for _, level := range LevelsOf(o) {
		headings = append(headings, strings.ToUpper(level.String()))
	}
	for _, task := range Tasks(o) {
		row := []string{task.Name}
		for _, level := range LevelsOf(o) {
			cell := ""
			if task.Allows(level, true) {
				cell = "x"
			}
			if task.Admins && cell != "" {
				cell += " (workspace admins only)"
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	return headings, rows
}
