package authorization

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// Kind is a kind of principal, as the permissions API keeps them apart.
type Kind uint8

// The kinds of principal.
const (
	User Kind = iota
	ServicePrincipal
	Group
)

// Noun is the kind as a sentence has it.
func (k Kind) Noun() string { return [...]string{"user", "service principal", "group"}[k] }

// Field is the kind as the permissions API names it.
func (k Kind) Field() string {
	return [...]string{"user_name", "service_principal_name", "group_name"}[k]
}

// Principal is a user, a service principal or a group of the workspace.
type Principal struct {
	Kind        Kind
	ID          connector.SCIMID
	Name        connector.Remote // the user name, the application ID or the name of the group, as a list of permissions has it
	DisplayName connector.Remote
	Active      bool
}

// Label is what a person knows the principal by.
func (p Principal) Label() string {
	if p.Kind == ServicePrincipal && p.DisplayName.Raw() != "" {
		return p.DisplayName.String()
	}
	return p.Name.String()
}

// order is what principals are sorted by: the label before it is cleaned.
func (p Principal) order() string {
	if p.Kind == ServicePrincipal && p.DisplayName.Raw() != "" {
		return p.DisplayName.Raw()
	}
	return p.Name.Raw()
}

// Title is the label with the kind before it.
func (p Principal) Title() string { return p.Kind.Noun() + " " + p.Label() }

// Distinct is the title with the name that lists have, where that is another: it tells namesakes apart.
func (p Principal) Distinct() string {
	if name := p.Name.String(); name != p.Label() {
		return p.Title() + " (" + name + ")"
	}
	return p.Title()
}

// called reports whether a text is one of the names of the principal.
func (p Principal) called(text string) bool {
	return text != "" && (strings.EqualFold(text, p.Name.Raw()) || text == string(p.ID) || p.DisplayName.Raw() != "" && strings.EqualFold(text, p.DisplayName.Raw()))
}

// Directory is who is in the workspace, and which groups they are in. Groups may be nested, in a circle as well.
type Directory struct {
	all     []Principal
	byName  map[string]int
	byID    map[connector.SCIMID]int
	members [][]int // of groups
	groups  [][]int // the groups that somebody is directly in
	opaque  []int   // groups with members that nothing tells of
}

// NewDirectory puts a directory together: everybody, and the members of each group by their SCIM ids. The group users has everybody as a member
// where the workspace names none, and account users always. Of another group without members nothing tells who is in it.
func NewDirectory(all []Principal, members map[connector.SCIMID][]connector.SCIMID) *Directory {
	d := &Directory{
		all: all, byName: make(map[string]int, len(all)), byID: make(map[connector.SCIMID]int, len(all)),
		members: make([][]int, len(all)), groups: make([][]int, len(all)),
	}
	for i, p := range all {
		d.byName[key(p.Kind, p.Name)] = i
		if p.ID != "" {
			d.byID[p.ID] = i
		}
	}
	for i, p := range all {
		if p.Kind != Group {
			continue
		}
		name := strings.ToLower(p.Name.Raw())
		if name == AccountUsers || name == allUsers && len(members[p.ID]) == 0 {
			d.everybody(i)
			continue
		}
		if len(members[p.ID]) == 0 { // none, or those of a group that another system manages, which are not listed
			d.opaque = append(d.opaque, i)
		}
		for _, id := range members[p.ID] {
			member, known := d.byID[id]
			if !known {
				d.opaque = append(d.opaque, i)
				continue
			}
			d.join(i, member)
		}
	}
	return d
}

func (d *Directory) everybody(group int) {
	for i, p := range d.all {
		if p.Kind != Group {
			d.join(group, i)
		}
	}
}

func (d *Directory) join(group, member int) {
	d.members[group], d.groups[member] = append(d.members[group], member), append(d.groups[member], group)
}

func key(kind Kind, name connector.Remote) string {
	return string(rune('0'+kind)) + strings.ToLower(name.Raw())
}

// People are the users and service principals.
func (d *Directory) People() []Principal {
	var out []Principal
	for _, p := range d.all {
		if p.Kind != Group {
			out = append(out, p)
		}
	}
	return out
}

// All are everybody, groups too.
func (d *Directory) All() []Principal { return append([]Principal(nil), d.all...) }

// Named finds a principal by what a list of permissions calls it.
func (d *Directory) Named(kind Kind, name connector.Remote) (Principal, bool) {
	i, ok := d.byName[key(kind, name)]
	if !ok {
		return Principal{}, false
	}
	return d.all[i], true
}

