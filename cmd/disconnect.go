package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// disconnectLevels are the words of --level, each including those before it.
var disconnectLevels = []string{admin.LocalOnly: "local", admin.RevokeGrants: "grants", admin.RevokeSecret: "secret", admin.DeleteThePrincipal: "principal"}

// disconnectFlags say how far a disconnection goes.
type disconnectFlags struct {
	admin          adminFlags
	level, yes     string
	secretID       string
	dryRun, asJSON bool
}

func (a *app) disconnect() *cobra.Command {
	var f disconnectFlags
	c := &cobra.Command{
		Use: "disconnect NAME", Short: "End a connection, here and as far as asked in Databricks", Args: exactName, ValidArgsFunction: a.completeNames,
		Long: "End a connection. It shows what will be deleted and what will be kept, looks what else depends on it, and asks for the\n" +
			"name. The levels, each including those before it:\n\n" +
			"  local      delete the saved connection on this machine; nothing changes in Databricks\n" +
			"  grants     revoke the privileges that no other saved connection needs\n" +
			"  secret     delete its OAuth secret\n" +
			"  principal  delete the service principal\n\n" +
			"All but local take an admin. What is gone already is no failure, so it can be run again.",
		RunE: func(c *cobra.Command, args []string) error {
			level := slices.Index(disconnectLevels, strings.ToLower(f.level))
			if level < 0 {
				return usage(fmt.Sprintf("%q is no level.", connector.CleanLine(f.level, 20)), "Give --level "+strings.Join(disconnectLevels, ", ")+".")
			}
			return a.runDisconnect(c.Context(), args[0], admin.Level(level), &f)
		},
	}
	f.admin.register(c)
	flags := c.Flags()
	flags.StringVar(&f.level, "level", disconnectLevels[admin.LocalOnly], "local, grants, secret or principal")
	flags.StringVar(&f.secretID, "secret-id", "", "with --level secret, the id of the secret to delete")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show the plan and change nothing")
	flags.BoolVar(&f.asJSON, "json", false, "with --dry-run, the plan as JSON")
	flags.StringVar(&f.yes, "yes", "", "confirm with the name of the connection, without being asked")
	return c
}

func (a *app) runDisconnect(ctx context.Context, name string, level admin.Level, f *disconnectFlags) error {
	v, c, err := a.load(ctx, name)
	if err != nil {
		return err
	}
	var s *admin.Session
	if level > admin.LocalOnly {
		if s, err = a.session(ctx, &f.admin, setup.TargetOf(c)); err != nil {
			return err
		}
		defer s.Close()
	}
	env := a.environment()
	env.Vault = v
	d, err := env.Disconnect(c, s)
	if err != nil {
		return err
	}
	plan, err := d.Plan(ctx, level, f.secretID)
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	if f.asJSON && f.dryRun {
		return a.printJSON(planReportOf(plan))
	}
	if err := a.sayEnding(plan, d, c); err != nil || f.dryRun {
		return err
	}
	confirmed, err := a.confirmed(plan, f.yes)
	if err != nil {
		return err
	}
	told, err := d.Apply(ctx, confirmed, admin.Watch{})
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	_, err = fmt.Fprintln(a.out, told)
	return err
}

func (a *app) sayEnding(p admin.Plan, d *setup.Disconnection, c connector.Connection) error {
	a.sayColumns("Will be deleted", "Will be kept", d.Deleted(p), p.Kept)
	var requests []string
	for _, change := range p.Changes {
		requests = append(requests, strings.TrimSpace(fmt.Sprintf("%s %s", requestText(change.Request), connector.EscapeJSON(change.Request.Body))))
	}
	a.sayList("Requests", requests)
	a.sayUses(p.Uses)
	for _, warning := range p.Warnings {
		_, _ = fmt.Fprintf(a.out, "\n! %s\n", warning)
	}
	a.sayList("To connect again it takes", admin.Reconnect(c))
	_, err := fmt.Fprintln(a.out)
	return err
}
