package account

import (
	"cmp"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// assigned is who is in the workspace by the assignment API.
type assigned struct {
	Permissions []string   `json:"permissions"`
	Principal   assignedTo `json:"principal"`
}

type assignedTo struct {
	ID               int64  `json:"principal_id"`
	DisplayName      string `json:"display_name,omitempty"`
	User             string `json:"user_name,omitempty"`
	Group            string `json:"group_name,omitempty"`
	ServicePrincipal string `json:"service_principal_name,omitempty"`
}

type assignments struct {
	List []assigned `json:"permission_assignments"`
}

// permission is one that the assignment API can give.
type permission struct {
	Level       string `json:"permission_level"`
	Description string `json:"description"`
}

type permissions struct {
	List []permission `json:"permissions"`
}

// assignable are what can be given, as the service describes it.
var assignable = []permission{{"USER", "Can access the workspace with basic privileges"}, {"ADMIN", "Can administer the workspace"}}

// levels are the permissions of the assignment API.
var levels = map[string]model.Admission{"USER": model.AsUser, "ADMIN": model.AsAdmin}

func assignmentRoutes(d model.Directory, path string) []rest.Route {
	path += "/permissionassignments"
	return []rest.Route{
		{Pattern: "GET " + path, Answer: here(d, func(_ *http.Request, who *model.Principal) (any, error) {
			all, err := d.Assignments(who)
			out := assignments{List: []assigned{}}
			for _, s := range all {
				out.List = append(out.List, assignedAs(s))
			}
			return out, err
		})},
		{Pattern: "GET " + path + "/permissions", Answer: here(d, forAdmins(d, func(*http.Request) (any, error) {
			return permissions{assignable}, nil
		}))},
		{Pattern: "PUT " + path + "/principals/{id}", Answer: here(d, func(r *http.Request, who *model.Principal) (any, error) {
			return assign(d, r, who)
		})},
		{Pattern: "DELETE " + path + "/principals/{id}", Answer: here(d, func(r *http.Request, who *model.Principal) (any, error) {
			_, err := d.Assign(who, r.PathValue("id"), model.NotAdmitted)
			return empty{}, err
		})},
	}
}

// assign gives somebody all that the body has and nothing else; without permissions they are no longer in the workspace.
func assign(d model.Directory, r *http.Request, who *model.Principal) (any, error) {
	var body struct {
		Permissions []string `json:"permissions"`
	}
	if err := rest.ReadKnown(r, &body); err != nil {
		return nil, err
	}
	as := model.NotAdmitted
	for _, word := range body.Permissions {
		level, known := levels[word]
		if !known {
			return nil, rest.Refuse("'" + word + "' is not a valid workspace permission.")
		}
		as = max(as, level)
	}
	s, err := d.Assign(who, r.PathValue("id"), as)
	if err != nil {
		return nil, err
	}
	return assignedAs(s), nil
}

func assignedAs(s model.Standing) assigned {
	p := s.Principal
	out := assigned{Permissions: []string{}, Principal: assignedTo{ID: rest.NumericID(p.ID), DisplayName: cmp.Or(p.DisplayName, p.Name)}}
	for word, level := range levels {
		if level == s.Direct {
			out.Permissions = append(out.Permissions, word)
		}
	}
	switch p.Kind {
	case model.User:
		out.Principal.User = p.Name
	case model.Group:
		out.Principal.Group = p.Name
	case model.ServicePrincipal:
		out.Principal.ServicePrincipal = p.Name
	}
	return out
}