// Find understands any name of a principal: the user name, the application ID, the name of a group, a display name or the SCIM id. group: before
// it means a group, and so do user: and service-principal:. A name of several is nobody's: with a kind before it, the name that lists have goes
// before display names, and in no other case. Errors are *connector.Error that are ErrNobody or ErrAmbiguous.
func (d *Directory) Find(text string) (Principal, error) {
	text = strings.TrimSpace(text)
	kinds, rest := kindsOf(text)
	if rest == "" {
		return Principal{}, refusal(ErrNobody, "It is not said who is meant: the name is empty.", "Give a name.")
	}
	var found []Principal
	for _, p := range d.all {
		if kinds[p.Kind] && p.called(rest) {
			found = append(found, p)
		}
	}
	for _, p := range found {
		if len(kinds) == 1 && strings.EqualFold(p.Name.Raw(), rest) {
			return p, nil
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return Principal{}, d.nobody(rest)
	}
	return Principal{}, ambiguous(rest, found)
}

// ambiguous says that a name is that of several, with a text for each that means it alone.
func ambiguous(text string, found []Principal) error {
	var forms []string
	for _, p := range found[:min(len(found), mostNamed)] {
		forms = append(forms, words.ShellArgument(prefixes[p.Kind]+p.Name.String()))
	}
	remedy := "Give one of " + list(forms) + "."
	if more := len(found) - mostNamed; more > 0 {
		remedy += fmt.Sprintf(" There are %d more.", more)
	}
	return refusal(ErrAmbiguous, connector.CleanLine(text, 80)+" is the name of several.", remedy)
}

// mostNamed are how many principals a sentence names.
const mostNamed = 6

// prefixes stand before a name to say of which kind it is.
var prefixes = map[Kind]string{Group: "group:", User: "user:", ServicePrincipal: "service-principal:"}

func kindsOf(text string) (kinds map[Kind]bool, rest string) {
	for kind, prefix := range prefixes {
		if after, has := strings.CutPrefix(text, prefix); has {
			return map[Kind]bool{kind: true}, strings.TrimSpace(after)
		}
	}
	return map[Kind]bool{User: true, ServicePrincipal: true, Group: true}, text
}

// nobody says that nobody has a name, and who has one like it: namesakes by their kinds and their names on lists.
func (d *Directory) nobody(text string) error {
	var labels []string
	called := map[string][]Principal{}
	for _, p := range d.all {
		label := p.Label()
		if called[label] == nil {
			labels = append(labels, label)
		}
		called[label] = append(called[label], p)
	}
	var near []string
	for _, label := range connector.Nearest(text, labels, 3) {
		if len(called[label]) == 1 {
			near = append(near, label)
			continue
		}
		for _, p := range called[label] {
			near = append(near, p.Distinct())
		}
	}
	connector.Known().Note(connector.KindName, text) // which was typed, and may be a name all the same
	remedy := "Check the name."
	if len(near) > 0 {
		remedy = "There is " + list(near[:min(len(near), mostNamed)]) + "."
	}
	return refusal(ErrNobody, "Nobody in this workspace is called "+connector.CleanLine(text, 80)+".", remedy)
}

// maxNesting is how deep groups of groups count, a documented limit.
const maxNesting = 10

// reached is how somebody is reached from the holders of a level: from whom, and through which group at last.
type reached struct {
	ok   bool
	from int // the group, or itself for a holder
}

// reach gives everybody who is one of the holders or a member of them, however nested, and the nearest way to each.
func (d *Directory) reach(holders []int) []reached {
	out := make([]reached, len(d.all))
	var level []int
	for _, h := range holders {
		if !out[h].ok {
			out[h] = reached{true, h}
			level = append(level, h)
		}
	}
	for depth := 0; depth < maxNesting && len(level) > 0; depth++ {
		var next []int
		for _, group := range level {
			for _, m := range d.members[group] {
				if !out[m].ok {
					out[m] = reached{true, group}
					next = append(next, m)
				}
			}
		}
		level = next
	}
	return out
}

// way is how somebody is reached: the holder first, then the groups on the way, without the one who is reached.
func (d *Directory) way(to int, found []reached) []Principal {
	var back []Principal
	for at := to; found[at].from != at; {
		at = found[at].from
		back = append([]Principal{d.all[at]}, back...)
	}
	return back
}
