package steps

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
)

// showGrant shows the SELECT statements for the scope, and what is held of them.
func (a *access) showGrant() tea.Cmd {
	d, kinds := a.setup.Draft(), map[connector.TableName]connector.TableKind{}
	for _, t := range a.list.items {
		if name, err := a.nameOf(t); err == nil {
			kinds[name] = t.Kind
		}
	}
	if d.Scope() == connector.ScopeTables && len(d.Tables()) == 0 {
		a.problem = &connector.Error{Kind: connector.ErrInput, What: "No table is ticked.", Remedy: "Tick one, or type its name and press enter; the GRANT names it."}
		a.part = pickTables
		return nil
	}
	want := a.setup.ReadRequirements(kinds)
	if a.part == showSelect {
		return a.grant.ask(a.ctx, want)
	}
	a.part = showSelect
	return a.grant.start(a.ctx, want)
}
