package ui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// ChoiceContent is a list to choose one row of.
type ChoiceContent struct {
	Title string
	Text  string // between title and list
	Names []string
	Own   bool // the names are words of the program's
	// Does says in a word or two what enter does, Leave what esc does.
	Does, Leave string
	// Chosen says where it goes on with the row at index.
	Chosen func(index int) (Move, tea.Cmd)
}

// ChoicePanel is a list over whatever is on the screen.
type ChoicePanel struct {
	theme *Theme
	ChoiceContent
	picker *Picker
}

// NewChoicePanel makes a panel to be opened.
func NewChoicePanel(theme *Theme, content ChoiceContent) *ChoicePanel {
	p := &ChoicePanel{theme: theme, ChoiceContent: content, picker: NewPicker(theme)}
	p.picker.AppendNames(content.Names)
	p.picker.Describe(func(int) PickerRow { return PickerRow{Own: content.Own} })
	return p
}

// Enter has nothing to begin.
func (p *ChoicePanel) Enter(context.Context) tea.Cmd { return nil }

// Update hands keys to the list.
func (p *ChoicePanel) Update(msg tea.Msg) (Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if keyName(msg) != "enter" {
			p.picker.Key(msg)
			break
		}
		if i, ok := p.picker.Selected(); ok {
			return p.Chosen(i)
		}
	case tea.PasteMsg:
		p.picker.Paste(msg.Content)
	}
	return Stay(), nil
}

// Keys lists what works now.
func (p *ChoicePanel) Keys() []key.Binding {
	return p.picker.WithChoice(Bind(p.Does, "enter"), Bind(p.Leave, "esc"))
}

// Typing is true: letters filter the list.
func (p *ChoicePanel) Typing() bool { return true }

// Escape has nothing to close within.
func (p *ChoicePanel) Escape() bool { return false }

// View draws title, text and list.
func (p *ChoicePanel) View(width, height int) string {
	head := p.theme.Title.Render(cut(Clean(p.Title), width)) + "\n"
	if p.Text != "" {
		head += p.theme.Faint.Render(Wrap(cleanLines(p.Text), width)) + "\n"
	}
	head += "\n"
	return head + p.picker.View(width, max(3, min(height-strings.Count(head, "\n"), p.picker.Len()+1)))
}
