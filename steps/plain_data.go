package steps

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui"
)

// everyPage reads a listing to its end: line by line there is no list to fill while the rest loads.
func everyPage[T any](ctx context.Context, pages pager[T]) ([]T, error) {
	var all []T
	for token := ""; ; {
		page, err := pages(ctx, token)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if token = page.Next; token == "" {
			return all, nil
		}
	}
}

// CheckLine is a result as one line of text: mark, id, name, state and what was seen.
func CheckLine(r check.Result) string {
	row := checkRow(r)
	text := fmt.Sprintf("%s %s %s: %s", row.Mark, r.Stage, ui.Clean(r.Name), r.State)
	if row.Text != "" {
		text += ", " + ui.Clean(row.Text)
	}
	if row.Took > 0 {
		text += " (" + ui.Took(row.Took) + ")"
	}
	return text
}

// FindingText is a failure in three lines: the documented cause, the reason, and the one thing to do next.
func FindingText(r check.Result) string {
	return fmt.Sprintf("%s\n%s\nNext: %s", r.Finding.Cause, ui.Clean(r.Finding.Reason), ui.Clean(r.Finding.Remedy.Text))
}

func upperFirst(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return ui.Thousands(n) + " " + noun + "s"
}

func (p plain) namespace(ctx context.Context) error {
	p.heading(Namespace, "Choose the catalog and schema that hold your inventory", "Draftt sees nothing outside them.")
	ws, err := p.Workspace()
	if err != nil {
		return err
	}
	if keep, err := p.keepsSchema(); err != nil {
		return err
	} else if !keep {
		catalog, _, err := chooseName(ctx, p, lint.Catalog, catalogsIn, nil, ws.Catalogs, func(c connector.Catalog) (connector.Remote, string) {
			return c.Name, ownerCell(c.Owner) + ", " + strings.Trim(seenCell(c.BrowseOnly), "✓✗ ")
		})
		if err != nil {
			return err
		}
		schemas := func(ctx context.Context, token string) (workspace.Page[connector.Schema], error) {
			return ws.Schemas(ctx, catalog, token)
		}
		empty := func() *emptyLook { return lookNow(ctx, p.Setup, connector.CatalogType, catalog.Raw()) }
		schema, from, err := chooseName(ctx, p, lint.Schema, schemasIn, empty, schemas, func(s connector.Schema) (connector.Remote, string) {
			return s.Name, ownerCell(s.Owner) + ", " + strings.Trim(seenCell(s.BrowseOnly), "✓✗ ")
		})
		if err != nil {
			return err
		}
		p.draft.SetSchema(connector.SchemaName{Catalog: catalog, Schema: schema}, from)
	}
	p.Say("Looking whether the way to %s is open.", p.draft.Schema())
	if err := p.lookAtNeeds(ctx, p.reachContract); err != nil {
		p.draft.SetSchema(connector.SchemaName{}, FromYou)
		return err
	}
	p.draft.SetReach(true)
	return nil
}

// keepsSchema reports whether the schema is answered: a prefilled one is, and one that a person came back to when they say so.
func (p plain) keepsSchema() (bool, error) {
	schema := p.draft.Schema()
	if schema.IsZero() || !*p.returned {
		return !schema.IsZero(), nil
	}
	return p.Confirm("Keep "+schema.String()+"?", false)
}

// errTakeBack asks to take back what was chosen before.
var errTakeBack = errors.New("take back")

