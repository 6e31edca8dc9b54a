package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/settings"
)

// namespaceSetting is the default namespace as the settings API writes it.
type namespaceSetting struct {
	ETag      string        `json:"etag"`
	Namespace settingString `json:"namespace"`
	Name      string        `json:"setting_name"`
}

type settingString struct {
	Value string `json:"value"`
}

type settingTag struct {
	ETag string `json:"etag"`
}

const (
	namespacePath = "/api/2.0/settings/types/default_namespace_ws/names/default"
	// namespaceMask is the field that a change of the setting names.
	namespaceMask = "namespace.value"
)

func (h *Handler) getNamespace(_ *http.Request, who *model.Principal) (any, error) {
	n, err := h.world.Namespace(who)
	return namespaceInfo(n), err
}

func namespaceInfo(n settings.Namespace) namespaceSetting {
	return namespaceSetting{n.Tag(), settingString{n.Catalog}, "default"}
}

func (h *Handler) changeNamespace(r *http.Request, who *model.Principal) (any, error) {
	var body struct {
		AllowMissing bool             `json:"allow_missing"`
		Mask         string           `json:"field_mask"`
		Setting      namespaceSetting `json:"setting"`
	}
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	catalog := body.Setting.Namespace.Value
	switch {
	case !body.AllowMissing:
		return nil, Refuse("allow_missing must be true.")
	case body.Mask != namespaceMask:
		return nil, Refuse("field_mask must be " + namespaceMask + ".")
	case catalog == "":
		return nil, Refuse(namespaceMask + " is required.")
	}
	n, err := h.world.SetNamespace(who, catalog, body.Setting.ETag)
	return namespaceInfo(n), err
}

func (h *Handler) removeNamespace(r *http.Request, who *model.Principal) (any, error) {
	n, err := h.world.SetNamespace(who, "", r.URL.Query().Get("etag"))
	return settingTag{n.Tag()}, err
}
