package panels

import (
	"context"
	"errors"
	"sync/atomic"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/ui"
)

// syncPart is what the panel of a sync shows.
type syncPart int

const (
	syncLooks   syncPart = iota // how the tables can be read
	syncAsks                    // whether to start the warehouse
	syncPlanned                 // and asks whether to read
	syncReads
	syncEnded
	syncStopped
	syncFailed
)

// Sync is a panel that reads the tables of a saved connection into files: first the plan, then the run as it goes on, then what came of it.
type Sync struct {
	theme *ui.Theme
	env   setup.Environment
	saved connector.Connection
	whole func() tea.Cmd // hears that a run is whole
	shown func(path string) string

	ctx     context.Context
	part    syncPart
	pulse   *ui.Pulse
	ask     *ui.Confirm
	look    ui.Task[saved.Planned]
	stage   *atomic.Pointer[check.Result] // that the look is at
	planned saved.Planned
	plan    sync.Plan
	dir     string
	goesOn  string
	drops   string // what goes when it is read
	hold    *syncHold
	run     ui.Task[*runs.Run]
	board   *syncBoard
	stop    chan struct{}
	halting bool // the run ends behind the slice that is under way
	made    *runs.Run
	failed  *check.Result // of the ladder
	err     error
	take    *ui.Snippet // the folder

	top, last, seen int // the first table in sight, the last that may be that, and how many are in sight
}

// NewSync makes a panel to be opened. whole hears of each run that is whole, and may be nil.
func NewSync(theme *ui.Theme, env setup.Environment, c connector.Connection, whole func() tea.Cmd) *Sync {
	return &Sync{
		theme: theme, env: env, saved: c, whole: whole, shown: func(path string) string { return path },
		pulse: ui.NewPulse(theme), ask: ui.NewConfirm(theme), hold: &syncHold{}, take: ui.NewSnippet(theme, "", "folder.txt"),
	}
}

// Enter looks how the tables can be read.
func (p *Sync) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return p.begin(false)
}

// begin looks anew. start has a stopped warehouse started, which a person agreed to.
func (p *Sync) begin(start bool) tea.Cmd {
	p.part, p.failed, p.err, p.made, p.halting = syncLooks, nil, nil, nil, false
	p.board, p.top, p.last = nil, 0, 0
	p.stage = &atomic.Pointer[check.Result]{}
	env, c, hold, stage, open := p.env, p.saved, p.hold, p.stage, p.ctx
	return tea.Batch(p.pulse.Beat(nil, true), p.look.Start(p.ctx, func(ctx context.Context) (saved.Planned, error) {
		hold.close()
		planned, err := saved.PlanSync(ctx, env, c, start, func(r check.Result) { stage.Store(&r) })
		if planned.Sync != nil {
			hold.take(open, planned.Sync)
		}
		return planned, err
	}))
}

// Update hands keys to what can be done, and takes in what came of the background.
func (p *Sync) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return p.press(press)
	}
	if p.take.Take(msg) {
		return ui.Stay(), nil
	}
	if planned, err, ok := p.look.Take(msg); ok {
		p.looked(planned, err)
	}
	var told tea.Cmd
	if made, err, ok := p.run.Take(msg); ok {
		told = p.ended(made, err)
	}
	return ui.Stay(), tea.Batch(told, p.pulse.Beat(msg, p.look.Running() || p.run.Running()))
}

func (p *Sync) looked(planned saved.Planned, err error) {
	p.planned, p.err, p.failed = planned, err, planned.Failed
	switch {
	case err != nil, planned.Failed != nil:
		p.part = syncFailed
	case planned.Sync == nil:
		p.part = syncAsks
		p.ask.Ask(planned.Ask.Question, "start it and go on", "back")
	default:
		p.part, p.plan, p.dir, p.goesOn = syncPlanned, planned.Sync.Plan, planned.Sync.Dir(), planned.Sync.GoesOn()
		p.drops = planned.Sync.Dropping()
	}
}

// read begins what was planned.
func (p *Sync) read() tea.Cmd {
	p.part, p.halting, p.stop, p.board = syncReads, false, make(chan struct{}), newSyncBoard()
	hold, stop, tell := p.hold, p.stop, p.board.tell
	return tea.Batch(p.pulse.Beat(nil, true), p.run.Start(p.ctx, func(ctx context.Context) (*runs.Run, error) { return hold.run(ctx, stop, tell) }))
}

