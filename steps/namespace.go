package steps

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui"
)

// The two lists of step 3, in the order in which a person goes through them. What is held of the privileges is a panel over them.
type namespacePart int

const (
	pickCatalog namespacePart = iota
	pickSchema
)

// namespace is step 3: which catalog and schema hold the inventory, and whether the way to them is open.
type namespace struct {
	setup    *Wizard
	ctx      context.Context
	part     namespacePart
	catalogs *listing[connector.Catalog]
	schemas  *listing[connector.Schema]
	reach    *grantPanel
	problem  error  // with a name that was typed
	asked    string // the unlisted name that the person was asked about
	changed  string // what the last change cleared
	hollow   emptyLook
	hints    setup.Hints
}

func newNamespace(s *Wizard) *namespace {
	n := &namespace{setup: s, hints: setup.Hints{Draft: s.Draft()}}
	n.reach = n.newReach()
	n.catalogs = newListing(s.theme, check.StageCatalog, func(c connector.Catalog) ui.PickerItem {
		return ui.PickerItem{Name: c.Name.String(), Owner: connector.OwnerName(c.Owner), Comment: c.Comment.String(), State: connector.CatalogCell(c)}
	}, func(c connector.Catalog) ui.PickerRow {
		return ui.PickerRow{Name: c.Name.String(), Cells: []string{connector.OwnerCell(c.Owner), connector.CatalogCell(c)}}
	})
	n.schemas = newListing(s.theme, check.StageSchema, func(c connector.Schema) ui.PickerItem {
		return ui.PickerItem{Name: c.Name.String(), Owner: connector.OwnerName(c.Owner), Comment: c.Comment.String(), State: connector.SeenCell(c.BrowseOnly)}
	}, func(c connector.Schema) ui.PickerRow {
		return ui.PickerRow{Name: c.Name.String(), Cells: []string{connector.OwnerCell(c.Owner), connector.SeenCell(c.BrowseOnly)}}
	})
	return n
}

// Title is the step's word in the rail.
func (n *namespace) Title() string { return setup.Namespace.String() }

// Enter goes to the first list that is not answered. Those before it load as well, so that going back finds them.
func (n *namespace) Enter(ctx context.Context) tea.Cmd {
	n.ctx, n.problem, n.changed = ctx, nil, ""
	chosen := n.setup.Draft().Schema()
	commands := []tea.Cmd{n.loadCatalogs()}
	n.part = pickCatalog
	if !chosen.Catalog.IsZero() {
		n.part = pickSchema
		commands = append(commands, n.loadSchemas())
	}
	return tea.Batch(commands...)
}

// Opening looks at once whether the way to a schema that was chosen before is open.
func (n *namespace) Opening() ui.Panel {
	if n.setup.Draft().Schema().IsZero() {
		return nil
	}
	return n.reach
}

func (n *namespace) loadCatalogs() tea.Cmd {
	ws, err := n.setup.Workspace()
	if err != nil {
		n.catalogs.fail(err)
		return nil
	}
	return n.catalogs.load(n.ctx, ws.Catalogs)
}

func (n *namespace) loadSchemas() tea.Cmd {
	n.schemas.forget()
	n.hollow.forget()
	ws, err := n.setup.Workspace()
	if err != nil {
		n.schemas.fail(err)
		return nil
	}
	catalog := n.setup.Draft().Schema().Catalog
	return n.schemas.load(n.ctx, func(ctx context.Context, token string) (workspace.Page[connector.Schema], error) {
		return ws.Schemas(ctx, catalog, token)
	})
}

// Escape clears the filter, or goes a list back; the answers stay.
func (n *namespace) Escape() bool {
	if n.part == pickCatalog && n.catalogs.clearFilter() || n.part == pickSchema && n.schemas.clearFilter() {
		return true
	}
	n.problem, n.changed = nil, ""
	was := n.part
	n.part = pickCatalog
	return was != pickCatalog
}

// Leaves says that esc clears the filter first.
func (n *namespace) Leaves() string { return n.picker().Leaves() }

// picker is the list on screen.
func (n *namespace) picker() *ui.Picker {
	if n.part == pickCatalog {
		return n.catalogs.picker
	}
	return n.schemas.picker
}

// Typing is true: letters filter a list or spell a name.
func (n *namespace) Typing() bool { return true }

// Keys lists what works now.
func (n *namespace) Keys() (keys []key.Binding) {
	list, loading := n.catalogs.keys(), n.catalogs.task.Running()
	if n.part == pickSchema {
		list, loading = n.schemas.keys(), n.schemas.task.Running()
	}
	typed := n.picker().Query() != ""
	if _, ok := n.picker().Selected(); ok || typed || loading {
		keys = append(keys, ui.Bind("choose", "enter"))
	}
	if typed {
		keys = append(keys, ui.Bind("use what I typed", "ctrl+e"))
	}
	return append(append(keys, ui.Bind("refresh", "ctrl+r")), list...)
}

// Update hands keys to the list on screen.
func (n *namespace) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return n.press(msg)
	case tea.PasteMsg:
		n.picker().Paste(msg.Content)
		return ui.Stay(), nil
	}
	listed := tea.Batch(
		n.catalogs.take(msg, func() { n.catalogs.selectWhere(n.preferredCatalog) }),
		n.schemas.take(msg, func() { n.schemas.selectWhere(n.preferredSchema) }),
	)
	n.hollow.take(msg)
	if catalog := n.setup.Draft().Schema().Catalog; n.part == pickSchema && n.schemas.empty() && catalog.Raw() != connector.HiveMetastore {
		listed = tea.Batch(listed, n.hollow.start(n.ctx, n.setup.Setup, connector.CatalogType, catalog.Raw()))
	}
	return ui.Stay(), listed
}

func (n *namespace) preferredCatalog(c connector.Catalog) bool {
	return c.Name.Raw() == n.setup.Draft().Schema().Catalog.Raw()
}

// preferredSchema keeps the chosen schema under the cursor, and otherwise passes over information_schema, which never holds inventory.
func (n *namespace) preferredSchema(s connector.Schema) bool {
	if chosen := n.setup.Draft().Schema().Schema; !chosen.IsZero() {
		return s.Name.Raw() == chosen.Raw()
	}
	return s.Name.Raw() != connector.InformationSchema
}
