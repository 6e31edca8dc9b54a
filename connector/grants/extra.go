package grants

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// NoWrite is what is said of a principal of whom nothing was seen that can change data. BySelf stands behind it where nobody but the connector
// looked, which is not shown everything.
const (
	NoWrite = "no right to change data was seen"
	BySelf  = " by the connector itself"
)

// Extra is one thing that a principal may do beyond what it was chosen for, in words.
type Extra struct {
	What   string `json:"what"`   // for example "MODIFY on schema inventory.assets"
	Source string `json:"source"` // where it comes from
	Writes bool   `json:"writes"` // it allows more than reading
	Revoke string `json:"revoke"` // the statement that takes it away, or what to do where no statement does
	Others bool   `json:"others"` // the other members of a group would lose it too

	Takes *Need `json:"-"` // what an admin session can take from the principal itself, nil where that takes a person
}

// Statement reports whether a statement takes it away, rather than somebody in a dialog.
func (e Extra) Statement() bool { return isRevoke(e.Revoke) }

// Concerns reports whether it is about an object, whatever word SQL has for that.
func (e Extra) Concerns(o Object) bool { return strings.HasSuffix(e.What, " "+o.String()) }

// Rules reports whether it is the rule over the workspace or the metastore rather than a privilege on an object.
func (e Extra) Rules() bool { return e.What == workspaceAdmin || e.What == metastoreAdmin }

// What the rule over a whole workspace or metastore is called.
const (
	workspaceAdmin = "workspace admin"
	metastoreAdmin = "metastore admin"
)

// Same reports whether two extras are the same thing from the same place.
func (e Extra) Same(other Extra) bool {
	return e.What == other.What && e.Source == other.Source && e.Revoke == other.Revoke
}

// Extra says of a privilege in excess what it is, where it comes from, and how it is taken away.
func (e Excess) Extra() Extra {
	extra := Extra{
		What:   connector.CleanLine(e.Privilege.SQL(), 60) + " on " + e.Origin.From.Title(),
		Source: e.Origin.String(), Writes: e.Writes, Others: e.Origin.Holder.Group,
	}
	if e.Privilege == Ownership {
		extra.What = "ownership of " + e.Origin.From.Title()
		extra.Revoke = "Give " + e.Origin.From.Title() + " another owner."
		return extra
	}
	statement, err := Revoke(e.Privilege, e.Origin.From, e.Origin.Holder.Name)
	if err != nil {
		extra.Revoke = "Revoke it from " + e.Origin.Holder.Name.String() + "."
		return extra
	}
	extra.Revoke = statement
	if !e.Origin.Holder.Group && e.Origin.From.Type != MetastoreType && !e.Origin.From.Name.Legacy() {
		extra.Takes = &Need{Privilege: e.Privilege, On: e.Origin.From}
	}
	return extra
}

// InAdmins is what being in the group of workspace admins comes to.
func InAdmins(holder Identity) Extra {
	return Extra{
		What: workspaceAdmin, Source: Origin{Holder: holder}.String(), Writes: true,
		Revoke: "Remove the principal from the group " + holder.Name.String() + ".",
	}
}

// RunsMetastore is what owning the metastore comes to, oneself or through a group.
func RunsMetastore(holder Identity) Extra {
	extra := Extra{
		What: metastoreAdmin, Source: Origin{Holder: holder}.String(), Writes: true,
		Revoke: "Remove the principal from the group " + holder.Name.String() + ".",
	}
	if !holder.Group {
		extra.Revoke = "Give the metastore another owner."
	}
	return extra
}

// Exceeding are the privileges outside the read-only set among those that are in effect on some objects, each once where it was granted,
// although everything below inherits it. held has those of the object with the same index.
func Exceeding(objects []Object, held [][]connector.Grant, who Who) []Excess {
	var out []Excess
	for i, object := range objects {
		for _, g := range held[i] {
			e := excessOf(g, object, who)
			if g.Privilege.ReadOnly() || containsExcess(out, e) {
				continue
			}
			out = append(out, e)
		}
	}
	return out
}

// excessOf is a grant in effect on an object, at the object that it was made on. A workspace that names nobody speaks of whom it was asked.
func excessOf(g connector.Grant, on Object, who Who) Excess {
	holder, known := who.Is(g.Principal)
	if !known {
		holder = Identity{Name: who.Principal.Name}
		if g.Principal.Raw() != "" {
			holder = Identity{Name: g.Principal, Group: true}
		}
	}
	if g.InheritedFrom.Raw() != "" {
		if from, err := ObjectNamed(g.InheritedType, g.InheritedFrom); err == nil {
			on = from
		}
	}
	return NewExcess(g.Privilege, Origin{Holder: holder, From: on})
}

func containsExcess(list []Excess, e Excess) bool {
	for _, have := range list {
		if have.Privilege == e.Privilege && have.Origin.From.Same(e.Origin.From) && have.Origin.Holder.Name == e.Origin.Holder.Name {
			return true
		}
	}
	return false
}
