package home

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

const (
	leastRows  = 3  // of the list that stay in sight, however much there is to say
	factColumn = 11 // where what is said about an entry begins
	inFooter   = 4  // keys that the footer always has room for
)

// View draws the list, or asks for what opens it.
func (h *Screen) View(width, height int) string {
	if !h.unlock.open {
		return h.unlock.view(width)
	}
	return h.list.view(width, height)
}

// view has what is known about the entry under the cursor beside the list, or below it where there is no room.
func (l *entries) view(width, height int) string {
	if l.home.theme.Wide() {
		return ui.Split(l.home.theme, width, height, l.left, l.beside)
	}
	room := height - l.topHeight(width) - 1
	below := l.below(width, wrapInto(room-leastRows-panels.Height(l.below(width, ui.Cut, 1))), 1)
	for _, wanted := range shapes { // every line in sight is worth more than the end of one
		if text := l.below(width, wanted.fit, wanted.hints); panels.Height(text)+l.picker.Height(wanted.rows) <= room {
			below = text
			break
		}
	}
	rows := max(leastRows, height-l.topHeight(width)-panels.Height(below)-1)
	drawn := l.rows(width, rows)
	return l.top(width) + drawn + "\n" + l.beyond(drawn, width) + "\n" + below
}

// wrapInto wraps texts as long as there are this many lines to spare, and cuts those that would take more.
func wrapInto(spare int) func(string, int) string {
	return func(text string, width int) string {
		wrapped := ui.Wrap(text, width)
		more := strings.Count(wrapped, "\n")
		if more > spare {
			return ui.Cut(text, width)
		}
		spare -= more
		return wrapped
	}
}

// beyond names the doors below the rows in sight, the last ones where there is no room for all: they are the furthest.
func (l *entries) beyond(rows string, width int) string {
	if l.filtering || l.picker.Query() != "" || len(l.connections()) == 0 {
		return ""
	}
	var names []string
	for _, d := range l.home.doors {
		if names = append(names, d.Name); strings.Contains(rows, d.Name) {
			names = nil
		}
	}
	for lead := "  Further down: "; len(names) > 0; lead, names = "  Further down: …, ", names[1:] {
		if text := lead + strings.Join(names, ", "); len([]rune(text)) <= width {
			return l.home.theme.Faint.Render(text)
		}
	}
	return ""
}

// shapes are how what stands below the list may look, the best first.
var shapes = []struct {
	fit   func(string, int) string
	hints int // lines of keys
	rows  int // of the list, as far as there are so many
}{{ui.Wrap, 3, 8}, {ui.Wrap, 2, 6}, {ui.Wrap, 1, 6}, {ui.Cut, 3, 5}, {ui.Cut, 2, 5}}

// left is the list with what was just done, where the rest stands beside it.
func (l *entries) left(width, height int) string {
	told := l.told(width)
	if told != "" {
		told = "\n\n" + told
	}
	return l.top(width) + l.rows(width, max(leastRows, height-l.topHeight(width)-panels.Height(told))) + told
}

// top is the heading with what stands below it.
func (l *entries) top(width int) string {
	t := l.home.theme
	return t.Title.Render(l.heading()) + "\n" + t.Faint.Render(ui.Cut(l.purpose(), width)) + "\n\n"
}

func (l *entries) topHeight(width int) int { return strings.Count(l.top(width), "\n") }

// heading counts the connections where not all may be in sight.
func (l *entries) heading() string {
	if n := len(l.connections()); n > leastRows {
		return fmt.Sprintf("Your connections (%s)", words.Thousands(n))
	}
	return "Your connections"
}

// purpose says where the connections are kept.
func (l *entries) purpose() string {
	kind, _, err := l.home.env.Vault.Protection()
	if err != nil {
		return "Kept encrypted on this machine."
	}
	if idle := l.home.env.Vault.Idle(); kind == vault.Passphrase && idle > 0 {
		return fmt.Sprintf("Kept encrypted; open until not used for %s. l locks them.", words.Span(idle))
	}
	return fmt.Sprintf("Kept encrypted on this machine, opened by %s.", openers[kind])
}

// openers say in words what opens the saved connections.
var openers = map[vault.Protection]string{
	vault.Keychain: "the system's keychain", vault.Passphrase: "a passphrase", vault.KeyFile: "a key file",
}

