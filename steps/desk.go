package steps

import (
	"context"
	"errors"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// deskPart is how far an errand has come.
type deskPart int

const (
	deskClosed  deskPart = iota
	deskWays             // how to sign in as an admin
	deskSignIn           // credentials typed in
	deskWaits            // for the workspace
	deskOffers           // what to choose first
	deskName             // of a new service principal
	deskPlan             // the plan, to be confirmed
	deskApplies          // the plan, while it is carried out
	deskFailed
)

// desk is where an admin does an errand for a step: sign in, choose, read the plan, confirm it by a word. It lies over the step.
type desk struct {
	setup   *Wizard
	ctx     context.Context
	part    deskPart
	task    setup.AdminTask
	done    func(admin.Outcome, setup.AdminTask) tea.Cmd
	picker  *ui.Picker
	ways    []setup.SignInWay
	way     setup.SignInWay
	offers  []setup.Offer
	chosen  setup.Offer
	client  *ui.Field
	secret  *ui.SecretField
	name    *ui.Field
	confirm *ui.Field
	plan    admin.Plan
	top     int // the first line of the plan in sight
	waits   string
	problem string
	mark    ui.Mark // of the problem

	opening  ui.Task[*admin.Session]
	asking   ui.Task[[]setup.Offer]
	planning ui.Task[admin.Plan]
	applying *applying
	pulse    *ui.Pulse
}

func newDesk(s *Wizard) *desk {
	return &desk{
		setup: s, applying: newApplying(s), pulse: ui.NewPulse(s.theme), picker: ui.NewPicker(s.theme),
		client:  ui.NewField(s.theme, "Client ID", "the admin's application ID, a UUID"),
		secret:  ui.NewSecretField(s.theme, "Token", "paste it; it is used now and never kept"),
		name:    ui.NewField(s.theme, "Display name", setup.DefaultPrincipal),
		confirm: ui.NewField(s.theme, "To go on", "type "+setup.ConfirmWord+" and press enter"),
	}
}

// start opens the desk for a task. done takes what came of it. A session that is open already is used.
func (d *desk) start(ctx context.Context, task setup.AdminTask, done func(admin.Outcome, setup.AdminTask) tea.Cmd) tea.Cmd {
	d.close()
	d.ctx, d.task, d.done = ctx, task, done
	if d.setup.AdminHere() != nil {
		return d.begin()
	}
	d.ways = d.setup.SignInWays()
	if len(d.ways) == 1 {
		return d.signIn(d.ways[0])
	}
	names := make([]string, len(d.ways))
	for i, w := range d.ways {
		names[i] = w.Label
	}
	d.list(names, func(i int) ui.PickerRow { return ui.PickerRow{Name: names[i]} })
	d.part = deskWays
	return nil
}

func (d *desk) list(names []string, row func(int) ui.PickerRow) {
	d.picker.Reset()
	d.picker.SetQuery("")
	d.picker.Describe(row)
	d.picker.Append(names)
}

// close ends what runs and forgets what was typed.
func (d *desk) close() {
	d.opening.Cancel()
	d.asking.Cancel()
	d.planning.Cancel()
	d.applying.forget()
	d.secret.Clear()
	for _, f := range []*ui.Field{d.client, d.confirm, d.name} {
		f.SetValue("")
		f.Blur()
	}
	d.secret.Blur()
	d.part, d.problem, d.top, d.way = deskClosed, "", 0, setup.SignInWay{}
}

func (d *desk) open() bool { return d.part != deskClosed }

// since is when the newest wait began.
func (d *desk) since() time.Time {
	newest := d.opening.Since()
	for _, at := range []time.Time{d.asking.Since(), d.planning.Since()} {
		if at.After(newest) {
			newest = at
		}
	}
	return newest
}

// typing reports that letters belong to a field or filter a list.
func (d *desk) typing() bool {
	return d.open() && d.part != deskWaits && d.part != deskApplies && d.part != deskFailed
}

// escape closes the desk. A plan that is being carried out is stopped after the change that is under way, and left at once by a second
// press; what became of it stays in sight then. The session stays open until the wizard is left or ctrl+x ends it.
func (d *desk) escape() bool {
	switch was := d.open(); {
	case d.part != deskApplies:
		d.close()
		return was
	case !d.applying.stopping:
		d.applying.halt()
	default:
		d.applying.stream.Cancel()
		d.part, d.mark = deskFailed, ui.MarkWarn
		d.setup.Applying(false)
		d.problem = "Left while a change was under way. Plan again: it looks whether that one took effect, and plans the rest."
	}
	return true
}

func (d *desk) wait(what string, cmd tea.Cmd) tea.Cmd {
	d.part, d.waits, d.problem = deskWaits, what, ""
	return tea.Batch(d.pulse.Beat(nil, true), cmd)
}

func (d *desk) signIn(way setup.SignInWay) tea.Cmd {
	if !way.Demo && way.Creds.Secret.IsZero() {
		d.part, d.way = deskSignIn, way
		label := "Access token"
		if way.Method == connector.OAuth {
			label = "OAuth secret"
			d.client.Focus()
		} else {
			d.secret.Focus()
		}
		d.secret.SetLabel(label, "paste it; it is used now and never kept")
		return nil
	}
	return d.wait("Signing in as an admin", d.opening.Start(d.ctx, d.setup.OpenAdmin(way)))
}

// begin is the errand itself, once the session is open.
func (d *desk) begin() tea.Cmd {
	session := d.setup.AdminHere()
	if ask := d.task.Ask; ask != nil {
		return d.wait("Asking the workspace as "+session.Me().Label(), d.asking.Start(d.ctx, func(ctx context.Context) ([]setup.Offer, error) { return ask(ctx, session) }))
	}
	return d.makePlan()
}

func (d *desk) makePlan() tea.Cmd {
	return d.wait("Looking what is there and what has to be changed", d.planning.Start(d.ctx, d.setup.Planned(d.setup.AdminHere(), d.task.Want)))
}

// take reads a message; mine is true for one that was meant for the desk.
func (d *desk) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	if session, err, ok := d.opening.Take(msg); ok {
		if err != nil {
			return d.fail(err), true
		}
		d.setup.ActAs(session)
		return d.begin(), true
	}
	if offers, err, ok := d.asking.Take(msg); ok {
		if err != nil {
			return d.fail(err), true
		}
		d.offer(offers)
		return nil, true
	}
	if plan, err, ok := d.planning.Take(msg); ok {
		if err != nil {
			return d.fail(err), true
		}
		return d.show(plan), true
	}
	if cmd, end, ok := d.applying.take(msg); ok {
		if end != nil {
			cmd = tea.Batch(cmd, d.finish(end.Outcome, end.Err))
		}
		return cmd, true
	}
	return d.pulse.Beat(msg, d.part == deskWaits || d.part == deskApplies), false
}

