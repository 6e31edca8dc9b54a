package model

import (
	"fmt"
	"net/http"
	"slices"
)

// Thing is an object of the workspace that is no more than its row, such as a job: its id, who made it, and in Details all that the REST API
// says of it besides the id.
type Thing struct {
	Kind        ControlledKind
	ID, Creator string
	Path        string // in the folders of the workspace, for kinds that lie in them
	Details     map[string]any
	Access      map[string]Level // by principal name; read by AddThing only
}

// ThingRow says all that the workspace has to know of a kind of thing: its routes, how its lists are paged, its errors and its permissions
// follow from it.
type ThingRow struct {
	Control  ControlRow
	Versions []string // of the REST API, such as "2.1"
	List     string   // the path of the list, after the version; empty where there is none
	Get      string   // that of one; {id} stands for the id, and without it the id is in the parameter ID; empty where there is none
	ID       string   // the field and parameter of the id
	Key      string   // the field and parameter of the name that Get has in place of the id
	Within   string   // the field that Get wraps one in
	Numeric  bool     // the id is a number in JSON
	Items    string   // the field of the list
	Size     string   // the parameter for the size of a page; empty where lists are not paged
	Usual    int      // the size of a page that nobody gave a size, and the largest
	Largest  int
	Absent   string // the error text for one that does not exist, with %s for the id
	Invalid  bool   // that error is 400 INVALID_PARAMETER_VALUE rather than 404

	View   bool              // a second look at things that have a row before this one
	Fields map[string]string // what a view calls the fields of the details that it has; nil where it has all of them as they are
	Post   bool              // the list is asked for by POST, its parameters in the body
	Bare   bool              // the list is an array
	Pages  bool              // pages are numbered
	Token  string            // the parameter for the token of a page, where that is not page_token
	Prefix string            // the parameter for the beginning of the paths to list
}

// thingRows are the rows. A new kind is a row in one of these lists, and its objects are in demo-workspace.yaml.
var thingRows = slices.Concat(computeRows, sqlRows, modelRows, folderRows)

// ThingRows lists the rows of all kinds.
func ThingRows() []ThingRow { return slices.Clone(thingRows) }

// thingRow finds the row of a kind.
func thingRow(kind ControlledKind) (ThingRow, bool) {
	i := slices.IndexFunc(thingRows, func(r ThingRow) bool { return r.Control.Kind == kind })
	if i < 0 {
		return ThingRow{}, false
	}
	return thingRows[i], true
}

// AddThing adds t at the end of the lists of its kind. It returns an error for a kind that is none, an id that is taken, and an access list
// as AddControlled does.
func (w *World) AddThing(t Thing) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := thingRow(t.Kind); !known {
		return fmt.Errorf("add %s %s: there are no such objects here", t.Kind, t.ID)
	}
	if _, taken := w.lists[t.on()]; taken {
		return fmt.Errorf("add %s: %s exists", t.Kind, t.ID)
	}
	if err := w.place(t); err != nil {
		return fmt.Errorf("add %s %s: %w", t.Kind, t.ID, err)
	}
	if err := w.addList(t.on(), t.Creator, t.Access); err != nil {
		return fmt.Errorf("add %s %s: %w", t.Kind, t.ID, err)
	}
	t.Access = nil
	w.things[t.Kind] = append(w.things[t.Kind], t)
	return nil
}

func (t Thing) on() Controlled { return Controlled{Kind: t.Kind, ID: t.ID} }

// Things lists the things of a kind that a principal has any permission on. The others exist without being listed, and nothing tells.
func (w *World) Things(who *Principal, kind ControlledKind) []Thing {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var out []Thing
	names := w.identities(who)
	for _, t := range w.things[kind] {
		if w.highest(names, t.on()) > NoAccess {
			out = append(out, t)
		}
	}
	return out
}

// Thing gives one thing by its id, or in a row with a Key by its name. It returns an *Error when there is none or the principal has no
// permission on it.
func (w *World) Thing(who *Principal, row ThingRow, named string) (Thing, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	all := w.things[row.Control.Kind]
	i := slices.IndexFunc(all, func(t Thing) bool {
		if row.Key != "" {
			return t.Details[row.Key] == named
		}
		return t.ID == named
	})
	switch {
	case i < 0 && row.Invalid:
		return Thing{}, invalidParameter(row.Absent, named)
	case i < 0:
		return Thing{}, noResource(row.Absent, named)
	case w.level(who, all[i].on()) == NoAccess:
		return Thing{}, &Error{
			Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
			Message: fmt.Sprintf("%s does not have View permissions on %s %s. Please contact the owner or an administrator for access.",
				who.Name, row.Control.Noun, named),
		}
	}
	return all[i], nil
}
