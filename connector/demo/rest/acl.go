package rest

import (
	"cmp"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// permissionPaths are the current path of the permissions API and the one from its preview, which is answered still.
var permissionPaths = []string{"/api/2.0/permissions/", "/api/2.0/preview/permissions/"}

// controlled is an object type of the permissions API.
type controlled struct{ registry.ControlRow }

func (h *Handler) accessRoutes() []Route {
	var routes []Route
	for _, path := range permissionPaths {
		for _, row := range registry.Controls() {
			for _, object := range row.Paths {
				o := controlled{row}
				routes = append(routes,
					Route{"GET " + path + object, h.getAccess(o)},
					Route{"PATCH " + path + object, h.changeAccess(o, h.world.GrantAccess)},
					Route{"PUT " + path + object, h.changeAccess(o, h.world.ReplaceAccess)},
					Route{"GET " + path + object + "/permissionLevels", h.accessLevels(o)},
				)
			}
		}
	}
	return routes
}

type objectPermissions struct {
	ObjectID   string        `json:"object_id"`
	ObjectType string        `json:"object_type"`
	List       []accessEntry `json:"access_control_list,omitempty"`
}

type accessEntry struct {
	User             string            `json:"user_name,omitempty"`
	Group            string            `json:"group_name,omitempty"`
	ServicePrincipal string            `json:"service_principal_name,omitempty"`
	DisplayName      string            `json:"display_name,omitempty"`
	All              []levelOfAnObject `json:"all_permissions"`
}

type levelOfAnObject struct {
	Level         string   `json:"permission_level"`
	Inherited     bool     `json:"inherited"`
	InheritedFrom []string `json:"inherited_from_object,omitempty"`
}

func (o controlled) named(r *http.Request) model.Controlled {
	return model.Controlled{Kind: o.Kind, ID: r.PathValue("id")}
}

func (o controlled) permissions(r *http.Request, entries []model.AccessEntry) objectPermissions {
	out := objectPermissions{ObjectID: o.Object + r.PathValue("id"), ObjectType: cmp.Or(o.Type, string(o.Kind))}
	for i, e := range entries {
		held := levelOfAnObject{Level: e.Level.String(), Inherited: e.Inherited(), InheritedFrom: e.From}
		if i > 0 && entries[i-1].Principal == e.Principal {
			last := &out.List[len(out.List)-1]
			last.All = append(last.All, held)
			continue
		}
		entry := accessEntry{DisplayName: e.Principal.DisplayName, All: []levelOfAnObject{held}}
		switch e.Principal.Kind {
		case model.User:
			entry.User = e.Principal.Name
		case model.Group:
			entry.Group = e.Principal.Name
		case model.ServicePrincipal:
			entry.ServicePrincipal = e.Principal.Name
		}
		out.List = append(out.List, entry)
	}
	return out
}

func (h *Handler) getAccess(o controlled) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		entries, err := h.world.AccessList(who, o.named(r))
		if err != nil {
			return nil, err
		}
		return o.permissions(r, entries), nil
	}
}

type accessRequest struct {
	List []struct {
		User             string `json:"user_name"`
		Group            string `json:"group_name"`
		ServicePrincipal string `json:"service_principal_name"`
		Level            string `json:"permission_level"`
	} `json:"access_control_list"`
}

// changeAccess answers PATCH and PUT, which differ in what the model does.
func (h *Handler) changeAccess(
	o controlled, change func(*model.Principal, model.Controlled, []model.AccessRequest) ([]model.AccessEntry, error),
) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		var body accessRequest
		if err := readBody(r, &body); err != nil {
			return nil, err
		}
		requests, err := body.requests()
		if err != nil {
			return nil, err
		}
		entries, err := change(who, o.named(r), requests)
		if err != nil {
			return nil, err
		}
		return o.permissions(r, entries), nil
	}
}

func (b accessRequest) requests() ([]model.AccessRequest, error) {
	var out []model.AccessRequest
	for _, line := range b.List {
		level, err := model.ParseLevel(line.Level)
		if err != nil {
			return nil, err
		}
		named := 0
		for kind, name := range map[model.PrincipalKind]string{
			model.User: line.User, model.Group: line.Group, model.ServicePrincipal: line.ServicePrincipal,
		} {
			if name != "" {
				out = append(out, model.AccessRequest{Kind: kind, Principal: name, Level: level})
				named++
			}
		}
		if named != 1 {
			return nil, Refuse("An access control entry must name one user, group or service principal.")
		}
	}
	return out, nil
}

type levelList struct {
	Levels []levelDescription `json:"permission_levels"`
}

type levelDescription struct {
	Level       string `json:"permission_level"`
	Description string `json:"description"`
}

func (h *Handler) accessLevels(o controlled) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		levels, err := h.world.AccessLevels(who, o.named(r))
		if err != nil {
			return nil, err
		}
		out := levelList{}
		for _, l := range levels {
			out.Levels = append(out.Levels, levelDescription{l.Level.String(), l.Description})
		}
		return out, nil
	}
}
