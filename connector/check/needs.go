package check

import (
	"context"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
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
	lacking := missing([]grants.Need{need}, fmt.Sprintf("The principal may not use %s.", need.On))
	switch {
	case err != nil:
		return hiddenOrMissing(ctx, s, need.On, refusedRead(err, lacking))
	case seen.browseOnly:
		lacking.Pattern = "browse-only"
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
	return what + ", owner " + owner.String()
}
