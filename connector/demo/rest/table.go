package rest

import (
	"encoding/json"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type tableInfo struct {
	Name           string         `json:"name"`
	FullName       string         `json:"full_name"`
	CatalogName    string         `json:"catalog_name"`
	SchemaName     string         `json:"schema_name"`
	Owner          string         `json:"owner,omitempty"`
	Comment        string         `json:"comment,omitempty"`
	TableType      string         `json:"table_type"`
	Format         string         `json:"data_source_format,omitempty"`
	Columns        []columnInfo   `json:"columns,omitempty"`
	ViewDefinition string         `json:"view_definition,omitempty"`
	RowFilter      *rowFilterInfo `json:"row_filter,omitempty"`
	MetastoreID    string         `json:"metastore_id"`
	BrowseOnly     bool           `json:"browse_only,omitempty"`
}

type columnInfo struct {
	Name      string    `json:"name"`
	TypeText  string    `json:"type_text"`
	TypeName  string    `json:"type_name"`
	TypeJSON  string    `json:"type_json"`
	Precision int       `json:"type_precision,omitempty"`
	Scale     int       `json:"type_scale,omitempty"`
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

func (h *Handler) tableInfo(t model.Listed[model.Table], columns bool) tableInfo {
	info := tableInfo{
		Name: t.Item.Name, FullName: t.Item.Securable().FullName(), CatalogName: t.Item.Catalog, SchemaName: t.Item.Schema,
		Owner: t.Item.Owner, Comment: t.Item.Comment, TableType: string(t.Item.Type), MetastoreID: h.world.Metastore().ID,
		BrowseOnly: t.BrowseOnly,
	}
	if t.Item.Type != model.View {
		info.Format = "DELTA"
	}
	if !t.BrowseOnly {
		info.ViewDefinition = t.Item.ViewDefinition
	}
	if t.Item.RowFilter != "" {
		info.RowFilter = &rowFilterInfo{Function: t.Item.RowFilter, Columns: []string{}}
	}
	if columns {
		info.Columns = columnInfos(t.Item.Columns)
	}
	return info
}

func columnInfos(columns []model.Column) []columnInfo {
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

// sparkTypes are the names of types in Spark's JSON where they differ from the type text.
var sparkTypes = map[model.ColumnType]string{model.Int: "integer", model.BigInt: "long"}

// sparkField is a column as a Spark StructField in JSON, which the API carries as text.
func sparkField(c model.Column) string {
	word := c.TypeText()
	if w, ok := sparkTypes[c.Type]; ok {
		word = w
	}
	text, err := json.Marshal(struct {
		Name     string `json:"name"`
		Type     string `json:"type"`
		Nullable bool   `json:"nullable"`
		Metadata empty  `json:"metadata"`
	}{c.Name, word, !c.NotNull, empty{}})
	if err != nil {
		return "" // strings and booleans always encode
	}
	return string(text)
}
