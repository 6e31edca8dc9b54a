package steps

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// whoCard shows the three names of the service principal, and where each is used. It lies over a step.
type whoCard struct {
	setup *Wizard
	on    bool
	task  ui.Task[admin.ServicePrincipal]
	found admin.ServicePrincipal
	err   error
}

func newWhoCard(s *Wizard) *whoCard { return &whoCard{setup: s} }

func (w *whoCard) open() bool { return w.on }

func (w *whoCard) close() {
	w.task.Cancel()
	w.on = false
}

func (w *whoCard) escape() bool {
	was := w.on
	w.close()
	return was
}

// show opens the card. With an admin session, any of the three names that stands in the form is looked up.
func (w *whoCard) show(ctx context.Context) tea.Cmd {
	w.on, w.found, w.err = true, w.setup.KnownPrincipal(), nil
	session, text := w.setup.AdminHere(), strings.TrimSpace(w.setup.Draft().ClientIDText())
	if session == nil || text == "" {
		return nil
	}
	return w.task.Start(ctx, func(ctx context.Context) (admin.ServicePrincipal, error) { return session.Find(ctx, text) })
}

func (w *whoCard) press(msg tea.KeyPressMsg) {
	if name := msg.String(); name == "f3" || name == "enter" {
		w.close()
		return
	}
}

func (w *whoCard) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	found, err, ok := w.task.Take(msg)
	if !ok {
		return nil, false
	}
	if w.err = err; err == nil {
		w.found = found
		if id, problem := connector.ParseClientID(string(found.ApplicationID)); problem == nil && w.setup.Draft().ClientID() == "" {
			_, _ = w.setup.Draft().SetClientID(string(id), setup.FromAdmin)
		}
	}
	return nil, true
}

func (w *whoCard) keys() []key.Binding { return []key.Binding{ui.Bind("close", "esc", "f3")} }

func (w *whoCard) view(width int) string {
	t := w.setup.theme
	var b strings.Builder
	b.WriteString(t.Title.Render("The names of the service principal") + "\n\n")
	for _, line := range cardLines(w.found) {
		b.WriteString(ui.Wrap(line, width) + "\n\n")
	}
	switch {
	case w.task.Running():
		b.WriteString(ui.Working("Looking it up as the admin", w.task.Since()).View(t, width))
	case w.err != nil:
		b.WriteString(ui.Wrap(t.Mark(ui.MarkWarn)+" "+setup.Trouble(w.err), width))
	}
	return strings.TrimRight(b.String(), "\n")
}

// cardLines are the names in words. Those that are not known yet say how they come to be.
func cardLines(p admin.ServicePrincipal) (out []string) {
	for _, line := range p.Card() {
		value := line.Value
		if value == "" {
			value = "not known before signing in"
		}
		out = append(out, fmt.Sprintf("%-16s %s\n%s", line.Label, value, words.UpperFirst(line.UsedFor)))
	}
	return out
}
