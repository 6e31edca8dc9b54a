package rest

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type scopeInfo struct {
	Name    string     `json:"name"`
	Backend string     `json:"backend_type"`
	Vault   *vaultInfo `json:"keyvault_metadata,omitempty"`
}

type vaultInfo struct {
	ResourceID string `json:"resource_id"`
	DNSName    string `json:"dns_name"`
}

type scopeItem struct {
	Principal  string `json:"principal"`
	Permission string `json:"permission"`
}

func (h *Handler) scopeRoutes() []Route {
	const secrets = "/api/2.0/secrets/"
	return []Route{
		{"GET " + secrets + "scopes/list", h.listScopes},
		{"POST " + secrets + "scopes/create", h.createScope},
		{"POST " + secrets + "scopes/delete", h.deleteScope},
		{"GET " + secrets + "list", h.listKeys},
		{"GET " + secrets + "get", h.refuseValue},
		{"POST " + secrets + "put", h.putSecret},
		{"POST " + secrets + "delete", h.dropSecret},
		{"GET " + secrets + "acls/list", h.listScopeAccess},
		{"GET " + secrets + "acls/get", h.getScopeAccess},
		{"POST " + secrets + "acls/put", h.putScopeAccess},
		{"POST " + secrets + "acls/delete", h.deleteScopeAccess},
	}
}

func (h *Handler) listScopes(_ *http.Request, who *model.Principal) (any, error) {
	var out struct {
		Scopes []scopeInfo `json:"scopes,omitempty"`
	}
	for _, s := range h.world.Scopes(who) {
		info := scopeInfo{Name: s.Name, Backend: "DATABRICKS"}
		if s.Vault != nil {
			info.Backend, info.Vault = "AZURE_KEYVAULT", &vaultInfo{s.Vault.ResourceID, s.Vault.DNSName}
		}
		out.Scopes = append(out.Scopes, info)
	}
	return out, nil
}

func (h *Handler) createScope(r *http.Request, who *model.Principal) (any, error) {
	var body struct {
		Scope   string     `json:"scope"`
		Manager string     `json:"initial_manage_principal"`
		Backend string     `json:"scope_backend_type"`
		Vault   *vaultInfo `json:"backend_azure_keyvault"`
	}
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	s := model.Scope{Name: body.Scope}
	switch {
	case body.Manager != "" && body.Manager != model.WorkspaceUsers:
		return nil, Refuse("The only initial_manage_principal is 'users'.")
	case body.Backend == "AZURE_KEYVAULT" && (body.Vault == nil || body.Vault.ResourceID == "" || body.Vault.DNSName == ""):
		return nil, Refuse("backend_azure_keyvault is required for a scope of AZURE_KEYVAULT.")
	case body.Backend == "AZURE_KEYVAULT":
		s.Vault = &model.KeyVault{ResourceID: body.Vault.ResourceID, DNSName: body.Vault.DNSName}
	case body.Backend != "" && body.Backend != "DATABRICKS":
		return nil, Refuse("'" + body.Backend + "' is not a type of secret scope.")
	}
	return empty{}, h.world.CreateScope(who, s, body.Manager != "")
}

// secretRequest is what the calls for one secret, or one line of a list, are about.
type secretRequest struct {
	Scope      string `json:"scope"`
	Key        string `json:"key"`
	Principal  string `json:"principal"`
	Permission string `json:"permission"`
}

func (h *Handler) deleteScope(r *http.Request, who *model.Principal) (any, error) {
	var body secretRequest
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	return empty{}, h.world.DeleteScope(who, body.Scope)
}

func (h *Handler) listKeys(r *http.Request, who *model.Principal) (any, error) {
	s, err := h.world.Scope(who, r.URL.Query().Get("scope"))
	if err != nil {
		return nil, err
	}
	type metadata struct {
		Key     string `json:"key"`
		Updated int64  `json:"last_updated_timestamp"`
	}
	var out struct {
		Secrets []metadata `json:"secrets,omitempty"`
	}
	for _, key := range slices.Sorted(maps.Keys(s.Keys)) {
		out.Secrets = append(out.Secrets, metadata{key, s.Keys[key].UnixMilli()})
	}
	return out, nil
}

// refuseValue answers who may read a secret that there is nothing to read.
func (h *Handler) refuseValue(r *http.Request, who *model.Principal) (any, error) {
	query := r.URL.Query()
	s, err := h.world.Scope(who, query.Get("scope"))
	if err != nil {
		return nil, err
	}
	if _, ok := s.Keys[query.Get("key")]; !ok {
		return nil, &model.Error{
			Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound,
			Message: "Failed to get secret " + query.Get("key") + " for scope " + s.Name + ".",
		}
	}
	return nil, &model.Error{Code: "NOT_IMPLEMENTED", Status: http.StatusNotImplemented, Message: "Values of secrets are not kept here."}
}

// putSecret measures a value and forgets it.
func (h *Handler) putSecret(r *http.Request, who *model.Principal) (any, error) {
	var body struct {
		Scope string  `json:"scope"`
		Key   string  `json:"key"`
		Text  *string `json:"string_value"`
		Bytes *string `json:"bytes_value"`
	}
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	size := 0
	switch {
	case (body.Text == nil) == (body.Bytes == nil):
		return nil, Refuse("Exactly one of string_value and bytes_value is required.")
	case body.Text != nil:
		size = len(*body.Text)
	default:
		raw, err := base64.StdEncoding.DecodeString(*body.Bytes)
		if err != nil {
			return nil, Refuse("bytes_value is not valid base64.")
		}
		size = len(raw)
		clear(raw)
	}
	return empty{}, h.world.PutSecret(who, body.Scope, body.Key, size)
}

func (h *Handler) dropSecret(r *http.Request, who *model.Principal) (any, error) {
	var body secretRequest
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	return empty{}, h.world.DropSecret(who, body.Scope, body.Key)
}

func (h *Handler) listScopeAccess(r *http.Request, who *model.Principal) (any, error) {
	entries, err := h.world.ScopeAccess(who, r.URL.Query().Get("scope"))
	if err != nil {
		return nil, err
	}
	var out struct {
		Items []scopeItem `json:"items,omitempty"`
	}
	for _, e := range entries {
		out.Items = append(out.Items, scopeItem{e.Principal, model.ScopePermission(e.Level)})
	}
	return out, nil
}

func (h *Handler) getScopeAccess(r *http.Request, who *model.Principal) (any, error) {
	scope, principal := r.URL.Query().Get("scope"), r.URL.Query().Get("principal")
	entries, err := h.world.ScopeAccess(who, scope)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(entries, func(e model.ScopeEntry) bool { return e.Principal == principal })
	if i < 0 {
		return nil, &model.Error{
			Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound, Message: "No ACL for principal " + principal + " in scope " + scope + ".",
		}
	}
	return scopeItem{principal, model.ScopePermission(entries[i].Level)}, nil
}

func (h *Handler) putScopeAccess(r *http.Request, who *model.Principal) (any, error) {
	var body secretRequest
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	level, err := model.ParseScopePermission(body.Permission)
	if err != nil {
		return nil, err
	}
	return empty{}, h.world.GrantScope(who, body.Scope, body.Principal, level)
}

func (h *Handler) deleteScopeAccess(r *http.Request, who *model.Principal) (any, error) {
	var body secretRequest
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	return empty{}, h.world.GrantScope(who, body.Scope, body.Principal, model.NoAccess)
}
