package account

import (
	"net/http"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// assignment is somebody's place in the workspace as the identity service has it. A list of them is without entitlements.
type assignment struct {
	AccountID    string   `json:"account_id"`
	WorkspaceID  int64    `json:"workspace_id"`
	PrincipalID  int64    `json:"principal_id"`
	Type         string   `json:"principal_type"`
	Entitlements []string `json:"entitlements,omitempty"`
	Effective    []string `json:"effective_entitlements,omitempty"`
}

// access is how somebody gets into the workspace. Its basic view is without permissions.
type access struct {
	AccountID   string   `json:"account_id"`
	WorkspaceID int64    `json:"workspace_id"`
	PrincipalID int64    `json:"principal_id"`
	Type        string   `json:"principal_type"`
	Access      string   `json:"access_type"`
	Permissions []string `json:"permissions,omitempty"`
	Status      string   `json:"status,omitempty"`
}

// detail is what a workspace alone tells of who is in it.
type detail struct {
	PrincipalID int64  `json:"principal_id"`
	Type        string `json:"principal_type"`
	Assignment  string `json:"assignment_type"`
	Status      string `json:"workspace_identity_status,omitempty"`
}

type accessService struct{ model.Directory }

// accessRoutes are what the identity service tells of a workspace.
func accessRoutes(d model.Directory, path string) []rest.Route {
	s := accessService{d}
	return []rest.Route{
		{Pattern: "GET " + path + "/workspace-assignments", Answer: here(d, s.list("workspace_assignments"))},
		{Pattern: "GET " + path + "/workspace-assignments/{id}", Answer: here(d, s.assignment)},
		{Pattern: "GET " + path + "/workspace-assignment-details", Answer: here(d, s.list("workspace_assignment_details"))},
		{Pattern: "GET " + path + "/workspace-assignment-details/{id}", Answer: here(d, s.assignment)},
		{Pattern: "GET " + path + "/workspace-access-details/{id}", Answer: here(d, s.access)},
	}
}

// detailRoutes are those that a workspace alone has.
func detailRoutes(d model.Directory, path string) []rest.Route {
	return []rest.Route{{Pattern: "GET " + path + "/workspace-identity-details/{id}", Answer: accessService{d}.detail}}
}

// list lists all who are in the workspace under the name that a listing has.
func (s accessService) list(name string) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		all, err := s.Assignments(who)
		if err != nil {
			return nil, err
		}
		return paged(r, "workspace assignments", name, all, s.plain)
	}
}

func (s accessService) assignment(r *http.Request, who *model.Principal) (any, error) {
	one, err := s.Access(who, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if one.Direct == model.NotAdmitted {
		return nil, noResource("Principal with id " + one.Principal.ID + " has no assignment of its own.")
	}
	out := s.plain(one)
	out.Entitlements, out.Effective = entitlements(one.Principal.Entitlements, one.Direct), entitlements(one.Effective, one.Highest())
	return out, nil
}

func (s accessService) plain(one model.Standing) assignment {
	return assignment{
		AccountID: model.AccountID, WorkspaceID: rest.NumericID(s.World().WorkspaceID()),
		PrincipalID: rest.NumericID(one.Principal.ID), Type: types[one.Principal.Kind],
	}
}

// entitlements are written in their own way here, and an admin has one more.
func entitlements(list []string, as model.Admission) []string {
	var out []string
	for _, e := range list {
		out = append(out, strings.ToUpper(strings.ReplaceAll(e, "-", "_")))
	}
	if as == model.AsAdmin {
		out = append(out, "WORKSPACE_ADMIN")
	}
	slices.Sort(out)
	return out
}

func (s accessService) access(r *http.Request, who *model.Principal) (any, error) {
	view := r.URL.Query().Get("view")
	if view != "" && view != "BASIC" && view != "FULL" {
		return nil, rest.Refuse("'" + view + "' is not a valid view.")
	}
	one, err := s.Access(who, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	out := access{
		AccountID: model.AccountID, WorkspaceID: rest.NumericID(s.World().WorkspaceID()),
		PrincipalID: rest.NumericID(one.Principal.ID), Type: types[one.Principal.Kind],
		Access: way(one), Status: personStatus(one.Principal),
	}
	if view == "FULL" {
		out.Permissions = []string{"USER_PERMISSION"}
		if one.Highest() == model.AsAdmin {
			out.Permissions = append(out.Permissions, "ADMIN_PERMISSION")
		}
	}
	return out, nil
}

func (s accessService) detail(r *http.Request, who *model.Principal) (any, error) {
	one, err := s.Access(who, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	p := one.Principal
	return detail{PrincipalID: rest.NumericID(p.ID), Type: types[p.Kind], Assignment: way(one), Status: personStatus(p)}, nil
}

func way(s model.Standing) string {
	if s.Direct == model.NotAdmitted {
		return "INDIRECT"
	}
	return "DIRECT"
}

// personStatus is empty for groups, to which it does not apply.
func personStatus(p *model.Principal) string {
	if p.Kind == model.Group {
		return ""
	}
	return status(p)
}
