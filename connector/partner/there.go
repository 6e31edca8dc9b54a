package partner

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// there refuses a selected warehouse, catalog of Unity Catalog or schema that an admin is not shown, with names like it: nothing could be held against
// it, and what is mistyped would be a plan for something else. Who is no admin may be shown less, and then it is unknown. Errors are a *connector.Error of
// kind ErrInput, and those of the network.
func (c Choice) there(ctx context.Context, s *admin.Session) error {
	if !s.Admin() {
		return nil
	}
	if c.Warehouse != "" {
		if _, err := s.View().Warehouse(ctx, c.Warehouse); err != nil {
			return none(err, "SQL warehouse", c.Warehouse, func() ([][]string, error) { return warehouses(ctx, s) })
		}
	}
	if c.Catalog.IsZero() || c.Legacy() {
		return nil
	}
	if _, err := s.View().Catalog(ctx, c.Catalog); err != nil {
		return none(err, "catalog", c.Catalog, func() ([][]string, error) { return catalogs(ctx, s) })
	}
	for _, name := range c.Schemas {
		if _, err := s.View().Schema(ctx, name); err != nil {
			return none(err, "schema", name, func() ([][]string, error) { return schemas(ctx, s, name.Catalog) })
		}
	}
	return nil
}

// warehouses are the IDs of the SQL warehouses, and then these with their names.
func warehouses(ctx context.Context, s *admin.Session) ([][]string, error) {
	all, err := workspace.Every(ctx, s.View().Warehouses)
	var ids, named []string
	for _, w := range all {
		ids, named = append(ids, w.ID.String()), append(named, w.ID.String()+" ("+w.Name.String()+")")
	}
	return [][]string{ids, named}, err //nolint:wrapcheck // the caller says what for
}

func catalogs(ctx context.Context, s *admin.Session) ([][]string, error) {
	all, err := workspace.Every(ctx, s.View().Catalogs)
	var names []string
	for _, c := range all {
		names = append(names, c.Name.String())
	}
	return [][]string{names}, err //nolint:wrapcheck // the caller says what for
}

func schemas(ctx context.Context, s *admin.Session, in connector.Ident) ([][]string, error) {
	all, err := workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[connector.Schema], error) {
		return s.View().Schemas(ctx, in, token)
	})
	var names []string
	for _, one := range all {
		names = append(names, in.String()+"."+one.Name.String())
	}
	return [][]string{names}, err //nolint:wrapcheck // the caller says what for
}

// mostNear are how many names are said to be like another.
const mostNear = 3

// none says that nothing has a name, and what is called like it of the first names of which some are.
func none(err error, kind string, asked fmt.Stringer, there func() ([][]string, error)) error {
	if !grants.Refused(err) && !errors.Is(err, apierr.ErrBadRequest) { // which an ID of no warehouse can be
		return fmt.Errorf("look for what is selected: %w", err)
	}
	all, err := there()
	if err != nil && !grants.Refused(err) {
		return fmt.Errorf("look for what is selected: %w", err)
	}
	remedy := "Check the name. If it is right, ask its owner, or a metastore admin, to show it to you."
	for _, names := range all {
		if near := connector.Nearest(asked.String(), names, mostNear); len(near) > 0 {
			remedy = "Did you mean " + strings.Join(near, " or ") + "?"
			break
		}
	}
	return &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("There is no %s %s that you are shown.", kind, asked), Remedy: remedy}
}
