package cmd

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Exit codes, from the one table.
const (
	exitOK         = exits.OK
	exitNoTerminal = exits.NoTerminal
	exitUnseen     = exits.Unseen
	exitUsage      = exits.Usage
	exitRefused    = exits.Refused
	exitTaken      = exits.Taken
	exitInternal   = exits.Internal
	exitLeft       = exits.Left
)

// exitError ends the program with a code. When quiet, everything was already said.
type exitError struct {
	code  int
	quiet bool
	err   error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// report says what went wrong, with the remedy on a line of its own, and gives the exit code.
func (a *app) report(err error) int {
	if err == nil {
		return exitOK
	}
	var exit *exitError
	if a.isEnded() && errors.Is(err, context.Canceled) { // whatever it was about: the person ended it
		err = &exitError{code: exitLeft, quiet: true}
	}
	if errors.As(err, &exit) && exit.quiet {
		a.fail(exits.Meaning(exit.code), "", exit.code)
		return exit.code
	}
	code := exits.OfError(err)
	if exit != nil {
		code = exit.code
	}
	what, remedy := connector.Words(err)
	if fault := (*contain.Fault)(nil); errors.As(err, &fault) {
		what = fmt.Sprintf("A fault in this program ended it, while %s (%s).", fault.During, fault.At)
		remedy = "Start it again. If it repeats, report it with the line above."
	}
	a.record.Tell(strings.TrimSpace(what + " " + remedy))
	a.debug.Tell(strings.TrimSpace(what + " " + remedy))
	_, _ = fmt.Fprintln(a.err, what)
	if remedy != "" {
		_, _ = fmt.Fprintln(a.err, remedy)
	}
	a.fail(what, remedy, code)
	return code
}

// isEnded reports whether a signal ends the program.
func (a *app) isEnded() bool {
	select {
	case <-a.ended:
		return true
	default:
		return false
	}
}

func usage(what, remedy string) error {
	return &exitError{code: exitUsage, err: &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}}
}

// left turns a question that nobody answers any more into leaving.
func left(err error) error {
	if prompt.Ended(err) {
		return &exitError{code: exitLeft, quiet: true}
	}
	return err
}

// interrupted is the end of what Ctrl+C ended at a question, where it is a key.
func interrupted(err error) error {
	if errors.Is(err, prompt.ErrInterrupted) {
		return &exitError{code: exitLeft, quiet: true}
	}
	return nil
}

// unlessLeft is the error, unless it says no more than that the person left what they were at.
func unlessLeft(ctx context.Context, err error) error {
	var exit *exitError
	if errors.As(err, &exit) && exit.code == exitLeft && ctx.Err() == nil {
		return nil
	}
	return err
}

// workspaceError names an error of the workspace or of the network by its cause. Errors that have words of their own pass.
func workspaceError(ctx context.Context, lead string, err error) error {
	var known *connector.Error
	var exit *exitError
	switch {
	case err == nil, errors.As(err, &known), errors.As(err, &exit):
		return err
	case prompt.Ended(err): // at a question among what was asked of the workspace
		return left(err)
	case ctx.Err() != nil:
		return &exitError{code: exitLeft, quiet: true}
	}
	f := check.Explain(err)
	if f.Pattern == check.UnknownPattern {
		f.Reason = connector.CleanLine(err.Error(), 300)
	}
	f.Remedy.Text = f.Remedy.Again()
	return workspaceFinding(lead, f)
}

// workspaceFinding is an error of what was found to be wrong.
func workspaceFinding(lead string, f check.Finding) error {
	return &exitError{code: f.Exit, err: &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("%s%s. %s", lead, f.Headline(), f.Reason), Remedy: f.Remedy.Text}}
}

// verdict turns the first failure into the exit code of its stage.
func verdict(results []check.Result) error {
	if f := check.Failure(results); f != nil {
		return &exitError{code: f.Finding.Exit, quiet: true}
	}
	return nil
}
