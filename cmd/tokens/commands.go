// Package tokens has the commands about personal access tokens and passwords: who may use them and how that comes, what a change would do, the
// change itself, and the tokens there are.
package tokens

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/desk"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// group is the commands of one object.
type group struct {
	desk.Desk
	object authorization.Object
	open   func(context.Context) (*admin.Session, error)
}

// Commands are tokens and passwords with everything below them.
func Commands(d desk.Desk) []*cobra.Command {
	tokens := &cobra.Command{
		Use: "tokens", Short: "See and change who may use personal access tokens, and the tokens there are",
		Long: "See who may use personal access tokens in a workspace and how that comes, list the tokens, and change both by plan.\n" +
			"Whoever loses the permission loses every token at once, so a change names them all before it is made.\n" +
			"Everything takes an admin; who is none sees their own tokens, and whom to ask.",
	}
	g := below(d, tokens, authorization.Tokens)
	tokens.AddCommand(g.list(), g.create(), g.delete(), g.settings())
	passwords := &cobra.Command{
		Use: "passwords", Short: "See and change who may sign in with a password, where a workspace has that",
		Long: "See and change who may sign in to a workspace, or to its API, with a password.\n" + authorization.PasswordsEnded,
	}
	below(d, passwords, authorization.Passwords)
	return []*cobra.Command{tokens, passwords}
}

// below puts what both objects have below their command.
func below(d desk.Desk, c *cobra.Command, o authorization.Object) group {
	g := group{d, o, d.SignIn(c)}
	d.Bare(c)
	c.AddCommand(g.levels(), g.who(), g.can(), g.grant(), g.remove(), g.replace(), g.plan(), g.export(), g.watch())
	return g
}

// reading is a command that signs in, reads and says.
type reading struct{ asJSON bool }

// reads makes a command that signs in as an admin and reads first.
func (g group) reads(c *cobra.Command, say func(ctx context.Context, r *reading, s *admin.Session, snapshot *authorization.Snapshot, args []string) error) (*cobra.Command, *reading) {
	r := &reading{}
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := g.open(ctx)
		if err != nil {
			return err
		}
		defer s.Close()
		snapshot, err := s.Authorization(ctx, g.object)
		if err == nil {
			err = say(ctx, r, s, snapshot, args)
		}
		return g.Fails(ctx, "", err)
	}
	return c, r
}

func (r *reading) json(c *cobra.Command) { c.Flags().BoolVar(&r.asJSON, "json", false, "as JSON") }

// completes offers the values of a flag to the shell.
func completes(c *cobra.Command, flag string, values ...string) {
	_ = c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values, cobra.ShellCompDirectiveNoFileComp
	})
}

func usage(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}

// some wants at least one argument.
func some(noun string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage("It is not said "+noun+".", "Name one or more behind the command.")
		}
		return nil
	}
}
