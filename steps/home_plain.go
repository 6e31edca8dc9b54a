package steps

import (
	"context"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

// plainHome is the home screen line by line, as a numbered menu.
type plainHome struct {
	*Home
	*ui.Prompt
}

// Plain asks line by line what to do with the saved connections. It returns ErrLeft or io.EOF when the person left, and nil once they
// chose something that Choice tells.
func (h *Home) Plain(ctx context.Context, prompt *ui.Prompt) error {
	h.ctx = ctx
	p := plainHome{h, prompt}
	found, err := p.unlock(ctx)
	if err != nil {
		return err
	}
	if found.empty() {
		h.choice.Kind = HomeEmpty
		return nil
	}
	h.list.fill(found)
	for _, d := range found.damaged {
		p.Say("%s: %s", d.File, withRemedy(d.Err))
	}
	for h.choice.Kind == HomeLeft {
		if err := p.menu(ctx); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ErrLeft
		}
	}
	return nil
}

// plain asks as the set-up does.
func (p plainHome) plain() plain { return plain{Prompt: p.Prompt, talk: &talk{}} }

// unlock asks for a passphrase where one is needed, three times at most.
func (p plainHome) unlock(ctx context.Context) (inside, error) {
	kind, _, err := p.env.Vault.Protection()
	if err != nil {
		return inside{}, err
	}
	for try := 1; ; try++ {
		keys := p.work.Keys
		keys.Passphrase = func(context.Context) (connector.Secret, error) {
			given, err := p.Passphrase("Passphrase of the saved connections")
			return connector.NewSecret(given), err
		}
		found, err := lookInside(ctx, p.env, keys)
		if kind != vault.Passphrase || !wrongPassphrase(err) || try == passphraseTries {
			return found, err
		}
		p.Say("%s", withRemedy(err))
	}
}

// menu asks for a line of the list, and then what to do with it.
func (p plainHome) menu(ctx context.Context) error {
	p.Say("")
	entries := p.list.entries
	options := make([]string, len(entries))
	for i, e := range entries {
		options[i] = e.said(p.Home)
	}
	title, def := p.list.heading()+".", 0
	if len(entries) == 0 {
		title, def = "Nothing is saved any more.", -1
	}
	i, letter, err := p.ChooseOr(title, options, def, ui.Shortcut{Letter: "n", Does: "for a new connection"}, ui.Shortcut{Letter: "q", Does: "to leave"})
	switch {
	case err != nil:
		return err
	case letter == "q":
		return ErrLeft
	case letter == "n":
		p.choice.Kind = HomeNew
	case entries[i].left != nil:
		p.choice = HomeChoice{Kind: HomeContinue, Left: *entries[i].left}
	default:
		return p.one(ctx, entries[i])
	}
	return nil
}

// said is an entry on one line.
func (e homeEntry) said(h *Home) string {
	row := e.row(h)
	return strings.Join(append([]string{row.Name}, row.Cells...), ", ")
}

// one asks what to do with a saved connection, until the person goes back to the menu.
func (p plainHome) one(ctx context.Context, e homeEntry) error {
	p.Say("%s", e.name())
	for _, fact := range e.facts(p.Home) {
		p.Say("%s: %s", fact.label, fact.text)
	}
	letter, err := p.plain().what(
		ui.Shortcut{Letter: "t", Does: "to test"}, ui.Shortcut{Letter: "e", Does: "to edit"}, ui.Shortcut{Letter: "r", Does: "to rotate"},
		ui.Shortcut{Letter: "u", Does: "to audit"}, ui.Shortcut{Letter: "d", Does: "to disconnect"}, ui.Shortcut{Letter: "b", Does: "to go back"},
		ui.Shortcut{Letter: "q", Does: "to leave"})
	if err != nil {
		return err
	}
	switch letter {
	case "t":
		p.test(ctx, e.saved)
	case "e":
		p.choice = HomeChoice{Kind: HomeEdit, Saved: e.saved}
	case "u":
		p.audit(ctx, e.saved)
	case "r":
		p.run(rotateErrand, e.saved)
	case "d":
		return p.disconnect(ctx, e.saved)
	case "q":
		return ErrLeft
	}
	return nil
}

// test walks the ladder, one line a stage, and keeps what it has shown.
func (p plainHome) test(ctx context.Context, c connector.Connection) {
	subject, err := p.work.Subject(c, false)
	if err != nil {
		p.Say("%s", withRemedy(err))
		return
	}
	defer subject.Workspace.Close()
	results, failed := p.plain().run(ctx, check.All(), subject)
	if ctx.Err() != nil {
		return
	}
	proof := p.work.Proof(results, p.env.Now())
	if failed == nil {
		p.Say("%s", proof.Summary)
	}
	kept, err := p.env.Vault.Verified(ctx, c, proof)
	if err != nil {
		p.Say("The result of the test was not kept: %s", withRemedy(err))
	}
	p.list.replace(kept)
}

func (p plainHome) audit(ctx context.Context, c connector.Connection) {
	p.Say("Looking at everything it may do.")
	ctx, cancel := context.WithTimeout(ctx, certifyDeadline)
	defer cancel()
	text, err := p.work.Certificate(ctx, c)
	if err != nil {
		f := check.Explain(err)
		p.Say("%s. %s Next: %s", f.Cause, f.Reason, f.Remedy.Text)
		return
	}
	p.Say("%s", strings.TrimRight(text, "\n"))
}

// run says which command does it.
func (p plainHome) run(errand homeErrand, c connector.Connection) {
	p.Say("%s", errand.why+" Leave and run:")
	p.Say("%s", p.command(errand.verb, c, errand.flags))
}

// disconnect says which command does it, and deletes from this machine where the name is typed.
func (p plainHome) disconnect(ctx context.Context, c connector.Connection) error {
	p.run(disconnectErrand, c)
	name, err := p.Line("To delete it from this machine alone, type its name; an empty answer keeps it", "")
	switch {
	case err != nil:
		return err
	case name == "":
	case !strings.EqualFold(name, c.Name):
		p.Say("That is not its name, so nothing was deleted.")
	default:
		if err := p.env.Vault.Delete(ctx, c.ID); err != nil {
			p.Say("%s", withRemedy(err))
			return nil
		}
		p.list.remove(c)
		p.Say("%s", deletedNote(c))
	}
	return nil
}
