package plain

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// chooseTables asks for one table after the other, and returns the kinds that are known.
func (p conversation) chooseTables(ctx context.Context) (map[connector.TableName]connector.TableKind, error) {
	ws, err := p.Workspace()
	if err != nil {
		return nil, err
	}
	d, kinds := p.Draft(), map[connector.TableName]connector.TableKind{}
	tables := func(ctx context.Context, token string) (workspace.Page[connector.Table], error) {
		page, err := ws.Tables(ctx, d.Schema(), token)
		for _, t := range page.Items {
			if id, idErr := connector.RemoteIdent(t.Name); idErr == nil {
				kinds[d.Schema().Table(id)] = t.Kind
			}
		}
		return page, err
	}
	list := listing[connector.Table]{
		in: setup.TablesList, where: d.Schema().String(), pages: tables, opens: "it is read as it is typed",
		look:     p.LookAtHolder(connector.SchemaType, d.Schema().Full()),
		describe: p.tableWords,
	}
	if len(d.Tables()) > 0 {
		p.Say("Chosen: %s.", connector.TableList(d.Tables()))
	}
	for {
		list.more = nil
		if len(d.Tables()) > 0 {
			list.more = []prompt.Shortcut{{Letter: "k", Does: "to keep what is chosen"}, {Letter: "u", Does: "to take one back"}}
		}
		chosen, err := chooseName(ctx, p, list)
		switch {
		case err != nil:
			return nil, err
		case chosen.letter == "k":
			return kinds, nil
		case chosen.letter == "u":
			err = p.takeBack()
		case !d.Chosen(d.Schema().Table(chosen.id)):
			d.ToggleTable(d.Schema().Table(chosen.id), chosen.from)
		}
		if err != nil && !errors.Is(err, prompt.ErrBack) {
			return nil, err
		}
		if err != nil || len(d.Tables()) == 0 {
			continue
		}
		p.Say("Chosen: %s.", connector.TableList(d.Tables()))
		another, err := p.Confirm("Another table, or take one back?", false)
		switch {
		case errors.Is(err, prompt.ErrBack): // to the list
		case err != nil || !another:
			return kinds, err
		}
	}
}

// tableWords describes a table of the list.
func (p conversation) tableWords(t connector.Table) (connector.Remote, string) {
	about := t.Kind.Word()
	if t.BrowseOnly {
		about += ", " + connector.NeedsGrant
	}
	if id, err := connector.RemoteIdent(t.Name); err == nil && p.Draft().Chosen(p.Draft().Schema().Table(id)) {
		about += ", chosen"
	}
	return t.Name, about
}

// takeBack lets a person untick one of the chosen tables.
func (p conversation) takeBack() error {
	chosen := p.Draft().Tables()
	names := make([]string, len(chosen))
	for i, name := range chosen {
		names[i] = name.Table.String()
	}
	i, err := p.Choose("Take back which table?", names, -1)
	if err != nil {
		return err
	}
	p.Draft().ToggleTable(chosen[i], setup.FromYou)
	p.Say("Taken back: %s.", names[i])
	return nil
}
