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

// The three parts of step 3, in the order in which a person goes through them.
type namespacePart int

const (
	pickCatalog namespacePart = iota
	pickSchema
	showReach
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
	changed  string // what the last change cleared
	hollow   emptyLook
	hints    setup.Hints
}

func newNamespace(s *Wizard) *namespace {
	n := &namespace{setup: s, reach: newGrantPanel(s, "grants.sql"), hints: setup.Hints{Draft: s.Draft()}}
	n.catalogs = newListing(s.theme, check.StageCatalog, func(c connector.Catalog) string { return c.Name.String() }, func(c connector.Catalog) ui.PickerRow {
		return ui.PickerRow{Name: c.Name.String(), Cells: []string{setup.OwnerCell(c.Owner), setup.CatalogCell(c)}}
	})
	n.schemas = newListing(s.theme, check.StageSchema, func(c connector.Schema) string { return c.Name.String() }, func(c connector.Schema) ui.PickerRow {
		return ui.PickerRow{Name: c.Name.String(), Cells: []string{setup.OwnerCell(c.Owner), setup.SeenCell(c.BrowseOnly)}}
	})
	return n
}

// Title is the step's word in the rail.
func (n *namespace) Title() string { return setup.Namespace.String() }

// Enter goes to the first part that is not answered. Lists of the parts before it load as well, so that going back finds them.
func (n *namespace) Enter(ctx context.Context) tea.Cmd {
	n.ctx, n.problem, n.changed = ctx, nil, ""
	n.reach.stop()
	chosen := n.setup.Draft().Schema()
	commands := []tea.Cmd{n.loadCatalogs()}
	n.part = pickCatalog
	if !chosen.Catalog.IsZero() {
		n.part = pickSchema
		commands = append(commands, n.loadSchemas())
	}
	if !chosen.IsZero() {
		commands = append(commands, n.open())
	}
	return tea.Batch(commands...)
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

// open looks whether the way to the chosen schema is open.
func (n *namespace) open() tea.Cmd {
	n.part = showReach
	return n.reach.start(n.ctx, n.setup.ReachRequirements())
}

// Escape goes one part back; the answers stay.
func (n *namespace) Escape() bool {
	if n.reach.escape() {
		return true
	}
	if n.part == pickCatalog && n.catalogs.clearFilter() || n.part == pickSchema && n.schemas.clearFilter() {
		return true
	}
	n.problem, n.changed = nil, ""
	switch n.part {
	case showReach:
		n.reach.stop()
		n.part = pickSchema
	case pickSchema:
		n.part = pickCatalog
	default:
		return false
	}
	return true
}

// picker is the list on screen, or nil.
func (n *namespace) picker() *ui.Picker {
	switch n.part {
	case pickCatalog:
		return n.catalogs.picker
	case pickSchema:
		return n.schemas.picker
	}
	return nil
}

// Typing is true while letters filter a list or spell a name.
func (n *namespace) Typing() bool { return n.picker() != nil || n.reach.typing() }

// Keys lists what works now.
func (n *namespace) Keys() []key.Binding {
	if n.part != showReach {
		return []key.Binding{ui.Bind("choose", "enter"), ui.Bind("use what I typed", "ctrl+e"), ui.Bind("refresh", "ctrl+r")}
	}
	keys := n.reach.keys()
	if n.reach.covered() {
		return keys
	}
	if n.reach.hold() {
		keys = append([]key.Binding{ui.Bind("next", "enter")}, keys...)
	}
	return append(keys, ui.Bind("other scope", "t"))
}

// Update hands keys to the list or the panel on screen.
func (n *namespace) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if n.part == showReach {
			return n.pressReach(msg)
		}
		return ui.Stay(), n.pressList(msg)
	case tea.PasteMsg:
		if list := n.picker(); list != nil {
			list.Paste(msg.Content)
		} else {
			n.reach.paste(msg.Content)
		}
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
	cmd, done := n.reach.take(msg)
	if done && n.part == showReach {
		n.setup.Draft().SetReach(n.reach.hold())
		if n.setup.Eager() && n.reach.complete() {
			return ui.Next(), tea.Batch(listed, cmd)
		}
	}
	return ui.Stay(), tea.Batch(listed, cmd)
}

func (n *namespace) preferredCatalog(c connector.Catalog) bool {
	return c.Name.Raw() == n.setup.Draft().Schema().Catalog.Raw()
}

// preferredSchema keeps the chosen schema under the cursor, and otherwise passes over information_schema, which never holds inventory.
func (n *namespace) preferredSchema(s connector.Schema) bool {
	if chosen := n.setup.Draft().Schema().Schema; !chosen.IsZero() {
		return s.Name.Raw() == chosen.Raw()
	}
	return s.Name.Raw() != informationSchema
}