// ended takes in how a run ended.
func (p *Sync) ended(made *runs.Run, err error) tea.Cmd {
	p.made, p.err, p.halting = made, err, false
	switch {
	case errors.Is(err, sync.ErrStopped):
		p.part = syncStopped
		return nil
	case err != nil:
		p.part = syncFailed
		return nil
	}
	p.part = syncEnded
	p.take.SetText(made.Folder)
	if p.whole == nil {
		return nil
	}
	return p.whole()
}

func (p *Sync) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if p.part == syncAsks {
		if accepted, _ := p.ask.Key(msg); accepted {
			return ui.Stay(), p.begin(true)
		}
		return ui.Stay(), nil
	}
	if move, cmd, used := act(p.actions(), msg); used {
		return move, cmd
	}
	if p.scroll(msg.String()) {
		return ui.Stay(), nil
	}
	if p.part != syncEnded {
		return ui.Stay(), nil
	}
	_, move, cmd := p.take.Press(msg)
	return move, cmd
}

// actions are what can be done now, besides what the folder offers.
func (p *Sync) actions() []ui.Action {
	does := func(cmd func() tea.Cmd) func() (ui.Move, tea.Cmd) {
		return func() (ui.Move, tea.Cmd) { return ui.Stay(), cmd() }
	}
	anew := func(start bool) func() (ui.Move, tea.Cmd) {
		return does(func() tea.Cmd { return p.begin(start) })
	}
	switch p.part {
	case syncPlanned:
		return []ui.Action{{Key: ui.Bind("read them", "enter"), Do: does(p.read)}}
	case syncStopped:
		return []ui.Action{{Key: ui.Bind("go on with it", "enter", "r"), Do: anew(false)}}
	case syncEnded:
		all := []ui.Action{{Key: ui.Bind("read again", "r"), Do: anew(false)}}
		if text := p.changeFiles(); text != "" {
			all = append(all, ui.Action{Key: ui.Bind("files of changes", "l"), Do: p.page("Files of changes", text, "changes.txt")})
		}
		return all
	case syncFailed:
		all := []ui.Action{{Key: ui.Bind("try again", "r"), Do: anew(false)}}
		if p.failed != nil && p.failed.Finding.Cause == check.WarehouseNotRunning {
			all = append(all, ui.Action{Key: ui.Bind("start it and go on", "s"), Do: anew(true)})
		}
		if run := p.toRun(); run != "" {
			all = append(all, ui.Action{Key: ui.Bind("what to run", "w"), Do: p.page("What to run", run, "remedy.sql")})
		}
		return all
	}
	return nil
}

// page opens a text to take along.
func (p *Sync) page(title, text, file string) func() (ui.Move, tea.Cmd) {
	return ui.Opens(func() ui.Panel { return ui.NewPage(p.theme, ui.PageContent{Title: title, Text: text, Filename: file}) })
}

// toRun is the statement that helps against a failure, empty where there is none.
func (p *Sync) toRun() string {
	if p.failed != nil {
		return p.failed.Finding.Remedy.Copy
	}
	fault, _ := saved.FaultOf(p.err)
	return fault.Copy
}

// Keys lists what works now.
func (p *Sync) Keys() []key.Binding {
	if p.part == syncAsks {
		return p.ask.Keys()
	}
	keys := append(bindings(p.actions()), ui.Bind(p.Leaves(), "esc"))
	if p.part != syncEnded {
		return keys
	}
	along := p.take.Keys()
	along[0] = ui.Bind("copy the path", "y")
	return append(append(along[:1:1], keys...), along[1:]...)
}

// Typing is false: all letters are keys.
func (p *Sync) Typing() bool { return false }

// Escape has a run end behind the slice that is under way. Once that was asked for the panel closes, which ends the run at once.
func (p *Sync) Escape() bool {
	if p.part != syncReads || p.halting {
		return false
	}
	p.halting = true
	close(p.stop)
	return true
}

// Leaves says what esc does now.
func (p *Sync) Leaves() string {
	switch {
	case p.part == syncReads && p.halting:
		return "leave at once"
	case p.part == syncReads:
		return "stop after this piece"
	case p.part == syncEnded:
		return "close"
	}
	return "back"
}
