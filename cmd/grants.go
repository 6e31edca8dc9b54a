package cmd

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// grantsFlags are what to compare and in which form to say it.
type grantsFlags struct {
	at                                 workspaceFlags
	admin                              adminFlags
	selection                          selectionFlags
	principal, as, handoff             string
	sql, asJSON, watching, overwriting bool
}

// grantForms are those of --as.
var grantForms = []string{"rest", "cli", "terraform"}

func (a *app) grants() *cobra.Command {
	var f grantsFlags
	c := &cobra.Command{
		Use: "grants [NAME]", Short: "Compare the privileges of a principal with what it needs", ValidArgsFunction: a.completeNames,
		Long: "Compare the privileges of a principal with what it needs: what it has and where from, what is missing, and what it has\n" +
			"beyond that. Name a saved connection, or give --host, --catalog, --schema and --principal; then it looks with the\n" +
			"credentials of a saved connection of that host, or as an admin.\n\n" +
			"The exit code is 40 when something is missing. --sql, --as and --handoff end with 0 when they said it.",
		Args: func(_ *cobra.Command, args []string) error { return f.wanted(args) },
		RunE: func(c *cobra.Command, args []string) error { return a.runGrants(c.Context(), &f, args) },
	}
	f.at.register(c)
	f.selection.register(c)
	f.admin.register(c)
	flags := c.Flags()
	flags.StringVar(&f.principal, "principal", "", "service principal: application ID, SCIM id or display name")
	flags.BoolVar(&f.sql, "sql", false, "only the GRANT statements for what is missing")
	flags.StringVar(&f.as, "as", "", "what is missing as rest, cli or terraform")
	completes(c, "as", grantForms...)
	flags.BoolVar(&f.asJSON, "json", false, "as JSON")
	flags.BoolVar(&f.watching, "watch", false, "look again until nothing is missing")
	flags.StringVar(&f.handoff, "handoff", "", "write one page for each owner who has to grant something into this folder")
	_ = c.MarkFlagDirname("handoff")
	flags.BoolVar(&f.overwriting, "overwrite", false, "with --handoff, replace files that are there and differ")
	return c
}

func (a *app) runGrants(ctx context.Context, f *grantsFlags, args []string) error {
	q, err := a.grantsAsked(ctx, f, args)
	if err != nil {
		return err
	}
	end, err := a.lookingAs(ctx, f, q)
	if err != nil {
		return err
	}
	defer end()
	if f.watching {
		return workspaceError(ctx, "", a.watchGrants(ctx, q))
	}
	seen, err := q.Look(ctx)
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	return a.long(func() error { return a.tellGrants(q, seen, *f) })
}

// wanted refuses what does not go together.
func (f *grantsFlags) wanted(args []string) error {
	forms := 0
	for _, on := range []bool{f.sql, f.asJSON, f.watching, f.as != "", f.handoff != ""} {
		if on {
			forms++
		}
	}
	switch {
	case len(args) > 1:
		return meant.ExactName(nil, args)
	case len(args) == 1 && (f.selection.given() || f.at.host != "" || f.principal != ""):
		return usage("A saved connection says itself what it reads and as whom.", "Give its name alone, or --host, --catalog, --schema and --principal.")
	case len(args) == 0 && f.principal == "":
		return usage("Whose privileges are to be compared is not said.", "Name a saved connection, or give --host, --catalog, --schema and --principal.")
	case forms > 1:
		return usage("--sql, --as, --json, --watch and --handoff each say it in another form.", "Give one of them.")
	case f.as != "" && !slices.Contains(grantForms, f.as):
		return usage(fmt.Sprintf("%q is none of the forms.", connector.CleanLine(f.as, 20)), meant.Nearest(f.as, grantForms)+"Give --as rest, --as cli or --as terraform.")
	}
	return nil
}

// grantsAsked is what to compare, and who is to look.
func (a *app) grantsAsked(ctx context.Context, f *grantsFlags, args []string) (*saved.GrantsCheck, error) {
	env := a.environment(nil)
	if len(args) == 1 {
		_, one, err := a.load(ctx, args[0])
		if err != nil {
			return nil, err
		}
		return saved.GrantsOfSaved(env, one), nil
	}
	reads, err := f.selection.parse()
	if err != nil {
		return nil, err
	}
	to, err := f.at.target(a, &f.admin)
	if err != nil {
		return nil, err
	}
	return saved.GrantsOf(env, f.principal, to, reads), nil
}

// lookingAs finds somebody to look: an admin where one is named, and otherwise a saved connection of the workspace. It gives the end of it.
func (a *app) lookingAs(ctx context.Context, f *grantsFlags, q *saved.GrantsCheck) (end func(), err error) {
	end = func() {}
	switch {
	case f.admin.given():
		session, err := a.session(ctx, &f.admin, q.Target)
		if err != nil {
			return end, err
		}
		q.As(session)
		return session.Close, nil
	case q.Connection == "":
		_, all, err := a.everyConnection(ctx)
		if err != nil {
			return end, err
		}
		return end, q.Borrow(all)
	}
	return end, nil
}

// watchGrants looks until nothing is missing, and says each time what changed.
func (a *app) watchGrants(ctx context.Context, q *saved.GrantsCheck) error {
	had := map[string]bool{}
	for look := 1; ; look++ {
		seen, err := q.Look(ctx)
		if err != nil {
			return err
		}
		a.sayChanges(seen, had, look == 1)
		if seen.Done() {
			_, err := fmt.Fprintln(a.out, saved.NothingMissing)
			return err
		}
		if look == 1 {
			_, _ = fmt.Fprintf(a.out, "Waiting for what is missing. A grant can take a minute to be seen, an entitlement ten. Ctrl+C leaves.\n")
		}
		if a.pause(ctx, setup.RecheckPause(look)) != nil {
			return &exitError{code: check.ExitPermissions, quiet: true}
		}
	}
}

// pause waits, or ends with ctx.
func (a *app) pause(ctx context.Context, d time.Duration) error {
	if a.wait != nil {
		return a.wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// sayChanges says each line whose state is another than before, or all of them the first time.
func (a *app) sayChanges(seen saved.GrantsView, had map[string]bool, all bool) {
	say := func(need grants.Need, held bool, line string) {
		key := need.Title()
		if before, known := had[key]; all || !known || before != held {
			_, _ = fmt.Fprintln(a.out, line)
		}
		had[key] = held
	}
	for _, l := range seen.Have {
		say(l.Need, true, saved.Held(l))
	}
	for _, l := range seen.Missing {
		say(l.Need, false, saved.Missing(l))
	}
	if all && seen.Obstacle != "" {
		_, _ = fmt.Fprintf(a.out, "! %s\n", seen.Obstacle)
	}
}
