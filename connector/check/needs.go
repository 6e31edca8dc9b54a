package check

import (
	"context"
	"errors"
	"fmt"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Needs are stages that look, without a warehouse, whether each privilege is held. There is no gate among them, so that everything missing
// is known at once although the workspace itself reveals one level at a time.
func Needs(needs []grants.Need) []Stage {
	stages := make([]Stage, 0, len(needs))
	for _, need := range needs {
		stages = append(stages, Stage{
			ID: StageOf(need), Name: fmt.Sprintf("%s on %s", need.Privilege.SQL(), need.On), Deadline: long,
			Run: func(ctx context.Context, s *Subject, _ func(string)) Result { return held(ctx, s, need) },
		})
	}
	return stages
}

// StageOf is the stage at which the lack of a privilege shows.
func StageOf(need grants.Need) ID {
	switch {
	case need.Privilege == connector.Select:
		return "S16"
	case need.On.Type == connector.CatalogType:
		return "S13"
	}
	return "S14"
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
	if need.Privilege == connector.Select && need.On.Type == connector.SchemaType {
		return selectOnSchema(ctx, s, need)
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

// selectOnSchema asks the permissions API, and where that names nothing, whether any table of the schema is readable.
func selectOnSchema(ctx context.Context, s *Subject, need grants.Need) Result {
	name, err := s.name(ctx)
	var privileges []connector.Grant
	if err == nil {
		privileges, err = s.Workspace.Effective(ctx, need.On.Type, need.On.Full(), name)
	}
	if err == nil && grants.Holds(privileges, connector.Select) {
		return passed("holds")
	}
	page, listErr := s.Workspace.Tables(ctx, need.On.Name.SchemaName, "")
	lacking := missing([]grants.Need{need}, fmt.Sprintf("The principal lacks SELECT on the schema %s.", need.On))
	if listErr != nil {
		return refusedRead(listErr, lacking)
	}
	for _, t := range page.Items {
		if !t.BrowseOnly {
			return passed("its tables can be read")
		}
	}
	if err != nil && !errors.Is(err, apierr.ErrPermissionDenied) && !errors.Is(err, apierr.ErrNotFound) {
		return refusedRead(err, lacking)
	}
	lacking.Pattern = "no-select"
	return failed(lacking, "no table of it can be read")
}
