package rest

import (
	"errors"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// summaryPage is the largest page of table summaries.
const summaryPage = 10_000

type tableSummary struct {
	FullName string `json:"full_name"`
	Type     string `json:"table_type"`
}

type summaryList struct {
	Tables []tableSummary `json:"tables,omitempty"`
	Next   string         `json:"next_page_token,omitempty"`
}

// tableSummaries lists the tables of a catalog whose names and schemas match patterns as of LIKE.
func (h *Handler) tableSummaries(r *http.Request, who *model.Principal) (any, error) {
	query := r.URL.Query()
	catalog, schemas, tables := query.Get("catalog_name"), query.Get("schema_name_pattern"), query.Get("table_name_pattern")
	if catalog == "" {
		return nil, Refuse("catalog_name is required.")
	}
	c, err := readCursor(r, "summaries of "+catalog+"|"+schemas+"|"+tables, "max_results", summaryPage)
	if err != nil {
		return nil, err
	}
	c.size = min(c.size, summaryPage)
	page, err := h.world.Summaries(who, catalog, unity.Like(schemas), unity.Like(tables), c.window(r))
	if err != nil {
		return nil, err
	}
	list := summaryList{Next: c.token(page.Next)}
	for _, t := range page.Items {
		list.Tables = append(list.Tables, tableSummary{t.Item.Securable().FullName(), string(t.Item.Type)})
	}
	return list, nil
}

type existence struct {
	Exists bool `json:"table_exists"`
}

// tableExists tells whether a table exists, to those who would be let into its schema.
func (h *Handler) tableExists(r *http.Request, who *model.Principal) (any, error) {
	on, err := model.ParseSecurable("table", r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	_, err = h.world.GetTable(who, on.Catalog, on.Schema, on.Name, true)
	var refused *model.Error
	if errors.As(err, &refused) && refused.Code == "TABLE_DOES_NOT_EXIST" {
		return existence{}, nil
	}
	return existence{Exists: true}, err
}
