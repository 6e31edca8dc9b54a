package model

import (
	"fmt"
	"slices"
	"strings"
)

// Item is an object of a kind that is no more than its row: what every securable has, and in Details what its kind has besides, by the
// names of the REST API.
type Item struct {
	On             Securable
	Owner, Comment string
	Details        map[string]any
}

// shelf is where the items of one kind in one place stand, by name.
type shelf struct {
	kind            Kind
	catalog, schema string
}

func (s Securable) shelf() shelf { return shelf{s.Kind, s.Catalog, s.Schema} }

// AddItem adds an object. It returns an error when what it is in does not exist, when the name is taken, or when its kind is not a plain
// one.
func (w *World) AddItem(item Item) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if row, known := item.On.Kind.row(); !known || !row.Plain() {
		return fmt.Errorf("add item %s: a %s is none", item.On.FullName(), item.On.Kind)
	}
	if parent, inside := item.On.Parent(); inside {
		if _, err := w.object(parent); err != nil {
			return fmt.Errorf("add item %s: %w", item.On.FullName(), err)
		}
	}
	on := item.On.shelf()
	i, taken := w.findItem(item.On)
	if taken {
		return fmt.Errorf("add item: %s exists", item.On.FullName())
	}
	w.items[on] = slices.Insert(w.items[on], i, item)
	return nil
}

func (w *World) findItem(on Securable) (int, bool) {
	return slices.BinarySearchFunc(w.items[on.shelf()], on.Name, func(i Item, name string) int { return strings.Compare(i.On.Name, name) })
}

// Items lists the objects of a plain kind in a catalog and schema, or with neither those below the metastore, that a principal sees. It
// returns an *Error when the schema does not exist or does not let the principal in.
func (w *World) Items(who *Principal, kind Kind, catalog, schema string, win Window) (Page[Item], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	see, err := w.itemSight(who, kind, catalog, schema, win.Browse)
	if err != nil {
		return Page[Item]{}, err
	}
	list := w.items[shelf{kind, strings.ToLower(catalog), strings.ToLower(schema)}]
	return collect(len(list), win, func(i int) (Item, Visibility) { return list[i], see(list[i].On, list[i].Owner) }), nil
}

// GetItem gives one object of a plain kind as a principal sees it, or the *Error that the REST API would answer.
func (w *World) GetItem(who *Principal, on Securable, browse bool) (Listed[Item], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	see, err := w.itemSight(who, on.Kind, on.Catalog, on.Schema, browse)
	if err != nil {
		return Listed[Item]{}, err
	}
	i, ok := w.findItem(on)
	if !ok {
		return Listed[Item]{}, absent(on)
	}
	item := w.items[on.shelf()][i]
	seen := see(on, item.Owner)
	if seen == Hidden || seen == BrowseOnly && !browse {
		return Listed[Item]{}, lacks(who, on.Kind.opens(), on)
	}
	return Listed[Item]{item, seen == BrowseOnly}, nil
}

// itemSight checks that a principal may look into a place, and tells how much of each object there it sees.
func (w *World) itemSight(who *Principal, kind Kind, catalog, schema string, browse bool) (func(Securable, string) Visibility, error) {
	if catalog == "" && schema == "" {
		return w.access(who).belowMetastore, nil
	}
	on := OnSchema(catalog, schema)
	c, err := w.enter(who, on, browse)
	if err != nil {
		return nil, err
	}
	return c.inside(on, kind).object, nil
}

// belowMetastore follows the descriptions of the APIs for external locations, connections and the like: the metastore admin, the owner
// and whoever holds a privilege on the object see it.
func (a access) belowMetastore(on Securable, owner string) Visibility {
	seen := Hidden
	if a.admin || a.isOneOf(owner) {
		return Full
	}
	for _, name := range a.names {
		switch held := a.w.grants[on][name]; {
		case held&^setOf(Browse) != 0:
			return Full
		case held != 0:
			seen = BrowseOnly
		}
	}
	return seen
}
