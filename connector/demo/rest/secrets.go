package rest

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// secretInfo is an OAuth secret. The value is there in the answer to its creation only.
type secretInfo struct {
	ID         string `json:"id"`
	Secret     string `json:"secret,omitempty"`
	Hash       string `json:"secret_hash"`
	Status     string `json:"status"`
	CreateTime string `json:"create_time"`
	UpdateTime string `json:"update_time"`
	ExpireTime string `json:"expire_time"`
}

type secretList struct {
	Secrets []secretInfo `json:"secrets,omitempty"`
	Next    string       `json:"next_page_token,omitempty"`
}

func (h *Handler) secretRoutes() []apiRoute {
	const all = "/api/2.0/accounts/servicePrincipals/{id}/credentials/secrets"
	return []apiRoute{
		{"GET " + all, h.listSecrets},
		{"POST " + all, h.createSecret},
		{"DELETE " + all + "/{secret}", h.deleteSecret},
	}
}

func (h *Handler) secretInfo(s model.Secret) secretInfo {
	return secretInfo{
		ID: s.ID, Hash: s.Hash, Status: s.Status(h.world.Clock().Now()),
		CreateTime: s.Created.UTC().Format(time.RFC3339), UpdateTime: s.Created.UTC().Format(time.RFC3339),
		ExpireTime: s.Expires.UTC().Format(time.RFC3339),
	}
}

func (h *Handler) listSecrets(r *http.Request, who *model.Principal) (any, error) {
	c, err := readCursor(r, "secrets of "+r.PathValue("id"), "page_size", smallPage)
	if err != nil {
		return nil, err
	}
	all, err := h.world.Secrets(who, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	page, next := pageOf(c, all)
	out := secretList{Next: next}
	for _, s := range page {
		out.Secrets = append(out.Secrets, h.secretInfo(s))
	}
	return out, nil
}

func (h *Handler) createSecret(r *http.Request, who *model.Principal) (any, error) {
	var body struct {
		Lifetime string `json:"lifetime"` // for example "3600s"
	}
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	life, err := lifetime(body.Lifetime)
	if err != nil {
		return nil, err
	}
	s, value, err := h.world.CreateSecret(who, r.PathValue("id"), life)
	if err != nil {
		return nil, err
	}
	info := h.secretInfo(s)
	info.Secret = string(value)
	return info, nil
}

// lifetime reads a google.protobuf.Duration of whole seconds; none is 0.
func lifetime(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	seconds, ok := strings.CutSuffix(text, "s")
	n, err := strconv.ParseInt(seconds, 10, 32)
	if !ok || err != nil || n <= 0 {
		return 0, invalid("'" + text + "' is not a valid lifetime.")
	}
	return time.Duration(n) * time.Second, nil
}

func (h *Handler) deleteSecret(r *http.Request, who *model.Principal) (any, error) {
	return empty{}, h.world.DeleteSecret(who, r.PathValue("id"), r.PathValue("secret"))
}
