package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
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
	catalog, tag, err := h.world.Namespace(who)
	if err != nil {
		return nil, err
	}
	return namespaceSetting{tag, settingString{catalog}, "default"}, nil
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
	tag, err := h.world.SetNamespace(who, catalog, body.Setting.ETag)
	if err != nil {
		return nil, err
	}
	return namespaceSetting{tag, settingString{catalog}, "default"}, nil
}

func (h *Handler) removeNamespace(r *http.Request, who *model.Principal) (any, error) {
	tag, err := h.world.SetNamespace(who, "", r.URL.Query().Get("etag"))
	if err != nil {
		return nil, err
	}
	return settingTag{tag}, nil
}
