package access

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// ErrAsked is the kind of an error about what was asked: a name that nobody has, or that several have, or a right that is none.
var ErrAsked = fmt.Errorf("what was asked about is not known: %w", connector.ErrInput)

func asked(what, remedy string) error {
	return &connector.Error{Kind: ErrAsked, What: what, Remedy: remedy}
}

// Seek finds the object that a person named: KIND:NAME, such as jobs:123, warehouse:Starter or notebook:/Shared/report, or the name alone of what
// Unity Catalog governs. A name is matched whole: the key of an object first, and then what pages call it. The error is of kind ErrAsked.
func (f *Facts) Seek(text string, in Place) (Object, error) {
	word, name, kinded := strings.Cut(text, ":")
	var kinds []Kind
	if kinded {
		if kinds = f.rules.called(word); kinds == nil {
			return Nothing, asked(fmt.Sprintf("%q is no kind of object.", connector.CleanLine(word, 40)), "Kinds are: "+strings.Join(f.rules.kindWords(), ", ")+".")
		}
	} else {
		name = text
		kinds = [][]Kind{{CatalogKind}, {SchemaKind}, {TableKind, VolumeKind, FunctionKind}}[min(strings.Count(name, "."), 2)]
	}
	var found []Object
	for _, k := range kinds {
		found = append(found, f.named(k, name, in)...)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return Nothing, asked("The inventory has no "+connector.Refused(connector.KindName, text)+".", "draftt-databricks inventory show lists what it has. Where it was not seen whole, draftt-databricks inventory status says why.")
	}
	return Nothing, asked(fmt.Sprintf("%s is the name of %d objects.", connector.CleanLine(text, 80), len(found)), "Name it by its ID, as in "+string(f.Kind(found[0]))+":"+f.Key(found[0])+".")
}

// named are the objects of a kind with a key, or else with a title.
func (f *Facts) named(k Kind, name string, in Place) []Object {
	row := f.rules.kinds[k]
	place := in
	switch {
	case row.class == unity:
		place = f.places[in].metastore
	case k == GroupKind, k == ServicePrincipalKind:
		place = Account
	}
	switch k {
	case AccountKind:
		return []Object{f.places[Account].object}
	case WorkspaceKind:
		return []Object{f.places[in].object}
	case MetastoreKind:
		if place != noPlace {
			return []Object{f.places[place].object}
		}
		return nil
	}
	if o, known := f.Lookup(k, place, name); known {
		return []Object{o}
	}
	var out []Object
	for o := 1; o < len(f.objects.kind); o++ {
		if f.objects.kind[o] == row.code && f.objects.in[o] == place && f.Title(Object(o)) == name { //nolint:gosec // an object has 32 bits
			out = append(out, Object(o)) //nolint:gosec // as above
		}
	}
	return out
}

// called are the kinds that a word means: by their name on pages, that of the API, or without its plural.
func (s *Rules) called(word string) (out []Kind) {
	want := plain(word)
	for _, k := range s.codes {
		api, name := plain(string(k)), plain(s.kinds[k].name)
		if want == api || want == name || want+"s" == api || strings.TrimSuffix(want, "y")+"ies" == api {
			out = append(out, k)
		}
	}
	for short, k := range map[string]Kind{"view": TableKind, "model": FunctionKind, "folder": "directories", "warehouse": WarehouseKind} {
		if out == nil && want == short {
			out = []Kind{k}
		}
	}
	return out
}

func (s *Rules) kindWords() []string {
	var out []string
	for _, k := range s.codes {
		out = append(out, strings.ToLower(string(k)))
	}
	return out
}

// ParseKinds reads the word of a kind, such as table or jobs; none is all of them, as nil. The error for a word that is none is of kind ErrAsked.
func (s *Rules) ParseKinds(word string) (map[Kind]bool, error) {
	if word == "" {
		return nil, nil
	}
	out := map[Kind]bool{}
	for _, k := range s.called(word) {
		out[k] = true
	}
	if len(out) == 0 {
		return nil, asked(fmt.Sprintf("%q is no kind of object.", connector.CleanLine(word, 40)), "Kinds are: "+strings.Join(s.kindWords(), ", ")+".")
	}
	return out, nil
}
