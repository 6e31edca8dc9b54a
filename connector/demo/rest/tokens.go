package rest

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// tokenInfo is a personal access token as its owner sees it.
type tokenInfo struct {
	ID      string `json:"token_id"`
	Created int64  `json:"creation_time"` // milliseconds since 1970
	Expires int64  `json:"expiry_time"`   // -1: never
	Comment string `json:"comment"`
}

// managedToken is a personal access token as an admin sees it.
type managedToken struct {
	tokenInfo
	OwnerID     int64  `json:"owner_id,omitempty"`
	CreatedByID int64  `json:"created_by_id,omitempty"`
	CreatedBy   string `json:"created_by_username"`
	WorkspaceID int64  `json:"workspace_id"`
	LastUsedDay int64  `json:"last_used_day,omitempty"`
}

type tokenRequest struct {
	ApplicationID string   `json:"application_id"`
	Comment       string   `json:"comment"`
	Lifetime      *int64   `json:"lifetime_seconds"`
	Scopes        []string `json:"scopes"`
}

type newToken[T any] struct {
	Value string `json:"token_value"`
	Info  T      `json:"token_info"`
}

type tokenList[T any] struct {
	Tokens []T `json:"token_infos,omitempty"`
}

type oneToken struct {
	Token managedToken `json:"token_info"`
}

func (h *Handler) tokenRoutes() []Route {
	const managed = "/api/2.0/token-management/"
	return []Route{
		{"POST /api/2.0/token/create", h.createToken},
		{"GET /api/2.0/token/list", h.listTokens},
		{"POST /api/2.0/token/delete", h.revokeToken},
		{"POST " + managed + "on-behalf-of/tokens", h.createTokenFor},
		{"GET " + managed + "tokens", h.listAllTokens},
		{"GET " + managed + "tokens/{id}", h.getToken},
		{"DELETE " + managed + "tokens/{id}", h.deleteToken},
	}
}

func describeToken(t model.Token) tokenInfo {
	info := tokenInfo{ID: t.ID, Created: t.Created.UnixMilli(), Expires: -1, Comment: t.Comment}
	if !t.Expires.IsZero() {
		info.Expires = t.Expires.UnixMilli()
	}
	return info
}

func (h *Handler) managedToken(t model.Token) managedToken {
	info := managedToken{
		tokenInfo: describeToken(t), OwnerID: h.numericID(t.Owner), CreatedByID: h.numericID(t.CreatedBy), CreatedBy: t.CreatedBy,
		WorkspaceID: NumericID(h.world.WorkspaceID()),
	}
	if used := t.LastUsed(); !used.IsZero() {
		info.LastUsedDay = used.UTC().Truncate(24 * time.Hour).UnixMilli()
	}
	return info
}

// numericID is the SCIM id of a principal as a number, 0 for one that is gone.
func (h *Handler) numericID(name string) int64 {
	p, ok := h.world.Principal(name)
	if !ok {
		return 0
	}
	return NumericID(p.ID)
}

// readTokenRequest reads what a new token should be. A lifetime of 0 is not the same as none: Databricks refuses it.
func readTokenRequest(r *http.Request) (body tokenRequest, life time.Duration, err error) {
	if err := readBody(r, &body); err != nil {
		return body, 0, err
	}
	if len(body.Scopes) > 0 {
		return body, 0, Refuse("Scopes of tokens are not supported by this workspace.")
	}
	if body.Lifetime == nil {
		return body, 0, nil
	}
	const longest = int64(100 * 365 * 24 * time.Hour / time.Second)
	if *body.Lifetime <= 0 || *body.Lifetime > longest {
		return body, 0, Refuse("requirement failed: Invalid timeout: " + strconv.FormatInt(*body.Lifetime, 10))
	}
	return body, time.Duration(*body.Lifetime) * time.Second, nil
}

func (h *Handler) createToken(r *http.Request, who *model.Principal) (any, error) {
	body, life, err := readTokenRequest(r)
	if err != nil {
		return nil, err
	}
	t, value, err := h.world.CreateToken(who, body.Comment, life)
	if err != nil {
		return nil, err
	}
	return newToken[tokenInfo]{string(value), describeToken(t)}, nil
}

func (h *Handler) createTokenFor(r *http.Request, who *model.Principal) (any, error) {
	body, life, err := readTokenRequest(r)
	if err != nil {
		return nil, err
	}
	t, value, err := h.world.CreateTokenFor(who, body.ApplicationID, body.Comment, life)
	if err != nil {
		return nil, err
	}
	return newToken[managedToken]{string(value), h.managedToken(t)}, nil
}

func (h *Handler) listTokens(_ *http.Request, who *model.Principal) (any, error) {
	var out tokenList[tokenInfo]
	for _, t := range h.world.Tokens(who) {
		out.Tokens = append(out.Tokens, describeToken(t))
	}
	return out, nil
}

// listAllTokens lists everybody's tokens, or those that one principal created.
func (h *Handler) listAllTokens(r *http.Request, who *model.Principal) (any, error) {
	all, err := h.world.AllTokens(who)
	if err != nil {
		return nil, err
	}
	id, name := r.URL.Query().Get("created_by_id"), r.URL.Query().Get("created_by_username")
	if id != "" && name != "" {
		return nil, Refuse("created_by_id and created_by_username cannot be combined.")
	}
	var out tokenList[managedToken]
	for _, t := range all {
		info := h.managedToken(t)
		if (id == "" || strconv.FormatInt(info.CreatedByID, 10) == id) && (name == "" || info.CreatedBy == name) {
			out.Tokens = append(out.Tokens, info)
		}
	}
	return out, nil
}

func (h *Handler) getToken(r *http.Request, who *model.Principal) (any, error) {
	all, err := h.world.AllTokens(who)
	if err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	i := slices.IndexFunc(all, func(t model.Token) bool { return t.ID == id })
	if i < 0 {
		return nil, &model.Error{Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound, Message: "Token with ID " + id + " does not exist."}
	}
	return oneToken{h.managedToken(all[i])}, nil
}

func (h *Handler) revokeToken(r *http.Request, who *model.Principal) (any, error) {
	var body struct {
		ID string `json:"token_id"`
	}
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	return empty{}, h.world.RevokeToken(who, body.ID)
}

func (h *Handler) deleteToken(r *http.Request, who *model.Principal) (any, error) {
	return empty{}, h.world.DeleteToken(who, r.PathValue("id"))
}
