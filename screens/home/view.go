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
)

// View draws the list, or asks for what opens it.
func (h *Screen) View(width, height int) string {
	if !h.unlock.open {
		return h.unlock.view(width)
	}
	return h.list.view(width, height)
}

func (l *entries) view(width, height int) string {
	t := l.home.theme
	top := t.Title.Render(l.heading()) + "\n" + t.Faint.Render(ui.Cut(l.purpose(), width)) + "\n"
	below := l.below(width, ui.Wrap)
	if panels.Height(top)+1+min(leastRows, len(l.entries))+1+panels.Height(below) > height { // every line in sight is worth more than the end of one
		below = l.below(width, ui.Cut)
	}
	room := max(leastRows, height-panels.Height(top)-panels.Height(below)-2)
	return top + "\n" + l.rows(width, room) + "\n\n" + below
}

// heading counts the connections where not all may be in sight.
func (l *entries) heading() string {
	if n := len(l.entries); n > leastRows {
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
	view := l.picker.View(width, min(height, len(l.entries))+1)
	if _, rows, ok := strings.Cut(view, "\n"); ok && !l.filtering && l.picker.Query() == "" {
		return rows
	}
	return view
}

// below is what is known about the entry under the cursor, and what was just done.
func (l *entries) below(width int, fit func(string, int) string) string {
	var parts []string
	if e, ok := l.current(); ok {
		for _, fact := range e.facts(l.home) {
			parts = append(parts, factLine(l.home.theme, fact, width, fit))
		}
		if e.left == nil { // the footer has no room for all of them
			parts = append(parts, factLine(l.home.theme, fact{"Also", alsoWithin(width - factColumn)}, width, fit))
		}
	}
	for _, d := range l.damaged {
		parts = append(parts, ui.Wrap(l.home.theme.Mark(ui.MarkFail)+" "+d.File+": "+connector.Sentence(d.Err), width))
	}
	if l.home.notice != "" {
		mark := ui.MarkPass
		if l.home.wrong {
			mark = ui.MarkWarn
		}
		parts = append(parts, "", ui.Wrap(l.home.theme.Mark(mark)+" "+ui.Clean(l.home.notice), width))
	}
	return strings.Join(parts, "\n")
}

// factLine is a label and what is known, which goes on below itself.
func factLine(t *ui.Theme, fact fact, width int, fit func(string, int) string) string {
	text := strings.Split(fit(ui.Clean(fact.text), width-factColumn), "\n")
	pad := strings.Repeat(" ", factColumn)
	return t.Faint.Render(fact.label) + pad[len(fact.label):] + strings.Join(text, "\n"+pad)
}
