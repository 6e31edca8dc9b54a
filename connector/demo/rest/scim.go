package rest

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type scimValue struct {
	Value   string    `json:"value,omitempty"`
	Display string    `json:"display,omitempty"`
	Type    string    `json:"type,omitempty"`
	Ref     string    `json:"$ref,omitempty"`
	Primary scimTruth `json:"primary,omitempty"`
}

// scimTruth is true or false, which some clients send as text.
type scimTruth bool

// UnmarshalJSON reads both forms.
func (t *scimTruth) UnmarshalJSON(raw []byte) error {
	on, err := strconv.ParseBool(strings.ToLower(strings.Trim(string(raw), `"`)))
	if err != nil {
		return Refuse("Value " + string(raw) + " is neither true nor false.")
	}
	*t = scimTruth(on)
	return nil
}

type scimName struct {
	Formatted string `json:"formatted,omitempty"`
	Given     string `json:"givenName,omitempty"`
	Family    string `json:"familyName,omitempty"`
}

// scimResource is a user, a service principal or a group as SCIM has it; each has its own part of the attributes.
type scimResource struct {
	Schemas       []string    `json:"schemas"`
	ID            string      `json:"id"`
	ExternalID    string      `json:"externalId,omitempty"`
	UserName      string      `json:"userName,omitempty"`
	ApplicationID string      `json:"applicationId,omitempty"`
	Name          *scimName   `json:"name,omitempty"`
	DisplayName   string      `json:"displayName,omitempty"`
	Active        *scimTruth  `json:"active,omitempty"`
	Emails        []scimValue `json:"emails,omitempty"`
	Members       []scimValue `json:"members,omitempty"`
	Groups        []scimValue `json:"groups,omitempty"`
	Entitlements  []scimValue `json:"entitlements,omitempty"`
	Roles         []scimValue `json:"roles,omitempty"`
	Meta          *scimMeta   `json:"meta,omitempty"`
	AccountID     string      `json:"account_id,omitempty"`
}

type scimMeta struct {
	ResourceType string `json:"resourceType"`
}

// scimKind says what SCIM calls a kind of principal.
type scimKind struct {
	kind   model.PrincipalKind
	path   string // last segment of the collection's path
	schema string
}

const scimPath = "/api/2.0/preview/scim/v2/"

var scimKinds = []scimKind{
	{model.User, "Users", "urn:ietf:params:scim:schemas:core:2.0:User"},
	{model.ServicePrincipal, "ServicePrincipals", "urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal"},
	{model.Group, "Groups", "urn:ietf:params:scim:schemas:core:2.0:Group"},
}

func (h *Handler) scimRoutes() []Route {
	return append(SCIM(h.world.InWorkspace(), scimPath), Route{"GET " + scimPath + "Me", h.me})
}

// SCIM is the SCIM service of a directory, for users, service principals and groups. The path is that of the service and ends in a slash.
func SCIM(d model.Directory, path string) []Route {
	var routes []Route
	for _, k := range scimKinds {
		c := scimCollection{d, k}
		all := path + k.path
		routes = append(routes,
			Route{"GET " + all, inSCIM(c.list)},
			Route{"POST " + all, inSCIM(c.create)},
			Route{"GET " + all + "/{id}", inSCIM(c.get)},
			Route{"PATCH " + all + "/{id}", inSCIM(c.patch)},
			Route{"PUT " + all + "/{id}", inSCIM(c.put)},
			Route{"DELETE " + all + "/{id}", inSCIM(c.remove)},
		)
	}
	return routes
}

// scimError marks an error that is to be answered in the shape of RFC 7644.
type scimError struct{ error }

// Unwrap gives the error without the mark.
func (e scimError) Unwrap() error { return e.error }

type scimErrorAnswer struct {
	Schemas []string `json:"schemas"`
	Type    string   `json:"scimType,omitempty"`
	Detail  string   `json:"detail"`
	Status  string   `json:"status"`
}

// scimTypes are the words for what is wrong, by status. A name that is taken has none: Terraform's provider goes on only after the bare text.
var scimTypes = map[int]string{http.StatusBadRequest: "invalidValue"}

