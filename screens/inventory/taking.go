package inventory

import (
	"cmp"
	"context"
	"errors"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// taking is a run that is on.
type taking struct {
	task    ui.Task[ending]
	board   *atomic.Pointer[estate.Coverage] // how far it is, nil before it said so
	stop    context.CancelFunc
	halting bool
	account string // the ID as it is typed, empty for the workspace alone
	fresh   bool
}

// ending is how a run ended that did not fail.
type ending struct {
	manifest      store.Manifest
	seen          estate.Coverage
	late, stopped bool
}

func (t *taking) halt() {
	t.halting = true
	t.stop()
}

// begin goes on with the run that is not over, with the account or without it as before, and asks about that for a new one.
func (s *Screen) begin() (ui.Move, tea.Cmd) {
	if at := s.found.Partial.Place; s.left() && at.Host != "" {
		s.taking.fresh, s.taking.account = false, at.Account
		return s.signsIn()
	}
	return s.asks(false, "")
}

// beginAnew asks so for one in place of the run that is not over, and says what is given up.
func (s *Screen) beginAnew() (ui.Move, tea.Cmd) { return s.asks(true, s.found.GivesUp()+" ") }

// asks asks whether the account is read as well.
func (s *Screen) asks(fresh bool, before string) (ui.Move, tea.Cmd) {
	t := &s.taking
	if t.fresh = fresh; t.account == "" {
		t.account = cmp.Or(s.found.Partial.Place.Account, s.found.Seen.Place.Account)
	}
	does := "go on"
	if fresh {
		does = "begin anew"
	}
	return ui.Open(ui.NewFormPanel(s.Theme, ui.FormContent{
		Title: "Take an inventory", Does: does, Leave: "not now",
		Text: before + "It only reads, at the pace that Databricks documents. What your rights do not show is named, with the right that it takes.",
		Form: s.beside().Form(s.Theme, "its ID, to read it as well; empty for the workspace alone", &t.account),
		Done: func() (ui.Move, tea.Cmd) {
			move, cmd := s.signsIn()
			return ui.Close().Then(move), cmd
		},
	})), nil
}

// beside is the account of the workspace.
func (s *Screen) beside() panels.BesideIt {
	return panels.BesideIt{Host: s.Saved.Host, Command: estate.HowToTake(s.Saved.Name)}
}

// signsIn starts as whoever is signed in, or has somebody sign in before.
func (s *Screen) signsIn() (ui.Move, tea.Cmd) {
	if s.Session() != nil {
		return ui.Stay(), s.start()
	}
	return ui.Open(s.SignIn(title, s.start)), nil
}

// start takes the inventory in the background.
func (s *Screen) start() tea.Cmd {
	t := &s.taking
	id, _ := s.beside().ID(t.account) // the form has judged it
	ctx, stop := context.WithCancel(s.ctx)
	board := &atomic.Pointer[estate.Coverage]{}
	t.board, t.stop, t.halting, s.notice = board, stop, false, ""
	session, busy, into, fresh := s.Session(), s.busy, folder(s.Visit), t.fresh
	of := s.Saved.Host
	return tea.Batch(s.pulse.Beat(nil, true), t.task.Start(s.ctx, func(context.Context) (ending, error) {
		defer stop()
		busy.Lock()
		defer busy.Unlock()
		return take(ctx, session, of, id, into, fresh, func(c estate.Coverage) { board.Store(&c) })
	}))
}

// take takes an inventory as whoever signed in. That somebody stopped it is no error.
func take(ctx context.Context, session *admin.Session, of connector.Host, id account.ID, into store.Folder, fresh bool, tell func(estate.Coverage)) (ending, error) {
	o := estate.Options{
		Budget: estate.Budget, Tell: tell,
		Place: estate.Place{Host: of.Typed(), Workspace: string(of.WorkspaceID()), As: session.Me().Name.Raw()},
	}
	reader, err := session.Reader(estate.Reads(estate.AtWorkspace))
	if err != nil {
		return ending{}, err //nolint:wrapcheck // the screen names its cause
	}
	defer reader.Close()
	o.Workspace = reader
	if id != "" {
		reader, err := account.Beside(session.Line(), id, estate.Reads(estate.AtAccount))
		if err != nil {
			return ending{}, err //nolint:wrapcheck // as above
		}
		defer reader.Close()
		o.Account, o.Place.Account = reader, string(id)
	}
	m, seen, err := estate.Take(ctx, into, o, estate.Taking{Fresh: fresh, Keep: estate.KeptRuns})
	switch {
	case errors.Is(err, estate.ErrTimedOut):
		return ending{seen: seen, late: true}, nil
	case ctx.Err() != nil:
		return ending{stopped: true}, nil
	}
	return ending{manifest: m, seen: seen}, err //nolint:wrapcheck // as above
}

// ended says how a run ended, and looks what there is now.
func (s *Screen) ended(e ending, err error) tea.Cmd {
	switch {
	case err != nil:
		s.say(panels.InALine(err), true)
		if errors.Is(err, estate.ErrOther) {
			s.say("The run that is not over is somebody else's, who sees other things. f begins a new one, and theirs stays until that is whole.", true)
		}
	case e.stopped:
		s.say(estate.Stopped, false)
	case e.late:
		s.say("The time of the run is over, "+words.Span(estate.Budget)+". What it has stays; n goes on from there.", true)
	default:
		s.say("The run is whole: "+words.Bytes(e.manifest.Size)+". Its file is named under Runs. "+estate.NoSecret, false)
		if s.Taken != nil {
			return tea.Batch(s.look(), s.Taken())
		}
	}
	return s.look()
}
