package home

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// newPlan plans a new secret, and goes on to test it once it is made. Where the last rotation left an old secret, deleting that comes first.
func (r *rotatePanel) newPlan() ui.Panel {
	env, c, session, anew := r.home.env, r.saved, r.session.open, r.ended()
	var rotation *setup.Rotation
	return panels.NewPlan(r.home.theme, panels.PlanContent[admin.Outcome]{
		Title: r.title(), As: r.session.as(), Journal: env.JournalSays(), Applying: r.home.applies,
		Make: func(ctx context.Context) (plan admin.Plan, err error) {
			if rotation, err = env.Rotate(ctx, c); err != nil {
				return plan, err
			}
			rotation.Anew = anew
			if err := rotation.As(session); err != nil {
				return plan, err
			}
			if unfinished, err := rotation.Unfinished(ctx); unfinished || err != nil {
				return plan, err
			}
			return rotation.Plan(ctx)
		},
		Lines: func(plan admin.Plan) []string {
			lines := plan.Lines()
			if names := rotation.Switched(); len(names) > 1 {
				lines = append(lines, saved.RotationTogether+": "+strings.Join(names, ", "))
			}
			return lines
		},
		Empty: func(admin.Plan) (ui.Move, tea.Cmd) {
			r.rotation, r.switched, r.again, r.old = rotation, []string{saved.RotationLeft}, true, oldSecret{oldWorks, saved.OldSecretKept}
			r.tell()
			return ui.Close(), nil
		},
		Apply: func(ctx context.Context, plan admin.Confirmed, watch admin.Watch) (admin.Outcome, error) {
			return rotation.Make(ctx, plan, watch)
		},
		Done: func(made admin.Outcome) (ui.Move, tea.Cmd) {
			r.rotation, r.home.made[r.saved.ID] = rotation, made
			r.home.say(saved.NotSwitched(made), true) // until it is switched
			return ui.Close().Then(ui.Open(newSwitchPanel(r, made.Secret, made.Expires, ui.Close()))), nil
		},
	})
}

// newRetirePlan plans the deletion of the old secret. Where it is to stay, the reason is told below.
func (r *rotatePanel) newRetirePlan() ui.Panel {
	rotation, kept := r.rotation, ""
	return panels.NewPlan(r.home.theme, panels.PlanContent[admin.Outcome]{
		Title: fmt.Sprintf("Delete the old secret of %q", r.saved.Name), As: r.session.as(), Journal: r.home.env.JournalSays(), Applying: r.home.applies,
		Make: func(ctx context.Context) (admin.Plan, error) {
			old, err := rotation.PlanRetire(ctx)
			kept = old.Kept
			return old.Plan, err
		},
		Empty: func(admin.Plan) (ui.Move, tea.Cmd) {
			if kept == "" {
				return r.closeWith(oldSecret{})
			}
			return r.closeWith(oldSecret{oldUnclear, kept})
		},
		Apply: func(ctx context.Context, plan admin.Confirmed, watch admin.Watch) (admin.Outcome, error) {
			return rotation.Make(ctx, plan, watch)
		},
		Done: func(admin.Outcome) (ui.Move, tea.Cmd) { return r.closeWith(oldSecret{oldGone, saved.OldSecretDeleted}) },
	})
}

// closeWith closes the plan, and tells what became of the old secret.
func (r *rotatePanel) closeWith(old oldSecret) (ui.Move, tea.Cmd) {
	r.old = old
	r.tell()
	return ui.Close(), nil
}

// tell has home say what came of the rotation.
func (r *rotatePanel) tell() {
	r.home.say(strings.TrimSpace(strings.Join(r.switched, " ")+" "+r.old.said), false)
}

// newOldForm asks which the old secret is, where that is not clear or where another connection may use it.
func (r *rotatePanel) newOldForm() ui.Panel {
	return ui.NewFormPanel(r.home.theme, ui.FormContent{
		Title: fmt.Sprintf("Delete the old secret of %q", r.saved.Name), Text: r.old.said,
		Form: ui.NewForm(ui.FormField{Input: ui.NewHuhText(r.home.theme, "ID", "which one is deleted", &r.rotation.Old)}), Does: "plan it",
		Done: func() (ui.Move, tea.Cmd) { return ui.Close().Then(ui.Open(r.newRetirePlan())), nil },
	})
}
