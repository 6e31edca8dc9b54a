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

func (h *Handler) secretRoutes() []Route {
	return Secrets(h.world.InWorkspace(), "/api/2.0/accounts/")
}

// secretShelf answers for the OAuth secrets of the service principals of a directory.
type secretShelf struct{ model.Directory }

// Secrets is the service for OAuth secrets of a directory. The path ends in a slash, with servicePrincipals coming next.
func Secrets(d model.Directory, path string) []Route {
	all, s := path+"servicePrincipals/{id}/credentials/secrets", secretShelf{d}
	return []Route{
		{"GET " + all, s.list},
		{"POST " + all, s.create},
		{"DELETE " + all + "/{secret}", s.remove},
	}
}

func (h secretShelf) info(s model.Secret) secretInfo {
	return secretInfo{
		ID: s.ID, Hash: s.Hash, Status: s.Status(h.World().Clock().Now()),
		CreateTime: s.Created.UTC().Format(time.RFC3339), UpdateTime: s.Created.UTC().Format(time.RFC3339),
		ExpireTime: s.Expires.UTC().Format(time.RFC3339),
	}
}

func (h secretShelf) list(r *http.Request, who *model.Principal) (any, error) {
	c, err := readCursor(r, "secrets of "+r.PathValue("id"), "page_size", smallPage)
	if err != nil {
		return nil, err
	}
	all, err := h.Secrets(who, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	page, next := pageOf(c, all)
	out := secretList{Next: next}
	for _, s := range page {
		out.Secrets = append(out.Secrets, h.info(s))
	}
	return out, nil
}

func (h secretShelf) create(r *http.Request, who *model.Principal) (any, error) {
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
	s, value, err := h.CreateSecret(who, r.PathValue("id"), life)
	if err != nil {
		return nil, err
	}
	info := h.info(s)
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
		return 0, Refuse("'" + text + "' is not a valid lifetime.")
	}
	return time.Duration(n) * time.Second, nil
}

func (h secretShelf) remove(r *http.Request, who *model.Principal) (any, error) {
	return empty{}, h.DeleteSecret(who, r.PathValue("id"), r.PathValue("secret"))
}
