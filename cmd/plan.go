package cmd

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/partners"
	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/cmd/tokens"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/words"
)

// sayPlan prints what a plan changes, in order, each with the exact request, and what stays.
func (a *app) sayPlan(p admin.Plan) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(a.out, format+"\n", args...) }
	say("Plan for %s in %s", p.Target.Label(), p.Host)
	for _, warning := range p.Warnings {
		say("\n! %s", warning)
	}
	if p.Empty() {
		say("  Nothing is to be changed.")
	}
	for i, c := range p.Changes {
		say("\n%2d. %s: %s", i+1, words.UpperFirst(string(c.Kind)), c.Object)
		say("    %s → %s", c.Before, c.After)
		for _, line := range c.Request.Lines() {
			say("    %s", line)
		}
		say("    Why: %s", c.Why)
		say("    To undo: %s", c.Undo)
	}
	a.sayList("Stays as it is", p.Kept)
	uses := saved.UsesOf(p)
	a.sayList(uses.Title, uses.Lines)
	say("")
}

// authorizations are the commands about tokens and passwords.
func (a *app) authorizations() []*cobra.Command {
	return tokens.Commands(tokens.Program{
		SignsIn: a.signsIn, Journal: a.journal, Table: a.printTable, List: a.sayList, JSON: a.printJSON, Plan: a.sayPlan, Confirm: a.confirmed,
		Read: a.named, Reads: stdin.File, Writes: outFlag, Keep: a.keepFile, Failed: workspaceError, Pause: a.pause, Say: a.say,
		Out: func() io.Writer { return a.out }, NoArgs: meant.NoArgs,
	})
}

// confirmed takes the plan's name from --yes, or else asks for it. Without either nothing is changed.
func (a *app) confirmed(p admin.Plan, yes string) (admin.Confirmed, error) {
	if yes == "" {
		if !a.asks() {
			return admin.Confirmed{}, usage("This asks for a confirmation, and "+a.nobody()+". Nothing was changed.", fmt.Sprintf("Look at the plan, then add --%s %q.", map[bool]string{true: "expect", false: "yes"}[p.Counted()], p.Name))
		}
		var err error
		if yes, err = a.questions("The plan stands above. Nothing has been changed yet, and nothing is without the name.").Line(fmt.Sprintf("Type %s to confirm", p.Name), ""); err != nil {
			return admin.Confirmed{}, left(err)
		}
	}
	return p.Confirmed(yes)
}

// partners is the command of a room of its own, with what it needs of this one.
func (a *app) partners() *cobra.Command {
	return partners.Command(partners.Desk{
		SignIn: a.signsIn, NoArgs: meant.NoArgs, Out: func() io.Writer { return a.out }, List: a.sayList, Plan: a.sayPlan, Confirmed: a.confirmed, Named: a.named,
		JSON: a.printJSON, PlanJSON: func(p admin.Plan) any { return report.OfPlan(p) },
		Wrong: func(ctx context.Context, err error) error { return workspaceError(ctx, "", err) },
		Ends:  func(code int) error { return &exitError{code: code, quiet: true} },
		Saved: func(ctx context.Context) ([]connector.Connection, error) {
			_, all, err := a.everyConnection(ctx)
			return all, err
		},
		Journal: func() (*admin.Journal, error) {
			v, err := a.vault()
			if err != nil {
				return nil, err
			}
			return a.environment(v).Journal()
		},
		Write:   func(path string, content []byte) error { _, err := a.writeNew(path, content); return err },
		Choices: completes,
	})
}
