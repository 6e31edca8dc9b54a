package authorization

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
)

// whole reads a list that takes the place of all: everybody on it must be in the workspace, or on the list already; Can Manage stays with the group admins.
func (s *Snapshot) whole(list ACL) (draft, error) {
	out, there := draft{}, s.ACL.draft()
	for _, e := range list {
		p, known := s.Directory.Named(e.Kind, e.Name)
		if had, is := there[key(e.Kind, e.Name)]; !known && is {
			p, known = Principal{Kind: had.Kind, Name: had.Name}, true
		}
		if !known || p.Kind == Group && p.Name.Raw() != e.Name.Raw() { // a group of nearly that name is another one
			return nil, s.Directory.nobodyOf(e.Kind, e.Name.Raw())
		}
		if e.Level == CanManage && s.Object == Tokens && !e.admins() {
			return nil, refusal(ErrLocked, fmt.Sprintf("Can Manage cannot be given to %s: %s.", p.Title(), whyLocked), "Give Can Use, or put them into the group admins.")
		}
		if k := key(p.Kind, p.Name); out[k].Level < e.Level && !(e.admins() && s.Object == Tokens) {
			out[k] = Entry{Kind: p.Kind, Name: p.Name, Level: e.Level}
		}
	}
	for _, e := range s.ACL {
		if e.admins() && s.Object == Tokens {
			out[key(e.Kind, e.Name)] = e
		}
	}
	return out, nil
}

// nobodyOf says that there is nobody of one kind with a name, and who is called like it.
func (d *Directory) nobodyOf(kind Kind, name string) error {
	var names []string
	for _, p := range d.all {
		if p.Kind == kind {
			names = append(names, p.Name.String())
		}
	}
	for _, p := range d.all {
		if kind == ServicePrincipal && p.Kind == kind && p.DisplayName.Raw() == name {
			return refusal(ErrNobody, "A list names a service principal by its application ID, and "+connector.CleanLine(name, 80)+" is a display name.", "Give the application ID, such as "+p.Name.String()+".")
		}
	}
	remedy := "Correct the name, or make the " + kind.Noun() + " first."
	if near := connector.Nearest(name, names, 3); len(near) > 0 {
		remedy = "There is " + list(near) + "."
	}
	return refusal(ErrNobody, fmt.Sprintf("There is no %s %s in this workspace.", kind.Noun(), connector.CleanLine(name, 80)), remedy)
}
