package model

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// Thing is an object of the workspace that is no more than its row, such as a job: its id, who made it, and in Details all that the REST API
// says of it besides the id.
type Thing struct {
	Kind        ControlledKind
	ID, Creator string
	Path        string // in the folders of the workspace, for kinds that lie in them
	Details     map[string]any
	Access      map[string]Level // by principal name; read by AddThing only, and where the thing grows in a grove
}

// AddThing adds t at the end of the lists of its kind. It returns an error for a kind that is none, an id that is taken, and an access list
// as AddControlled does.
func (w *World) AddThing(t Thing) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !registry.HasThings(t.Kind) {
		return fmt.Errorf("add %s %s: there are no such objects here", t.Kind, t.ID)
	}
	list, err := w.newList(t.Kind, t.Access)
	if err != nil {
		return fmt.Errorf("add %s %s: %w", t.Kind, t.ID, err)
	}
	if err := w.addThing(t, list); err != nil {
		return err
	}
	w.letCreator(t.on(), t.Creator)
	return nil
}

// addThing puts a thing where its path says, and gives it its list. Where it returns an error nothing has changed.
func (w *World) addThing(t Thing, list acl) error {
	if _, taken := w.accessList(t.on()); taken {
		return fmt.Errorf("add %s: %s exists", t.Kind, t.ID)
	}
	if err := w.place(t); err != nil {
		return fmt.Errorf("add %s %s: %w", t.Kind, t.ID, err)
	}
	t.Access = nil
	w.lists[t.on()] = list
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
func (w *World) Thing(who *Principal, row registry.ThingRow, named string) (Thing, error) {
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
	case w.level(who, all[i].on()) < max(row.Takes, 1):
		return Thing{}, &Error{
			Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
			Message: fmt.Sprintf("%s does not have View permissions on %s %s. Please contact the owner or an administrator for access.",
				who.Name, row.Control.Noun, named),
		}
	}
	return all[i], nil
}

// DeleteThing ends a thing for good, and its access control list with it. It takes CAN_MANAGE, and returns the *Error of Thing besides.
func (w *World) DeleteThing(by *Principal, row registry.ThingRow, id string) error {
	if _, err := w.Thing(by, row, id); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	on := Controlled{Kind: row.Control.Kind, ID: id}
	if _, err := w.list(by, on); err != nil {
		return err
	}
	w.things[on.Kind] = slices.DeleteFunc(slices.Clone(w.things[on.Kind]), func(t Thing) bool { return t.ID == id })
	delete(w.lists, on)
	return nil
}
