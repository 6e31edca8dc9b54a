package steps

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

// protection asks for what the vault needs before it can seal: nothing when the keychain works or the vault is open, a passphrase
// otherwise, typed twice when it is new. There is no way to save without one of them.
type protection struct {
	setup   *Wizard
	probing ui.Task[setup.Keeping]
	found   setup.Keeping
	probed  bool
	asking  bool
	fresh   bool // the passphrase is being chosen rather than asked for
	first   *ui.SecretField
	second  *ui.SecretField
	words   string // a generated passphrase, shown once so that it can be written down
	problem string
	given   connector.Secret
}

func newProtection(s *Wizard) *protection {
	first := ui.NewSecretField(s.theme, "Passphrase", "at least 12 characters")
	second := ui.NewSecretField(s.theme, "Once more", "the same again")
	first.AllowBlanks()
	second.AllowBlanks()
	return &protection{setup: s, first: first, second: second}
}

// probe looks, in the background, what protects the saved connections, or what would.
func (p *protection) probe(ctx context.Context) tea.Cmd {
	p.probed = false
	look := p.protector().Look
	return p.probing.Start(ctx, func(ctx context.Context) (setup.Keeping, error) { return look(ctx), nil })
}

// protector protects with the passphrase that was given here.
func (p *protection) protector() setup.Protector {
	given := p.given
	protector := p.setup.Protector(func(context.Context, bool) (connector.Secret, error) { return given, nil })
	if p.fresh && !given.IsZero() { // a keychain that answers by now is not what the person chose
		protector.Wanted = vault.Passphrase
	}
	return protector
}

// take reads a message, and reports whether it told where a secret can be kept.
func (p *protection) take(msg tea.Msg) bool {
	found, err, ok := p.probing.Take(msg)
	if ok {
		p.found, p.probed = found, err == nil
	}
	return ok && p.probed
}

// keychainGone is for a keychain that worked when probed and does not any more.
func (p *protection) keychainGone() { p.found.By = vault.Passphrase }

// where says in a few words where the secret will be kept.
func (p *protection) where() string {
	if !p.probed && !p.setup.Demo() {
		return "looking for a keychain"
	}
	return p.setup.WhereKept(p.found)
}

// mustAsk reports whether a passphrase is needed and was not given.
func (p *protection) mustAsk() (ask bool) {
	ask, p.fresh = p.setup.Unprotected(p.found)
	return ask && p.given.IsZero()
}

func (p *protection) ask() {
	p.asking, p.problem, p.given, p.words = true, "", connector.Secret{}, ""
	p.first.Clear()
	p.second.Clear()
	p.second.Blur()
	p.first.Focus()
}

func (p *protection) escape() bool {
	was := p.asking
	p.asking, p.words = false, ""
	return was
}

func (p *protection) keys() []key.Binding {
	if p.fresh {
		return []key.Binding{ui.Bind("save", "enter"), ui.Bind("next field", "tab"), ui.Bind("six random words", "ctrl+g")}
	}
	return []key.Binding{ui.Bind("save", "enter")}
}

func (p *protection) paste(text string) {
	p.problem = ""
	if p.second.Focused() {
		p.second.Paste(text)
		return
	}
	p.first.Paste(text)
}

// press handles a key while the passphrase is asked for, and reports whether it is complete.
func (p *protection) press(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "enter":
		return p.submit()
	case "ctrl+g":
		if p.fresh {
			p.generate()
		}
	case "tab", "down", "shift+tab", "up":
		if p.fresh {
			p.swap()
		}
	default:
		p.problem = ""
		if p.second.Focused() {
			p.second.Key(msg)
			return false
		}
		p.first.Key(msg)
	}
	return false
}

func (p *protection) swap() {
	if p.first.Focused() {
		p.first.Blur()
		p.second.Focus()
		return
	}
	p.second.Blur()
	p.first.Focus()
}

func (p *protection) submit() bool {
	passphrase := connector.NewSecret(p.first.Bytes())
	if p.fresh {
		if err := vault.CheckPassphrase(passphrase); err != nil {
			p.problem = connector.Sentence(err)
			return false
		}
		if p.second.Len() == 0 {
			p.swap()
			return false
		}
		if !passphrase.Equal(connector.NewSecret(p.second.Bytes())) {
			p.problem = "The two differ. Type the second one again."
			p.second.Clear()
			return false
		}
	}
	if passphrase.IsZero() {
		p.problem = "The passphrase is empty."
		return false
	}
	p.given, p.asking, p.words = passphrase, false, ""
	p.first.Clear()
	p.second.Clear()
	return true
}

// generate fills the first field with random words and shows them. They are typed once more, so that they were really written down.
func (p *protection) generate() {
	made, err := vault.GeneratePassphrase()
	if err != nil {
		p.problem = err.Error()
		return
	}
	p.words = string(made.Reveal())
	p.first.Clear()
	p.first.Paste(p.words)
	p.second.Clear()
	p.first.Blur()
	p.second.Focus()
}

// used gives the protector with what was given, which is forgotten here.
func (p *protection) used() setup.Protector {
	protector := p.protector()
	p.given = connector.Secret{}
	return protector
}

func (p *protection) view(width int) string {
	t := p.setup.theme
	lead := "These connections are opened by a passphrase."
	if p.fresh {
		lead = "No keychain is available here, so a passphrase protects the saved connections. Nothing is ever saved without one, and it cannot be reset."
	}
	parts := []string{ui.Wrap(lead, width), "", p.first.View(width)}
	if p.fresh {
		parts = append(parts, p.second.View(width))
	}
	if p.words != "" {
		parts = append(parts, "", "Write these down, then type them once more:", t.Title.Render(p.words))
	}
	if p.problem != "" {
		parts = append(parts, "", ui.Wrap(t.Mark(ui.MarkWarn)+" "+p.problem, width))
	}
	return strings.Join(parts, "\n")
}
