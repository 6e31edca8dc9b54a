package cmd

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// grantsFlags are what to compare and in which form to say it.
type grantsFlags struct {
	at                                 workspaceFlags
	admin                              adminFlags
	chosen                             choiceFlags
	principal, as, handoff             string
	sql, asJSON, watching, overwriting bool
}

func (a *app) grants() *cobra.Command {
	var f grantsFlags
	c := &cobra.Command{
		Use: "grants [NAME]", Short: "Compare the privileges of a principal with what it needs", ValidArgsFunction: a.completeNames,
		Long: "Compare the privileges of a principal with what it needs: what it has and where from, what is missing, and what it has\n" +
			"beyond that. Name a saved connection, or give --host, --catalog, --schema and --principal; then it looks with the\n" +
			"credentials of a saved connection of that host, or as an admin.\n\n" +
			"The exit code is 40 when something is missing. --sql, --as and --handoff end with 0 when they said it.",
		Args: func(_ *cobra.Command, args []string) error { return f.wanted(args) },
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			q, err := a.inquiry(ctx, &f, args)
			if err != nil {
				return err
			}
			if q.session != nil {
				defer q.session.Close()
			}
			if f.watching {
				return workspaceError(ctx, "", a.watchGrants(ctx, q))
			}
			seen, err := q.look(ctx)
			if err != nil {
				return workspaceError(ctx, "", err)
			}
			return a.tellGrants(q, seen, f)
		},
	}
	f.at.register(c)
	f.chosen.register(c)
	f.admin.register(c)
	flags := c.Flags()
	flags.StringVar(&f.principal, "principal", "", "service principal: application ID, SCIM id or display name")
	flags.BoolVar(&f.sql, "sql", false, "only the GRANT statements for what is missing")
	flags.StringVar(&f.as, "as", "", "what is missing as rest, cli or terraform")
	flags.BoolVar(&f.asJSON, "json", false, "as JSON")
	flags.BoolVar(&f.watching, "watch", false, "look again until nothing is missing")
	flags.StringVar(&f.handoff, "handoff", "", "write one page for each owner who has to grant something into this folder")
	flags.BoolVar(&f.overwriting, "overwrite", false, "with --handoff, replace files that are there and differ")
	return c
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
		return exactName(nil, args)
	case len(args) == 1 && (f.chosen.given() || f.at.host != "" || f.principal != ""):
		return usage("A saved connection says itself what it reads and as whom.", "Give its name alone, or --host, --catalog, --schema and --principal.")
	case len(args) == 0 && f.principal == "":
		return usage("Whose privileges are to be compared is not said.", "Name a saved connection, or give --host, --catalog, --schema and --principal.")
	case forms > 1:
		return usage("--sql, --as, --json, --watch and --handoff each say it in another form.", "Give one of them.")
	case f.as != "" && f.as != "rest" && f.as != "cli" && f.as != "terraform":
		return usage(fmt.Sprintf("%q is none of the forms.", connector.CleanLine(f.as, 20)), "Give --as rest, --as cli or --as terraform.")
	}
	return nil
}

// inquiry works out what to compare, and signs in as an admin where that is asked for.
func (a *app) inquiry(ctx context.Context, f *grantsFlags, args []string) (*inquiry, error) {
	q := &inquiry{app: a, principal: f.principal}
	var err error
	if len(args) == 1 {
		_, c, err := a.load(ctx, args[0])
		if err != nil {
			return nil, err
		}
		q.name, q.to, q.chosen, q.signIn = c.Name, lineOf(c), choiceOf(c), c.Credentials
		if f.admin.given() {
			q.principal = setup.PrincipalOf(c)
		}
	} else {
		if q.chosen, err = f.chosen.parse(); err != nil {
			return nil, err
		}
		if q.to, err = f.at.line(&f.admin); err != nil {
			return nil, err
		}
	}
	switch {
	case f.admin.given():
		q.session, err = a.session(ctx, &f.admin, q.to)
	case q.name == "":
		err = a.borrow(ctx, q)
	}
	return q, err
}

// borrow takes the credentials of a saved connection of the workspace, best those of the principal that is asked about.
func (a *app) borrow(ctx context.Context, q *inquiry) error {
	_, saved, err := a.everyConnection(ctx)
	if err != nil {
		return err
	}
	saved = slices.DeleteFunc(saved, func(c connector.Connection) bool { return c.Host.String() != q.to.host.String() })
	if len(saved) == 0 {
		return usage("No saved connection signs in to "+q.to.host.String()+".", "Sign in as an admin: --admin, --admin-profile or --admin-client-id.")
	}
	best := max(0, slices.IndexFunc(saved, func(c connector.Connection) bool { return called(c.Principal, q.principal) }))
	q.signIn = saved[best].Credentials
	if len(q.to.caCerts) == 0 {
		q.to.caCerts = saved[best].CACerts
	}
	return nil
}

// A grant can take up to a minute to be seen everywhere and an entitlement ten, so it is looked for often at first and then less.
const (
	lookSoon  = 5 * time.Second
	lookLater = 15 * time.Second
	soonLooks = 12
)

// watchGrants looks until nothing is missing, and says each time what changed.
func (a *app) watchGrants(ctx context.Context, q *inquiry) error {
	had := map[string]bool{}
	for look := 1; ; look++ {
		seen, err := q.look(ctx)
		if err != nil {
			return err
		}
		a.sayChanges(seen, had, look == 1)
		if seen.Done() {
			_, err := fmt.Fprintln(a.out, "Nothing is missing.")
			return err
		}
		pause := lookSoon
		if look > soonLooks {
			pause = lookLater
		}
		if look == 1 {
			_, _ = fmt.Fprintf(a.out, "Waiting for what is missing. A grant can take a minute to be seen, an entitlement ten. Ctrl+C leaves.\n")
		}
		if a.pause(ctx, pause) != nil {
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
