package steps

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// The fields of the protection form.
const (
	firstField = iota
	secondField
)

// protectionContent is what a passphrase is asked for.
type protectionContent struct {
	Title, Text string
	Does, Leave string // what enter and esc do
	Fresh       bool   // it is chosen now, and typed twice, rather than asked for
	Problem     string // with the one before
	// Use takes the passphrase, which is kept nowhere here, and gives work to be done with it, or nil.
	Use   func(connector.Secret) (work func(context.Context) error)
	Doing string
	// Done says where it goes on once the form is closed.
	Done func() (ui.Move, tea.Cmd)
}

// protection is a form for the passphrase that opens the saved connections or is to protect them.
type protection struct {
	*ui.FormPanel
	protectionContent
	theme  *ui.Theme
	form   *ui.Form
	first  *ui.SecretField
	second *ui.SecretField
	words  string // a generated passphrase, shown once so that it can be written down
}

func newProtection(theme *ui.Theme, content protectionContent) *protection {
	wanted := panels.SavedWith
	if content.Fresh {
		wanted = vault.AtLeast
	}
	p := &protection{
		protectionContent: content, theme: theme,
		first:  ui.NewSecretField(theme, "Passphrase", wanted),
		second: ui.NewSecretField(theme, "Once more", "the same again"),
	}
	p.first.AllowBlanks()
	p.second.AllowBlanks()
	p.form = ui.NewForm(
		ui.FormField{Input: p.first, Problem: p.weak},
		ui.FormField{
			Input: p.second, Problem: p.differs,
			Visible: func() bool { return p.Fresh }, Awaits: func() bool { return p.second.Len() == 0 },
		},
	)
	p.form.Say = connector.Sentence
	if content.Problem != "" {
		p.first.SetNote(ui.MarkFail, content.Problem)
	}
	p.FormPanel = ui.NewFormPanel(theme, ui.FormContent{
		Title: content.Title, Text: p.lead(), Form: p.form, Does: content.Does, Leave: content.Leave,
		Doing: content.Doing, Failed: panels.Trouble,
		Submit: func() func(context.Context) error { return p.Use(p.taken()) },
		Done: func() (ui.Move, tea.Cmd) {
			move, cmd := content.Done()
			return ui.Close().Then(move), cmd
		},
		Actions: p.actions(),
	})
	return p
}

func (p *protection) lead() string {
	lead := "These connections are opened by a passphrase."
	if p.Fresh {
		lead = "No keychain is available here, so a passphrase protects the saved connections. " +
			"Nothing is ever saved without one, and it cannot be reset."
	}
	if p.Text == "" {
		return lead
	}
	return p.Text + "\n\n" + lead
}

func (p *protection) actions() []ui.Action {
	if !p.Fresh {
		return nil
	}
	return []ui.Action{{Key: ui.Bind("six random words", "ctrl+g"), Do: func() (ui.Move, tea.Cmd) {
		p.generate()
		return ui.Stay(), nil
	}}}
}

func (p *protection) weak() error {
	switch {
	case p.Fresh:
		return vault.CheckPassphrase(connector.NewSecret(p.first.Bytes()))
	case p.first.Len() == 0:
		return &connector.Error{Kind: connector.ErrInput, What: "The passphrase is empty."}
	}
	return nil
}

func (p *protection) differs() error {
	if vault.SamePassphrase(connector.NewSecret(p.first.Bytes()), connector.NewSecret(p.second.Bytes())) {
		return nil
	}
	if p.second.Len() == 0 {
		return &connector.Error{Kind: connector.ErrInput, What: "It is not typed a second time yet."}
	}
	return &connector.Error{Kind: connector.ErrInput, What: "The two differ.", Remedy: "Type the second one again."}
}

// taken is the passphrase, which the fields forget.
func (p *protection) taken() connector.Secret {
	passphrase := connector.NewSecret(p.first.Bytes())
	p.forget()
	return passphrase
}

func (p *protection) forget() {
	p.first.Clear()
	p.second.Clear()
	p.form.Focus(firstField)
	p.words = ""
}

// generate fills the first field with random words and shows them. They are typed once more, so that they were really written down.
func (p *protection) generate() {
	made, err := vault.GeneratePassphrase()
	if err != nil {
		p.first.SetNote(ui.MarkFail, err.Error())
		return
	}
	p.forget()
	p.words = string(made.Reveal())
	p.first.Paste(p.words)
	p.form.Focus(secondField)
}

// Update empties the second field where it was not the same, since nobody can correct what they cannot see.
func (p *protection) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	move, cmd := p.FormPanel.Update(msg)
	if press, ok := msg.(tea.KeyPressMsg); ok && press.String() == "enter" && p.second.Len() > 0 && p.differs() != nil {
		p.second.Clear()
	}
	return move, cmd
}

// Escape stops what runs. Otherwise the form closes, and what was typed goes.
func (p *protection) Escape() bool {
	if p.FormPanel.Escape() {
		return true
	}
	p.forget()
	return false
}

// View draws the form, and below it a passphrase that was just made.
func (p *protection) View(width, height int) string {
	view := p.FormPanel.View(width, height)
	if p.words != "" {
		view += "\n\nWrite these down, then type them once more:\n" + p.theme.Title.Render(p.words)
	}
	return view
}
