package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui"
)

// bareCommand is the command line without a command: the home screen where connections are saved, and otherwise a set-up. A flag of setup asks
// for a set-up, and without a terminal setup says what to do instead.
func (a *app) bareCommand(setup *cobra.Command) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		asked := false
		setup.Flags().VisitAll(func(f *pflag.Flag) { asked = asked || f.Changed })
		if asked || a.face() == faceNone {
			return setup.RunE(c, args)
		}
		v, err := a.vault()
		if err != nil {
			return err
		}
		if _, chosen, err := v.Protection(); err == nil && !chosen {
			return setup.RunE(c, args)
		}
		return a.atHome(c.Context(), v)
	}
}

// atHome shows the saved connections, and goes where the person chooses.
func (a *app) atHome(ctx context.Context, v *vault.Vault) error {
	env := steps.Environment{Version: a.version, Vault: v, KeyFile: a.flags.keyFile}
	chosen, err := a.home(ctx, env)
	if err != nil {
		return err
	}
	switch chosen.Kind {
	case steps.HomeEmpty:
		draft, kept, err := a.goOn(ctx, env, steps.NewDraft(nil, nil), false)
		if err != nil {
			return err
		}
		return a.wizard(ctx, env, draft, kept)
	case steps.HomeNew:
		return a.wizard(ctx, env, steps.NewDraft(nil, nil), func(s *steps.Setup) { s.KeepAnswers() })
	case steps.HomeContinue:
		return a.wizard(ctx, env, chosen.Left.Draft, func(s *steps.Setup) {
			s.KeepAnswers()
			s.Continue(chosen.Left)
		})
	case steps.HomeEdit:
		draft, err := steps.DraftOf(chosen.Saved)
		if err != nil {
			return err
		}
		return a.wizard(ctx, env, draft, func(s *steps.Setup) { s.Edit(chosen.Saved) })
	case steps.HomeLeft:
	}
	return nil
}

// home runs the home screen in the face that this terminal allows. Leaving it is no failure, since nothing was begun.
func (a *app) home(ctx context.Context, env steps.Environment) (steps.HomeChoice, error) {
	work, err := a.homeWork()
	if err != nil {
		return steps.HomeChoice{}, err
	}
	theme := ui.NewTheme(true)
	theme.Notice = a.shareNotice()
	home := steps.NewHome(env, work, &theme)
	defer home.Close()
	if a.face() == facePlain {
		err = home.Plain(ctx, a.prompt())
	} else {
		err = a.homeScreen(ctx, home)
	}
	switch {
	case ctx.Err() != nil:
		return steps.HomeChoice{}, &exitError{code: exitLeft, quiet: true}
	case errors.Is(err, io.EOF), errors.Is(err, steps.ErrLeft), errors.Is(err, ui.ErrInterrupted):
		_, _ = fmt.Fprintln(a.out)
		return steps.HomeChoice{}, nil
	}
	return home.Choice(), err
}

func (a *app) homeScreen(ctx context.Context, home *steps.Home) error {
	shell := home.Shell(ctx)
	_, err := program(ctx, shell, a).Run()
	switch {
	case shell.Err() != nil:
		return shell.Err()
	case home.Err() != nil:
		return home.Err()
	case err != nil && ctx.Err() == nil && !errors.Is(err, tea.ErrInterrupted):
		return fmt.Errorf("run the home screen: %w", err)
	}
	return nil
}

// homeWork is what the commands do, for the home screen to use.
func (a *app) homeWork() (steps.HomeWork, error) {
	reader, err := a.keyReader()
	if err != nil {
		return steps.HomeWork{}, err
	}
	return steps.HomeWork{
		Keys:    vault.Keys{KeyFile: a.flags.keyFile, KeyReader: reader},
		Subject: a.subjectOf,
		Proof:   proofOf,
		Certificate: func(ctx context.Context, c connector.Connection) (string, error) {
			certificate, err := a.certify(ctx, c, nil)
			if err != nil {
				return "", err
			}
			return certificate.Text(), nil
		},
		Expiry: expiry,
	}, nil
}
