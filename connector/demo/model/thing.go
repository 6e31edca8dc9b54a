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
	Details     map[string]any
	Access      map[string]Level // by principal name; read by AddThing only
}

// ThingRow says all that the workspace has to know of a kind of thing: its routes, how its lists are paged, its errors and its permissions
// follow from it.
type ThingRow struct {
	Control  ControlRow
	Versions []string // of the REST API, such as "2.1"
	List     string   // the path of the list, after the version
	Get      string   // that of one; {id} stands for the id, and without it the id is in the parameter ID
	ID       string   // the field and parameter of the id
	Numeric  bool     // the id is a number in JSON
	Items    string   // the field of the list
	Size     string   // the parameter for the size of a page; empty where lists are not paged
	Usual    int      // the size of a page that nobody gave a size, and the largest
	Largest  int
	Absent   string // the error text for one that does not exist, with %s for the id
	Invalid  bool   // that error is 400 INVALID_PARAMETER_VALUE rather than 404
}

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
	if _, taken := w.findThing(t.Kind, t.ID); taken {
		return fmt.Errorf("add %s: %s exists", t.Kind, t.ID)
	}
	if err := w.addList(t.on(), t.Creator, t.Access); err != nil {
		return fmt.Errorf("add %s %s: %w", t.Kind, t.ID, err)
	}
	t.Access = nil
	w.things[t.Kind] = append(w.things[t.Kind], t)
	return nil
}

func (t Thing) on() Controlled { return Controlled{Kind: t.Kind, ID: t.ID} }

func (w *World) findThing(kind ControlledKind, id string) (Thing, bool) {
	i := slices.IndexFunc(w.things[kind], func(t Thing) bool { return t.ID == id })
	if i < 0 {
		return Thing{}, false
	}
	return w.things[kind][i], true
}

// Things lists the things of a kind that a principal has any permission on. The others exist without being listed, and nothing tells.
func (w *World) Things(who *Principal, kind ControlledKind) []Thing {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var out []Thing
	for _, t := range w.things[kind] {
		if w.level(who, t.on()) > NoAccess {
			out = append(out, t)
		}
	}
	return out
}

// Thing gives one thing. It returns an *Error when there is none with this id or the principal has no permission on it.
func (w *World) Thing(who *Principal, kind ControlledKind, id string) (Thing, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	row, _ := thingRow(kind)
	t, ok := w.findThing(kind, id)
	switch {
	case !ok && row.Invalid:
		return Thing{}, invalidParameter(row.Absent, id)
	case !ok:
		return Thing{}, noResource(row.Absent, id)
	case w.level(who, t.on()) == NoAccess:
		return Thing{}, &Error{
			Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
			Message: fmt.Sprintf("%s does not have View permissions on %s %s. Please contact the owner or an administrator for access.",
				who.Name, row.Control.Noun, id),
		}
	}
	return t, nil
}
