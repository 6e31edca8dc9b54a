package model

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// The types of volumes, in the words of the REST API.
const (
	ManagedVolume  = "MANAGED"
	ExternalVolume = "EXTERNAL"
)

// CreateVolume makes a volume that its maker owns. It takes USE CATALOG, USE SCHEMA and CREATE VOLUME, and for an external one CREATE EXTERNAL
// VOLUME on the external location that it lies in, as the description of CREATE VOLUME says. It returns an *Error.
func (w *World) CreateVolume(by *Principal, v Item) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mayCreateIn(by, unity.CreateVolume, unity.OnSchema(v.On.Catalog, v.On.Schema)); err != nil {
		return err
	}
	if err := w.checkNew(v.On, v.On.Name); err != nil {
		return err
	}
	if at, _ := v.Details["storage_location"].(string); v.Details["volume_type"] == ExternalVolume {
		if err := w.mayLieAt(by, at, unity.CreateExternalVolume); err != nil {
			return err
		}
	}
	v.Owner = by.Name
	i, _ := w.findItem(v.On)
	w.items[shelfOf(v.On)] = slices.Insert(w.items[shelfOf(v.On)], i, v)
	w.noteMade(by, v.On)
	return nil
}

// mayLieAt checks that somebody may put something at an address: it takes a privilege on the external location that has it.
func (w *World) mayLieAt(by *Principal, at string, p unity.Privilege) error {
	for _, item := range w.onShelf(unity.ExternalLocationKind, "", "") {
		root, _ := item.Details["url"].(string)
		root = strings.TrimSuffix(root, "/")
		if root == "" || at != root && !strings.HasPrefix(at, root+"/") {
			continue
		}
		if a := w.access(by); !a.admin && !a.isOneOf(item.Owner) && !a.direct(p, item.On) {
			return lacks(by, p, item.On)
		}
		return nil
	}
	return noResource("No external location was found for '%s'.", at)
}

// RenameItem gives an object of a plain kind another name in the place that it is in, with the privileges on it. It takes what Amend takes.
func (w *World) RenameItem(by *Principal, on unity.Securable, name string) (unity.Securable, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, err := w.object(on)
	if err == nil {
		err = w.access(by).checkGrant(o)
	}
	to := on
	to.Name = strings.ToLower(name)
	if err != nil || to == on {
		return on, err
	}
	if err := w.checkNew(to, name); err != nil {
		return on, err
	}
	w.noteChange(by, on, o.owner)
	old, _ := w.findItem(on)
	item := w.items[shelfOf(on)][old]
	w.takeItem(on, old)
	item.On = to
	i, _ := w.findItem(to)
	w.items[shelfOf(to)] = slices.Insert(w.items[shelfOf(to)], i, item)
	moveKey(w.grants, on, to)
	moveKey(w.changes, on, to)
	return to, nil
}

// takeItem takes an object off its shelf. Who reads the shelf has another slice.
func (w *World) takeItem(on unity.Securable, i int) {
	w.items[shelfOf(on)] = slices.Delete(slices.Clone(w.items[shelfOf(on)]), i, i+1)
}
