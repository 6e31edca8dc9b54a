package rest

import (
	"net/http"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

type catalogInfo struct {
	about
	CatalogType string `json:"catalog_type"`
	StorageRoot string `json:"storage_root,omitempty"`
	Location    string `json:"storage_location,omitempty"`
	Isolation   string `json:"isolation_mode"`
	Accessible  bool   `json:"accessible_in_current_workspace"`
	ID          string `json:"id"`
	Resource    string `json:"resource_name"`
	extras
	optimization
}

// extras are what was said of a catalog or schema.
type extras struct {
	Properties map[string]string `json:"properties,omitempty"`
	Options    map[string]string `json:"options,omitempty"`
}

type schemaInfo struct {
	about
	CatalogName string `json:"catalog_name"`
	CatalogType string `json:"catalog_type"`
	ID          string `json:"schema_id"`
	extras
	optimization
}

func (h *Handler) catalogInfo(c model.Listed[model.Catalog]) catalogInfo {
	on, m := unity.OnCatalog(c.Item.Name), h.world.Metastore()
	info := catalogInfo{
		about: h.about(on, c.Item.Owner, c.Item.Comment, c.BrowseOnly), CatalogType: c.Item.Type, ID: h.world.ObjectID(on),
		Isolation: isolationModes[c.Item.Isolated], Accessible: h.world.Bound(&c.Item),
	}
	info.Name, info.Kind = c.Item.Name, "CATALOG_"+strings.TrimSuffix(c.Item.Type, "_CATALOG")
	info.Resource = "/metastores/" + m.ID + "/catalogs/" + info.ID
	if c.Item.Type == managedCatalog {
		info.Kind, info.StorageRoot = "CATALOG_STANDARD", StorageRoot(m)
		info.Location, info.optimization = StorageRoot(m)+"/__unitystorage/catalogs/"+info.ID, optimizedBy(m).unless(c.Item.Optimization)
	}
	info.extras = extras{c.Item.Properties, c.Item.Options}
	return info
}

func (h *Handler) schemaInfo(s model.Listed[model.Schema]) schemaInfo {
	on := unity.OnSchema(s.Item.Catalog, s.Item.Name)
	info := schemaInfo{
		about: h.about(on, s.Item.Owner, s.Item.Comment, s.BrowseOnly), CatalogName: s.Item.Catalog, CatalogType: h.world.CatalogType(s.Item.Catalog),
		ID: h.world.ObjectID(on),
	}
	info.Name, info.Kind = s.Item.Name, "SCHEMA_STANDARD"
	if info.CatalogType == managedCatalog {
		info.optimization = optimizedBy(h.world.Metastore()).unless(s.Item.Optimization)
	}
	info.extras = extras{Properties: s.Item.Properties}
	return info
}

const unityAPI = "/api/2.1/unity-catalog/"

func (h *Handler) unityRoutes() []Route {
	return []Route{
		{"GET " + unityAPI + "catalogs", h.listCatalogs},
		{"GET " + unityAPI + "catalogs/{name}", h.getCatalog},
		{"PATCH " + unityAPI + "catalogs/{name}", h.changeCatalog},
		{"GET " + unityAPI + "schemas", h.listSchemas},
		{"GET " + unityAPI + "schemas/{name}", h.getSchema},
		{"PATCH " + unityAPI + "schemas/{name}", h.changeSchema},
		{"GET " + unityAPI + "tables", h.listTables},
		{"GET " + unityAPI + "tables/{name}", h.getTable},
		{"PATCH " + unityAPI + "tables/{name}", h.changeTable},
		{"GET " + unityAPI + "tables/{name}/exists", h.tableExists},
		{"GET " + unityAPI + "table-summaries", h.tableSummaries},
	}
}

type catalogList struct {
	Catalogs []catalogInfo `json:"catalogs,omitempty"`
	Next     string        `json:"next_page_token,omitempty"`
}

func (h *Handler) listCatalogs(r *http.Request, who *model.Principal) (any, error) {
	c, err := readCursor(r, "catalogs", "max_results", smallPage)
	if err != nil {
		return nil, err
	}
	page := h.world.Catalogs(who, c.window(r))
	list := catalogList{Next: c.token(page.Next)}
	for _, item := range page.Items {
		list.Catalogs = append(list.Catalogs, h.catalogInfo(item))
	}
	return list, nil
}

func (h *Handler) getCatalog(r *http.Request, who *model.Principal) (any, error) {
	c, err := h.world.GetCatalog(who, r.PathValue("name"), flag(r, "include_browse"))
	if err != nil {
		return nil, err
	}
	return h.catalogInfo(c), nil
}

type schemaList struct {
	Schemas []schemaInfo `json:"schemas,omitempty"`
	Next    string       `json:"next_page_token,omitempty"`
}

func (h *Handler) listSchemas(r *http.Request, who *model.Principal) (any, error) {
	catalog := r.URL.Query().Get("catalog_name")
	if catalog == "" {
		return nil, Refuse("catalog_name is required.")
	}
	c, err := readCursor(r, "schemas of "+catalog, "max_results", smallPage)
	if err != nil {
		return nil, err
	}
	page, err := h.world.Schemas(who, catalog, c.window(r))
	if err != nil {
		return nil, err
	}
	list := schemaList{Next: c.token(page.Next)}
	for _, item := range page.Items {
		list.Schemas = append(list.Schemas, h.schemaInfo(item))
	}
	return list, nil
}

func (h *Handler) getSchema(r *http.Request, who *model.Principal) (any, error) {
	on, err := model.ParseSecurable("schema", r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	s, err := h.world.GetSchema(who, on.Catalog, on.Schema, flag(r, "include_browse"))
	if err != nil {
		return nil, err
	}
	return h.schemaInfo(s), nil
}

type tableList struct {
	Tables []tableInfo `json:"tables,omitempty"`
	Next   string      `json:"next_page_token,omitempty"`
}

func (h *Handler) listTables(r *http.Request, who *model.Principal) (any, error) {
	query := r.URL.Query()
	catalog, schema := query.Get("catalog_name"), query.Get("schema_name")
	if catalog == "" || schema == "" {
		return nil, Refuse("catalog_name and schema_name are required.")
	}
	c, err := readCursor(r, "tables of "+catalog+"."+schema, "max_results", tablePage)
	if err != nil {
		return nil, err
	}
	page, err := h.world.Tables(who, catalog, schema, c.window(r))
	if err != nil {
		return nil, err
	}
	list, columns := tableList{Next: c.token(page.Next), Tables: make([]tableInfo, 0, len(page.Items))}, !flag(r, "omit_columns")
	for _, item := range page.Items {
		list.Tables = append(list.Tables, h.tableInfo(item, columns))
	}
	return list, nil
}

func (h *Handler) getTable(r *http.Request, who *model.Principal) (any, error) {
	on, err := model.ParseSecurable("table", r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	t, err := h.world.GetTable(who, on.Catalog, on.Schema, on.Name, flag(r, "include_browse"))
	if err != nil {
		return nil, err
	}
	return h.tableInfo(t, true), nil
}
