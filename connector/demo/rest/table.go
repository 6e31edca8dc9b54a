package rest

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

type tableInfo struct {
	about
	CatalogName    string            `json:"catalog_name"`
	SchemaName     string            `json:"schema_name"`
	TableType      string            `json:"table_type"`
	Format         string            `json:"data_source_format,omitempty"`
	Columns        []columnInfo      `json:"columns,omitempty"`
	Location       string            `json:"storage_location,omitempty"`
	ViewDefinition string            `json:"view_definition,omitempty"`
	RowFilter      *rowFilterInfo    `json:"row_filter,omitempty"`
	RowFilters     *empty            `json:"row_filters,omitempty"` // there where there is none; how one is written there is not known
	ColumnMasks    *empty            `json:"column_masks,omitempty"`
	Properties     map[string]string `json:"properties"`
	ID             string            `json:"table_id"`
	Access         string            `json:"data_access_configuration_id"`
	optimization
}

type columnInfo struct {
	Name      string    `json:"name"`
	TypeText  string    `json:"type_text"`
	TypeName  string    `json:"type_name"`
	TypeJSON  string    `json:"type_json"`
	Precision int       `json:"type_precision"`
	Scale     int       `json:"type_scale"`
	Position  int       `json:"position"`
	Nullable  bool      `json:"nullable"`
	Comment   string    `json:"comment,omitempty"`
	Mask      *maskInfo `json:"mask,omitempty"`
}

type rowFilterInfo struct {
	Function string   `json:"function_name"`
	Columns  []string `json:"input_column_names"`
}

type maskInfo struct {
	Function string `json:"function_name"`
}

// tableKinds are the securable_kind of the types of tables.
var tableKinds = map[model.TableType]string{
	model.Managed: "TABLE_DELTA", model.External: "TABLE_DELTA_EXTERNAL", model.View: "TABLE_VIEW", model.MaterializedView: "TABLE_MATERIALIZED_VIEW",
	model.StreamingTable: "TABLE_STREAMING_LIVE_TABLE", model.Foreign: "TABLE_FOREIGN_SQLSERVER",
}

// noAccessConfiguration is the data_access_configuration_id of tables.
const noAccessConfiguration = "00000000-0000-0000-0000-000000000000"

func (h *Handler) tableInfo(t model.Listed[model.Table], columns bool) tableInfo {
	on, m := t.Item.Securable(), h.world.Metastore()
	info := tableInfo{
		about: h.about(on, t.Item.Owner, t.Item.Comment, t.BrowseOnly), CatalogName: t.Item.Catalog, SchemaName: t.Item.Schema,
		TableType: string(t.Item.Type), Properties: map[string]string{}, ID: h.world.ObjectID(on), Access: noAccessConfiguration,
	}
	info.Name, info.Kind = t.Item.Name, tableKinds[t.Item.Type]
	if t.Item.Type != model.View {
		info.Format = "DELTA"
		info.Properties = map[string]string{"delta.lastCommitTimestamp": strconv.FormatInt(info.UpdatedAt, 10)}
		if h.options.Properties != nil {
			maps.Copy(info.Properties, h.options.Properties(on))
		}
	}
	info.Location = TableLocation(h.world, t.Item)
	if t.Item.Type == model.Managed {
		info.optimization = optimizedBy(m)
	}
	if !t.BrowseOnly {
		info.ViewDefinition = t.Item.ViewDefinition
	}
	if t.Item.RowFilter != "" {
		info.RowFilter = &rowFilterInfo{Function: t.Item.RowFilter, Columns: []string{}}
	} else {
		info.RowFilters = &empty{}
	}
	if !slices.ContainsFunc(t.Item.Columns, func(c unity.Column) bool { return c.Mask != "" }) {
		info.ColumnMasks = &empty{}
	}
	if columns {
		info.Columns = columnInfos(t.Item.Columns)
	}
	return info
}

// TableLocation is where the data of a table lies: of a managed one in the storage of the metastore, of others where their owner keeps them.
// It is empty for what has no data.
func TableLocation(w *model.World, t model.Table) string {
	switch m := w.Metastore(); t.Type {
	case model.Managed:
		return managedRoot(w, t.Securable()) + "/tables/" + w.ObjectID(t.Securable())
	case model.External:
		return externalRoot(m) + "/" + strings.ReplaceAll(url.PathEscape(t.Securable().FullName()), ".", "/")
	}
	return ""
}

func columnInfos(columns []unity.Column) []columnInfo {
	out := make([]columnInfo, len(columns))
	for i, c := range columns {
		out[i] = columnInfo{
			Name: c.Name, TypeText: c.TypeText(), TypeName: c.TypeName(), TypeJSON: sparkField(c), Precision: c.Precision, Scale: c.Scale,
			Position: i, Nullable: !c.NotNull, Comment: c.Comment,
		}
		if c.Mask != "" {
			out[i].Mask = &maskInfo{c.Mask}
		}
	}
	return out
}

// managedRoot is where the metastore keeps what is managed in the catalog of an object.
func managedRoot(w *model.World, on unity.Securable) string {
	return StorageRoot(w.Metastore()) + "/__unitystorage/catalogs/" + w.ObjectID(unity.OnCatalog(on.Catalog))
}
