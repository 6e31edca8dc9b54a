package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Item is an object of a kind that is no more than its row: what every securable has, and in Details what its kind has besides, by the
// names of the REST API.
type Item struct {
	On             unity.Securable
	Owner, Comment string
	Details        map[string]any
}

// shelf is where the items of one kind in one place stand, by name.
type shelf struct {
	kind            unity.Kind
	catalog, schema string
}

func shelfOf(s unity.Securable) shelf { return shelf{s.Kind.ForGrants(), s.Catalog, s.Schema} }

// AddItem adds an object. It returns an error when what it is in does not exist, when the name is taken, or when its kind is not a plain
// one.
func (w *World) AddItem(item Item) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if row, known := item.On.Kind.Row(); !known || !row.Plain() {
		return fmt.Errorf("add item %s: a %s is none", item.On.FullName(), item.On.Kind)
	}
	if parent, inside := item.On.Parent(); inside {
		if _, err := w.object(parent); err != nil {
			return fmt.Errorf("add item %s: %w", item.On.FullName(), err)
		}
	}
	on := shelfOf(item.On)
	i, taken := w.findItem(item.On)
	if taken {
		return fmt.Errorf("add item: %s exists", item.On.FullName())
	}
	w.items[on] = slices.Insert(w.items[on], i, item)
	return nil
}

func (w *World) findItem(on unity.Securable) (int, bool) {
	return slices.BinarySearchFunc(w.items[shelfOf(on)], on.Name, func(i Item, name string) int { return strings.Compare(i.On.Name, name) })
}

// Items lists the objects of a plain kind in a catalog and schema, that a principal sees: with neither those below the metastore, or of a
// kind that is in schemas those in all of them. It returns an *Error when the schema does not exist or does not let the principal in.
func (w *World) Items(who *Principal, kind unity.Kind, catalog, schema string, win Window) (Page[Item], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if row, _ := kind.Row(); row.Parts() > 1 && catalog == "" && schema == "" {
		return w.itemsEverywhere(who, kind, win), nil
	}
	see, err := w.itemSight(who, kind, catalog, schema, win.Browse)
	if err != nil {
		return Page[Item]{}, err
	}
	list := w.onShelf(kind, catalog, schema)
	return collect(len(list), win, func(i int) (Item, Visibility) { return list[i], see(list[i].On.ForGrants(), list[i].Owner) }), nil
}

// onShelf gives the items of a kind in one place, by name.
func (w *World) onShelf(kind unity.Kind, catalog, schema string) []Item {
	all := w.items[shelf{kind.ForGrants(), strings.ToLower(catalog), strings.ToLower(schema)}]
	return slices.DeleteFunc(slices.Clone(all), func(i Item) bool { return i.On.Kind != kind })
}

// itemsEverywhere lists the objects of a kind in all schemas, without those that do not let the principal in.
func (w *World) itemsEverywhere(who *Principal, kind unity.Kind, win Window) Page[Item] {
	var list []Item
	var seen []Visibility
	for _, c := range w.catalogs {
		for _, s := range c.schemas {
			found := w.onShelf(kind, c.Name, s.Name)
			if len(found) == 0 {
				continue
			}
			see, err := w.itemSight(who, kind, c.Name, s.Name, win.Browse)
			for _, item := range found {
				list, seen = append(list, item), append(seen, Hidden)
				if err == nil {
					seen[len(seen)-1] = see(item.On.ForGrants(), item.Owner)
				}
			}
		}
	}
	return collect(len(list), win, func(i int) (Item, Visibility) { return list[i], seen[i] })
}

// GetItem gives one object of a plain kind as a principal sees it, or the *Error that the REST API would answer.
func (w *World) GetItem(who *Principal, on unity.Securable, browse bool) (Listed[Item], error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	see, err := w.itemSight(who, on.Kind, on.Catalog, on.Schema, browse)
	if err != nil {
		return Listed[Item]{}, err
	}
	i, ok := w.findItem(on)
	if !ok || w.items[shelfOf(on)][i].On.Kind != on.Kind {
		return Listed[Item]{}, absent(on.ForGrants())
	}
	item := w.items[shelfOf(on)][i]
	seen := see(on.ForGrants(), item.Owner)
	if seen == Hidden || seen == BrowseOnly && !browse {
		return Listed[Item]{}, w.notOpen(who, on)
	}
	return Listed[Item]{item, seen == BrowseOnly}, nil
}

// itemSight checks that a principal may look into a place, and tells how much of each object there it sees.
func (w *World) itemSight(who *Principal, kind unity.Kind, catalog, schema string, browse bool) (func(unity.Securable, string) Visibility, error) {
	if catalog == "" && schema == "" {
		return w.access(who).belowMetastore, nil
	}
	on := unity.OnSchema(catalog, schema)
	c, err := w.enter(who, on, browse)
	if err != nil {
		return nil, err
	}
	return c.inside(on, kind).object, nil
}

// notOpen is the refusal of an object that a principal does not see.
func (w *World) notOpen(who *Principal, on unity.Securable) error {
	row, _ := on.Kind.Row()
	if row.FromAbove {
		return lacks(who, row.Opens, unity.OnMetastore())
	}
	return lacks(who, row.Opens, on.ForGrants())
}

// fromAbove reports whether the principal sees all objects of a kind by a privilege on the metastore, such as USE SHARE.
func (a access) fromAbove(kind unity.Kind) bool {
	row, _ := kind.Row()
	return row.FromAbove && a.direct(row.Opens, unity.OnMetastore())
}

// belowMetastore follows the descriptions of the APIs for external locations, connections and the like: the metastore admin, the owner
// and whoever holds a privilege on the object see it. What the recipients of a share hold shows it to nobody here.
func (a access) belowMetastore(on unity.Securable, owner string) Visibility {
	seen := Hidden
	if a.admin || a.isOneOf(owner) || a.fromAbove(on.Kind) {
		return Full
	}
	if row, _ := on.Kind.Row(); row.Grantee != "" {
		return Hidden
	}
	for _, name := range a.names {
		switch held := a.w.grants[on][name]; {
		case held&^unity.SetOf(unity.Browse) != 0:
			return Full
		case held != 0:
			seen = BrowseOnly
		}
	}
	return seen
}
