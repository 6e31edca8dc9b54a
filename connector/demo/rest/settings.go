package rest

import (
	"net/http"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

func (h *Handler) settingRoutes() []Route {
	return []Route{
		{"GET /api/2.0/workspace-conf", h.getSettings},
		{"PATCH /api/2.0/workspace-conf", h.changeSettings},
		{"GET " + namespacePath, h.getNamespace},
		{"PATCH " + namespacePath, h.changeNamespace},
		{"DELETE " + namespacePath, h.removeNamespace},
	}
}

// getSettings gives the keys that were asked for; one that is not set is null.
func (h *Handler) getSettings(r *http.Request, who *model.Principal) (any, error) {
	keys := r.URL.Query().Get("keys")
	if keys == "" {
		return nil, Refuse("keys is required.")
	}
	values, err := h.world.Settings(who, strings.Split(keys, ","))
	if err != nil {
		return nil, err
	}
	out := map[string]*string{}
	for key, value := range values {
		if value == "" {
			out[key] = nil
			continue
		}
		out[key] = &value
	}
	return out, nil
}

func (h *Handler) changeSettings(r *http.Request, who *model.Principal) (any, error) {
	var values map[string]string
	if err := readBody(r, &values); err != nil {
		return nil, err
	}
	return nothing{}, h.world.ChangeSettings(who, values)
}