// rows are the entries, below the filter where there is one. All of them may be gone by now.
func (l *entries) rows(width, height int) string {
	if len(l.entries) == 0 {
		return ui.Wrap("Nothing is saved any more. n sets up a new connection.", width)
	}
	filters := l.filtering || l.picker.Query() != ""
	if filters {
		return l.picker.View(width, min(height, max(1, l.picker.Height(height))+1))
	}
	_, rows, _ := strings.Cut(l.picker.View(width, min(height, l.picker.Height(height))+1), "\n")
	return rows
}

// below is what is known about the entry under the cursor, and what was just done. hints are how many lines of keys there may be.
func (l *entries) below(width int, fit func(string, int) string, hints int) string {
	var parts []string
	if d, ok := l.door(); ok {
		for _, fact := range l.doorFacts(d) {
			parts = append(parts, factLine(l.home.theme, fact, width, fit))
		}
	}
	if e, ok := l.current(); ok {
		facts := e.facts(l.home)
		if e.left == nil && !l.filtering { // the footer has no room for all of them
			facts = append(facts, fact{label: "Also", text: strings.Join(hintLines(l.hints(inFooter), width-factColumn, hints), "\n")})
		}
		for _, fact := range facts {
			parts = append(parts, factLine(l.home.theme, fact, width, fit))
		}
	}
	if told := l.told(width); told != "" {
		parts = append(parts, "", told)
	}
	return strings.Join(parts, "\n")
}

// beside is all that is known about the entry under the cursor, and every key.
func (l *entries) beside(width, height int) string {
	t := l.home.theme
	var parts []string
	if d, ok := l.door(); ok {
		parts = append(parts, t.Title.Render(ui.Cut(d.Name, width)), t.Faint.Render(ui.Cut(l.visited().Host.String(), width)), "")
		for _, fact := range l.doorFacts(d) {
			parts = append(parts, markedLine(t, fact, width))
		}
		parts = append(parts, "")
	}
	if e, ok := l.current(); ok {
		parts = append(parts, t.Title.Render(ui.Cut(ui.ShownName(e.name()), width)), t.Faint.Render(ui.Cut(e.host().String(), width)), "")
		for _, fact := range e.all(l.home) {
			parts = append(parts, markedLine(t, fact, width))
		}
		parts = append(parts, "")
	}
	keys := hintLines(l.hints(0), width, max(1, height-panels.Height(strings.Join(parts, "\n"))))
	return strings.Join(append(parts, t.Faint.Render(strings.Join(keys, "\n"))), "\n")
}

// told are files that are no connections any more, and what was just done.
func (l *entries) told(width int) string {
	var parts []string
	for _, d := range l.damaged {
		parts = append(parts, ui.Wrap(l.home.theme.Mark(ui.MarkFail)+" "+d.File+": "+connector.Sentence(d.Err), width))
	}
	if l.home.notice != "" {
		mark := ui.MarkPass
		if l.home.wrong {
			mark = ui.MarkWarn
		}
		lines := strings.Split(l.home.notice, "\n")
		for i, line := range lines {
			lines[i] = ui.Clean(line)
		}
		parts = append(parts, ui.Wrap(l.home.theme.Mark(mark)+" "+strings.Join(lines, "\n"), width))
	}
	return strings.Join(parts, "\n")
}

// factLine is a label and what is known, which goes on below itself.
func factLine(t *ui.Theme, fact fact, width int, fit func(string, int) string) string {
	return columnLine(t, fact, factColumn, width, fit)
}

// columnLine has what is known begin at a column.
func columnLine(t *ui.Theme, fact fact, column, width int, fit func(string, int) string) string {
	var text []string
	for line := range strings.SplitSeq(fact.text, "\n") {
		text = append(text, strings.Split(fit(ui.Clean(line), width-column), "\n")...)
	}
	pad := strings.Repeat(" ", column)
	return t.Faint.Render(fact.label) + pad[len(fact.label):] + strings.Join(text, "\n"+pad)
}

// markedLine is a fact behind its mark.
func markedLine(t *ui.Theme, fact fact, width int) string {
	lines := factLine(t, fact, width-2, ui.Wrap)
	return t.Mark(fact.mark) + " " + strings.ReplaceAll(lines, "\n", "\n  ")
}
