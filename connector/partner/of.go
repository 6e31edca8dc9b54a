package partner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner/called"
)

// Of picks the connection of a partner among those that were inferred. principal names one by its application ID, SCIM id or display name
// where there are several. Where there is none the connection has no evidence and no parts: it is gone already. That is so too of a principal that is
// named and was deleted here, or that is nobody's where nothing else of the partner is there.
func (in Inference) Of(name, principal string) (Connection, error) {
	asked, findErr := Find(name)
	if findErr == nil {
		name = asked.Name
	}
	var found, others []Connection
	for _, c := range in.Connections {
		switch {
		case called.Key(c.Partner.Name) != called.Key(name) && !(called.Key(c.Partner.User()) == called.Key(name) && principal == ""):
		case principal == "" || c.isOf(principal):
			found = append(found, c)
		default:
			others = append(others, c)
		}
	}
	switch {
	case len(found) == 1:
		return in.withUnseen(found[0]), nil
	case len(found) > 1:
		return Connection{}, severalOf(found)
	case findErr != nil || principal == "":
		return in.withUnseen(Connection{Partner: asked, Known: true}), findErr
	}
	if gone, is := in.gone(principal, len(others) == 0); is {
		return in.withUnseen(in.leftBy(Connection{Partner: asked, Known: true, Gone: gone})), nil
	}
	return Connection{}, &connector.Error{
		Kind: admin.ErrRefused, What: "No connection of " + asked.Name + " with the service principal " + connector.CleanLine(principal, 80) + " was found.", Cause: admin.ErrNotFound,
		Remedy: "partners list shows the connections with their service principals; leave --principal out where the partner has one.",
	}
}

// isOf reports whether a connection is that of a principal, which may be gone and have left what it made.
func (c Connection) isOf(principal string) bool {
	if p := c.Principal; p != nil {
		return is(*p, principal)
	}
	return slices.ContainsFunc(append(slices.Clone(c.Warehouses), c.Clusters...), func(made admin.ComputeFact) bool { return strings.EqualFold(made.Creator.Raw(), principal) })
}

// is reports whether somebody who names a principal means this one.
func is(p admin.ServicePrincipal, name string) bool {
	return strings.EqualFold(string(p.ApplicationID), name) || string(p.ID) == name || p.DisplayName.Raw() == name
}

// gone reports whether a principal that is named is one that was there: it is not in the workspace, and was deleted by this program, or its partner
// left nothing else, so that it is nobody else's name mistyped.
func (in Inference) gone(name string, alone bool) (connector.ClientID, bool) {
	if slices.ContainsFunc(in.traces.Principals, func(p admin.ServicePrincipal) bool { return is(p, name) }) {
		return "", false
	}
	for _, t := range in.Deleted {
		if is(admin.ServicePrincipal{ID: t.ID, ApplicationID: t.ApplicationID, DisplayName: connector.FromRemote(t.DisplayName)}, name) {
			return t.ApplicationID, true
		}
	}
	id, err := connector.ParseClientID(name)
	return id, err == nil && alone
}

// leftBy adds to a connection what its principal, which is gone, made.
func (in Inference) leftBy(c Connection) Connection {
	for _, w := range in.traces.Warehouses {
		if c.Gone != "" && strings.EqualFold(w.Creator.Raw(), string(c.Gone)) {
			c.Warehouses, c.Evidence = append(c.Warehouses, w), append(c.Evidence, "warehouse "+w.Name.String()+", made by it")
		}
	}
	for _, one := range in.traces.Clusters {
		if c.Gone != "" && strings.EqualFold(one.Creator.Raw(), string(c.Gone)) {
			c.Clusters, c.Evidence = append(c.Clusters, one), append(c.Evidence, "cluster "+one.Name.String()+", made by it")
		}
	}
	return c
}

func severalOf(found []Connection) error {
	var ids []string
	for _, c := range found {
		if c.Principal != nil {
			ids = append(ids, c.Principal.ApplicationID.String())
		}
	}
	return &connector.Error{
		Kind: admin.ErrRefused, What: fmt.Sprintf("%d connections have this name.", len(found)), Cause: admin.ErrAmbiguous, Remedy: "Give --principal with one of " + strings.Join(ids, ", ") + ".",
	}
}

// withUnseen is a connection with what of it was not looked at. The apps of an account are no part of any.
func (in Inference) withUnseen(c Connection) Connection {
	for _, what := range in.Unseen {
		ofOther := strings.HasPrefix(what, unseenSecretsOf) && (c.Principal == nil || what != unseenSecretsOf+c.Principal.DisplayName.String())
		if what != unseenApps && !ofOther {
			c.Unseen = append(c.Unseen, what)
		}
	}
	return c
}
