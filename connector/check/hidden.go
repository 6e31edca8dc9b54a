package check

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/words"
)

// hiddenPatterns are the rows of the causes table for an object of which the workspace does not say whether it is missing or hidden.
var hiddenPatterns = []string{"catalog-hidden", "schema-hidden", "table-hidden"}

// hiddenOrMissing looks among what the principal can see for a name like the one that was not found. There being one makes a typing
// mistake likely; the workspace itself never tells a missing object from a hidden one.
func hiddenOrMissing(ctx context.Context, s *Subject, object grants.Object, result Result) Result {
	f := result.Finding
	if f == nil || !slices.Contains(hiddenPatterns, f.Pattern) {
		return result
	}
	asked, seen := s.beside(ctx, object)
	if len(seen) == 0 {
		return result
	}
	near := connector.Nearest(asked, seen, 1)
	if len(near) == 0 {
		result.Evidence += fmt.Sprintf("; %s beside it", words.Count(len(seen), "name"))
		return result
	}
	shown := connector.CleanLine(near[0], 80)
	result.Evidence += "; there is " + shown
	f.Reason = strings.TrimSuffix(f.Reason, " The workspace does not say which.") + " There is one named " + shown + "."
	return result
}

// beside lists the names that the principal sees where an object was looked for, those of the first page.
func (s *Subject) beside(ctx context.Context, object grants.Object) (asked string, seen []string) {
	switch object.Type {
	case connector.CatalogType:
		page, _ := s.Workspace.Catalogs(ctx, "") // without the list there is no hint, and the finding stands
		for _, c := range page.Items {
			seen = append(seen, c.Name.Raw())
		}
		return object.Name.Catalog.Raw(), seen
	case connector.SchemaType:
		page, _ := s.Workspace.Schemas(ctx, object.Name.Catalog, "")
		for _, c := range page.Items {
			seen = append(seen, c.Name.Raw())
		}
		return object.Name.Schema.Raw(), seen
	}
	page, _ := s.Workspace.Tables(ctx, object.Name.SchemaName, "")
	for _, t := range page.Items {
		seen = append(seen, t.Name.Raw())
	}
	return object.Name.Table.Raw(), seen
}
