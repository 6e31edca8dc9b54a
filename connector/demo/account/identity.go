package account

import (
	"net/http"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// identityPage is the largest page of the identity service, as documented for members and groups.
const identityPage = 1000

// paged is the page that a request asks for of a listing of the identity service: what it has under the name, and the token of the next.
// A part of it that is empty is left out.
func paged[T, Row any](r *http.Request, scope, name string, all []T, row func(T) Row) (any, error) {
	page, next, err := rest.Page(r, scope, identityPage, all)
	if err != nil {
		return nil, err
	}
	answer := map[string]any{}
	if next != "" {
		answer["next_page_token"] = next
	}
	if len(page) > 0 {
		rows := make([]Row, len(page))
		for i, one := range page {
			rows[i] = row(one)
		}
		answer[name] = rows
	}
	return answer, nil
}

// identity is a principal as the identity service has it; each kind has its own part of the fields.
type identity struct {
	AccountID   string    `json:"account_id"`
	ExternalID  string    `json:"external_id,omitempty"`
	UserID      string    `json:"user_id,omitempty"`
	UserName    string    `json:"username,omitempty"`
	FullName    *fullName `json:"full_name,omitempty"`
	UserStatus  string    `json:"account_user_status,omitempty"`
	GroupID     string    `json:"group_id,omitempty"`
	GroupName   string    `json:"group_name,omitempty"`
	ServiceID   string    `json:"service_principal_id,omitempty"`
	Application string    `json:"application_id,omitempty"`
	DisplayName string    `json:"display_name,omitempty"`
	Service     string    `json:"account_sp_status,omitempty"`
}

type fullName struct {
	Family string `json:"family_name,omitempty"`
	Given  string `json:"given_name,omitempty"`
}

type groupMember struct {
	GroupID     int64  `json:"group_id"`
	PrincipalID int64  `json:"principal_id"`
	Type        string `json:"principal_type"`
	Source      string `json:"membership_source"`
	DisplayName string `json:"display_name,omitempty"`
	ExternalID  string `json:"external_id,omitempty"`
}

// types are the kinds of principal as the identity service writes them.
var types = map[model.PrincipalKind]string{model.User: "USER", model.Group: "GROUP", model.ServicePrincipal: "SERVICE_PRINCIPAL"}

// collections are the kinds as the service names their listings.
var collections = map[model.PrincipalKind]string{model.User: "users", model.Group: "groups", model.ServicePrincipal: "service_principals"}

// identityRoutes are what the identity service tells of principals. It knows those of the account alone, on either host.
func identityRoutes(d model.Directory, path string) []rest.Route {
	s := identityService{d}
	routes := []rest.Route{
		{Pattern: "GET " + path + "/groups/{id}/direct-members", Answer: s.members},
		{Pattern: "GET " + path + "/principals/{id}/transitive-parent-groups", Answer: s.parents},
	}
	for kind, name := range collections {
		of := path + "/" + strings.ReplaceAll(name, "_", "-")
		routes = append(routes,
			rest.Route{Pattern: "GET " + of, Answer: s.list(kind)},
			rest.Route{Pattern: "GET " + of + "/{id}", Answer: s.get(kind)},
		)
	}
	return routes
}

type identityService struct{ model.Directory }

// list lists a kind. How the filters of the service are written is not documented well enough to play them.
func (s identityService) list(kind model.PrincipalKind) answerer {
	return forAdmins(s.Directory, func(r *http.Request) (any, error) {
		if r.URL.Query().Get("filter") != "" {
			return nil, rest.Refuse("Parameter 'filter' is not supported here.")
		}
		return paged(r, types[kind], collections[kind], slices.DeleteFunc(s.List(kind), local), identify)
	})
}

func (s identityService) get(kind model.PrincipalKind) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		p, err := s.entry(r, who, kind)
		if err != nil {
			return nil, err
		}
		return identify(p), nil
	}
}

// entry finds the principal that a path names. Groups that live in the workspace are not the account's.
func (s identityService) entry(r *http.Request, who *model.Principal, kind model.PrincipalKind) (*model.Principal, error) {
	p, err := s.Entry(who, kind, r.PathValue("id"))
	if err == nil && p.WorkspaceLocal {
		err = noResource("Group with id " + p.ID + " not found.")
	}
	return p, err
}

func (s identityService) members(r *http.Request, who *model.Principal) (any, error) {
	g, err := s.entry(r, who, model.Group)
	if err != nil {
		return nil, err
	}
	source := "INTERNAL"
	if g.External {
		source = "IDENTITY_PROVIDER"
	}
	return paged(r, "members of "+g.ID, "direct_group_members", s.World().Members(g), func(p *model.Principal) groupMember {
		return groupMember{
			GroupID: rest.NumericID(g.ID), PrincipalID: rest.NumericID(p.ID), Type: types[p.Kind], Source: source,
			DisplayName: model.ReferenceTo(p).Display, ExternalID: p.Profile.ExternalID,
		}
	})
}

// parents are the groups that somebody of any kind is in, directly or through others.
func (s identityService) parents(r *http.Request, who *model.Principal) (any, error) {
	p, err := s.Entry(who, 0, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	groups := slices.DeleteFunc(s.World().Groups(p), local)
	return paged(r, "groups of "+p.ID, "transitive_parent_groups", groups, func(g *model.Principal) identity {
		return identity{AccountID: model.AccountID, GroupID: g.ID, ExternalID: g.Profile.ExternalID}
	})
}

// local is what the account does not know.
func local(p *model.Principal) bool { return p.WorkspaceLocal }

func identify(p *model.Principal) identity {
	out := identity{AccountID: model.AccountID, ExternalID: p.Profile.ExternalID}
	switch p.Kind {
	case model.User:
		out.UserID, out.UserName, out.UserStatus = p.ID, p.Name, status(p)
		out.FullName = &fullName{Family: p.Profile.FamilyName, Given: p.Profile.GivenName}
	case model.Group:
		out.GroupID, out.GroupName = p.ID, p.Name
	case model.ServicePrincipal:
		out.ServiceID, out.Application, out.DisplayName, out.Service = p.ID, p.Name, p.DisplayName, status(p)
	}
	return out
}

func status(p *model.Principal) string {
	if p.Active {
		return "ACTIVE"
	}
	return "INACTIVE"
}
