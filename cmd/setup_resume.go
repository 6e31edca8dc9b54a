package cmd

import (
	"bufio"
	"context"
	"io"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/steps/plain"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// resume goes on with a set-up that waits, for example until an owner has run the statements. The secret alone is asked for again.
func (a *app) resume(ctx context.Context, env setup.Environment, f setupFlags) error {
	if f.typed() || f.fresh {
		return usage("--resume goes on with answers that are kept, so it takes no others.", "Leave out --fresh, --host, --client-id, --schema and --name.")
	}
	if err := a.openWaiting(ctx, env); err != nil {
		return err
	}
	found := setup.FindInterrupted(ctx, env)
	if len(found) == 0 {
		return usage("No set-up waits here. One that was left is kept for seven days.", "draftt-databricks setup starts a new one.")
	}
	left, err := a.whichWaiting(found)
	if err != nil {
		return err
	}
	setup := env.Continue(left, connector.Connection{})
	setup.Resume()
	return a.wizard(ctx, setup)
}

// openWaiting opens the saved connections, where the set-ups that wait lie too. Where nothing was saved yet there is nothing to open.
func (a *app) openWaiting(ctx context.Context, env setup.Environment) error {
	if _, chosen, err := env.Vault.Protection(); err != nil || !chosen {
		return err
	}
	if a.face() == faceNone {
		return nil
	}
	err := env.Vault.Unlock(ctx, vault.Keys{KeyFile: env.KeyFile, Passphrase: plain.NewDoorstep(a.prompt()).Passphrase})
	return left(err)
}

// whichWaiting is the set-up to go on with: the only one, or the one that the person chooses.
func (a *app) whichWaiting(found []setup.Interrupted) (setup.Interrupted, error) {
	if len(found) == 1 || a.face() == faceNone {
		return found[0], nil
	}
	chosen, err := plain.NewDoorstep(a.prompt()).Which(found)
	return chosen, left(err)
}

// keepWait bounds what leaving waits for.
const keepWait = 5 * time.Second

// goOn offers the newest set-up that was left, and goes on with it in place of an empty draft when the person takes the offer.
func (a *app) goOn(ctx context.Context, env setup.Environment, draft *setup.Draft, fresh bool) (*setup.Setup, error) {
	if fresh || a.face() == faceNone {
		return env.Begin(draft), nil
	}
	found := setup.FindInterrupted(ctx, env)
	if len(found) == 0 {
		return env.Begin(draft), nil
	}
	newest := found[0]
	take, err := plain.NewDoorstep(a.prompt()).GoOn(newest, time.Now())
	switch {
	case err != nil:
		return nil, left(err)
	case !take:
		return env.Begin(draft), nil
	}
	return env.Continue(newest, connector.Connection{}), nil
}

// prompt asks line by line. There is one reader for the whole program: a second one would lose what the first had read ahead.
func (a *app) prompt() *prompt.Prompt {
	if a.lines == nil {
		a.lines = bufio.NewReader(untilEnded{a.ended, a.in})
	}
	return &prompt.Prompt{
		In: a.lines, Out: a.out, Width: a.width, Ready: a.lineReady(),
		ReadSecret: func(question string) ([]byte, error) { return prompt.ReadHidden(a.ended, a.in, a.out, question) },
	}
}

// questions are those of a command, with a way to leave and help at each.
func (a *app) questions(help ...string) prompt.Asker {
	return prompt.Questions(a.prompt(), help...)
}

// width is how many cells a line of the terminal has, 0 where that is not known.
func (a *app) width() int {
	width, _, err := term.GetSize(a.out.Fd())
	if err != nil {
		return 0
	}
	return width
}

// lineReady tells of lines that are typed while something is waited for. Only a person at a terminal can mean the wait by them.
func (a *app) lineReady() func(context.Context) bool {
	if !term.IsTerminal(a.in.Fd()) {
		return nil
	}
	return prompt.LineReady(a.in)
}

// keep seals the answers of a set-up that is being left, even where a signal has ended everything else.
func keep(ctx context.Context, setup *setup.Setup) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepWait)
	defer cancel()
	setup.KeepNow(ctx)
}

// untilEnded ends the input when the program ends: Ctrl+C is a signal, and does not end a read from a terminal.
type untilEnded struct {
	ended <-chan struct{}
	in    io.Reader
}

// Read leaves a read behind that nobody waits for any more. The program ends soon after.
func (u untilEnded) Read(into []byte) (int, error) {
	buffer := make([]byte, len(into))
	answers := contain.Ask("reading a line", func() (int, error) { return u.in.Read(buffer) })
	select {
	case a := <-answers:
		copy(into, buffer[:a.Value])
		return a.Value, a.Err
	case <-u.ended:
		return 0, io.EOF
	}
}