func (d *desk) offer(offers []setup.Offer) {
	d.offers, d.part = offers, deskOffers
	names := make([]string, len(offers))
	for i, o := range offers {
		names[i] = o.Name
	}
	d.list(names, func(i int) ui.PickerRow { return ui.PickerRow{Name: d.offers[i].Name, Cells: d.offers[i].Cells} })
}

func (d *desk) show(plan admin.Plan) tea.Cmd {
	d.plan, d.part, d.top = plan, deskPlan, 0
	if plan.Empty() {
		return d.finish(admin.Outcome{Target: plan.Target}, nil)
	}
	d.confirm.SetValue("")
	d.confirm.Focus()
	return nil
}

// finish hands the outcome to the step. Where a step was refused, what was made before it counts all the same.
func (d *desk) finish(out admin.Outcome, err error) tea.Cmd {
	done, task := d.done, d.task
	if err == nil {
		d.close()
		return done(out, task)
	}
	failed := d.fail(err)
	if out.Secret.IsZero() {
		return failed
	}
	return tea.Batch(failed, done(out, task))
}

func (d *desk) fail(err error) tea.Cmd {
	d.part, d.mark, d.problem = deskFailed, ui.MarkFail, setup.Trouble(err)
	if errors.Is(err, admin.ErrStopped) {
		d.mark = ui.MarkWarn
	}
	return nil
}

func (d *desk) keys() []key.Binding {
	switch d.part {
	case deskWays, deskOffers:
		return []key.Binding{ui.Bind("choose", "enter"), ui.Bind("not now", "esc")}
	case deskSignIn:
		return []key.Binding{ui.Bind("sign in", "enter"), ui.Bind("next field", "tab"), ui.Bind("not now", "esc")}
	case deskName:
		return []key.Binding{ui.Bind("plan it", "enter"), ui.Bind("not now", "esc")}
	case deskPlan:
		return []key.Binding{ui.Bind("apply", "enter"), ui.Bind("read on", "down", "up"), ui.Bind("not now", "esc"), ui.Bind("end the session", "ctrl+x")}
	case deskApplies:
		if d.applying.stopping {
			return []key.Binding{ui.Bind("leave at once", "esc")}
		}
		return []key.Binding{ui.Bind("stop after this change", "esc")}
	case deskFailed:
		return []key.Binding{ui.Bind("plan again", "r", "enter"), ui.Bind("close", "esc"), ui.Bind("end the session", "ctrl+x")}
	}
	return []key.Binding{ui.Bind("not now", "esc")}
}
