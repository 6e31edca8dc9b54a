package steps

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui"
)

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
	empty := func() *emptyLook { return lookNow(ctx, p.Setup, connector.SchemaType, d.Schema().Full()) }
	for {
		var more []ui.Shortcut
		if len(d.Tables()) > 0 {
			more = []ui.Shortcut{{Letter: "u", Does: "to take one back"}}
		}
		id, from, err := chooseName(ctx, p, "", tablesIn, empty, tables, func(t connector.Table) (connector.Remote, string) {
			about := t.Kind.Word()
			if t.BrowseOnly {
				about += ", metadata only"
			}
			if id, err := connector.RemoteIdent(t.Name); err == nil && d.Chosen(d.Schema().Table(id)) {
				about += ", chosen"
			}
			return t.Name, about
		}, more...)
		switch {
		case errors.Is(err, errTakeBack):
			err = p.takeBack()
		case err == nil && !d.Chosen(d.Schema().Table(id)):
			d.ToggleTable(d.Schema().Table(id), from)
		}
		if err != nil {
			return nil, err
		}
		if len(d.Tables()) == 0 {
			continue
		}
		p.Say("Chosen: %s.", tableList(d.Tables()))
		another, err := p.Confirm("Another table, or take one back?", false)
		if err != nil || !another {
			return kinds, err
		}
	}
}

// takeBack lets a person untick one of the chosen tables.
func (p plain) takeBack() error {
	chosen := p.draft.Tables()
	names := make([]string, len(chosen))
	for i, name := range chosen {
		names[i] = name.Table.String()
	}
	i, letter, err := p.ChooseOr("Take back which table?", names, -1, ui.Shortcut{Letter: "k", Does: "to keep all"})
	if err != nil || letter == "k" {
		return err
	}
	p.draft.ToggleTable(chosen[i], FromYou)
	p.Say("Taken back: %s.", names[i])
	return nil
}
