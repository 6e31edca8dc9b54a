package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Find gives the principal that a text names in a workspace or in the account: a user name, an application ID or the name of a group, or else the
// display name of a service principal, or else one that was not collected and is named by something that was. It is matched whole, never by a part. The error, of kind ErrAsked, is that of a name that nobody has, or several
// have.
func (f *Facts) Find(in Place, text string) (Principal, error) {
	for _, place := range []Place{in, Account} {
		switch found, count := f.people.called(place, 0, text); {
		case count == 1:
			return found, nil
		case count > 1:
			return Nobody, asked(fmt.Sprintf("%q is the name of %d principals.", connector.CleanLine(text, 80), count), "Rename one of them.")
		}
	}
	switch shown := f.people.displayed(text); len(shown) {
	case 0:
	case 1:
		return shown[0], nil
	default:
		var ids []string
		for _, p := range shown[:min(len(shown), mostIDs)] {
			ids = append(ids, connector.CleanLine(f.Name(p), 80))
		}
		return Nobody, asked(fmt.Sprintf("%q is the name of %d service principals.", connector.CleanLine(text, 80), len(shown)), "Give an application ID, such as "+strings.Join(ids, ", ")+".")
	}
	if named, known := f.justNamed(in, text); known {
		return named, nil
	}
	return Nobody, asked("No principal is called "+connector.Refused(connector.KindName, text)+".", "A user goes by the user name, a service principal by its application ID or its display name, a group by its name.")
}

// mostIDs are how many application IDs a sentence names.
const mostIDs = 6

// Lookup gives an object by its kind, place and key. It reports whether that was collected or named by something that was.
func (f *Facts) Lookup(kind Kind, in Place, key string) (Object, bool) {
	row, known := f.rules.kind(kind)
	if !known {
		return Nothing, false
	}
	if row.class == unity {
		key = strings.ToLower(key)
	}
	return f.objects.lookup(row.code, in, key)
}

// PlaceOf finds a workspace or metastore by its kind and ID.
func (f *Facts) PlaceOf(kind Kind, id string) (Place, bool) {
	for i, p := range f.places {
		if p.kind == kind && p.id == id {
			return Place(i), true //nolint:gosec // there are fewer places than that
		}
	}
	return 0, false
}

// Workspaces lists the workspaces.
func (f *Facts) Workspaces() []Place {
	var out []Place
	for i, p := range f.places {
		if p.kind == WorkspaceKind {
			out = append(out, Place(i)) //nolint:gosec // as above
		}
	}
	return out
}

// MetastoreOf is the metastore of a workspace. It reports whether that is known.
func (f *Facts) MetastoreOf(workspace Place) (Place, bool) {
	m := f.places[workspace].metastore
	return m, m != noPlace
}

// PlaceID is the ID of a workspace or metastore, empty for the account.
func (f *Facts) PlaceID(p Place) string { return f.places[p].id }

// Principal gives what is known of a principal.
func (f *Facts) Principal(p Principal) Member { return f.people.list[p].Member }

// Name is the name that grants have a principal by.
func (f *Facts) Name(p Principal) string { return f.people.list[p].Name }

// Kind is the kind of an object.
func (f *Facts) Kind(o Object) Kind { return f.rules.codes[f.objects.kind[o]] }

// Key is the full name of an object of Unity Catalog, and the ID of another.
func (f *Facts) Key(o Object) string { return string(f.objects.texts.at(f.objects.key[o])) }

// Title is what pages call an object.
func (f *Facts) Title(o Object) string {
	if at := f.objects.title[o]; at != 0 {
		return string(f.objects.texts.at(at - 1))
	}
	return f.Key(o)
}

// Parent is what an object is in, Nothing for nothing.
func (f *Facts) Parent(o Object) Object { return f.objects.parent[o] }

// Recipients are those that a share is open to.
func (f *Facts) Recipients(share Object) []Object { return slices.Clone(f.shared[share]) }

// In is the place of an object.
func (f *Facts) In(o Object) Place { return f.objects.in[o] }

func (f *Facts) row(o Object) kindRow { return f.rules.at(f.objects.kind[o]) }

func (f *Facts) is(o Object, bit flags) bool { return f.objects.flags[o]&bit != 0 }

func (f *Facts) seen(o Object, what Seen) bool {
	want := flags(what) << seenShift
	return f.objects.flags[o]&want == want
}

// legacy reports whether an object is in the Hive metastore, or is that.
func (f *Facts) legacy(o Object) bool {
	for ; o != Nothing; o = f.objects.parent[o] {
		if f.is(o, legacyCatalog) {
			return true
		}
	}
	return false
}

// catalog is the catalog that an object is in or is, Nothing for one in none.
func (f *Facts) catalog(o Object) Object {
	for ; o != Nothing; o = f.objects.parent[o] {
		if f.Kind(o) == CatalogKind {
			return o
		}
	}
	return Nothing
}
