package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// makingRoutes make and drop catalogs, schemas and volumes, and drop tables. Tables are made in SQL.
func (h *Handler) makingRoutes() []Route {
	routes := []Route{
		{"POST " + unityAPI + "catalogs", h.createCatalog}, {"POST " + unityAPI + "schemas", h.createSchema}, {"POST " + unityAPI + "volumes", h.createVolume},
	}
	for _, kind := range []unity.Kind{unity.CatalogKind, unity.SchemaKind, unity.TableKind, unity.VolumeKind} {
		for _, row := range unity.Kinds() {
			if row.Kind == kind {
				routes = append(routes, Route{"DELETE " + unityAPI + row.Path + "/{name}", h.drop(kind)})
			}
		}
	}
	return routes
}

// newCatalog is what can be said of a new catalog. What is of catalogs of other types, or lies elsewhere, is refused by its name.
type newCatalog struct {
	Name       string            `json:"name"`
	Comment    string            `json:"comment"`
	Properties map[string]string `json:"properties"`
	Options    map[string]string `json:"options"`
}

func (h *Handler) createCatalog(r *http.Request, who *model.Principal) (any, error) {
	var body newCatalog
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	err := h.world.CreateCatalog(who, model.Catalog{
		Name: body.Name, Comment: body.Comment, Extras: model.Extras{Properties: body.Properties, Options: body.Options},
	})
	if err != nil {
		return nil, err
	}
	c, err := h.world.GetCatalog(who, body.Name, true)
	if err != nil {
		return nil, err
	}
	return h.catalogInfo(c), nil
}

type newSchema struct {
	Name       string            `json:"name"`
	Catalog    string            `json:"catalog_name"`
	Comment    string            `json:"comment"`
	Properties map[string]string `json:"properties"`
}

func (h *Handler) createSchema(r *http.Request, who *model.Principal) (any, error) {
	var body newSchema
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	if body.Catalog == "" {
		return nil, Refuse("catalog_name is required.")
	}
	err := h.world.CreateSchema(who, model.Schema{
		Catalog: body.Catalog, Name: body.Name, Comment: body.Comment, Extras: model.Extras{Properties: body.Properties},
	})
	if err != nil {
		return nil, err
	}
	s, err := h.world.GetSchema(who, body.Catalog, body.Name, true)
	if err != nil {
		return nil, err
	}
	return h.schemaInfo(s), nil
}

type newVolume struct {
	Name     string `json:"name"`
	Catalog  string `json:"catalog_name"`
	Schema   string `json:"schema_name"`
	Comment  string `json:"comment"`
	Type     string `json:"volume_type"`
	Location string `json:"storage_location"`
}

func (h *Handler) createVolume(r *http.Request, who *model.Principal) (any, error) {
	var body newVolume
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	on, err := model.ParseName(unity.VolumeKind, body.Catalog+"."+body.Schema+"."+body.Name)
	switch {
	case err != nil:
		return nil, err
	case body.Type != model.ManagedVolume && body.Type != model.ExternalVolume:
		return nil, Refuse("volume_type must be MANAGED or EXTERNAL.")
	case (body.Type == model.ExternalVolume) != (body.Location != ""):
		return nil, Refuse("storage_location is for an EXTERNAL volume, which needs one.")
	case body.Type == model.ManagedVolume:
		body.Location = managedRoot(h.world, on) + "/volumes/" + h.world.ObjectID(on)
	}
	details := map[string]any{"volume_type": body.Type, "storage_location": body.Location}
	if err := h.world.CreateVolume(who, model.Item{On: on, Comment: body.Comment, Details: details}); err != nil {
		return nil, err
	}
	v, err := h.world.GetItem(who, on, true)
	if err != nil {
		return nil, err
	}
	return h.itemInfo(v), nil
}

func (h *Handler) drop(kind unity.Kind) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		on, err := model.ParseSecurable(kind.REST(), r.PathValue("name"))
		if err != nil {
			return nil, err
		}
		drop := func() error { return h.world.Drop(who, on, flag(r, "force")) }
		if h.options.Drop != nil {
			return empty{}, h.options.Drop(on, drop)
		}
		return empty{}, drop()
	}
}
