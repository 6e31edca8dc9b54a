package cmd

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/desk"
	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
)

// desk is what commands of rooms of their own are given.
func (a *app) desk() desk.Desk {
	return desk.Desk{
		SignIn: a.signsIn, Journal: a.journal, Saved: a.savedHere, Confirm: a.confirmed,
		Out: func() io.Writer { return a.out }, Results: func() io.Writer { return a.results() }, Say: a.say, Table: a.printTable, List: a.sayList, JSON: a.printJSON,
		PlanJSON: func(p admin.Plan) any { return report.OfPlan(p) },
		Read:     a.named, Reads: stdin.File, Keep: a.keepFile, Place: outFlag, Words: completes, Pause: a.pause, Fails: workspaceError, NoArgs: meant.NoArgs,
		Write: func(path string, content []byte) error { _, err := a.writeNew(path, content); return err },
		Exit:  func(code int, err error) error { return &exitError{code: code, quiet: err == nil, err: err} },
		Bare:  bare,
		Note:  a.note, Prose: a.prose, Title: func(s string) string { return a.style.Title(s) }, Long: a.long, Loud: a.loud,
	}
}

func (a *app) savedHere(ctx context.Context) ([]connector.Connection, error) {
	_, all, err := a.everyConnection(ctx)
	return all, err
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

// bare has a command that only has others below it print its help.
func bare(c *cobra.Command) {
	c.Args = meant.NoArgs
	c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
}
