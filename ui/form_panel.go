package ui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// FormContent is a form that is opened as a panel, and what enter does.
type FormContent struct {
	Title string
	// Text stands between title and form.
	Text string
	Form *Form
	// Does says in a word or two what enter does: "sign in".
	Does string
	// Leave says what esc does, where that is not just to close: "not now".
	Leave string
	// Submit gives the work to be done once every field is right, with what it
	// needs copied into it; nil when there is none. Doing says what is waited
	// for meanwhile.
	Submit func() (work func(context.Context) error)
	Doing  string
	// Failed draws an error of the work. The form stays, to be corrected.
	Failed func(error) State
	// Done says where it goes on after the work; nil closes the panel.
	Done func() (Move, tea.Cmd)
	// Actions are keys of this panel besides. Letters among them only work
	// where nothing is typed.
	Actions []Action
}

// FormPanel is a form over whatever is on the screen.
type FormPanel struct {
	theme *Theme
	FormContent
	ctx   context.Context
	task  Task[struct{}]
	pulse *Pulse
	err   error
	early bool // something was typed while the work went on
}

// NewFormPanel makes a panel to be opened.
func NewFormPanel(theme *Theme, content FormContent) *FormPanel {
	return &FormPanel{theme: theme, FormContent: content, pulse: NewPulse(theme)}
}

// Enter forgets what an earlier try ended with; what was typed is kept.
func (p *FormPanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx, p.err = ctx, nil
	return nil
}

// Update hands keys to the form and takes in how the work ended.
func (p *FormPanel) Update(msg tea.Msg) (Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if p.task.Running() {
			p.early = p.early || typedText(msg) != ""
			return Stay(), nil
		}
		return p.press(msg)
	case tea.PasteMsg:
		if p.task.Running() {
			p.early = true
			return Stay(), nil
		}
		p.Form.Paste(msg.Content)
		return Stay(), nil
	}
	if _, err, ok := p.task.Take(msg); ok {
		if p.err = err; err == nil {
			return p.done()
		}
	}
	return Stay(), p.pulse.Beat(msg, p.task.Running())
}

func (p *FormPanel) press(msg tea.KeyPressMsg) (Move, tea.Cmd) {
	if keyName(msg) == "enter" {
		return p.submit()
	}
	for _, action := range p.Actions {
		if pressed(msg, action.Key) && !(p.Typing() && typedText(msg) != "") {
			return action.Do()
		}
	}
	p.Form.Key(msg)
	return Stay(), nil
}

// NotTaken is said where something is typed that nothing takes.
const NotTaken = "What is typed meanwhile is not taken. Type it again when this has ended."

func (p *FormPanel) submit() (Move, tea.Cmd) {
	p.err, p.early = nil, false
	if !p.Form.Submit() {
		return Stay(), nil
	}
	var work func(context.Context) error
	if p.Submit != nil {
		work = p.Submit()
	}
	if work == nil {
		return p.done()
	}
	started := p.task.Start(p.ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) })
	return Stay(), tea.Batch(started, p.pulse.Beat(nil, true))
}

func (p *FormPanel) done() (Move, tea.Cmd) {
	if p.Done == nil {
		return Close(), nil
	}
	return p.Done()
}

// Keys lists what works now.
func (p *FormPanel) Keys() []key.Binding {
	if p.task.Running() {
		return []key.Binding{Bind("stop", "esc")}
	}
	keys := append([]key.Binding{Bind(p.Does, "enter")}, p.Form.Keys()...)
	if p.Leave != "" {
		keys = append(keys, Bind(p.Leave, "esc"))
	}
	for _, action := range p.Actions {
		keys = append(keys, action.Key)
	}
	return keys
}

// Typing says that letters are text now.
func (p *FormPanel) Typing() bool { return !p.task.Running() && p.Form.Typing() }

// Escape ends the work that is under way.
func (p *FormPanel) Escape() bool {
	running := p.task.Running()
	p.task.Cancel()
	return running
}

// View draws title, text and form, and below them how it stands.
func (p *FormPanel) View(width, _ int) string {
	view := p.theme.Title.Render(cut(Clean(p.Title), width)) + "\n"
	if p.Text != "" {
		view += Wrap(cleanLines(p.Text), width) + "\n"
	}
	view += "\n" + p.Form.View(width)
	switch {
	case p.task.Running():
		view += "\n\n" + Working(p.Doing, p.task.Since()).View(p.theme, width)
		if p.early {
			view += "\n" + Wrap(NotTaken, width)
		}
	case p.err != nil && p.Failed != nil:
		view += "\n\n" + p.Failed(p.err).View(p.theme, width)
	case p.err != nil:
		view += "\n\n" + Failed(p.err.Error(), "", "").View(p.theme, width)
	}
	return view
}
