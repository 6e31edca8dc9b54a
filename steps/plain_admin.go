package steps

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/ui"
)

// act does an errand as an admin in lines: sign in, choose, read the plan, confirm it by a word. Declining is no error.
func (p plain) act(ctx context.Context, e errand) error {
	session, err := p.actingAdmin(ctx)
	if err != nil || session == nil {
		return err
	}
	p.Say("ADMIN session as %s, open until you leave.", session.Me().Label())
	if e.ask != nil {
		if ok, err := p.chooseOffer(ctx, session, &e); err != nil || !ok {
			return err
		}
	}
	plan, err := p.planned(session, e.want)(ctx)
	if err != nil {
		p.Say("%s", adminTrouble(err))
		return nil
	}
	if plan.Empty() {
		e.done(admin.Outcome{Target: plan.Target})
		return nil
	}
	p.Say("%s. This would make %s:", e.title, count(len(plan.Changes), "change"))
	for _, line := range planLines(plan) {
		p.Say("%s", line)
	}
	typed, err := p.Line("Type "+confirmWord+" to make them, anything else to leave it", "no")
	if err != nil {
		return err
	}
	confirmed, err := plan.Confirmed(typed)
	if err != nil {
		p.Say("Nothing was changed.")
		return nil
	}
	end, err := p.apply(session, confirmed)(ctx)
	if err == nil {
		err = end.err
	}
	if err != nil {
		p.Say("%s", adminTrouble(err))
	}
	if err == nil || !end.outcome.Secret.IsZero() {
		e.done(end.outcome)
	}
	return nil
}

// actingAdmin is the open session, or one that the person opens now. It is nil when they would rather not.
func (p plain) actingAdmin(ctx context.Context) (*admin.Session, error) {
	if open := p.adminHere(); open != nil {
		return open, nil
	}
	ways := p.signInWays()
	way := ways[0]
	if len(ways) > 1 {
		options := make([]string, len(ways))
		for i, w := range ways {
			options[i] = w.label
		}
		i, letter, err := p.ChooseOr("Sign in as an admin. It is for this set-up alone and is never saved.", options, -1, ui.Shortcut{Letter: "b", Does: "to leave it"})
		if err != nil || letter != "" {
			return nil, err
		}
		way = ways[i]
	}
	if !way.demo && way.creds.Secret.IsZero() {
		way.creds.Method = way.method
		if way.method == connector.OAuth {
			if err := p.until("Client ID of the admin", "", func(text string) (err error) {
				way.creds.ClientID, err = connector.ParseClientID(text)
				return err
			}); err != nil {
				return nil, err
			}
		}
		secret, err := p.Secret(upperFirst(way.method.Label()) + " of the admin (not shown)")
		if err != nil {
			return nil, err
		}
		way.creds.Secret = connector.NewSecret(secret)
	}
	session, err := p.openAdmin(way)(ctx)
	if err != nil {
		p.Say("%s", adminTrouble(err))
		return nil, nil
	}
	p.admin = session
	return session, nil
}

// chooseOffer asks what an errand needs to know first.
func (p plain) chooseOffer(ctx context.Context, session *admin.Session, e *errand) (bool, error) {
	offers, err := e.ask(ctx, session)
	if err != nil {
		p.Say("%s", adminTrouble(err))
		return false, nil
	}
	options := make([]string, len(offers))
	for i, o := range offers {
		options[i] = o.name
		for _, cell := range o.cells {
			if cell != "" {
				options[i] += ", " + cell
			}
		}
	}
	i, letter, err := p.ChooseOr(e.title+".", options, -1, ui.Shortcut{Letter: "b", Does: "to leave it"})
	if err != nil || letter != "" {
		return false, err
	}
	name := ""
	if offers[i].named {
		if err := p.until("Display name", defaultPrincipal, func(text string) (err error) {
			name, err = connector.ParseConnectionName(text)
			return err
		}); err != nil {
			return false, err
		}
	}
	offers[i].set(&e.want, name)
	return true, nil
}

// allowWarehouse has an admin give CAN_USE on a warehouse.
func (p plain) allowWarehouse(ctx context.Context) error {
	return p.act(ctx, warehouseErrand(p.draft.Principal(), func(out admin.Outcome, _ string) tea.Cmd {
		p.Say("%s", p.made(out))
		return nil
	}))
}

// retryActOrBack is for a step that an admin can cure.
func (p plain) retryActOrBack(ctx context.Context) error {
	choice, err := p.what(ui.Shortcut{Letter: "r", Does: "to look again"}, ui.Shortcut{Letter: "a", Does: "to act as admin"},
		ui.Shortcut{Letter: "b", Does: "to go back"}, ui.Shortcut{Letter: "q", Does: "to leave"})
	switch {
	case err != nil:
		return err
	case choice == "a":
		return p.allowWarehouse(ctx)
	case choice == "b":
		return errBack
	case choice == "q":
		return ErrLeft
	}
	return nil
}
