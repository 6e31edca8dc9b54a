package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// objectChange is what can be changed of a catalog, schema or table: its owner. Another field is refused rather than passed over.
type objectChange struct {
	Owner string `json:"owner"`
}

type catalogChange struct {
	objectChange
	Isolation string `json:"isolation_mode"`
}

// isolationModes are the isolation_mode of the REST API, for catalogs that are isolated and not.
var isolationModes = map[bool]string{true: "ISOLATED", false: "OPEN"}

func (h *Handler) changeCatalog(r *http.Request, who *model.Principal) (any, error) {
	var body catalogChange
	if err := readKnown(r, &body); err != nil {
		return nil, err
	}
	name := r.PathValue("name")
	isolated := body.Isolation == isolationModes[true]
	if body.Isolation != "" && body.Isolation != isolationModes[isolated] {
		return nil, invalid("'" + body.Isolation + "' is not an isolation mode.")
	}
	if body.Isolation != "" {
		if err := h.world.Isolate(who, name, isolated); err != nil {
			return nil, err
		}
	}
	if err := h.setOwner(who, model.OnCatalog(name), body.Owner); err != nil {
		return nil, err
	}
	c, err := h.world.GetCatalog(who, name, true)
	if err != nil {
		return nil, err
	}
	return h.catalogInfo(c), nil
}

func (h *Handler) setOwner(who *model.Principal, on model.Securable, owner string) error {
	if owner == "" {
		return nil
	}
	return h.world.SetOwner(who, on, owner)
}

// changeOwner changes the owner of an object, as the body has it.
func (h *Handler) changeOwner(r *http.Request, who *model.Principal, on model.Securable) error {
	var body objectChange
	if err := readKnown(r, &body); err != nil {
		return err
	}
	return h.setOwner(who, on, body.Owner)
}

func (h *Handler) changeSchema(r *http.Request, who *model.Principal) (any, error) {
	on, err := model.ParseSecurable("schema", r.PathValue("name"))
	if err == nil {
		err = h.changeOwner(r, who, on)
	}
	if err != nil {
		return nil, err
	}
	return h.getSchema(r, who)
}

// changeTable answers with nothing, as the tables API does.
func (h *Handler) changeTable(r *http.Request, who *model.Principal) (any, error) {
	on, err := model.ParseSecurable("table", r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	return empty{}, h.changeOwner(r, who, on)
}
