package workspace

import (
	"cmp"
	"context"
	"fmt"

	"github.com/databricks/databricks-sdk-go/service/catalog"

	"github.com/draftt-io/draftt-databricks/connector"
)

// serverPaged asks the listing for pages of the server's own size; without it the API answers unpaged, which it calls deprecated.
var serverPaged = []string{"MaxResults"}

// Catalogs lists the catalogs that the principal can see, those visible through BROWSE alone included.
func (w *Workspace) Catalogs(ctx context.Context, token string) (Page[connector.Catalog], error) {
	var answer catalogsAnswer
	request := catalog.ListCatalogsRequest{IncludeBrowse: true, PageToken: token, ForceSendFields: serverPaged}
	if err := w.get(ctx, "/api/2.1/unity-catalog/catalogs", request, &answer); err != nil {
		return Page[connector.Catalog]{}, fmt.Errorf("list catalogs: %w", err)
	}
	page := Page[connector.Catalog]{Next: answer.NextPageToken}
	for _, c := range answer.Catalogs {
		page.Items = append(page.Items, w.catalogOf(&c))
	}
	return page, nil
}

// Catalog asks for one catalog by name.
func (w *Workspace) Catalog(ctx context.Context, name connector.Ident) (connector.Catalog, error) {
	var answer catalogAnswer
	request := catalog.GetCatalogRequest{IncludeBrowse: true}
	err := w.get(ctx, "/api/2.1/unity-catalog/catalogs/"+connector.PathSegment(name.Raw()), request, &answer)
	if err = same(err, answer.Name, name.Raw()); err != nil {
		return connector.Catalog{}, fmt.Errorf("read catalog %s: %w", name, err)
	}
	return w.catalogOf(&answer), nil
}

func (w *Workspace) catalogOf(c *catalogAnswer) connector.Catalog {
	return connector.Catalog{
		Name: w.names.Remote(connector.KindCatalog, c.Name), Owner: w.names.Remote(connector.KindUser, c.Owner),
		Comment: w.names.Remote(connector.KindComment, c.Comment), BrowseOnly: c.BrowseOnly,
	}
}

// Schemas lists the schemas of a catalog that the principal can see.
func (w *Workspace) Schemas(ctx context.Context, in connector.Ident, token string) (Page[connector.Schema], error) {
	var answer schemasAnswer
	request := catalog.ListSchemasRequest{CatalogName: in.Raw(), IncludeBrowse: true, PageToken: token, ForceSendFields: serverPaged}
	if err := w.get(ctx, "/api/2.1/unity-catalog/schemas", request, &answer); err != nil {
		return Page[connector.Schema]{}, fmt.Errorf("list schemas of %s: %w", in, err)
	}
	page := Page[connector.Schema]{Next: answer.NextPageToken}
	for _, s := range answer.Schemas {
		page.Items = append(page.Items, w.schemaOf(&s))
	}
	return page, nil
}

// Schema asks for one schema by name.
func (w *Workspace) Schema(ctx context.Context, name connector.SchemaName) (connector.Schema, error) {
	var answer schemaAnswer
	request := catalog.GetSchemaRequest{IncludeBrowse: true}
	err := w.get(ctx, "/api/2.1/unity-catalog/schemas/"+connector.PathSegment(name.Full()), request, &answer)
	if err = same(err, cmp.Or(answer.FullName, answer.Name), nameIn(answer.FullName, name.Full(), name.Schema)); err != nil {
		return connector.Schema{}, fmt.Errorf("read schema %s: %w", name, err)
	}
	return w.schemaOf(&answer), nil
}

// nameIn is the name that an answer should give: the full one where it gives a full one.
func nameIn(got, full string, last connector.Ident) string {
	if got == "" {
		return last.Raw()
	}
	return full
}

func (w *Workspace) schemaOf(s *schemaAnswer) connector.Schema {
	return connector.Schema{
		Name: w.names.Remote(connector.KindSchema, s.Name), Owner: w.names.Remote(connector.KindUser, s.Owner),
		Comment: w.names.Remote(connector.KindComment, s.Comment), BrowseOnly: s.BrowseOnly,
	}
}

// Tables lists the relations of a schema that the principal can see, without their columns, which make a large listing slow.
func (w *Workspace) Tables(ctx context.Context, in connector.SchemaName, token string) (Page[connector.Table], error) {
	var answer tablesAnswer
	request := catalog.ListTablesRequest{
		CatalogName: in.Catalog.Raw(), SchemaName: in.Schema.Raw(), IncludeBrowse: true, OmitColumns: true, OmitProperties: true,
		PageToken: token, ForceSendFields: serverPaged,
	}
	if err := w.get(ctx, "/api/2.1/unity-catalog/tables", request, &answer); err != nil {
		return Page[connector.Table]{}, fmt.Errorf("list tables of %s: %w", in, err)
	}
	page := Page[connector.Table]{Items: make([]connector.Table, 0, len(answer.Tables)), Next: answer.NextPageToken}
	for _, t := range answer.Tables {
		page.Items = append(page.Items, w.tableOf(&t))
	}
	return page, nil
}

// Table asks for one relation with its columns.
func (w *Workspace) Table(ctx context.Context, name connector.TableName) (connector.Table, error) {
	var answer tableAnswer
	request := catalog.GetTableRequest{IncludeBrowse: true}
	err := w.get(ctx, "/api/2.1/unity-catalog/tables/"+connector.PathSegment(name.Full()), request, &answer)
	if err = same(err, cmp.Or(answer.FullName, answer.Name), nameIn(answer.FullName, name.Full(), name.Table)); err != nil {
		return connector.Table{}, fmt.Errorf("read table %s: %w", name, err)
	}
	return w.tableOf(&answer), nil
}

func (w *Workspace) tableOf(t *tableAnswer) connector.Table {
	out := connector.Table{
		Name: w.names.Remote(connector.KindTable, t.Name), Owner: w.names.Remote(connector.KindUser, t.Owner), Kind: connector.TableKind(t.TableType),
		Comment: w.names.Remote(connector.KindComment, t.Comment), BrowseOnly: t.BrowseOnly, RowFilter: t.RowFilter != nil,
	}
	for _, c := range t.Columns {
		out.ColumnMasks = out.ColumnMasks || c.Mask != nil
		out.Columns = append(out.Columns, connector.Column{
			Name: w.names.Remote(connector.KindColumn, c.Name), Type: w.names.Remote(connector.KindName, c.TypeText),
		})
	}
	return out
}
