package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Exit codes that are not a failed stage. Those of stages stand with the causes in connector/check.
const (
	exitOK         = 0
	exitNoTerminal = 2
	exitUnseen     = 51 // nothing beyond reading was found, and not everything could be seen
	exitUsage      = 64
	exitRefused    = 65 // a plan cannot be made or carried out: something depends on it, or the workspace refused a step
	exitTaken      = 66 // another connection has the name already
	exitInternal   = 70
	exitLeft       = 130 // the person left, as after Ctrl+C in any program
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
	if errors.As(err, &exit) && exit.quiet {
		return exit.code
	}
	what, remedy := connector.Words(err)
	a.record.Tell(strings.TrimSpace(what + " " + remedy))
	a.debug.Tell(strings.TrimSpace(what + " " + remedy))
	_, _ = fmt.Fprintln(a.err, what)
	if remedy != "" {
		_, _ = fmt.Fprintln(a.err, remedy)
	}
	if exit != nil {
		return exit.code
	}
	return codeOf(err)
}

// codeOf is the exit code of an error that has none of its own.
func codeOf(err error) int {
	mistyped := []error{connector.ErrInput, vault.ErrNotFound, vault.ErrAmbiguous, admin.ErrNotFound, admin.ErrAmbiguous, admin.ErrNotConfirmed}
	switch {
	case slices.ContainsFunc(mistyped, func(kind error) bool { return errors.Is(err, kind) }):
		return exitUsage
	case errors.Is(err, vault.ErrNameTaken):
		return exitTaken
	case errors.Is(err, admin.ErrRefused):
		return exitRefused
	}
	return exitInternal
}

func usage(what, remedy string) error {
	return &exitError{code: exitUsage, err: &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}}
}

// left turns a question that was left, or the end of the input, into leaving.
func left(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, prompt.ErrInterrupted) || errors.Is(err, prompt.ErrLeft) {
		return &exitError{code: exitLeft, quiet: true}
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
	case ctx.Err() != nil:
		return &exitError{code: exitLeft, quiet: true}
	}
	f := check.Explain(err)
	if f.Pattern == "unknown" {
		f.Reason = connector.CleanLine(err.Error(), 300)
	}
	return &exitError{code: f.Exit, err: &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("%s%s. %s", lead, f.Cause, f.Reason), Remedy: f.Remedy.Text}}
}
