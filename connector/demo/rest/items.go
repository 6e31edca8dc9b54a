package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// itemRoutes are those of the kinds that are no more than a row of the model: a listing, one object, and a change of its owner or comment. Who may do
// what with it is asked under permissions/, as of every kind.
func (h *Handler) itemRoutes() []Route {
	routes := []Route{{"GET " + unityAPI + "models/{name}/versions", h.modelVersions}}
	for _, row := range unity.Kinds() {
		if row.Plain() {
			routes = append(routes,
				Route{"GET " + unityAPI + row.Path, h.listItems(row)},
				Route{"GET " + unityAPI + row.Path + "/{name}", h.getItem(row)},
				Route{"PATCH " + unityAPI + row.Path + "/{name}", h.changeItem(row)},
			)
		}
	}
	return routes
}

// itemInfo is an object as the API writes it: what every object has, and the details of its kind.
func (h *Handler) itemInfo(i model.Listed[model.Item]) map[string]any {
	info := h.world.ItemDetails(i.Item)
	on := i.Item.On
	for field, value := range plain(h.about(on, i.Item.Owner, i.Item.Comment, i.BrowseOnly)) {
		info[field] = value
	}
	info["name"] = on.Name
	for field, text := range map[string]string{"catalog_name": on.Catalog, "schema_name": on.Schema} {
		if text != "" {
			info[field] = text
		}
	}
	return info
}

func (h *Handler) listItems(row unity.KindRow) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		query := r.URL.Query()
		catalog, schema := query.Get("catalog_name"), query.Get("schema_name")
		everywhere := row.Kind == unity.ModelKind && catalog == "" && schema == ""
		if row.Parts() > 1 && !everywhere && (catalog == "" || schema == "") {
			return nil, Refuse("catalog_name and schema_name are required.")
		}
		if row.Parts() == 1 {
			catalog, schema = "", ""
		}
		c, err := itemCursor(r, row, catalog, schema)
		if err != nil {
			return nil, err
		}
		page, err := h.world.Items(who, row.Kind, catalog, schema, c.window(r))
		if err != nil {
			return nil, err
		}
		list := map[string]any{}
		if next := c.token(page.Next); next != "" {
			list["next_page_token"] = next
		}
		var infos []map[string]any
		for _, item := range page.Items {
			infos = append(infos, h.itemInfo(item))
		}
		if infos != nil {
			list[row.ListField()] = infos
		}
		return list, nil
	}
}

func (h *Handler) getItem(row unity.KindRow) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		on, err := model.ParseName(row.Kind, r.PathValue("name"))
		if err != nil {
			return nil, err
		}
		item, err := h.world.GetItem(who, on, flag(r, "include_browse"))
		if err != nil {
			return nil, err
		}
		return h.itemInfo(item), nil
	}
}

// modelVersions lists none to who sees the model: nobody has registered any.
func (h *Handler) modelVersions(r *http.Request, who *model.Principal) (any, error) {
	on, err := model.ParseName(unity.ModelKind, r.PathValue("name"))
	if err == nil {
		_, err = h.world.GetItem(who, on, flag(r, "include_browse"))
	}
	return struct{}{}, err
}

// itemChange is what can be changed of an object that is no more than its row, where that says so with its name.
type itemChange struct {
	objectChange
	Name string `json:"new_name"`
}

func (h *Handler) changeItem(row unity.KindRow) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		on, err := model.ParseName(row.Kind, r.PathValue("name"))
		if err != nil {
			return nil, err
		}
		var body itemChange
		switch err := ReadKnown(r, &body); {
		case err != nil:
			return nil, err
		case body.Name != "" && !row.Renames:
			return nil, Refuse("Field \"new_name\" is not supported here.")
		}
		if err := h.amend(who, on, body.amendment()); err != nil {
			return nil, err
		}
		if body.Name != "" {
			if on, err = h.world.RenameItem(who, on, body.Name); err != nil {
				return nil, err
			}
		}
		item, err := h.world.GetItem(who, on, true)
		if err != nil {
			return nil, err
		}
		return h.itemInfo(item), nil
	}
}
