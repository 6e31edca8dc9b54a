package steps

import (
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// head is the headline with the choice of the scope.
func (a *access) head(width int) string { return a.scopeHead(width, "") + "\n\n" }

// scopeHead has the key that chooses the other scope where there is one.
func (a *access) scopeHead(width int, other string) string {
	return a.setup.theme.Title.Render(ui.Cut(setup.AccessHeadline(a.setup.Draft().Schema()).Title, width)) + "\n" + a.scopeLines(width, other)
}

// listHead is that over the list, with what ticking means. A small window has no blank line besides.
func (a *access) listHead(width, height int) string {
	head := a.scopeHead(width, "ctrl+t") + "\n" + a.setup.theme.Faint.Render(ui.Cut(a.setup.Draft().Scope().Ticked(), width)) + "\n"
	if height < roomyBody {
		return head
	}
	return head + "\n"
}

// shortHead is the same over a panel, which needs the room more in a small window.
func (a *access) shortHead(width, height int) string {
	if height < roomyBody {
		return a.setup.theme.Title.Render(ui.Cut(a.setup.Draft().Schema().String(), width)) + "\n"
	}
	return a.head(width)
}

// View draws the list of tables.
func (a *access) View(width, height int) string {
	head := a.listHead(width, height)
	return head + a.tablesView(width, height-strings.Count(head, "\n"))
}

func (a *access) scopeLines(width int, other string) string {
	d := a.setup.Draft()
	var lines []string
	for i, scope := range []connector.Scope{connector.ScopeSchema, connector.ScopeTables} {
		label, mark := other, "( ) "
		if i == 0 {
			label = "Scope"
		}
		if d.Scope() == scope {
			mark = "(•) "
		}
		lines = append(lines, ui.Cut(fmt.Sprintf("%-7s%s%s", label, mark, scope.Note()), width))
	}
	return strings.Join(lines, "\n")
}

func (a *access) tablesView(width, room int) string {
	t, d := a.setup.theme, a.setup.Draft()
	if a.list.failed() {
		return a.list.view(width, room)
	}
	if a.list.empty() && a.list.picker.Query() == "" {
		return a.list.picker.View(width, 1) + "\n\n" + emptyState(setup.TablesList, setup.TablesList.Explain(d.Schema().String(), a.hollow.found, false)).View(t, width) + "\n" + a.note(width)
	}
	below := a.detailView(width, max(3, room/2))
	listRoom := max(3, min(room-panels.Height(below)-1, a.list.size()+1))
	if a.list.size() == 0 && a.list.picker.Query() != "" {
		return a.list.picker.View(width, 2) + "\n\n" + a.note(width)
	}
	return a.list.view(width, listRoom) + "\n\n" + below
}

// note is what there is to say about the last keystroke.
func (a *access) note(width int) string {
	var input *connector.Error
	switch {
	case errors.As(a.problem, &input):
		return ui.Wrap(a.setup.theme.Mark(ui.MarkWarn)+" "+input.What+" "+input.Remedy, width)
	case a.problem != nil:
		return ui.Wrap(a.setup.theme.Mark(ui.MarkWarn)+" "+a.problem.Error(), width)
	case a.list.picker.Query() != "" && a.list.picker.Hits() == 0 && !a.list.task.Running():
		return ui.Wrap(a.list.unlisted(setup.TablesList.Noun, a.asked), width)
	}
	return ""
}

// detailView shows rows of the table under the cursor once it was read, and its columns before that.
func (a *access) detailView(width, height int) string {
	t := a.setup.theme
	if note := a.note(width); note != "" {
		return note
	}
	item, ok := a.list.selected()
	if !ok {
		return ""
	}
	name, err := a.nameOf(item)
	if err != nil {
		return ""
	}
	read, done := a.setup.Draft().Read(name)
	title := t.Title.Render(ui.Wrap(ui.ShownName(item.Name.String()), width))
	if by := read.Table.Limits(); done && by != "" {
		title += t.Faint.Render(ui.Cut("  read through "+by, max(0, width-len([]rune(ui.ShownName(item.Name.String()))))))
	}
	switch {
	case done && read.Err != nil:
		return title + "\n" + ui.Wrap(t.Mark(ui.MarkFail)+" "+refusalOf(read), width)
	case done && !a.columns:
		if len(read.Sample.Rows) == 0 {
			return title + "\n" + ui.Wrap("It can be read and gave no rows."+filterNote(read.Table), width)
		}
		return title + "\n" + sampleTable(t, read.Sample, width, height-1)
	}
	var columns []connector.Column
	known := done || a.shown.Name.Raw() == item.Name.Raw()
	switch {
	case done:
		columns = read.Columns
	case known:
		columns = a.shown.Columns
	}
	if badge := inventoryColumns(columns); badge != "" {
		title += t.Faint.Render(ui.Cut("  "+setup.LooksLikeInventory+": "+badge, max(0, width-len([]rune(item.Name.String())))))
	}
	if only := setup.BrowsedOnly(setup.TablesList.Noun, connector.AskableAlone(a.list.items)); only != "" && !done {
		only = ui.Wrap(only, width)
		title += "\n" + only
		height -= panels.Height(only)
	}
	if !known {
		return title
	}
	return title + "\n" + columnTable(t, columns, width, height-1)
}

// refusalOf says why a table could not be read, as the reading found it, and what to do.
func refusalOf(read check.Read) string {
	found := read.Finding
	if found == nil {
		explained := check.Explain(read.Err)
		found = &explained
	}
	if found.Grantable() {
		return found.Reason + " ctrl+g shows the GRANT."
	}
	return found.Reason + " " + found.Remedy.Text
}

func filterNote(t connector.Table) string {
	if t.RowFilter {
		return " A row filter decides which rows this principal sees."
	}
	return ""
}

func sampleTable(t *ui.Theme, rows query.Rows, width, height int) string {
	headers, body := sampleCells(rows)
	return ui.DataTable(t, headers, body, width, height)
}

// whole is a page of what the list and the table below it have no room for: the rows that were read, or the row under the cursor.
func (a *access) whole() ui.Move {
	item, ok := a.list.selected()
	if name, err := a.nameOf(item); ok && err == nil {
		if read, done := a.setup.Draft().Read(name); done && read.Err == nil && len(read.Sample.Rows) > 0 {
			headers, body := sampleCells(read.Sample)
			return ui.Open(ui.RowsPage(a.setup.theme, item.Name.String(), headers, body))
		}
	}
	return a.list.whole(item.Comment.String())
}

func sampleCells(rows query.Rows) (headers []string, body [][]string) {
	headers = make([]string, len(rows.Columns))
	for i, c := range rows.Columns {
		headers[i] = c.Name.String()
	}
	body = make([][]string, len(rows.Rows))
	for i, row := range rows.Rows {
		body[i] = make([]string, len(row))
		for j, cell := range row {
			body[i][j] = cell.Shown()
		}
	}
	return headers, body
}

func columnTable(t *ui.Theme, columns []connector.Column, width, height int) string {
	rows := make([][]string, len(columns))
	for i, c := range columns {
		rows[i] = []string{c.Name.String(), c.Type.String()}
	}
	if len(rows) == 0 {
		return t.Faint.Render("Its columns are not visible.")
	}
	return ui.LabelledTable(t, "column", []string{fmt.Sprintf("%d columns", len(columns)), "type"}, rows, width, height)
}

// inventoryWords are column names that components, devices and servers tend to have.
var inventoryWords = []string{"hostname", "serial", "version", "model", "vendor", "asset", "kind", "os", "ip_address", "firmware"}

// inventoryColumns names up to three columns that speak for an inventory table. It is a hint and never chooses anything.
func inventoryColumns(columns []connector.Column) string {
	var found []string
	for _, c := range columns {
		for _, word := range inventoryWords {
			name := strings.ToLower(c.Name.Raw())
			if (name == word || len(word) > 2 && strings.Contains(name, word)) && len(found) < 3 {
				found = append(found, c.Name.String())
				break
			}
		}
	}
	if len(found) < 2 {
		return ""
	}
	return strings.Join(found, ", ")
}
