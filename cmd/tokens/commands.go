// Package tokens has the commands about personal access tokens and passwords: who may use them and how that comes, what a change would do, the
// change itself, and the tokens there are.
package tokens

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/infile"
	"github.com/draftt-io/draftt-databricks/ui/console"
)

// Program is what the commands need of the program that they belong to.
type Program struct {
	// SignsIn adds the flags that say how an admin signs in to a command, for all below it, and gives what opens the session. Whoever opens it
	// closes it.
	SignsIn func(*cobra.Command) func(context.Context) (*admin.Session, error)
	Journal func() (*admin.Journal, error)
	Table   func(console.Table) error
	List    func(title string, lines []string)
	JSON    func(any) error
	Plan    func(admin.Plan)
	// Confirm takes what was typed on the command line, or else asks for it.
	Confirm func(p admin.Plan, typed string) (admin.Confirmed, error)
	Read    func(path string) (infile.File, error)
	Reads   func(c *cobra.Command, path *string, name, does string)
	Writes  func(c *cobra.Command, path *string, name, value, does string)
	Keep    func(path string, content []byte, overwriting bool) error
	Failed  func(ctx context.Context, lead string, err error) error
	Pause   func(context.Context, time.Duration) error
	Say     func(format string, args ...any) error
	Out     func() io.Writer
	// NoArgs refuses an argument, and names the command that was meant.
	NoArgs cobra.PositionalArgs
}

// group is the commands of one object.
type group struct {
	Program
	object authorization.Object
	open   func(context.Context) (*admin.Session, error)
}

// Commands are tokens and passwords with everything below them.
func Commands(p Program) []*cobra.Command {
	tokens := &cobra.Command{
		Use: "tokens", Short: "See and change who may use personal access tokens, and the tokens there are",
		Long: "See who may use personal access tokens in a workspace and how that comes, list the tokens, and change both by plan.\n" +
			"Whoever loses the permission loses every token at once, so a change names them all before it is made.\n" +
			"Everything takes an admin; who is none sees their own tokens, and whom to ask.",
	}
	g := p.below(tokens, authorization.Tokens)
	tokens.AddCommand(g.list(), g.create(), g.delete(), g.settings())
	passwords := &cobra.Command{
		Use: "passwords", Short: "See and change who may sign in with a password, where a workspace has that",
		Long: "See and change who may sign in to a workspace, or to its API, with a password.\n" + authorization.PasswordsEnded,
	}
	p.below(passwords, authorization.Passwords)
	return []*cobra.Command{tokens, passwords}
}

// below puts what both objects have below their command.
func (p Program) below(c *cobra.Command, o authorization.Object) group {
	g := group{p, o, p.SignsIn(c)}
	c.Args = p.NoArgs
	c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
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
		return g.Failed(ctx, "", err)
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