// chooseName lets a person choose from a listing or type a name that it does not show, and says which of the two they did. look asks why
// the listing may be empty; more are shortcuts besides.
func chooseName[T any](ctx context.Context, p plain, field lint.Field, in contents, look func() *emptyLook, pages pager[T], describe func(T) (connector.Remote, string), more ...ui.Shortcut) (connector.Ident, Source, error) {
	items, err := everyPage(ctx, pages)
	if err != nil {
		p.Say("The %ss could not be listed: %s", in.noun, check.Explain(err).Reason)
	}
	var options []string
	for _, item := range items {
		name, about := describe(item)
		options = append(options, name.String()+", "+strings.TrimPrefix(about, ", "))
	}
	if len(items) > 0 {
		shortcuts := append([]ui.Shortcut{{Letter: "t", Does: "to type a name that is not listed"}, {Letter: "b", Does: "to go back"}}, more...)
		i, letter, err := p.ChooseOr(count(len(items), in.noun)+".", options, -1, shortcuts...)
		switch {
		case err != nil:
			return connector.Ident{}, "", err
		case letter == "b":
			return connector.Ident{}, "", errBack
		case letter == "u":
			return connector.Ident{}, "", errTakeBack
		case letter == "":
			name, _ := describe(items[i])
			id, err := connector.RemoteIdent(name)
			return id, FromList, err
		}
	} else if err == nil {
		var found *emptyLook
		if look != nil {
			found = look()
		}
		p.Say("%s", in.explain("", found, false).why)
	}
	var id connector.Ident
	err = p.until(upperFirst(in.noun)+" name", "", func(text string) error {
		id, err = connector.ParseIdent(text)
		if err == nil && field != "" {
			p.hint(field, text)
		}
		return err
	})
	return id, FromYou, err
}

func (p plain) access(ctx context.Context) error {
	d := p.draft
	p.heading(Access, "Choose what Draftt may read in "+d.Schema().String(), "It is read once now, to prove that it can be.")
	if p.eager && len(d.Tables()) > 0 {
		p.eager = false
		if err := p.lookAtNeeds(ctx, func() contract { return p.readContract(nil) }); err != nil {
			return err
		}
		return p.readTables(ctx)
	}
	scope, err := p.Choose("Scope", []string{scopeNotes[connector.ScopeSchema], scopeNotes[connector.ScopeTables]}, 0)
	if err != nil {
		return err
	}
	d.SetScope([]connector.Scope{connector.ScopeSchema, connector.ScopeTables}[scope])
	if d.Scope() == connector.ScopeSchema {
		if err := p.lookAtNeeds(ctx, func() contract { return p.readContract(nil) }); err != nil {
			return err
		}
	}
	kinds, err := p.chooseTables(ctx)
	if err != nil {
		return err
	}
	if d.Scope() == connector.ScopeTables {
		if err := p.lookAtNeeds(ctx, func() contract { return p.readContract(kinds) }); err != nil {
			return err
		}
	}
	return p.readTables(ctx)
}

func (p plain) readTables(ctx context.Context) error {
	d := p.draft
	for {
		subject, err := p.subject()
		if err != nil {
			return err
		}
		p.Say("Reading through %s as the connector.", d.Warehouse().Name)
		results, failed := p.run(ctx, check.Reading(), subject)
		d.SetHeld(results)
		if failed == nil || failed.Stage == "S17" {
			for _, r := range subject.Reads {
				d.SetRead(r, p.env.Now())
				p.sample(r)
			}
			return nil
		}
		if failed.Finding.Remedy.Copy != "" {
			_, _ = fmt.Fprintf(p.Out, "\n%s\n", failed.Finding.Remedy.Copy)
		}
		if err := p.retryOrBack(); err != nil {
			return err
		}
	}
}

// sample says what was read of a table: its columns, and the first row by name, since a table of many columns cannot be read aloud.
func (p plain) sample(r check.Read) {
	var columns []string
	for _, c := range r.Columns {
		columns = append(columns, c.Name.String()+" "+c.Type.String())
	}
	p.Say("%s has %s: %s.", r.Name.Table, count(len(columns), "column"), strings.Join(columns, ", "))
	for _, row := range r.Sample.Rows[:min(1, len(r.Sample.Rows))] {
		var cells []string
		for i, cell := range row {
			value := cell.Text.String()
			if cell.Null {
				value = "null"
			}
			cells = append(cells, r.Sample.Columns[i].Name.String()+" "+value)
		}
		p.Say("First row: %s.", strings.Join(cells, "; "))
	}
}
