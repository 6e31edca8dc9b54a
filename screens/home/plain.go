package home

import (
	"context"
	"errors"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// lineByLine is the home screen line by line, as a numbered menu.
type lineByLine struct {
	*Screen
	prompt.Asker
}

// Plain asks line by line what to do with the saved connections. The error has prompt.Ended when the person left, and is nil
// once they chose something that Choice tells.
func (h *Screen) Plain(ctx context.Context, on *prompt.Prompt) error {
	h.ctx, h.choice = ctx, Choice{}
	p := lineByLine{h, prompt.Asker{Prompt: on}}
	p.Help = p.explain
	if !h.unlock.open {
		lines.Greet(p.Asker)
	}
	found, err := p.unlock(ctx)
	if err != nil {
		return err
	}
	if found.Empty() && !h.unlock.open {
		h.choice.Kind = NothingSaved
		return nil
	}
	h.unlock.open = true
	h.list.refill(found)
	if h.notice != "" {
		p.Say("%s", h.notice)
		h.notice = ""
	}
	for _, d := range found.Damaged {
		p.Say("%s: %s", d.File, connector.Sentence(d.Err))
	}
	lines.Coach(p.Asker, h.env, h.Title())
	for h.choice.Kind == Nowhere {
		if err := p.menu(ctx); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return prompt.ErrLeft
		}
	}
	return nil
}

// explain says how to answer, and what can be done here.
func (p lineByLine) explain() {
	p.HowTo()
	for _, line := range whatCanBeDone {
		p.Say("%s", line)
	}
	lines.Words(p.Asker)
}

var whatCanBeDone = []string{
	"Test walks the whole way as the connector and reads one row of each table. The certificate lists everything that the principal may do.",
	"Sync reads the tables into files on this machine, after it showed a plan.",
	"Edit goes through the five steps again. Rotate replaces the secret, and tests the new one before the old one goes.",
	"Disconnect shows a plan first, and asks before anything is deleted. A new connection takes the five steps.",
}

// unlock asks for a passphrase where one is needed, three times at most.
func (p lineByLine) unlock(ctx context.Context) (setup.Kept, error) {
	kind, _, err := p.env.Vault.Protection()
	if err != nil {
		return setup.Kept{}, err
	}
	for try := 1; ; try++ {
		keys := p.Screen.keys
		keys.Passphrase = func(context.Context) (connector.Secret, error) {
			return prompt.First(p.Asker, func() (connector.Secret, error) { return lines.Passphrase(p.Asker) })
		}
		found, err := p.env.OpenKept(ctx, keys)
		if kind != vault.Passphrase || !wrongPassphrase(err) || try == vault.PassphraseTries {
			return found, err
		}
		p.Say("%s", connector.Sentence(err))
	}
}

// menu asks for a line of the list, and then what to do with it.
func (p lineByLine) menu(ctx context.Context) error {
	p.Say("")
	entries := p.list.entries
	options := make([]string, len(entries))
	for i, e := range entries {
		options[i] = e.said(p.Screen)
	}
	title, def := p.list.heading()+".", 0
	if len(entries) == 0 {
		title, def = "Nothing is saved any more.", -1
	}
	more := []prompt.Shortcut{{Letter: "n", Does: "for a new connection"}, {Letter: "i", Does: "to import one from a file"}}
	if p.hasSaved() {
		more = append(more, prompt.Shortcut{Letter: "a", Does: "to test all"})
	}
	i, letter, err := p.ChooseOr(title, options, def, more...)
	switch {
	case errors.Is(err, prompt.ErrBack):
		p.NothingBefore()
	case err != nil:
		return err
	case letter == "n":
		p.choice.Kind = NewConnection
	case letter == "i":
		return p.backFrom(p.importFile())
	case letter == "a":
		return p.backFrom(p.testAll(ctx))
	case entries[i].left != nil:
		p.choice = p.list.goOn(*entries[i].left)
	default:
		return p.one(ctx, entries[i])
	}
	return nil
}

// said is an entry on one line.
func (e entry) said(h *Screen) string {
	row := e.row(h)
	return strings.Join(append([]string{row.Name}, row.Cells...), ", ")
}

// one asks what to do with a saved connection, until the person goes back to the menu.
func (p lineByLine) one(ctx context.Context, e entry) error {
	p.Say("%s", e.name())
	p.syncs.newest = nothingNewest()
	p.syncs.find(p.env, e.saved)
	for _, fact := range e.facts(p.Screen) {
		p.Say("%s: %s", fact.label, fact.text)
	}
	options := make([]string, len(offers), len(offers)+len(p.doors)+1)
	for i, o := range offers {
		options[i] = o.about
	}
	for _, d := range p.doors {
		options = append(options, d.Name+", "+d.About)
	}
	if session := p.admission.Session(); session != nil {
		options = append(options, "sign out of "+session.Host().String()+", where you are "+session.Me().Label())
	}
	i, err := p.Choose("What to do with it.", options, 0)
	if errors.Is(err, prompt.ErrBack) { // to the menu
		return nil
	}
	if err != nil {
		return err
	}
	if i == len(offers)+len(p.doors) {
		p.SignOut()
		p.Say("%s", signedOut)
		return nil
	}
	if i >= len(offers) {
		p.choice = Choice{Kind: Workspace, Saved: e.saved, Door: p.doors[i-len(offers)]}
		return nil
	}
	return p.backFrom(offers[i].lines(p, ctx, e.saved))
}

// backFrom leads to the menu from what a person went back from.
func (p lineByLine) backFrom(err error) error {
	if errors.Is(err, prompt.ErrBack) {
		return nil
	}
	return err
}
