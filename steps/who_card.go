package steps

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// whoCard is a page with the three names of the service principal, and where each is used.
type whoCard struct {
	*ui.Page
	setup *Wizard
	known func() // hears when the draft got a client ID from here
	task  ui.Task[admin.ServicePrincipal]
	pulse *ui.Pulse
	found admin.ServicePrincipal
	err   error
}

func newWhoCard(s *Wizard, known func()) *whoCard {
	w := &whoCard{setup: s, known: known, pulse: ui.NewPulse(s.theme)}
	w.Page = ui.NewPage(s.theme, ui.PageContent{Title: admin.PrincipalCardTitle, Body: w.body, Leave: ui.Bind("close", "esc", "enter", "f3")})
	return w
}

// Enter shows what is known. With an admin session, any of the three names that stands in the form is looked up.
func (w *whoCard) Enter(ctx context.Context) tea.Cmd {
	w.found, w.err = w.setup.KnownPrincipal(), nil
	cmd := w.Page.Enter(ctx)
	session, text := w.setup.AdminHere(), strings.TrimSpace(w.setup.Draft().ClientIDText())
	if session == nil || text == "" {
		return cmd
	}
	look := w.task.Start(ctx, func(ctx context.Context) (admin.ServicePrincipal, error) { return session.Find(ctx, text) })
	return tea.Batch(cmd, look, w.pulse.Beat(nil, true))
}

// Update takes in what was found.
func (w *whoCard) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if found, err, ok := w.task.Take(msg); ok {
		if w.err = err; err == nil {
			w.take(found)
		}
	}
	move, cmd := w.Page.Update(msg)
	return move, tea.Batch(cmd, w.pulse.Beat(msg, w.task.Running()))
}

func (w *whoCard) take(found admin.ServicePrincipal) {
	w.found = found
	if id, problem := connector.ParseClientID(string(found.ApplicationID)); problem == nil && w.setup.Draft().ClientID() == "" {
		_, _ = w.setup.Draft().SetClientID(string(id), setup.FromAdmin)
		w.known()
	}
}

func (w *whoCard) body(width int) string {
	t := w.setup.theme
	var b strings.Builder
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

// cardLines are the names in words.
func cardLines(p admin.ServicePrincipal) (out []string) {
	for _, line := range admin.PrincipalCard(p) {
		out = append(out, fmt.Sprintf("%-16s %s\n%s", line.Label, line.Value, words.UpperFirst(line.UsedFor)))
	}
	return out
}
