package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// origin is the address the caller used. Discovery names it back, so the same server works under the workspace's name and as
// 127.0.0.1 with a port.
func origin(r *http.Request) string { return "https://" + r.Host }

type hostMetadata struct {
	OIDCEndpoint string `json:"oidc_endpoint"`
	AccountID    string `json:"account_id,omitempty"`
	WorkspaceID  string `json:"workspace_id,omitempty"`
	Cloud        string `json:"cloud"`
	HostType     string `json:"host_type"`
}

func (h *Handler) hostMetadata(r *http.Request) (any, error) {
	m := hostMetadata{
		OIDCEndpoint: origin(r) + h.host.OIDC, AccountID: model.AccountID, WorkspaceID: h.host.Workspace, Cloud: "Azure", HostType: h.host.Type,
	}
	if m.WorkspaceID == "" { // the host of accounts is that of every account
		m.OIDCEndpoint, m.AccountID = origin(r)+"/oidc/accounts/{account_id}", ""
	}
	return m, nil
}

type authorizationServer struct {
	Issuer                string   `json:"issuer"`
	AuthorizationEndpoint string   `json:"authorization_endpoint"`
	TokenEndpoint         string   `json:"token_endpoint"`
	GrantTypes            []string `json:"grant_types_supported"`
	Keys                  string   `json:"jwks_uri"`
	ResponseTypes         []string `json:"response_types_supported"`
	Scopes                []string `json:"scopes_supported"`
	AuthMethods           []string `json:"token_endpoint_auth_methods_supported"`
}

func (h *Handler) authorizationServer(r *http.Request) (any, error) {
	base := origin(r) + h.host.OIDC
	return authorizationServer{
		Issuer: base, AuthorizationEndpoint: base + "/v1/authorize", TokenEndpoint: base + "/v1/token", Keys: base + "/jwks.json",
		GrantTypes: []string{"client_credentials"}, ResponseTypes: []string{"code"}, Scopes: []string{"all-apis"},
		AuthMethods: []string{"client_secret_basic", "client_secret_post"},
	}, nil
}
