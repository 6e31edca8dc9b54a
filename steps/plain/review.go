package plain

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

func (p conversation) review(ctx context.Context) error {
	d := p.Draft()
	p.heading(setup.Review, p.HeadlineOf(setup.Review))
	for _, c := range p.Choices() {
		p.Say("%s: %s (%s)", c.Label, ui.Clean(c.Text), c.Source)
	}
	proof := d.Proof()
	p.Say("Verdict: %s", proof.Summary)
	if err := p.certify(ctx); err != nil {
		return err
	}
	if err := p.sayWhereKept(ctx); err != nil {
		return err
	}
	p.Say("%s", setup.ProvenBy)
	_, _ = fmt.Fprint(p.Out, d.Statements())
	if d.Name() == "" {
		_ = d.SetName(setup.SuggestName(d), setup.FromSuggested)
	}
	suggested := d.Name()
	for {
		if err := p.askName(suggested); err != nil {
			return err
		}
		err := p.agree(ctx)
		if err == nil {
			err = p.seal(ctx)
		}
		if errors.Is(err, prompt.ErrBack) {
			continue
		}
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil, prompt.Ended(err):
			return err
		}
		p.trouble = connector.Sentence(err)
		p.complain(err)
		if errors.Is(err, vault.ErrNameTaken) {
			suggested = setup.OtherName(d.Name())
		} else if err := p.retry(); err != nil {
			return err
		}
	}
}

// askName asks for the name to save under. The letters besides lead to what Review can show and change.
func (p conversation) askName(suggested string) error {
	d := p.Draft()
	for {
		text, letter, err := p.LineOr("Name", suggested, prompt.Shortcut{Letter: "e", Does: "to change a line above"}, prompt.Shortcut{Letter: "c", Does: "for the whole certificate"})
		switch {
		case err != nil:
			return err
		case letter == "e":
			err = p.change()
		case letter == "c":
			if p.Certified() != nil {
				p.Say("%s", strings.TrimRight(p.Certified().Text(), "\n"))
			} else {
				p.Say("The certificate is not known.")
			}
			continue
		case text != d.Name():
			if err = d.SetName(text, setup.FromYou); err != nil {
				p.complain(err)
				continue
			}
		}
		if !errors.Is(err, prompt.ErrBack) {
			return err
		}
	}
}

// change asks which line of Review to change, and leads to its step.
func (p conversation) change() error {
	choices := p.Choices()
	labels := make([]string, len(choices))
	for i, c := range choices {
		labels[i] = fmt.Sprintf("%s, in step %d", c.Label, int(c.Step)+1)
	}
	i, err := p.Choose("Change which line?", labels, -1)
	if err != nil {
		return err
	}
	return goTo(choices[i].Step)
}

// certify says what the principal may do. What cannot be found out in time is said too; saving goes on.
func (p conversation) certify(ctx context.Context) error {
	p.Say("Looking at everything the principal may do.")
	look, err := p.Certificate()
	var found audit.Certificate
	if err == nil {
		found, err = lines.Certificate(ctx, p.Asker, look)
	}
	switch {
	case prompt.GoesAway(err):
		return err
	case err != nil:
		p.Say("Not everything is known. %s", check.Explain(err).Reason)
	default:
		p.Certify(&found)
	}
	p.Say("What it may do: %s", p.Breadth().Sentence())
	if advice := p.Breadth().Advice(); advice != "" {
		p.Say("%s", advice)
	}
	return nil
}

// agree names what lets the principal write, before anything is saved, and has the word typed that accepts it. An admin may take it away.
func (p conversation) agree(ctx context.Context) error {
	for p.MustAccept() {
		b := p.Breadth()
		p.Say("%s. %s", breadth.Title, breadth.NotNeeded)
		for _, line := range b.Lines() {
			p.Say("%s", line)
		}
		var more []prompt.Shortcut
		if len(b.Takes()) > 0 {
			more = []prompt.Shortcut{{Letter: "a", Does: "to take it away as an admin"}}
		}
		typed, letter, err := p.LineOr("Type "+breadth.AcceptWord+" to save it all the same, anything else to leave it", "no", more...)
		switch {
		case err != nil:
			return err
		case letter == "a":
			if err := p.takeAway(ctx); err != nil {
				return err
			}
		default:
			if err := p.Accept(typed); err != nil {
				p.complain(err)
				return prompt.ErrBack
			}
		}
	}
	return nil
}

// takeAway has an admin take away what can write, and looks anew.
func (p conversation) takeAway(ctx context.Context) error {
	changed := false
	if err := p.act(ctx, p.TakeAwayTask(), func(out admin.Outcome) { p.sayMade(out); changed = true }); err != nil || !changed {
		return err
	}
	attempt, err := p.LookBeyond()
	if err != nil {
		return err
	}
	if _, err := p.climb(ctx, attempt); err != nil {
		return err
	}
	return p.certify(ctx)
}

// seal opens the vault, or has its protection chosen, and saves.
func (p conversation) seal(ctx context.Context) error {
	save, err := p.Save(p.protector())
	if err == nil {
		err = p.protector().Protect(ctx)
	}
	if err != nil {
		return err
	}
	saved, err := prompt.Patiently(ctx, p.Undisturbed(), "saving", save)
	if err == nil {
		p.Took(saved)
	}
	return err
}

// sayWhereKept says where the secret will be kept, as Review does.
func (p conversation) sayWhereKept(ctx context.Context) error {
	at, err := prompt.Patiently(ctx, p.Asker, "looking for a keychain", func(ctx context.Context) (setup.Keeping, error) { return p.protector().Look(ctx), nil })
	if err == nil {
		p.Say("Kept in: %s", p.WhereKept(at))
	}
	return err
}

// protector asks for a passphrase where one is needed.
func (p conversation) protector() setup.Protector {
	return p.Protector(func(_ context.Context, fresh bool) (connector.Secret, error) {
		if !fresh {
			return lines.Passphrase(p.Asker)
		}
		p.Say("No keychain is available here, so a passphrase protects the saved connections. It cannot be reset.")
		return p.newPassphrase()
	})
}

// errWords asks for a passphrase to be made.
var errWords = errors.New("make a passphrase")

// newPassphrase has a person choose a passphrase and type it twice, or write down one that is made.
func (p conversation) newPassphrase() (connector.Secret, error) {
	for {
		given, err := p.Passphrase("Passphrase, "+vault.AtLeast, prompt.SecretWay{Letter: 'g', Does: "to have six random words made", Err: errWords})
		passphrase := connector.NewSecret(given)
		if errors.Is(err, errWords) {
			if passphrase, err = vault.GeneratePassphrase(); err == nil {
				p.Say("Write these down, then type them once more: %s", passphrase.Reveal())
			}
		}
		if err != nil {
			return connector.Secret{}, err
		}
		if err := vault.CheckPassphrase(passphrase); err != nil {
			p.complain(err)
			continue
		}
		second, err := p.Passphrase("Once more")
		switch {
		case errors.Is(err, prompt.ErrBack):
			continue
		case err != nil:
			return connector.Secret{}, err
		case vault.SamePassphrase(passphrase, connector.NewSecret(second)):
			return passphrase, nil
		}
		p.Say("The two differ.")
	}
}
