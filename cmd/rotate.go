package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

// rotateFlags say where the new secret comes from and what becomes of the old one.
type rotateFlags struct {
	admin                  adminFlags
	secret                 secretFlags
	yes, old               string
	days                   int
	deleteOld, anew, start bool
}

func (a *app) rotate() *cobra.Command {
	var f rotateFlags
	c := &cobra.Command{
		Use: "rotate NAME", Short: "Give a saved connection a new secret", Args: exactName, ValidArgsFunction: a.completeNames,
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
	flags.BoolVar(&f.start, "start", false, "start the SQL warehouse for the test when it is stopped, which costs money while it runs")
	return c
}

func (a *app) runRotate(ctx context.Context, name string, f *rotateFlags) error {
	v, saved, err := a.load(ctx, name)
	if err != nil {
		return err
	}
	r := rotation{app: a, flags: f, vault: v, saved: saved}
	if err := r.family(ctx); err != nil {
		return err
	}
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
	*app
	flags   *rotateFlags
	vault   *vault.Vault
	saved   connector.Connection
	sharing []connector.Connection // those with the same secret, the one in question first
	others  []connector.Connection // those of the same principal with another secret
	session *admin.Session
	journal *admin.Journal
}

// family finds the other saved connections of the principal. Those with the same secret are switched together, because the old one may be
// deleted afterwards.
func (r *rotation) family(ctx context.Context) error {
	all, _, err := r.vault.List(ctx)
	if err != nil {
		return err
	}
	r.sharing = []connector.Connection{r.saved}
	for _, c := range all {
		same := c.ID != r.saved.ID && c.Host.String() == r.saved.Host.String() && principalOf(c) == principalOf(r.saved)
		switch {
		case same && c.Credentials.Secret.Equal(r.saved.Credentials.Secret):
			r.sharing = append(r.sharing, c)
		case same:
			r.others = append(r.others, c)
		}
	}
	return nil
}

// inUse are the secrets of all saved connections of the principal.
func (r *rotation) inUse() []connector.Secret {
	var out []connector.Secret
	for _, c := range slices.Concat(r.sharing, r.others) {
		out = append(out, c.Credentials.Secret)
	}
	return out
}

// byAdmin decides where the new secret comes from, and asks where the command line does not say.
func (r *rotation) byAdmin() (bool, error) {
	byHand := r.flags.secret.given()
	switch {
	case r.flags.admin.given() && r.saved.Credentials.Method == connector.PAT:
		return false, usage("A personal access token is made by its owner, not by an admin.", "Make a new one in the workspace and run rotate without an admin.")
	case r.flags.admin.given() && byHand:
		return false, usage("The new secret cannot come from two places.", "Make it as an admin, or give --secret-stdin or --secret-fd.")
	case r.flags.admin.given():
		return true, nil
	case byHand || r.saved.Credentials.Method == connector.PAT:
		return false, nil
	case !term.IsTerminal(r.in.Fd()):
		return false, usage("The new secret is asked for, and there is no terminal to ask on.", "Give --secret-stdin or --secret-fd, or --admin-profile to have it made.")
	}
	i, err := r.questions("The old secret goes on working until it is deleted, so nothing breaks while the new one is tested and saved.").Choose("Where does the new secret come from?", []string{"An admin session makes it", "I type it"}, 0)
	return i == 0, left(err)
}

// typed takes a secret that somebody made in the workspace.
func (r *rotation) typed(ctx context.Context) error {
	secret, err := r.flags.secret.read(r.app, "")
	if err != nil {
		return err
	}
	if secret.IsZero() {
		if !term.IsTerminal(r.in.Fd()) {
			return usage("The new token is asked for, and there is no terminal to ask on.", "Give --secret-stdin or --secret-fd.")
		}
		raw, err := r.questions("It is tested first. Only then it takes the place of the saved one.").Secret(words.UpperFirst("new " + r.saved.Credentials.Method.Label()))
		if err != nil {
			return left(err)
		}
		secret = connector.NewSecret(raw)
	}
	if secret.Equal(r.saved.Credentials.Secret) {
		return usage("This is the secret that is saved already.", "Make a new one in the workspace first.")
	}
	if err := r.change(ctx, secret, time.Time{}); err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.out, "The old one still works in Databricks until it is deleted there.")
	return err
}

// withAdmin finishes a rotation that was switched already, or makes a new secret, switches to it, and offers to delete the old one.
func (r *rotation) withAdmin(ctx context.Context) error {
	var err error
	if r.journal, err = r.app.journal(); err != nil {
		return err
	}
	if r.session, err = r.app.session(ctx, &r.flags.admin, lineOf(r.saved)); err != nil {
		return err
	}
	defer r.session.Close()
	if finished, err := r.finish(ctx); err != nil || finished {
		return err
	}
	old := r.idOf(r.saved.Credentials.Secret)
	plan, err := r.session.PlanRotate(ctx, r.journal, admin.Rotate{
		Principal: principalOf(r.saved), InUse: r.inUse(), Lifetime: time.Duration(r.flags.days) * 24 * time.Hour,
	})
	if err != nil {
		return err
	}
	r.sayPlan(plan)
	if len(r.sharing) > 1 {
		r.sayList("Saved connections that are switched together", names(r.sharing))
	}
	confirmed, err := r.confirmed(plan, r.flags.yes)
	if err != nil {
		return err
	}
	out, err := r.session.Apply(ctx, confirmed, r.journal)
	if err != nil {
		return err
	}
	if err := r.change(ctx, out.Secret, out.Expires); err != nil {
		_, _ = fmt.Fprintf(r.err, "The new secret, %s, is in no saved connection. Running rotate again deletes it and makes another.\n", connector.CleanLine(out.SecretID, 64))
		return err
	}
	return r.retire(ctx, old)
}

// idOf is the id of a secret that was made here, empty for any other.
func (r *rotation) idOf(secret connector.Secret) string {
	entries, err := r.journal.Entries()
	if err != nil {
		return ""
	}
	for _, e := range slices.Backward(entries) {
		if e.Kind == admin.CreateSecret && e.Event == admin.Done && r.concerns(e) && e.Result.Fingerprint == secret.Fingerprint() {
			return e.Result.SecretID
		}
	}
	return ""
}

// concerns reports whether a journal entry is about the principal of the connection.
func (r *rotation) concerns(e admin.Entry) bool {
	return e.Host == r.saved.Host.String() && strings.EqualFold(e.Target.ApplicationID, principalOf(r.saved))
}

func names(connections []connector.Connection) []string {
	out := make([]string, len(connections))
	for i, c := range connections {
		out[i] = c.Name
	}
	return out
}
