package cmd

import (
	"bufio"
	"context"
	"errors"
	"io"
	"time"

	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui"
)

// keepWait bounds what leaving waits for.
const keepWait = 5 * time.Second

// goOn offers the newest set-up that was left, and gives its draft in place of an empty one when the person takes the offer. The answers
// are kept from then on in any case.
func (a *app) goOn(ctx context.Context, env steps.Environment, draft *steps.Draft, fresh bool) (*steps.Draft, func(*steps.Setup), error) {
	anew := func(s *steps.Setup) { s.KeepAnswers() }
	if fresh || a.face() == faceNone {
		return draft, anew, nil
	}
	found := steps.FindInterrupted(ctx, env)
	if len(found) == 0 {
		return draft, anew, nil
	}
	left := found[0]
	take, err := a.offer(left, time.Now())
	switch {
	case err != nil:
		return nil, nil, err
	case !take:
		return draft, anew, nil
	}
	return left.Draft, func(s *steps.Setup) {
		s.KeepAnswers()
		s.Continue(left)
	}, nil
}

// offer asks whether to go on with a set-up that was left. Not doing so deletes nothing.
func (a *app) offer(left steps.Interrupted, now time.Time) (bool, error) {
	prompt := a.prompt()
	prompt.Say("A set-up of %s was left %s, at step %d, %s.", left.Draft.Host(), steps.Ago(now.Sub(left.LeftAt)), int(left.Step)+1, left.Step)
	until := left.ExpiresAt.Local().Format("until 2 January")
	if left.Session {
		until = "until you log out"
	}
	prompt.Say("Its answers are kept %s; the secret is asked for again.", until)
	take, err := prompt.Confirm("Go on with it? (setup --fresh does not ask)", true)
	if errors.Is(err, io.EOF) || errors.Is(err, ui.ErrInterrupted) {
		return false, &exitError{code: exitLeft, quiet: true}
	}
	return take, err
}

// prompt asks line by line. There is one reader for the whole program: a second one would lose what the first had read ahead.
func (a *app) prompt() *ui.Prompt {
	if a.lines == nil {
		a.lines = bufio.NewReader(untilEnded{a.ended, a.in})
	}
	return &ui.Prompt{In: a.lines, Out: a.out, ReadSecret: func(question string) ([]byte, error) { return ui.ReadHidden(a.ended, a.in, a.out, question) }}
}

// keep seals the answers of a set-up that is being left, even where a signal has ended everything else.
func keep(ctx context.Context, setup *steps.Setup) {
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
	type answer struct {
		n   int
		err error
	}
	answers := make(chan answer, 1)
	buffer := make([]byte, len(into))
	go func() {
		n, err := u.in.Read(buffer)
		answers <- answer{n, err}
	}()
	select {
	case a := <-answers:
		copy(into, buffer[:a.n])
		return a.n, a.err
	case <-u.ended:
		return 0, io.EOF
	}
}
