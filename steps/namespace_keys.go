package steps

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

func (n *namespace) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	n.problem, n.changed = nil, ""
	switch msg.String() {
	case "ctrl+r":
		if n.part == pickCatalog {
			return ui.Stay(), n.loadCatalogs()
		}
		return ui.Stay(), n.loadSchemas()
	case ui.WholeKey:
		return n.whole(), nil
	case "ctrl+e":
		n.passOver()
		return n.typed(n.picker().Query())
	case "enter":
		n.passOver()
		return n.choose()
	}
	n.picker().Key(msg)
	return ui.Stay(), nil
}

// whole opens all that is known of the row under the cursor.
func (n *namespace) whole() ui.Move {
	if n.part == pickCatalog {
		item, _ := n.catalogs.selected()
		return n.catalogs.whole(item.Comment.String())
	}
	item, _ := n.schemas.selected()
	return n.schemas.whole(item.Comment.String())
}

// passOver takes the person's going on as the answer to the hint on the list.
func (n *namespace) passOver() {
	switch n.part {
	case pickCatalog:
		n.hints.Chose(lint.Catalog, n.catalogs.picker.Query(), n.catalogs.underCursor())
	case pickSchema:
		n.hints.Chose(lint.Schema, n.schemas.picker.Query(), n.schemas.underCursor())
	}
}

// choose takes the row under the cursor, or what was typed when no row matches it.
func (n *namespace) choose() (ui.Move, tea.Cmd) {
	var name connector.Remote
	var ok, loading bool
	switch n.part {
	case pickCatalog:
		var item connector.Catalog
		item, ok = n.catalogs.selected()
		name, loading = item.Name, n.catalogs.task.Running()
	default:
		var item connector.Schema
		item, ok = n.schemas.selected()
		name, loading = item.Name, n.schemas.task.Running()
	}
	switch {
	case !ok && loading:
		n.problem = errStillListing
		return ui.Stay(), nil
	case !ok:
		if typed := n.picker().Query(); n.picker().Len() > 0 && asksFirst(typed, n.asked) {
			n.asked = typed
			return ui.Stay(), nil
		}
		return n.typed(n.picker().Query())
	}
	id, err := connector.RemoteIdent(name)
	if err != nil {
		n.problem = err
		return ui.Stay(), nil
	}
	return n.answer(id)
}

// typed takes a name that the list does not show: one part, or catalog.schema at once.
func (n *namespace) typed(text string) (ui.Move, tea.Cmd) {
	if strings.TrimSpace(text) == "" {
		return ui.Stay(), nil
	}
	parts := connector.SplitName(text)
	first, err := connector.ParseIdent(parts[0])
	if err == nil && len(parts) == 2 && n.part == pickCatalog {
		var second connector.Ident
		if second, err = connector.ParseIdent(parts[1]); err == nil {
			n.set(connector.SchemaName{Catalog: first, Schema: second}, setup.FromYou)
			n.part = pickSchema
			return ui.Open(n.reach), n.loadSchemas()
		}
	}
	if err == nil && len(parts) > 1 {
		_, err = connector.ParseIdent(text)
	}
	if err != nil {
		n.problem = err
		return ui.Stay(), nil
	}
	return n.answer(first)
}

func (n *namespace) answer(id connector.Ident) (ui.Move, tea.Cmd) {
	chosen := n.setup.Draft().Schema()
	if n.part == pickCatalog {
		if chosen.Catalog != id {
			n.set(connector.SchemaName{Catalog: id}, setup.FromList)
		}
		n.part = pickSchema
		return ui.Stay(), n.loadSchemas()
	}
	n.set(connector.SchemaName{Catalog: chosen.Catalog, Schema: id}, setup.FromList)
	return ui.Open(n.reach), nil
}

func (n *namespace) set(name connector.SchemaName, from setup.Source) {
	if cleared := n.setup.Draft().SetSchema(name, from); len(cleared) > 0 {
		n.changed = "Cleared, because it belonged to the old schema: " + strings.Join(cleared, ", ") + "."
	}
}