func scimErrorBody(err error, e *model.Error) scimErrorAnswer {
	kind := scimTypes[e.Status]
	if refusal := (scimRefusal{}); errors.As(err, &refusal) {
		kind = refusal.kind
	}
	return scimErrorAnswer{
		Schemas: []string{"urn:ietf:params:scim:api:messages:2.0:Error"}, Type: kind, Detail: e.Message, Status: strconv.Itoa(e.Status),
	}
}

type answerer = func(*http.Request, *model.Principal) (any, error)

func inSCIM(answer answerer) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		v, err := answer(r, who)
		if err != nil {
			err = scimError{err}
		}
		return v, err
	}
}

// me is the caller as SCIM has it, a service principal in the form of a user. Entitlements are the principal's own: those of its groups
// do not show, as in Databricks.
func (h *Handler) me(_ *http.Request, who *model.Principal) (any, error) {
	me := resource(h.world.InWorkspace(), who)
	me.Schemas = []string{"urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:workspace:2.0:User"}
	me.UserName, me.ApplicationID = who.Name, ""
	return me, nil
}

// resource writes a principal out. At the account the groups of somebody are found by the groups alone.
func resource(d model.Directory, p *model.Principal) scimResource {
	out := resourceOf(p.Kind, d.Draft(p))
	out.ID = p.ID
	if p.Kind == model.Group {
		out.Meta = &scimMeta{"Group"}
		if p.WorkspaceLocal {
			out.Meta.ResourceType = "WorkspaceGroup"
		}
		if !p.External {
			for _, m := range d.World().Members(p) {
				out.Members = append(out.Members, member(m))
			}
		}
	}
	if d.OfAccount() {
		out.AccountID = model.AccountID
		return out
	}
	for _, g := range d.World().Groups(p) {
		kind := "indirect"
		for _, name := range p.MemberOf {
			if strings.EqualFold(name, g.Name) {
				kind = "direct"
			}
		}
		out.Groups = append(out.Groups, scimValue{Value: g.ID, Display: g.Name, Type: kind, Ref: "Groups/" + g.ID})
	}
	return out
}

// resourceOf writes out what can be changed of a principal.
func resourceOf(kind model.PrincipalKind, d model.Draft) scimResource {
	out := scimResource{DisplayName: d.DisplayName, ExternalID: d.ExternalID, Members: referencesTo(d.Members), Groups: referencesTo(d.Groups)}
	for _, k := range scimKinds {
		if k.kind == kind {
			out.Schemas = []string{k.schema}
		}
	}
	active := scimTruth(d.Active)
	switch kind {
	case model.User:
		out.UserName, out.Active = d.Name, &active
		out.Emails = []scimValue{{Value: d.Name, Type: "work", Primary: true}}
		if len(d.Emails) > 0 {
			out.Emails = nil
		}
		for _, e := range d.Emails {
			out.Emails = append(out.Emails, scimValue{Value: e.Value, Type: e.Type, Display: e.Display, Primary: scimTruth(e.Primary)})
		}
		if name := (scimName{d.FullName, d.GivenName, d.FamilyName}); name != (scimName{}) {
			out.Name = &name
		}
	case model.ServicePrincipal:
		out.ApplicationID, out.Active = d.Name, &active
	case model.Group:
		out.DisplayName = d.Name
	}
	out.Entitlements, out.Roles = plainValues(d.Entitlements), plainValues(d.Roles)
	return out
}

func plainValues(list []string) []scimValue {
	var out []scimValue
	for _, text := range list {
		out = append(out, scimValue{Value: text})
	}
	return out
}

func referencesTo(list []model.Reference) []scimValue {
	var out []scimValue
	for _, r := range list {
		out = append(out, scimValue{Value: r.ID, Display: r.Display})
	}
	return out
}

func member(p *model.Principal) scimValue {
	out := scimValue{Value: p.ID, Display: model.ReferenceTo(p).Display}
	for _, k := range scimKinds {
		if k.kind == p.Kind {
			out.Ref = k.path + "/" + p.ID
		}
	}
	return out
}
