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

// StageOf is the stage at which the lack of a privilege shows.
func StageOf(need grants.Need) ID {
	switch {
	case need.Privilege == connector.Select:
		return StageRead
	case need.On.Type == connector.CatalogType:
		return StageCatalog
	}
	return StageSchema
}

func catalogUse(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Schema.Catalog.IsZero() {
		return skipped("no catalog is chosen yet")
	}
	return held(ctx, s, grants.Reach(s.Schema)[0])
}

func schemaUse(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Schema.IsZero() {
		return skipped("no schema is chosen yet")
	}
	return held(ctx, s, grants.Reach(s.Schema)[1])
}

// held looks whether the principal holds one privilege of the contract. An object that is visible, and not through BROWSE alone, is one
// that the principal may use: the catalog shows no other. That also covers privileges that come through a group, which the permissions
// API does not name.
func held(ctx context.Context, s *Subject, need grants.Need) Result {
	if need.On.Name.Legacy() {
		return unknown("hive_metastore is outside Unity Catalog; reading a table shows")
	}
	seen, err := s.look(ctx, need.On)
	switch {
	case err != nil:
		return hiddenOrMissing(ctx, s, need.On, refusedRead(err, StageOf(need), []grants.Need{need}))
	case seen.browseOnly:
		lacking := findingOf("browse-only")
		lacking.needs = []grants.Need{need}
		lacking.Reason = fmt.Sprintf("The principal sees %s, but lacks %s on it.", need.On, need.Privilege.SQL())
		return failed(lacking, owned("visible, not usable", seen.owner))
	}
	return passed(owned("holds", seen.owner))
}

// owned is what was seen, with who owns it.
func owned(what string, owner connector.Remote) string {
	if owner.Raw() == "" {
		return what
	}
	return what + ", owner " + connector.OwnerName(owner)
}

// hiddenPatterns are the rows of the causes table for an object of which the workspace does not say whether it is missing or hidden.
var hiddenPatterns = []string{"catalog-hidden", "schema-hidden", "table-hidden"}

// Hidden reports whether the object may be there and not be shown, so that a GRANT opens it if it is.
func (f Finding) Hidden() bool { return slices.Contains(hiddenPatterns, f.Pattern) }

// hiddenOrMissing looks among what the principal can see for a name like the one that was not found. There being one makes a typing
// mistake likely; the workspace itself never tells a missing object from a hidden one.
func hiddenOrMissing(ctx context.Context, s *Subject, object grants.Object, result Result) Result {
	f := result.Finding
	if f == nil || !f.Hidden() {
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
