package steps

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// adminWork is what an admin does for a step, in panels over it: sign in, choose, read the plan, confirm it by a word.
type adminWork struct {
	setup *Wizard
	task  setup.AdminTask
	// done takes what came of it, and moves on once the panels are closed. What was made before a change was refused moves nothing.
	done func(admin.Outcome, setup.AdminTask) (ui.Move, tea.Cmd)
}

// open is the first of the panels. A session that is open already is used.
func (a adminWork) open() ui.Panel {
	s := a.setup
	if s.AdminHere() != nil {
		return a.begin()
	}
	return panels.NewSignIn(s.theme, panels.SignInContent{
		Title: a.task.Title, Text: setup.AskToSignIn,
		Ways: s.SignInWays(), Open: s.OpenAdmin,
		Done: func(session *admin.Session) (ui.Move, tea.Cmd) {
			s.ActAs(session)
			return ui.Close().Then(ui.Open(a.begin())), nil
		},
	})
}

// begin is the work itself, once the session is open.
func (a adminWork) begin() ui.Panel {
	session := a.setup.AdminHere()
	if a.task.Ask == nil {
		return a.plan(a.task, 1)
	}
	as := session.Me().Label()
	return panels.NewOffers(a.setup.theme, panels.OffersContent{
		Title: a.task.Title, Text: "As " + as + ". " + setup.NothingChangesYet, Doing: "Asking the workspace as " + as,
		Ask:     func(ctx context.Context) ([]setup.Offer, error) { return a.task.Ask(ctx, session) },
		Actions: []ui.Action{a.ends(1)},
		Chosen: func(offer setup.Offer, name string) (ui.Move, tea.Cmd) {
			task, over := a.task, 2
			if task.Choose(offer, name); offer.Named {
				over++
			}
			return ui.Open(a.plan(task, over)), nil
		},
	})
}

// plan is the plan for a task; over counts it and the panels of this work below it, which all close once it is applied.
func (a adminWork) plan(task setup.AdminTask, over int) ui.Panel {
	s, session := a.setup, a.setup.AdminHere()
	done := func(out admin.Outcome) (ui.Move, tea.Cmd) {
		move, cmd := a.done(out, task)
		return ui.CloseMany(over).Then(move), cmd
	}
	return panels.NewPlan(s.theme, panels.PlanContent[admin.Outcome]{
		Title: task.Title, As: "As " + session.Me().Label() + ".", Journal: s.JournalSays(),
		Make:     s.Planned(session, task.Want),
		Empty:    func(plan admin.Plan) (ui.Move, tea.Cmd) { return done(admin.Outcome{Target: plan.Target}) },
		Applying: s.Applying,
		Apply: func(ctx context.Context, plan admin.Confirmed, watch admin.Watch) (admin.Outcome, error) {
			end := s.Apply(session, plan)(ctx, watch)
			return end.Outcome, end.Err
		},
		Refused: func(out admin.Outcome) tea.Cmd {
			if out.Secret.IsZero() {
				return nil
			}
			_, cmd := a.done(out, task)
			return cmd
		},
		Done:    done,
		Actions: []ui.Action{a.ends(over)},
	})
}

// ends is the key that ends the session, and closes the panels of this work.
func (a adminWork) ends(over int) ui.Action {
	return ui.Action{Key: ui.Bind("end the session", "ctrl+x"), Do: func() (ui.Move, tea.Cmd) {
		a.setup.EndAdmin()
		return ui.CloseMany(over), nil
	}}
}
