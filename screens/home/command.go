package home

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// command is what the command line does better than a screen, because an admin may have to sign in.
type command struct {
	title, why  string
	verb, flags string
	kind        Kind // where enter leads, to run it right away
	deletes     bool // from this machine, right here
}

var (
	rotateCommand = command{
		title: "Give it a new secret", verb: "rotate", flags: " --admin", kind: Rotate,
		why: "An admin signs in, and the new secret is made and tested there; it is never shown. A secret that was made elsewhere can be typed in too.",
	}
	disconnectCommand = command{
		title: "Disconnect", verb: "disconnect", flags: " --level grants --admin", kind: Disconnect, deletes: true,
		why: "This shows a plan, and once that is confirmed takes the grants away and deletes the connection. --level secret and --level principal go further.",
	}
)

// commandPage says which command to run, and deletes from this machine where that is asked for.
type commandPage struct {
	home     *Screen
	saved    connector.Connection
	errand   command
	command  *ui.Snippet
	name     *ui.Field
	deleting bool // the name is asked for
	task     ui.Task[struct{}]
}

func newCommandPage(h *Screen, c connector.Connection, errand command) *commandPage {
	return &commandPage{
		home: h, saved: c, errand: errand,
		command: ui.NewSnippet(h.theme, h.command(errand.verb, c, errand.flags), errand.verb+".sh"),
		name:    ui.NewField(h.theme, "Its name", ""),
	}
}

func (p *commandPage) title() string { return p.errand.title + ": " + p.saved.Name }

func (p *commandPage) view(width, height int) string {
	if p.deleting {
		text := "Nothing changes in Databricks: the service principal, its secret and its grants stay. Type the name to delete the connection from this machine."
		return ui.Wrap(text, width) + "\n\n" + p.name.View(width)
	}
	if p.command.Plain() {
		return p.command.View(width, height)
	}
	why := ui.Wrap(p.errand.why+" Enter does it now, line by line, and comes back here. It is this command:", width)
	foot := ""
	if p.errand.deletes {
		foot = "\n\n" + ui.Wrap("To forget it on this machine alone, press x.", width)
	}
	return why + "\n\n" + p.command.View(width, height-panels.Height(why)-1-strings.Count(foot, "\n")) + foot
}

func (p *commandPage) keys() []key.Binding {
	switch {
	case p.task.Running():
		return nil
	case p.deleting:
		return []key.Binding{ui.Bind("delete on this machine", "enter"), ui.Bind("keep it", "esc")}
	case p.command.Plain():
		return p.command.Keys()
	}
	keys := []key.Binding{ui.Bind("do it now", "enter"), ui.Bind("close", "esc")}
	if p.errand.deletes {
		keys = append(keys, ui.Bind("delete on this machine", "x"))
	}
	return append(keys, p.command.Keys()...)
}

func (p *commandPage) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case p.task.Running():
		return nil
	case p.deleting && msg.String() == "enter":
		return p.confirm()
	case p.deleting:
		if p.name.Key(msg) {
			p.name.SetNote(ui.MarkNone, "")
		}
		return nil
	case p.errand.deletes && !p.command.Plain() && msg.String() == "x":
		p.deleting = true
		p.name.Focus()
		return nil
	case !p.command.Plain() && msg.String() == "enter":
		p.home.choice = Choice{Kind: p.errand.kind, Saved: p.saved}
		return nil
	}
	_, cmd := p.command.Key(msg)
	return cmd
}

// confirm deletes when the name was typed.
func (p *commandPage) confirm() tea.Cmd {
	if !strings.EqualFold(p.name.Value(), p.saved.Name) {
		p.name.SetNote(ui.MarkFail, "That is not its name, so nothing was deleted.")
		return nil
	}
	v, id := p.home.env.Vault, p.saved.ID
	return p.task.Start(context.WithoutCancel(p.home.ctx), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, v.Delete(ctx, id)
	})
}

func (p *commandPage) take(msg tea.Msg) tea.Cmd {
	if p.command.Take(msg) {
		return nil
	}
	_, err, ok := p.task.Take(msg)
	switch {
	case !ok:
	case err != nil:
		p.name.SetNote(ui.MarkFail, connector.Sentence(err))
	default:
		p.home.gone(p.saved)
	}
	return nil
}

func (p *commandPage) paste(text string) {
	if p.deleting {
		p.name.Paste(text)
	}
}

func (p *commandPage) escape() bool {
	if p.deleting && !p.task.Running() {
		p.deleting = false
		p.name.Blur()
		return true
	}
	return p.task.Running() || p.command.Escape()
}

func (p *commandPage) typing() bool { return p.deleting }

func (p *commandPage) close() {}
