package steps

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// newReading proves that the chosen tables can be read.
func (a *access) newReading() *panels.Checks {
	return panels.NewChecks(a.setup.theme, panels.ChecksContent{
		Head: a.shortHead, Stop: "stop reading", Filename: "access-test.txt", Ended: a.finished,
		Attempt: func() (*setup.Attempt, error) {
			a.refused = false
			return a.setup.ReadTables()
		},
		Failed: []ui.Action{
			{Key: ui.Bind("read again", "r")},
			{Key: ui.Bind("grants", "g"), Do: func() (ui.Move, tea.Cmd) { return a.openGrant(), nil }},
		},
	})
}

// finished goes back to the list, which shows what was read. A missing privilege leads to its GRANT, anything else stays on screen with its
// remedy.
func (a *access) finished(f *check.Result) (ui.Move, tea.Cmd) {
	switch {
	case a.setup.WasRead(f):
		return a.wasRead()
	case f == nil || f.Advisory:
		a.problem = a.setup.Draft().Check(setup.Access)
		return ui.Close(), nil
	case f.Finding.Grantable():
		a.refused = true
		return a.openGrant(), nil
	}
	return ui.Stay(), nil
}

func (a *access) wasRead() (ui.Move, tea.Cmd) {
	d := a.setup.Draft()
	if a.setup.Eager() && d.Check(setup.Access) == nil {
		return ui.Next(), nil
	}
	a.list.clearFilter()
	a.list.selectWhere(func(t connector.Table) bool { return d.Tables()[0].Table.Raw() == t.Name.Raw() })
	if slices.ContainsFunc(a.list.items, func(t connector.Table) bool { return t.BrowseOnly }) {
		return ui.Close(), a.load() // a grant may have opened them meanwhile
	}
	return ui.Close(), nil
}

// newGrant shows the SELECT statements for the scope, and what is held of them.
func (a *access) newGrant() *grantPanel {
	return newGrantPanel(a.setup, grantContent{
		Head: a.shortHead, Wants: a.wanted, Holds: "SELECT holds. enter reads the tables to prove it.", Next: "read the tables",
		GoOn: a.afterGrant, Looked: a.looked,
	})
}

// wanted are the privileges to read the chosen tables. Where SELECT is asked for on tables, there must be one.
func (a *access) wanted() (setup.Requirements, bool) {
	d, kinds := a.setup.Draft(), map[connector.TableName]connector.TableKind{}
	for _, t := range a.list.items {
		if name, err := a.nameOf(t); err == nil {
			kinds[name] = t.Kind
		}
	}
	if d.Scope() == connector.ScopeTables && len(d.Tables()) == 0 {
		a.problem = &connector.Error{
			Kind: connector.ErrInput, What: "No table is ticked.", Remedy: "Tick one, or type its name and press enter; the GRANT names it.",
		}
		return setup.Requirements{}, false
	}
	return a.setup.ReadRequirements(kinds), true
}

func (a *access) openGrant() ui.Move {
	if _, ok := a.wanted(); !ok {
		return ui.Stay()
	}
	return ui.Open(a.grant)
}

// looked leaves what a reading found on screen where the GRANT is not what is missing.
func (a *access) looked() (ui.Move, tea.Cmd) {
	switch {
	case a.refused && a.reading.Stands() && a.grant.tries == 1 && a.grant.hold():
		return ui.Close(), nil
	case a.setup.Eager() && a.grant.complete() && !a.setup.Applies() && len(a.setup.Draft().Tables()) > 0:
		return a.readFromGrant()
	}
	return ui.Stay(), nil
}

// afterGrant reads the tables or, where none is chosen, lists them anew.
func (a *access) afterGrant() (ui.Move, tea.Cmd) {
	if len(a.setup.Draft().Tables()) > 0 {
		return a.readFromGrant()
	}
	return ui.Close(), a.load()
}

// readFromGrant reads, again where the reading led to the GRANT.
func (a *access) readFromGrant() (ui.Move, tea.Cmd) {
	if a.reading.Stands() {
		return ui.Close(), a.reading.Begin()
	}
	return ui.Close().Then(ui.Open(a.reading)), nil
}
