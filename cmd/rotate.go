package cmd

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/words"
)

// rotateFlags say where the new secret comes from and what becomes of the old one.
type rotateFlags struct {
	admin                  adminFlags
	secret                 secretFlags
	yes, old               string
	days                   int
	deleteOld, anew, start bool
	toOAuth                bool
}

func (a *app) rotate() *cobra.Command {
	var f rotateFlags
	c := &cobra.Command{
		Use: "rotate NAME", Short: "Give a saved connection a new secret", Args: meant.ExactName, ValidArgsFunction: a.completeNames,
		Long: "Give a saved connection a new secret. It is tested as the connector before it takes the place of the old one, and the old\n" +
			"one is deleted in Databricks only after a second confirmation. At every moment the connection has one that works.\n\n" +
			"With an admin session the new secret is made here and never shown. Without one it is typed, or read from\n" +
			"--secret-stdin or --secret-fd. After an interruption, run it again: it finishes what was begun.",
		RunE: func(c *cobra.Command, args []string) error { return a.runRotate(c.Context(), args[0], &f) },
	}
	f.admin.register(c)
	f.secret.register(c)
	flags := c.Flags()
	flags.IntVar(&f.days, "secret-days", 0, "how many days the new secret lasts; 0 is as long as there is, 730")
	flags.StringVar(&f.yes, "yes", "", "confirm with the name of the service principal, without being asked")
	flags.BoolVar(&f.deleteOld, "delete-old", false, "with --yes, delete the old secret too, without being asked again")
	flags.StringVar(&f.old, "old", "", "id of the old secret, where it is not clear which that is")
	flags.BoolVar(&f.anew, "new", false, "make another secret although the old one of the last rotation is still there")
	flags.BoolVar(&f.toOAuth, "to-oauth", false, "move a connection from a personal access token to an OAuth secret; the token stays until it has fallen idle")
	flags.BoolVar(&f.start, "start", false, "start the SQL warehouse for the test when it is stopped, which costs money while it runs")
	return c
}

func (a *app) runRotate(ctx context.Context, name string, f *rotateFlags) error {
	v, saved, err := a.load(ctx, name)
	if err != nil {
		return err
	}
	if f.toOAuth {
		if saved, err = oauth(saved); err != nil {
			return err
		}
	}
	r := rotation{app: a, flags: f, saved: saved}
	if r.Rotation, err = a.environment(v).Rotate(ctx, saved); err != nil {
		return err
	}
	r.Lifetime, r.Old, r.Anew, r.Start = time.Duration(f.days)*24*time.Hour, f.old, f.anew, f.start
	byAdmin, err := r.byAdmin()
	if err != nil {
		return err
	}
	if byAdmin {
		return workspaceError(ctx, "", r.withAdmin(ctx))
	}
	return workspaceError(ctx, "", r.typed(ctx))
}

// rotation is one run of rotate.
type rotation struct {
	*setup.Rotation
	app   *app
	flags *rotateFlags
	saved connector.Connection // as it was before
}

// byAdmin decides where the new secret comes from, and asks where the command line does not say.
func (r *rotation) byAdmin() (bool, error) {
	byHand := r.flags.secret.given()
	switch {
	case r.flags.admin.given() && !r.ByAdmin():
		return false, usage("A personal access token is made by its owner, not by an admin.", "Make a new one in the workspace and run rotate without an admin.")
	case r.flags.admin.given() && byHand:
		return false, usage("The new secret cannot come from two places.", "Make it as an admin, or give --secret-stdin or --secret-fd.")
	case r.flags.admin.given():
		return true, nil
	case byHand || !r.ByAdmin():
		return false, nil
	case !r.app.asks():
		return false, usage("The new secret is asked for, and "+r.app.nobody()+".", "Give --secret-stdin or --secret-fd, or --admin-profile to have it made.")
	}
	i, err := r.app.questions(saved.RotationSealed+" "+saved.RotationBreaks).Choose(saved.RotationAsks, []string{saved.RotationByAdmin, saved.RotationTyped}, 0)
	return i == 0, left(err)
}

// typed takes a secret that somebody made in the workspace.
func (r *rotation) typed(ctx context.Context) error {
	secret, err := r.flags.secret.read(r.app, "")
	if err != nil {
		return err
	}
	if secret.IsZero() {
		if !r.app.asks() {
			return usage("The new token is asked for, and "+r.app.nobody()+".", "Give --secret-stdin or --secret-fd.")
		}
		raw, err := r.app.questions(saved.RotationTests).Passphrase(words.UpperFirst("new " + r.saved.Credentials.Method.Label()))
		if err != nil {
			return left(err)
		}
		if secret, err = connector.ParseSecret(raw); err != nil {
			return err
		}
	}
	if err := r.change(ctx, secret, time.Time{}); err != nil {
		return err
	}
	if r.flags.toOAuth {
		return r.tokenStays()
	}
	_, err = fmt.Fprintln(r.app.out, saved.OldSecretTheirs)
	return err
}

// withAdmin finishes a rotation that was switched already, or makes a new secret, switches to it, and offers to delete the old one.
func (r *rotation) withAdmin(ctx context.Context) error {
	session, err := r.app.session(ctx, &r.flags.admin, setup.TargetOf(r.saved))
	if err != nil {
		return err
	}
	defer session.Close()
	if err := r.As(session); err != nil {
		return err
	}
	unfinished, err := r.Unfinished(ctx)
	if unfinished = unfinished && !r.flags.toOAuth; err != nil {
		return err
	}
	if unfinished {
		_, _ = fmt.Fprintln(r.app.out, saved.RotationLeft+" --new makes another one all the same.")
		return r.retire(ctx)
	}
	plan, err := r.Plan(ctx)
	if err != nil {
		return err
	}
	if r.flags.toOAuth {
		plan.Purpose = saved.MovesToOAuth
	}
	r.app.desk().Plan(plan)
	if names := r.Switched(); len(names) > 1 {
		r.app.sayList(saved.RotationTogether, names)
	}
	confirmed, err := r.app.confirmed(plan, r.flags.yes)
	if err != nil {
		return err
	}
	out, err := r.Make(ctx, confirmed, admin.Watch{})
	if err != nil {
		return err
	}
	if err := r.change(ctx, out.Secret, out.Expires); err != nil {
		_, _ = fmt.Fprintln(r.app.err, saved.NotSwitched(out))
		return err
	}
	if r.flags.toOAuth {
		return r.tokenStays()
	}
	return r.retire(ctx)
}
