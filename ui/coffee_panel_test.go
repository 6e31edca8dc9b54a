package ui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// sugarPanel asks how much sugar. The barista's answer closes it; the house
// rules lie over it from the beginning the first time.
type sugarPanel struct {
	theme   *Theme
	ctx     context.Context
	spoons  *Field
	barista Task[string]
	pulse   *Pulse
	rules   *Page
	read    bool
	heard   func(string)
}

func newSugarPanel(theme *Theme, heard func(string)) *sugarPanel {
	p := &sugarPanel{theme: theme, spoons: NewField(theme, "Spoons", "for example 2"), pulse: NewPulse(theme), heard: heard}
	p.rules = NewPage(theme, PageContent{
		Title: "The house rules", Text: strings.Repeat("Sugar is taken at the counter, one spoon after the other, by whoever drinks.\n", 40), Filename: "rules.txt",
	})
	p.spoons.Focus()
	return p
}

func (p *sugarPanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return nil
}

func (p *sugarPanel) Opening() Panel {
	if p.read {
		return nil
	}
	p.read = true
	return p.rules
}

func (p *sugarPanel) Update(msg tea.Msg) (Move, tea.Cmd) {
	if answer, _, ok := p.barista.Take(msg); ok {
		p.heard(answer)
		return Close(), nil
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		p.spoons.Paste(msg.Content)
	case tea.KeyPressMsg:
		switch {
		case p.spoons.Key(msg):
		case keyName(msg) == "ctrl+o":
			return Open(p.rules), nil
		case keyName(msg) == "ctrl+g":
			return Close().Then(Next()), nil
		case keyName(msg) == "enter":
			spoons := p.spoons.Value()
			return Stay(), p.barista.Start(p.ctx, func(context.Context) (string, error) { return spoons + " it is", nil })
		}
	}
	return Stay(), p.pulse.Beat(msg, p.barista.Running())
}

func (p *sugarPanel) View(width, _ int) string {
	parts := []string{p.theme.Title.Render("Sugar"), "", p.spoons.View(width)}
	if p.barista.Running() {
		parts = append(parts, "", Working("Asking the barista", p.barista.Since()).View(p.theme, width))
	}
	return strings.Join(parts, "\n")
}

func (p *sugarPanel) Keys() []key.Binding {
	return []key.Binding{Bind("ask for it", "enter"), Bind("the house rules", "ctrl+o")}
}

func (p *sugarPanel) Typing() bool { return true }

func (p *sugarPanel) Escape() bool {
	wasAsking := p.barista.Running()
	p.barista.Cancel()
	return wasAsking
}
