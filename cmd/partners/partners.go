// Package partners is what the command line says of Databricks Partner Connect: the sets of the document, what is connected, and what a reset
// takes away.
package partners

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/infile"
)

// Desk is what the program gives these commands.
type Desk struct {
	SignIn    func(*cobra.Command) func(context.Context) (*admin.Session, error) // adds the flags of an admin, and signs in by them
	NoArgs    cobra.PositionalArgs
	Out       func() io.Writer
	List      func(title string, lines []string)
	Plan      func(admin.Plan)
	JSON      func(any) error
	PlanJSON  func(admin.Plan) any
	Confirmed func(p admin.Plan, yes string) (admin.Confirmed, error)
	Journal   func() (*admin.Journal, error)
	Saved     func(context.Context) ([]connector.Connection, error) // the connections saved here
	Named     func(path string) (infile.File, error)
	Write     func(path string, content []byte) error              // a new private file
	Ends      func(code int) error                                 // with a code, everything being said
	Wrong     func(ctx context.Context, wrong error) error         // names an error of the workspace by its cause
	Choices   func(c *cobra.Command, flag string, words ...string) // completes a flag
}

// Command is the command partners with those below it.
func Command(d Desk) *cobra.Command {
	c := &cobra.Command{
		Use: "partners", Short: "Partner Connect: who is connected, what partners are given, and how a connection ends", Args: d.NoArgs,
		Long: "Databricks Partner Connect: which partners are connected to a workspace, what the document of Databricks gives each of them,\n" +
			"what a service principal has of that, and what goes when a connection is reset.",
	}
	c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	c.AddCommand(d.list(), d.show(), d.plan(), d.check(), d.catalogs(), d.disconnect(), d.orphans(), d.move())
	return c
}

// with runs what a command does in an admin session.
func (d Desk) with(signIn func(context.Context) (*admin.Session, error), do func(context.Context, *admin.Session) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		s, err := signIn(ctx)
		if err != nil {
			return err
		}
		defer s.Close()
		return d.Wrong(ctx, do(ctx, s))
	}
}

// say prints a line.
func (d Desk) say(format string, args ...any) { _, _ = fmt.Fprintf(d.Out(), format+"\n", args...) }

// sections prints lists, and of empty ones nothing.
func (d Desk) sections(all []partner.Section) {
	for _, s := range all {
		d.List(s.Title, s.Lines)
	}
}

// reading says that somebody who is no workspace admin has a view that only reads.
func (d Desk) reading(s *admin.Session) {
	if !partner.Admin(s) {
		d.say("\n! %s", partner.ReadOnly)
	}
}

func refused(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}

// one wants one argument and says which.
func one(what, remedy string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return refused(what, remedy)
		}
		return nil
	}
}

func atMostOne(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return refused("Give the name of one partner.", "Put a name with blanks in quotes.")
	}
	return nil
}
