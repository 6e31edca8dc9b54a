package plain

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

// act does a task as an admin in lines: sign in, choose, read the plan, confirm it by a word. Declining is no error.
func (p conversation) act(ctx context.Context, task setup.AdminTask, done func(admin.Outcome)) error {
	err := p.actOn(ctx, task, done)
	if errors.Is(err, prompt.ErrBack) {
		p.Say("Nothing was changed.")
		return nil
	}
	return err
}

func (p conversation) actOn(ctx context.Context, task setup.AdminTask, done func(admin.Outcome)) error {
	session, err := p.actingAdmin(ctx)
	if err != nil || session == nil {
		return err
	}
	p.Say("ADMIN session as %s, open until you leave.", session.Me().Label())
	if task.Ask != nil {
		if ok, err := p.chooseOffer(ctx, session, &task); err != nil || !ok {
			return err
		}
	}
	plan, err := prompt.Patiently(ctx, p.Asker, "making the plan", p.Planned(session, task.Want))
	if err != nil {
		return p.admits(err)
	}
	if plan.Empty() {
		done(admin.Outcome{Target: plan.Target})
		return nil
	}
	p.Say("%s. This would make %s:", task.Title, words.Count(len(plan.Changes), "change"))
	for _, line := range plan.Lines() {
		p.Say("%s", line)
	}
	typed, err := p.Line("Type "+setup.ConfirmWord+" to make them, anything else to leave it", "no")
	if err != nil {
		return err
	}
	confirmed, err := plan.Confirmed(typed)
	if err != nil {
		p.Say("Nothing was changed.")
		return nil
	}
	end, err := p.carryOut(ctx, session, confirmed)
	if err == nil {
		err = end.Err
	}
	if err != nil && !prompt.GoesAway(err) {
		p.Say("%s", setup.Trouble(err))
	}
	if err == nil || !end.Outcome.Secret.IsZero() {
		done(end.Outcome)
	}
	if prompt.GoesAway(err) {
		return err
	}
	return nil
}

// carryOut makes the changes of a plan and says of each what became of it.
func (p conversation) carryOut(ctx context.Context, session *admin.Session, plan admin.Confirmed) (end setup.Applied, gone error) {
	work, changes := p.Apply(session, plan), plan.Plan().Changes
	gone = p.Undisturbed().Await(ctx, func(ctx context.Context, handOver func(func())) {
		end = work(ctx, admin.Watch{Tell: func(at admin.Progress) {
			if at.Event == admin.Started {
				return
			}
			said := panels.ChangeWords[at.Event]
			handOver(func() {
				p.Say("%s %d of %d. %s: %s", said.Mark, at.Step+1, len(changes), changes[at.Step].Text(), said.Word)
			})
		}})
	}, func() string { return "making the changes" })
	if gone == nil && ctx.Err() != nil {
		gone = prompt.ErrLeft
	}
	return end, gone
}

// actingAdmin is the open session, or one that the person opens now. It is nil when they would rather not.
func (p conversation) actingAdmin(ctx context.Context) (*admin.Session, error) {
	if open := p.AdminHere(); open != nil {
		return open, nil
	}
	ways := p.SignInWays()
	way := ways[0]
	if len(ways) > 1 {
		options := make([]string, len(ways))
		for i, w := range ways {
			options[i] = w.Label
		}
		i, err := p.Choose(setup.AskToSignIn, options, -1)
		if err != nil {
			return nil, err
		}
		way = ways[i]
	}
	if !way.Demo && way.Creds.Secret.IsZero() {
		way.Creds.Method = way.Method
		if way.Method == connector.OAuth {
			if err := p.until("Client ID of the admin", "", func(text, _ string) (err error) {
				way.Creds.ClientID, err = connector.ParseClientID(text)
				return err
			}); err != nil {
				return nil, err
			}
		}
		raw, err := p.Passphrase(words.UpperFirst(way.Method.Label()) + " of the admin") // what stands around it may have blanks
		if err != nil {
			return nil, err
		}
		if way.Creds.Secret, err = connector.ParseSecret(raw); err != nil {
			return nil, p.admits(err)
		}
	}
	session, err := prompt.Patiently(ctx, p.Asker, "signing in", p.OpenAdmin(way))
	if err != nil {
		return nil, p.admits(err)
	}
	p.ActAs(session)
	return session, nil
}

// admits says what went wrong as an admin, unless the person goes away.
func (p conversation) admits(err error) error {
	if prompt.GoesAway(err) {
		return err
	}
	p.Say("%s", setup.Trouble(err))
	return nil
}

// chooseOffer asks what a task needs to know first.
func (p conversation) chooseOffer(ctx context.Context, session *admin.Session, task *setup.AdminTask) (bool, error) {
	offers, err := prompt.Patiently(ctx, p.Asker, "looking", func(ctx context.Context) ([]setup.Offer, error) { return task.Ask(ctx, session) })
	if err != nil {
		return false, p.admits(err)
	}
	options := make([]string, len(offers))
	for i, o := range offers {
		options[i] = o.Name
		for _, cell := range o.Cells {
			if cell != "" {
				options[i] += ", " + cell
			}
		}
	}
	i, err := p.Choose(task.Title+".", options, -1)
	if err != nil {
		return false, err
	}
	name := ""
	if offers[i].Named {
		if err := p.until("Display name", setup.DefaultPrincipal, func(text, _ string) (err error) {
			name, err = connector.ParseConnectionName(text)
			return err
		}); err != nil {
			return false, err
		}
	}
	task.Choose(offers[i], name)
	return true, nil
}

// allowWarehouse has an admin give CAN_USE on a warehouse.
func (p conversation) allowWarehouse(ctx context.Context) error {
	return p.act(ctx, p.WarehouseTask(), p.sayMade)
}

// sayMade says what an admin has changed.
func (p conversation) sayMade(out admin.Outcome) { p.Say("%s", p.Made(out)) }
