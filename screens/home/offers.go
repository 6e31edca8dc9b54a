package home

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// offer is what home does with the saved connection under the cursor, on the screen and line by line.
type offer struct {
	key   key.Binding // and what it does, in a word or two
	about string      // the same line by line, in a few words more
	do    func(*Screen, connector.Connection) ui.Move
	lines func(lineByLine, context.Context, connector.Connection) error
}

// opens is an offer that opens a panel.
func opens(panel func(*Screen, connector.Connection) ui.Panel) func(*Screen, connector.Connection) ui.Move {
	return func(h *Screen, c connector.Connection) ui.Move { return ui.Open(panel(h, c)) }
}

// leads is an offer that leaves home, or the list line by line, for something else.
func leads(kind Kind) func(*Screen, connector.Connection) ui.Move {
	return func(h *Screen, c connector.Connection) ui.Move { return h.leaveFor(Choice{Kind: kind, Saved: c}) }
}

// offers are all of them, what is done most first. The first is what enter does.
var offers = []offer{
	{ui.Bind("test", "enter", "t"), "test, to a real read of its tables", opens(newTestPanel), lineByLine.test},
	{ui.Bind("edit", "e"), "edit, in the five steps", leads(Edit), leadsTo(Edit)},
	{ui.Bind("sync", "p"), "sync, reads the tables into files", opens(newSyncPanel), lineByLine.sync},
	{ui.Bind("rotate", "r"), "rotate, a new secret in place of the old one", opens(newRotatePanel), leadsTo(Rotate)},
	{ui.Bind("certificate", "u"), "certificate, everything that it may do", opens(newCertificatePanel), lineByLine.certificate},
	{ui.Bind("grants", "g"), "grants, what it has and what it needs", opens(newGrantsPanel), lineByLine.grants},
	{ui.Bind("for Draftt", "w"), "for Draftt, what to enter there", opens(newDashboardPanel), lineByLine.forDraftt},
	{ui.Bind("show", "v"), "show, all that is known about it", opens(newSheetPanel), lineByLine.show},
	{ui.Bind("bundle", "b"), "bundle, what support needs in one file", opens(newBundlePanel), lineByLine.bundle},
	{ui.Bind("rename", "m"), "rename, on this machine alone", opens(newRenamePanel), lineByLine.rename},
	{ui.Bind("export", "s"), "export, to a file without its secret", opens(newExportPanel), lineByLine.export},
	{ui.Bind("disconnect", "d"), "disconnect, with a plan first", opens(newDisconnectPanel), lineByLine.disconnect},
	{ui.Bind("delete", "x"), "delete, on this machine alone", opens(newDeletePanel), lineByLine.delete},
}

// wide is what home does whatever the cursor stands on.
type wide struct {
	key  key.Binding
	does func(*Screen) (ui.Move, tea.Cmd)
	when func(*Screen) bool // nil is always
}

var wides = []wide{
	{ui.Bind("new", "n"), func(h *Screen) (ui.Move, tea.Cmd) { return h.leaveFor(Choice{Kind: NewConnection}), nil }, nil},
	{ui.Bind("test all", "a"), func(h *Screen) (ui.Move, tea.Cmd) { return ui.Open(newTestAllPanel(h)), nil }, (*Screen).hasSaved},
	{ui.Bind("import", "i"), func(h *Screen) (ui.Move, tea.Cmd) { return ui.Open(newImportPanel(h)), nil }, nil},
	{ui.Bind("lock", "l"), func(h *Screen) (ui.Move, tea.Cmd) { return ui.Stay(), h.unlock.lock(h.ctx) }, func(h *Screen) bool { return h.unlock.locks() }},
}

// wides are those that work now.
func (h *Screen) wides() []wide {
	return slices.DeleteFunc(slices.Clone(wides), func(w wide) bool { return w.when != nil && !w.when(h) })
}

// hasSaved reports whether there is a connection to test.
func (h *Screen) hasSaved() bool { return len(h.list.connections()) > 0 }

// hint is a key as a line of keys has it.
func hint(k key.Binding) string { return k.Help().Key + " " + k.Help().Desc }

// hints are the keys that work now, but for so many that the footer has room for.
func (l *entries) hints(but int) []string {
	keys := l.keys()
	if l.filtering {
		but = 0
	}
	var hints []string
	for _, k := range keys[min(but, len(keys)):] {
		if k.Help().Key != moves.Help().Key {
			hints = append(hints, hint(k))
		}
	}
	if l.filtering {
		return hints
	}
	return append(hints, "? all keys")
}

// hintLines are hints in lines of at most width cells, at most so many: the last hint, which names the others, is always among them.
func hintLines(hints []string, width, most int) []string {
	last := hints[len(hints)-1]
	for n := len(hints); ; n-- {
		lines := flow(append(slices.Clone(hints[:n-1]), last), width)
		if len(lines) <= max(1, most) || n == 1 {
			return lines
		}
	}
}

// flow puts texts behind one another in lines of at most width cells.
func flow(texts []string, width int) (lines []string) {
	const between = " · "
	for _, text := range texts {
		last := len(lines) - 1
		if last >= 0 && len([]rune(lines[last]+between+text)) <= width {
			lines[last] = strings.Join([]string{lines[last], text}, between)
			continue
		}
		lines = append(lines, text)
	}
	return lines
}
