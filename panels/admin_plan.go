package panels

import (
	"context"
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// PlanContent is a plan that an admin reads, confirms and has applied. T is what comes of it.
type PlanContent[T any] struct {
	Title string
	As    string // who applies it: "As platform-admin."
	// Make makes the plan when the panel opens, and again when asked to. What has to be typed to confirm it is its Name.
	Make func(context.Context) (admin.Plan, error)
	// Lines are the plan as text; nil is Plan.Lines.
	Lines func(admin.Plan) []string
	// Empty says where it goes on from a plan that changes nothing. Nil has it confirmed and applied like any other.
	Empty func(admin.Plan) (ui.Move, tea.Cmd)
	// Apply carries the plan out, in the background.
	Apply func(context.Context, admin.Confirmed, admin.Watch) (T, error)
	// Applying hears when that begins and when it ends or is left; nil hears nothing.
	Applying func(bool)
	// Refused takes what was made before a change was refused; nil takes nothing.
	Refused func(T) tea.Cmd
	// Done says where it goes on once every change is made.
	Done func(T) (ui.Move, tea.Cmd)
	// Here is what carrying it out does on this machine besides, as "deletes …"; empty is nothing.
	Here string
	// Journal says where it stands what was done.
	Journal string
	// Actions are keys of the plan that type nothing.
	Actions []ui.Action
}

// planPart is how far a plan has come.
type planPart int

const (
	planMakes planPart = iota
	planReads
	planApplies
	planFailed
)

// Plan is a panel with a plan: it scrolls, it is confirmed by typing its name, and while it is applied each change has a line.
type Plan[T any] struct {
	PlanContent[T]
	theme   *ui.Theme
	ctx     context.Context
	part    planPart
	making  ui.Task[admin.Plan]
	pulse   *ui.Pulse
	plan    admin.Plan
	top     int // the first line of the plan in sight
	rows    int // how many lines it has
	room    int // how many lines of it are
	word    string
	confirm *ui.Huh
	form    *ui.Form
	stream  ui.Stream[applyNews[T]]
	changes changeList
	stop    chan struct{}
	halted  bool
	problem string
	mark    ui.Mark // of the problem
}

// NewPlan makes a panel to be opened.
func NewPlan[T any](theme *ui.Theme, content PlanContent[T]) *Plan[T] {
	if content.Lines == nil {
		content.Lines = admin.Plan.Lines
	}
	if content.Applying == nil {
		content.Applying = func(bool) {}
	}
	return &Plan[T]{PlanContent: content, theme: theme, pulse: ui.NewPulse(theme)}
}

// Enter makes the plan.
func (p *Plan[T]) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return p.makePlan()
}

func (p *Plan[T]) makePlan() tea.Cmd {
	p.part, p.problem, p.changes = planMakes, "", changeList{}
	return tea.Batch(p.making.Start(p.ctx, p.Make), p.pulse.Beat(nil, true))
}

// Update hands keys to the plan and takes in how far it has come.
func (p *Plan[T]) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.press(msg)
	case tea.PasteMsg:
		if p.part == planReads {
			p.form.Paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if plan, err, ok := p.making.Take(msg); ok {
		return p.made(plan, err)
	}
	if move, cmd, mine := p.takeNews(msg); mine {
		return move, cmd
	}
	return ui.Stay(), p.pulse.Beat(msg, p.part == planMakes || p.part == planApplies)
}

func (p *Plan[T]) made(plan admin.Plan, err error) (ui.Move, tea.Cmd) {
	switch {
	case err != nil:
		p.fail(err)
	case plan.Empty() && p.Empty != nil:
		return p.Empty(plan)
	default:
		p.show(plan)
	}
	return ui.Stay(), nil
}

func (p *Plan[T]) show(plan admin.Plan) {
	p.plan, p.part, p.top, p.word = plan, planReads, 0, ""
	p.confirm = ui.NewHuhText(p.theme, "To go on", ui.Clean("type "+plan.Name+" and press enter"), &p.word)
	p.form = ui.NewForm(ui.FormField{Input: p.confirm})
}

func (p *Plan[T]) fail(err error) {
	p.part, p.mark, p.problem = planFailed, ui.MarkFail, setup.Trouble(err)
	if errors.Is(err, admin.ErrStopped) {
		p.mark = ui.MarkWarn
	}
}

func (p *Plan[T]) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if p.part == planReads || p.part == planFailed {
		if move, cmd, used := act(p.Actions, msg); used {
			return move, cmd
		}
	}
	switch name := msg.String(); {
	case p.part == planReads:
		return ui.Stay(), p.pressRead(msg)
	case p.part == planFailed && (name == "r" || name == "enter"):
		return ui.Stay(), p.makePlan()
	}
	return ui.Stay(), nil
}

func (p *Plan[T]) pressRead(msg tea.KeyPressMsg) tea.Cmd {
	name := msg.String()
	if p.form.Keep(); p.word != "" && (name == "home" || name == "end") { // they are the text's
		p.form.Key(msg)
		return nil
	}
	switch name {
	case "home":
		p.top = 0
	case "end":
		p.top = p.rows
	case "down":
		p.top++
	case "up":
		p.top--
	case "pgdown":
		p.top += p.room
	case "pgup":
		p.top -= p.room
	case "enter":
		return p.submit()
	default:
		p.form.Key(msg)
	}
	return nil
}

// submit applies the plan where its name was typed.
func (p *Plan[T]) submit() tea.Cmd {
	p.form.Submit()
	confirmed, err := p.plan.Confirmed(p.word)
	if err != nil {
		p.confirm.SetNote(ui.MarkWarn, ui.Clean("Nothing was changed. Type "+p.plan.Name+" to go on."))
		return nil
	}
	return p.apply(confirmed)
}

// Keys lists what works now.
func (p *Plan[T]) Keys() []key.Binding {
	switch {
	case p.part == planReads:
		keys := []key.Binding{ui.Bind("apply", "enter")}
		if p.rows > p.room { // as it was drawn last
			keys = append(keys, ui.Bind("read on", "down", "up"))
		}
		return append(append(keys, ui.Bind("not now", "esc")), bindings(p.Actions)...)
	case p.part == planFailed:
		return append([]key.Binding{ui.Bind("plan again", "r", "enter"), ui.Bind("close", "esc")}, bindings(p.Actions)...)
	case p.part == planApplies && p.halted:
		return []key.Binding{ui.Bind("leave at once", "esc")}
	case p.part == planApplies:
		return []key.Binding{ui.Bind("stop after this change", "esc")}
	}
	return []key.Binding{ui.Bind("not now", "esc")}
}

// Typing is true while the word that confirms the plan can be typed.
func (p *Plan[T]) Typing() bool { return p.part == planReads }

// Escape stops a plan that is being applied after the change that is under way, and leaves it at once the second time; what became of it
// stays in sight then.
func (p *Plan[T]) Escape() bool {
	switch {
	case p.part != planApplies:
		return false
	case !p.halted:
		p.halted = true
		close(p.stop)
	default:
		p.stream.Cancel()
		p.Applying(false)
		p.part, p.mark = planFailed, ui.MarkWarn
		p.problem = "Left while a change was under way. Plan again: it looks whether that one took effect, and plans the rest."
	}
	return true
}
