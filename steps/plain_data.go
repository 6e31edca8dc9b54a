package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
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
		catalog, err := chooseName(ctx, p, "catalog", ws.Catalogs, func(c connector.Catalog) (connector.Remote, string) {
			return c.Name, ownerCell(c.Owner) + ", " + strings.Trim(seenCell(c.BrowseOnly), "✓✗ ")
		})
		if err != nil {
			return err
		}
		schemas := func(ctx context.Context, token string) (workspace.Page[connector.Schema], error) {
			return ws.Schemas(ctx, catalog, token)
		}
		schema, err := chooseName(ctx, p, "schema", schemas, func(s connector.Schema) (connector.Remote, string) {
			return s.Name, ownerCell(s.Owner) + ", " + strings.Trim(seenCell(s.BrowseOnly), "✓✗ ")
		})
		if err != nil {
			return err
		}
		p.draft.SetSchema(connector.SchemaName{Catalog: catalog, Schema: schema}, FromYou)
	}
	p.Say("Looking whether the way to %s is open.", p.draft.Schema())
	if err := p.lookAtNeeds(ctx, grants.Reach(p.draft.Schema())); err != nil {
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

// chooseName lets a person choose from a listing or type a name that it does not show.
func chooseName[T any](ctx context.Context, p plain, what string, pages pager[T], describe func(T) (connector.Remote, string)) (connector.Ident, error) {
	items, err := everyPage(ctx, pages)
	if err != nil {
		p.Say("The %ss could not be listed: %s", what, check.Explain(err).Reason)
	}
	var options []string
	for _, item := range items {
		name, about := describe(item)
		options = append(options, name.String()+", "+strings.TrimPrefix(about, ", "))
	}
	if len(items) > 0 {
		i, letter, err := p.ChooseOr(count(len(items), what)+".", options, -1, ui.Shortcut{Letter: "t", Does: "to type a name that is not listed"}, ui.Shortcut{Letter: "b", Does: "to go back"})
		switch {
		case err != nil:
			return connector.Ident{}, err
		case letter == "b":
			return connector.Ident{}, errBack
		case letter == "":
			name, _ := describe(items[i])
			return connector.RemoteIdent(name)
		}
	} else {
		p.Say("No %ss to show. This principal may see none; that is normal before the grants.", what)
	}
	var id connector.Ident
	err = p.until(upperFirst(what)+" name", "", func(text string) error {
		id, err = connector.ParseIdent(text)
		return err
	})
	return id, err
}

func (p plain) access(ctx context.Context) error {
	d := p.draft
	p.heading(Access, "Choose what Draftt may read in "+d.Schema().String(), "It is read once now, to prove that it can be.")
	scope, err := p.Choose("Scope", []string{scopeNotes[connector.ScopeSchema], scopeNotes[connector.ScopeTables]}, 0)
	if err != nil {
		return err
	}
	d.SetScope([]connector.Scope{connector.ScopeSchema, connector.ScopeTables}[scope])
	if d.Scope() == connector.ScopeSchema {
		if err := p.lookAtNeeds(ctx, grants.Read(d.Schema(), d.Scope(), nil)); err != nil {
			return err
		}
	}
	kinds, err := p.chooseTables(ctx)
	if err != nil {
		return err
	}
	if d.Scope() == connector.ScopeTables {
		var targets []grants.Target
		for _, name := range d.Tables() {
			targets = append(targets, grants.Target{Name: name, Kind: kinds[name]})
		}
		if err := p.lookAtNeeds(ctx, grants.Read(d.Schema(), d.Scope(), targets)); err != nil {
			return err
		}
	}
	return p.readTables(ctx)
}

// chooseTables asks for one table after the other, and returns the kinds that are known.
func (p plain) chooseTables(ctx context.Context) (map[connector.TableName]connector.TableKind, error) {
	ws, err := p.Workspace()
	if err != nil {
		return nil, err
	}
	d, kinds := p.draft, map[connector.TableName]connector.TableKind{}
	tables := func(ctx context.Context, token string) (workspace.Page[connector.Table], error) {
		page, err := ws.Tables(ctx, d.Schema(), token)
		for _, t := range page.Items {
			if id, idErr := connector.RemoteIdent(t.Name); idErr == nil {
				kinds[d.Schema().Table(id)] = t.Kind
			}
		}
		return page, err
	}
	for {
		id, err := chooseName(ctx, p, "table", tables, func(t connector.Table) (connector.Remote, string) {
			about := t.Kind.Word()
			if t.BrowseOnly {
				about += ", visible, not readable"
			}
			return t.Name, about
		})
		if err != nil {
			return nil, err
		}
		if name := d.Schema().Table(id); !slices.Contains(d.Tables(), name) {
			d.ToggleTable(name, FromYou)
		}
		p.Say("Chosen: %s.", tableList(d.Tables()))
		another, err := p.Confirm("Another table?", false)
		if err != nil || !another {
			return kinds, err
		}
	}
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
			if err := p.cure(ctx, failed.Finding.Remedy.Copy); err != nil {
				return err
			}
			continue
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
