package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

func (p conversation) namespace(ctx context.Context) error {
	p.heading(setup.Namespace, p.HeadlineOf(setup.Namespace))
	keep, err := p.keepsSchema()
	for err == nil && !keep {
		var catalog connector.Ident
		if catalog, err = p.chooseCatalog(ctx); err != nil {
			break
		}
		err = p.chooseSchema(ctx, catalog)
		if keep = err == nil; errors.Is(err, prompt.ErrBack) {
			err = nil
		}
	}
	if err != nil {
		return err
	}
	p.Say("Looking whether the way to %s is open.", p.Draft().Schema())
	if err := p.lookAtNeeds(ctx, p.ReachRequirements); err != nil {
		p.Draft().SetSchema(connector.SchemaName{}, setup.FromYou)
		return err
	}
	p.Draft().SetReach(true)
	return nil
}

func (p conversation) chooseCatalog(ctx context.Context) (connector.Ident, error) {
	ws, err := p.Workspace()
	if err != nil {
		return connector.Ident{}, err
	}
	chosen, err := chooseName(ctx, p, listing[connector.Catalog]{
		in: setup.CatalogList, field: lint.Catalog, pages: ws.Catalogs, opens: "what opens it comes next",
		describe: func(c connector.Catalog) (connector.Remote, string) {
			return c.Name, connector.CatalogPlace(c)
		},
	})
	return chosen.id, err
}

func (p conversation) chooseSchema(ctx context.Context, catalog connector.Ident) error {
	ws, err := p.Workspace()
	if err != nil {
		return err
	}
	chosen, err := chooseName(ctx, p, listing[connector.Schema]{
		in: setup.SchemaList, where: catalog.String(), field: lint.Schema, opens: "what opens it comes next",
		pages: func(ctx context.Context, token string) (workspace.Page[connector.Schema], error) {
			return ws.Schemas(ctx, catalog, token)
		},
		look: p.LookAtHolder(connector.CatalogType, catalog.Raw()),
		describe: func(s connector.Schema) (connector.Remote, string) {
			return s.Name, connector.SchemaPlace(s)
		},
	})
	if err == nil {
		p.Draft().SetSchema(connector.SchemaName{Catalog: catalog, Schema: chosen.id}, chosen.from)
	}
	return err
}

// keepsSchema reports whether the schema is answered: a prefilled one is, and one that a person came back to when they say so.
func (p conversation) keepsSchema() (bool, error) {
	schema := p.Draft().Schema()
	if schema.IsZero() || !p.returned {
		return !schema.IsZero(), nil
	}
	return p.Confirm("Keep "+schema.String()+"?", false)
}

// errOtherTables leads from tables that were not read back to choosing them.
var errOtherTables = errors.New("choose other tables")

// access asks for the tables until those that are chosen were read. Going back from what failed leads to the choice of the tables.
func (p conversation) access(ctx context.Context) error {
	p.heading(setup.Access, setup.AccessHeadline(p.Draft().Schema()))
	for {
		err := p.chooseAndRead(ctx)
		if !errors.Is(err, errOtherTables) {
			return err
		}
		p.returned = true
	}
}

// chooseAndRead asks for tables once, and reads them.
func (p conversation) chooseAndRead(ctx context.Context) error {
	d := p.Draft()
	if p.Eager() && len(d.Tables()) > 0 {
		p.Hesitate()
		return p.needThenRead(ctx, nil)
	}
	if len(d.Tables()) > 0 {
		keep, err := p.Confirm(fmt.Sprintf("Keep %s, %s?", connector.TableList(d.Tables()), d.Scope().Short()), !p.returned)
		if err != nil {
			return err
		}
		if keep {
			return p.needThenRead(ctx, nil)
		}
	}
	scopes := []connector.Scope{connector.ScopeSchema, connector.ScopeTables}
	scope, err := p.Choose("Scope", []string{connector.ScopeSchema.Note(), connector.ScopeTables.Note()}, slices.Index(scopes, d.Scope()))
	if err != nil {
		return err
	}
	d.SetScope(scopes[scope])
	if d.Scope() == connector.ScopeSchema {
		if err := p.lookAtNeeds(ctx, func() setup.Requirements { return p.ReadRequirements(nil) }); err != nil {
			return err
		}
	}
	kinds, err := p.chooseTables(ctx)
	switch {
	case err != nil:
		return err
	case d.Scope() == connector.ScopeTables:
		return p.needThenRead(ctx, kinds)
	}
	return p.readTables(ctx, kinds)
}

// sample says what was read of a table: its columns, and the first row by name, since a table of many columns cannot be read aloud.
func (p conversation) sample(r check.Read) {
	var columns []string
	for _, c := range r.Columns {
		columns = append(columns, c.Name.String()+" "+c.Type.String())
	}
	p.Say("%s has %s: %s.", r.Name.Table, words.Count(len(columns), "column"), strings.Join(columns, ", "))
	if by := r.Table.Limits(); by != "" {
		p.Say("%s is read through %s.", r.Name.Table, by)
	}
	for _, row := range r.Sample.Rows[:min(1, len(r.Sample.Rows))] {
		var cells []string
		for i, cell := range row {
			cells = append(cells, r.Sample.Columns[i].Name.String()+" "+cell.Shown())
		}
		p.Say("First row: %s.", strings.Join(cells, "; "))
	}
}
