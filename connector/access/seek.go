package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// ErrAsked is the kind of an error about what was asked: a name that nobody has, or that several have, or a right that is none.
var ErrAsked = fmt.Errorf("what was asked about is not known: %w", connector.ErrInput)

func asked(what, remedy string) error {
	return &connector.Error{Kind: ErrAsked, What: what, Remedy: remedy}
}

// Seek finds the object that a person named: KIND:NAME, such as jobs:123, "warehouse:Starter Warehouse" or notebook:/Shared/report, the name alone of
// what Unity Catalog governs, or of a place the word alone, and each as answers have it: "the workspace", "job 123". A name is matched whole: the
// key of an object first, and then what pages call it. The error is of kind ErrAsked, and says what begins like it.
func (f *Facts) Seek(text string, in Place) (Object, error) {
	readings, err := f.readings(text)
	if err != nil {
		return Nothing, err
	}
	for _, r := range readings {
		var found []Object
		for _, k := range r.kinds {
			found = append(found, f.named(k, r.name, in)...)
		}
		switch len(found) {
		case 1:
			return found[0], nil
		case 0:
		default:
			return Nothing, asked(fmt.Sprintf("%s is the name of %d objects.", connector.CleanLine(text, 80), len(found)), "Name it by its ID, as in "+string(f.Kind(found[0]))+":"+f.Key(found[0])+".")
		}
	}
	if k := readings[0].kinds[0]; k == GroupKind || k == ServicePrincipalKind {
		if p, err := f.Find(in, readings[0].name); err == nil {
			return Nothing, asked("Who manages the "+f.Called(p)+" was not collected.", "It takes an account admin: draftt-databricks inventory run --account ACCOUNT.")
		}
	}
	remedy := "draftt-databricks inventory show lists what it has. Where it was not seen whole, draftt-databricks inventory status says why."
	if alike := f.beginning(readings[0], in); len(alike) > 0 {
		remedy = "A name is given whole, as in " + strings.Join(alike, ", ") + "."
	}
	return Nothing, asked("The inventory has no "+connector.Refused(connector.KindName, text)+".", remedy)
}

// reading is what a text may name: something of some kinds with a name.
type reading struct {
	kinds []Kind
	name  string
}

// placed are the kinds of which there is one, so that the word alone names it.
var placed = []Kind{AccountKind, WorkspaceKind, MetastoreKind, TokensKind, PasswordsKind}

// readings are what a text may name, the likeliest first.
func (f *Facts) readings(text string) ([]reading, error) {
	if word, name, kinded := strings.Cut(text, ":"); kinded {
		kinds := f.rules.called(word)
		if kinds == nil {
			return nil, asked(fmt.Sprintf("%q is no kind of object.", connector.CleanLine(word, 40)), "Kinds are: "+strings.Join(f.rules.kindWords(), ", ")+".")
		}
		return []reading{{kinds, name}}, nil
	}
	out := []reading{{[][]Kind{{CatalogKind}, {SchemaKind}, {TableKind, VolumeKind, FunctionKind}}[min(strings.Count(text, "."), 2)], text}}
	for i, letter := range text + " " {
		if letter != ' ' {
			continue
		}
		for _, k := range f.rules.called(strings.TrimPrefix(text[:i], "the ")) {
			if name := strings.TrimSpace(text[i:]); (name == "") == slices.Contains(placed, k) {
				out = append(out, reading{[]Kind{k}, name})
			}
		}
	}
	return out, nil
}

// mostAlike is how many names an error names.
const mostAlike = 3

// beginning are objects whose names begin like one that nothing has.
func (f *Facts) beginning(r reading, in Place) (out []string) {
	if r.name == "" {
		return nil
	}
	for o := 1; o < len(f.objects.kind) && len(out) < mostAlike; o++ {
		on := Object(o) //nolint:gosec // an object has 32 bits
		if k := f.Kind(on); slices.Contains(r.kinds, k) && f.objects.in[o] == f.home(k, in) {
			if title := f.Title(on); len(title) > len(r.name) && strings.EqualFold(title[:len(r.name)], r.name) {
				out = append(out, fmt.Sprintf("“%s:%s”", strings.ToLower(string(k)), f.titled(on)))
			}
		}
	}
	return out
}

// home is the place that objects of a kind have in a workspace.
func (f *Facts) home(k Kind, in Place) Place {
	switch {
	case f.rules.kinds[k].class == unity:
		return f.places[in].metastore
	case k == GroupKind, k == ServicePrincipalKind:
		return Account
	}
	return in
}

// named are the objects of a kind with a key, or else with a title.
func (f *Facts) named(k Kind, name string, in Place) []Object {
	row, place := f.rules.kinds[k], f.home(k, in)
	switch k {
	case TokensKind, PasswordsKind:
		name = string(k)
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
