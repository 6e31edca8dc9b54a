// Package partners is what the command line says of Databricks Partner Connect: the sets of the document, what is connected, and what a reset
// takes away.
package partners

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/desk"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

// group is the commands about partners.
type group struct{ desk.Desk }

// Command is the command partners with those below it.
func Command(at desk.Desk) *cobra.Command {
	d := group{at}
	c := &cobra.Command{
		Use: "partners", Short: "Partner Connect: who is connected, what partners are given, and how a connection ends",
		Long: "Databricks Partner Connect: which partners are connected to a workspace, what the document of Databricks gives each of them,\n" +
			"what a service principal has of that, and what goes when a connection is reset.",
	}
	d.Bare(c)
	c.AddCommand(d.list(), d.show(), d.plan(), d.check(), d.catalogs(), d.disconnect(), d.orphans(), d.move())
	return c
}

// with runs what a command does in an admin session.
func (d group) with(signIn func(context.Context) (*admin.Session, error), do func(context.Context, *admin.Session) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		s, err := signIn(ctx)
		if err != nil {
			return err
		}
		defer s.Close()
		return d.Fails(ctx, "", do(ctx, s))
	}
}

// say prints a line.
func (d group) say(format string, args ...any) { _, _ = fmt.Fprintf(d.Out(), format+"\n", args...) }

// sections prints lists, and of empty ones nothing.
func (d group) sections(all []partner.Section) {
	for _, s := range all {
		d.List(s.Title, s.Lines)
	}
}

// reading says that somebody who is no workspace admin has a view that only reads.
func (d group) reading(s *admin.Session) {
	if !s.Admin() {
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
