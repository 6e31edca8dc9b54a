package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// objectChange is what can be changed of every object. A field that is in no such struct is refused rather than passed over.
type objectChange struct {
	Owner   *string `json:"owner"`
	Comment *string `json:"comment"`
}

func (c objectChange) amendment() model.Amendment {
	return model.Amendment{Owner: c.Owner, Comment: c.Comment}
}

// schemaChange is what can be changed of a schema, and of a catalog besides how it is bound.
type schemaChange struct {
	objectChange
	Properties   map[string]string `json:"properties"`
	Optimization *string           `json:"enable_predictive_optimization"`
}

type catalogChange struct {
	schemaChange
	Options   map[string]string `json:"options"`
	Isolation string            `json:"isolation_mode"`
}

// isolationModes are the isolation_mode of the REST API, for catalogs that are isolated and not.
var isolationModes = map[bool]string{true: "ISOLATED", false: "OPEN"}

func (c schemaChange) amendment() (model.Amendment, error) {
	a := c.objectChange.amendment()
	a.Properties, a.Optimization = c.Properties, c.Optimization
	if o := c.Optimization; o != nil && *o != "" && *o != "ENABLE" && *o != "DISABLE" && *o != "INHERIT" {
		return a, Refuse("'" + *o + "' is not a value of enable_predictive_optimization.")
	}
	return a, nil
}

func (h *Handler) changeCatalog(r *http.Request, who *model.Principal) (any, error) {
	var body catalogChange
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	name := r.PathValue("name")
	isolated := body.Isolation == isolationModes[true]
	if body.Isolation != "" && body.Isolation != isolationModes[isolated] {
		return nil, Refuse("'" + body.Isolation + "' is not an isolation mode.")
	}
	amendment, err := body.amendment()
	if err != nil {
		return nil, err
	}
	if amendment.Options = body.Options; body.Isolation != "" {
		amendment.Isolated = &isolated
	}
	if err := h.amend(who, unity.OnCatalog(name), amendment); err != nil {
		return nil, err
	}
	c, err := h.world.GetCatalog(who, name, true)
	if err != nil {
		return nil, err
	}
	return h.catalogInfo(c), nil
}

// amend changes an object where there is anything to change; a body of nothing changes nothing, whoever sends it.
func (h *Handler) amend(who *model.Principal, on unity.Securable, a model.Amendment) error {
	if a.Owner == nil && a.Comment == nil && a.Optimization == nil && a.Properties == nil && a.Options == nil && a.Isolated == nil {
		return nil
	}
	return h.world.Amend(who, on, a)
}

// changeObject changes the owner and the comment of an object, as the body has them.
func (h *Handler) changeObject(r *http.Request, who *model.Principal, on unity.Securable) error {
	var body objectChange
	if err := ReadKnown(r, &body); err != nil {
		return err
	}
	return h.amend(who, on, body.amendment())
}

func (h *Handler) changeSchema(r *http.Request, who *model.Principal) (any, error) {
	on, err := model.ParseSecurable("schema", r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	var body schemaChange
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	amendment, err := body.amendment()
	if err != nil {
		return nil, err
	}
	if err := h.amend(who, on, amendment); err != nil {
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
	return empty{}, h.changeObject(r, who, on)
}
