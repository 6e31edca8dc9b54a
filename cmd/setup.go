package cmd

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/steps/plain"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// setupFlags prefill the form. There is no flag for the secret: arguments can be read by every process of the machine.
type setupFlags struct {
	host, clientID, schema, name string
	trust                        trustFlags
	fresh, resume                bool
	answers                      answersFlags
}

// typed reports whether the command line holds an answer.
func (f *setupFlags) typed() bool { return f.host+f.clientID+f.schema+f.name != "" }

func (a *app) setup() *cobra.Command {
	var f setupFlags
	c := &cobra.Command{
		Use: "setup", Short: "Set up a connection in five steps", Args: meant.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if used, err := f.answers.used(f.typed()); err != nil || used {
				if err != nil {
					return err
				}
				return a.setupFromFile(c.Context(), f.answers, f.trust)
			}
			draft, err := f.draft(a)
			if err != nil {
				return err
			}
			v, err := a.vault()
			if err != nil {
				return err
			}
			env := a.protecting(v, a.flags.keyFile)
			if f.resume {
				return a.resume(c.Context(), env, f)
			}
			setup, err := a.goOn(c.Context(), env, draft, f.fresh || f.typed())
			if err != nil {
				return err
			}
			return a.wizard(c.Context(), setup)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.host, "host", "", "workspace host, in any form")
	flags.StringVar(&f.clientID, "client-id", "", "application ID of the service principal")
	flags.StringVar(&f.schema, "schema", "", "catalog and schema, as CATALOG.SCHEMA")
	flags.StringVar(&f.name, "name", "", "name of the connection")
	f.trust.register(c)
	flags.BoolVar(&f.fresh, "fresh", false, "start anew, without the offer to go on with a set-up that was left")
	flags.BoolVar(&f.resume, "resume", false, "go on with a set-up that waits, and verify by itself what was missing")
	f.answers.register(c)
	return c
}

func (f *setupFlags) draft(a *app) (*setup.Draft, error) {
	allow, ca, err := f.trust.read(a)
	if err != nil {
		return nil, err
	}
	draft := setup.NewDraft(allow)
	draft.SetCA(ca, f.trust.caFile)
	return draft, draft.Prefill(setup.Answers{Host: f.host, ClientID: f.clientID, Schema: f.schema, Name: f.name}, setup.FromFlag)
}

// wizard runs a set-up, and goes where the person goes on to once it is saved.
func (a *app) wizard(ctx context.Context, s *setup.Setup) error {
	for {
		onward, err := a.walk(ctx, s, (*setup.Setup).Farewell)
		switch {
		case err != nil:
			return err
		case onward == steps.ToHome:
			return a.showHome(ctx, s.Environment())
		case onward != steps.ToAnother:
			return nil
		}
		s = s.Environment().Begin(setup.NewDraft(nil))
	}
}

// walk runs a set-up in the face that this terminal allows, and ends with a transcript in the normal scrollback. farewell is what the wizard
// ends with where nothing was saved; a conversation line by line says it at once.
func (a *app) walk(ctx context.Context, s *setup.Setup, farewell func(*setup.Setup) string) (onward steps.Onward, err error) {
	defer s.Close()
	switch a.face() {
	case faceNone:
		if a.flags.quiet {
			return steps.Away, usage("The set-up asks questions, and "+a.nobody()+".", "Leave --quiet out, or give --answers FILE.")
		}
		return steps.Away, &exitError{code: exitNoTerminal, err: &connector.Error{
			Kind:   connector.ErrInput,
			What:   "The set-up asks questions, and this is not a terminal.",
			Remedy: "Run it in a terminal, or with --answers FILE (--answers-example prints one). A saved connection is tested without one: draftt-databricks test NAME --json.",
		}}
	case facePlain:
		err := plain.Run(ctx, s, a.prompt())
		if prompt.Ended(err) || ctx.Err() != nil {
			_, _ = fmt.Fprintln(a.out)
			return steps.Away, cmp.Or(a.left(ctx, s, (*setup.Setup).Farewell), interrupted(err))
		}
		if err != nil {
			return steps.Away, err
		}
	default:
		wizard := steps.NewWizard(s, a.theme(), a.teller())
		if err := a.shellOf(ctx, "the wizard", wizard.Shell(ctx)); err != nil {
			return steps.Away, err
		}
		if s.Saved().ID == "" {
			return steps.Away, a.left(ctx, s, farewell)
		}
		onward = wizard.Onward()
	}
	_, err = lipgloss.Fprint(a.out, a.parting(s.Transcript()))
	return onward, err
}

// left says how to go on from where the person stopped. Leaving a demo is how a demo ends, so it is no failure, unless Ctrl+C ended it.
func (a *app) left(ctx context.Context, s *setup.Setup, farewell func(*setup.Setup) string) error {
	keep(ctx, s)
	_, _ = fmt.Fprint(a.out, a.parting(farewell(s)))
	if s.Demo() && ctx.Err() == nil {
		return nil
	}
	return &exitError{code: exitLeft, quiet: true}
}

// keepWait bounds what leaving waits for.
const keepWait = 5 * time.Second

// keep seals the answers of a set-up that is being left, even where a signal has ended everything else.
func keep(ctx context.Context, setup *setup.Setup) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepWait)
	defer cancel()
	setup.KeepNow(ctx)
}
