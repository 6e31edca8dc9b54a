package steps

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// access is step 4: which tables Draftt may read, and the proof that it can.
type access struct {
	setup   *Wizard
	ctx     context.Context
	list    *listing[connector.Table]
	detail  ui.Task[connector.Table] // columns of the table under the cursor
	shown   connector.Table
	about   string // the name that detail was asked for
	columns bool   // show columns where rows are known as well
	reading *panels.Checks
	refused bool // it was, for want of a privilege
	grant   *grantPanel
	problem error
	asked   string               // the unlisted name that the person was asked about
	of      connector.SchemaName // the schema that the list is of
	hollow  emptyLook
	hints   setup.Hints
}

func newAccess(s *Wizard) *access {
	a := &access{setup: s, hints: setup.Hints{Draft: s.Draft()}}
	a.reading, a.grant = a.newReading(), a.newGrant()
	a.list = newListing(s.theme, check.StageColumns, func(t connector.Table) ui.PickerItem {
		return ui.PickerItem{Name: t.Name.String(), Owner: connector.OwnerName(t.Owner), Comment: t.Comment.String(), State: t.Kind.Word()}
	}, a.row)
	a.list.picker.SetTicks(true)
	return a
}

func (a *access) row(t connector.Table) ui.PickerRow {
	row := ui.PickerRow{Name: t.Name.String(), Cells: []string{t.Kind.Word(), ""}}
	name, err := a.nameOf(t)
	if err != nil {
		row.Disabled, row.Cells[1] = true, "cannot be named safely"
		return row
	}
	read, done := a.setup.Draft().Read(name)
	switch {
	case done && read.Err == nil:
		row.Cells[1] = fmt.Sprintf("✓ read, %d rows shown%s", len(read.Sample.Rows), lessShown(t))
	case done:
		row.Cells[1] = "✗ not readable"
	case t.BrowseOnly:
		row.Cells[1] = connector.SeenCell(true)
	case t.RowFilter:
		row.Cells[1] = "row filter"
	case t.ColumnMasks:
		row.Cells[1] = "column masks"
	}
	return row
}

// lessShown is what keeps a read from showing everything: it stays beside what was read.
func lessShown(t connector.Table) string {
	switch {
	case t.RowFilter && t.ColumnMasks:
		return ", row filter, masked"
	case t.RowFilter:
		return ", row filter"
	case t.ColumnMasks:
		return ", masked"
	}
	return ""
}

func (a *access) nameOf(t connector.Table) (connector.TableName, error) {
	id, err := connector.RemoteIdent(t.Name)
	if err != nil {
		return connector.TableName{}, err
	}
	return a.setup.Draft().Schema().Table(id), nil
}

// Title is the step's word in the rail.
func (a *access) Title() string { return setup.Access.String() }

// Enter lists the tables of the chosen schema.
func (a *access) Enter(ctx context.Context) tea.Cmd {
	a.ctx, a.problem = ctx, nil
	if schema := a.setup.Draft().Schema(); schema != a.of {
		a.list.forget()
		a.of, a.shown, a.about = schema, connector.Table{}, ""
	}
	if len(a.setup.Draft().Tables()) == 0 {
		a.setup.Hesitate()
	}
	return a.load()
}

// Opening reads the chosen tables at once where an interrupted set-up is taken up again.
func (a *access) Opening() ui.Panel {
	if !a.setup.Eager() {
		return nil
	}
	return a.reading
}

func (a *access) load() tea.Cmd {
	ws, err := a.setup.Workspace()
	if err != nil {
		a.list.fail(err)
		return nil
	}
	a.hollow.forget()
	schema := a.setup.Draft().Schema()
	return a.list.load(a.ctx, func(ctx context.Context, token string) (workspace.Page[connector.Table], error) {
		return ws.Tables(ctx, schema, token)
	})
}

// Escape clears the filter.
func (a *access) Escape() bool { return a.list.clearFilter() }

// Leaves says that esc clears the filter first.
func (a *access) Leaves() string { return a.list.picker.Leaves() }

// Typing is true: letters filter the list.
func (a *access) Typing() bool { return true }

// Update hands keys to the list, and takes in what is listed.
func (a *access) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return a.press(msg)
	case tea.PasteMsg:
		a.list.picker.Paste(msg.Content)
		return ui.Stay(), a.look()
	}
	if found, err, ok := a.detail.Take(msg); ok && err == nil {
		a.shown = found
	}
	listed := a.list.take(msg, a.restore)
	a.hollow.take(msg)
	if a.list.empty() && !a.of.Legacy() {
		listed = tea.Batch(listed, a.hollow.start(a.ctx, a.setup.Setup, connector.SchemaType, a.of.Full()))
	}
	return ui.Stay(), tea.Batch(listed, a.look())
}

// restore ticks what the draft holds, after the list was loaded anew. A chosen table that is not listed gets a row of its own.
func (a *access) restore() {
	for _, name := range a.setup.Draft().Tables() {
		at := slices.IndexFunc(a.list.items, func(t connector.Table) bool { return t.Name.Raw() == name.Table.Raw() })
		if at < 0 {
			at = a.list.add(connector.Table{Name: connector.FromRemote(name.Table.Raw())})
		}
		a.list.picker.Tick(at, true)
	}
	if chosen := a.setup.Draft().Tables(); len(chosen) > 0 {
		a.list.selectWhere(func(t connector.Table) bool { return t.Name.Raw() == chosen[0].Table.Raw() })
	}
}

// look asks for the columns of the table under the cursor, once per table.
func (a *access) look() tea.Cmd {
	item, ok := a.list.selected()
	if a.reading.Stands() || a.grant.stands() || !ok || item.Name.Raw() == a.about {
		return nil
	}
	name, err := a.nameOf(item)
	ws, wsErr := a.setup.Workspace()
	if err != nil || wsErr != nil || name.Legacy() {
		return nil
	}
	a.about, a.shown = item.Name.Raw(), connector.Table{}
	return a.detail.Start(a.ctx, func(ctx context.Context) (connector.Table, error) { return ws.Table(ctx, name) })
}

func (a *access) tick() {
	item, ok := a.list.selected()
	if !ok {
		return
	}
	name, err := a.nameOf(item)
	if err != nil {
		a.problem = err
		return
	}
	i, _ := a.list.picker.Selected()
	a.list.picker.Tick(i, a.setup.Draft().ToggleTable(name, setup.FromList))
}

// tickShown chooses every table that the filter shows, or takes them back where all of them are chosen.
func (a *access) tickShown() {
	shown := a.list.picker.Shown()
	names := make([]connector.TableName, 0, len(shown))
	for _, i := range shown {
		if name, err := a.nameOf(a.list.items[i]); err == nil {
			names = append(names, name)
		}
	}
	ticked := a.list.picker.Ticked()
	a.list.picker.ToggleAll()
	a.setup.Draft().ChooseTables(names, len(a.list.picker.Ticked()) > len(ticked), setup.FromList)
}

// typed chooses a table that the list does not show.
func (a *access) typed(text string) {
	name, err := a.setup.Draft().ParseTable(text)
	if err != nil {
		a.problem = err
		return
	}
	if !a.setup.Draft().Chosen(name) {
		a.setup.Draft().ToggleTable(name, setup.FromYou)
	}
	a.list.picker.SetQuery("")
	a.restore()
	a.list.picker.Select(a.list.size() - 1)
}
