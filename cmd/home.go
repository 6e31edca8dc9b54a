package cmd

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screens/access"
	"github.com/draftt-io/draftt-databricks/screens/home"
	"github.com/draftt-io/draftt-databricks/screens/inventory"
	"github.com/draftt-io/draftt-databricks/screens/partners"
	"github.com/draftt-io/draftt-databricks/screens/tokens"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// bareCommand is the command line without a command: the home screen where connections are saved, and otherwise a set-up. A flag of setup asks
// for a set-up, and without a terminal setup says what to do instead.
func (a *app) bareCommand(walk *cobra.Command) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		asked := false
		walk.Flags().VisitAll(func(f *pflag.Flag) { asked = asked || f.Changed })
		if asked || a.face() == faceNone {
			return walk.RunE(c, args)
		}
		v, err := a.vault()
		if err != nil {
			return err
		}
		if _, chosen, err := v.Protection(); err == nil && !chosen {
			return walk.RunE(c, args)
		}
		return a.showHome(c.Context(), a.protecting(v, a.flags.keyFile))
	}
}

// doors lead from home to the workspace of a saved connection.
var doors = []home.Door{
	{Name: "Token permissions", About: "who may use personal access tokens, and the tokens there are", Panel: tokens.Opens(authorization.Tokens), Lines: tokens.Lines(authorization.Tokens)},
	{Name: "Password permissions", About: "who may sign in with a password, where a workspace has that", Panel: tokens.Opens(authorization.Passwords), Lines: tokens.Lines(authorization.Passwords)},
	{Name: "Partner connections", About: "which partners are connected, what each has, and how it ends", Panel: partners.Opens, Lines: partners.Lines},
	{
		Name: panels.InventoryDoor, About: "what is there, as far as somebody saw it, and what is missing", Takes: "no sign-in; taking one signs in, once for all of these",
		Panel: inventory.Opens, Unsigned: inventory.Lines,
	},
	{
		Name: "Who can access what", About: "who can reach what, by which path, and what would end it", Takes: "no sign-in; it is told from the last inventory",
		Panel: access.Opens, Unsigned: access.Lines,
	},
}

// showHome shows the saved connections, goes where the person chooses, and comes back.
func (a *app) showHome(ctx context.Context, env setup.Environment) error {
	reader, err := a.keyReader()
	if err != nil {
		return err
	}
	a.opened = env.Vault
	screen := home.New(env, vault.Keys{KeyFile: env.KeyFile, KeyReader: reader}, a.theme(), doors...)
	defer screen.SignOut()
	for {
		chosen, err := a.home(ctx, screen)
		switch {
		case err != nil, chosen.Kind == home.Nowhere:
			return err
		case chosen.Kind == home.NothingSaved:
			return a.nothingSaved(ctx, env)
		}
		if err := a.follow(ctx, env, screen, chosen); err != nil {
			return err
		}
	}
}

// nothingSaved is a set-up in place of a home screen without anything on it.
func (a *app) nothingSaved(ctx context.Context, env setup.Environment) error {
	draft, err := env.NewDraft()
	if err != nil {
		return err
	}
	setup, err := a.goOn(ctx, env, draft, env.Demo != nil)
	if err != nil {
		return err
	}
	return a.wizard(ctx, setup)
}

// follow does what was chosen at home. Leaving it leads back home; only what ends the program comes back as an error.
func (a *app) follow(ctx context.Context, env setup.Environment, screen *home.Screen, chosen home.Choice) error {
	switch chosen.Kind { // of the menu line by line; the screen has panels for all of them
	case home.Rotate:
		return a.lineByLine(ctx, func() error {
			return a.runRotate(ctx, chosen.Saved.Name, &rotateFlags{admin: noAdmin(), secret: noSecret()})
		})
	case home.Disconnect:
		return a.lineByLine(ctx, func() error {
			return a.runDisconnect(ctx, chosen.Saved.Name, admin.RevokeGrants, &disconnectFlags{admin: noAdmin()})
		})
	case home.Certify:
		return a.lineByLine(ctx, func() error { return a.runAudit(ctx, chosen.Saved.Name, &auditFlags{admin: anAdmin()}) })
	case home.Compare:
		return a.lineByLine(ctx, func() error { return a.runGrants(ctx, &grantsFlags{admin: anAdmin()}, []string{chosen.Saved.Name}) })
	case home.Workspace:
		return a.lineByLine(ctx, func() error {
			ctx, leave := context.WithCancel(ctx)
			defer leave()
			visit := screen.Visit(chosen.Saved)
			if told := chosen.Door.Unsigned; told != nil {
				return workspaceError(ctx, "", told(ctx, a.questions().WithBack(), visit))
			}
			who := anAdmin()
			session, err := visit.Admit(ctx, func() (*admin.Session, error) { return a.session(ctx, &who, setup.TargetOf(chosen.Saved)) })
			if err != nil {
				return err
			}
			a.prompt().Say("%s", visit.As())
			return workspaceError(ctx, "", chosen.Door.Lines(ctx, a.questions().WithBack(), session))
		})
	}
	screen.SignOut()
	s, err := chosen.Open(env)
	for err == nil {
		var onward steps.Onward
		onward, err = a.walk(ctx, s, (*setup.Setup).BackHome)
		screen.Return(s.Outcome())
		if onward != steps.ToAnother {
			break
		}
		s = env.Begin(setup.NewDraft(nil))
	}
	return unlessLeft(ctx, err)
}

// lineByLine runs a command that talks line by line, and keeps what it said in sight until the person goes back home.
func (a *app) lineByLine(ctx context.Context, run func() error) error {
	a.prompt().Say("q at a question goes back to your connections.")
	if err := unlessLeft(ctx, run()); err != nil {
		a.report(err)
	}
	if ctx.Err() != nil {
		return &exitError{code: exitLeft, quiet: true}
	}
	a.prompt().Say("")
	_, err := a.prompt().Line("Enter goes back to your connections", "")
	return left(err)
}

// home runs the home screen in the face that this terminal allows. Leaving it is no failure, since nothing was begun.
func (a *app) home(ctx context.Context, screen *home.Screen) (home.Choice, error) {
	var err error
	if a.face() == facePlain {
		err = screen.Plain(ctx, a.prompt())
	} else {
		err = a.homeScreen(ctx, screen)
	}
	switch {
	case ctx.Err() != nil:
		return home.Choice{}, &exitError{code: exitLeft, quiet: true}
	case prompt.Ended(err):
		_, _ = fmt.Fprintln(a.out)
		return home.Choice{}, nil
	}
	return screen.Choice(), err
}

func (a *app) homeScreen(ctx context.Context, screen *home.Screen) error {
	err := a.shellOf(ctx, "the home screen", screen.Shell(ctx))
	if farewell := screen.Farewell(); farewell != "" {
		_, _ = fmt.Fprintln(a.err, farewell)
	}
	return cmp.Or(err, screen.Err())
}
