package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
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
	plan := localPlan(c)
	j, err := a.journal()
	if err != nil {
		return err
	}
	if level > admin.LocalOnly {
		if s, err = a.session(ctx, &f.admin, lineOf(c)); err != nil {
			return err
		}
		defer s.Close()
		others, _, err := v.List(ctx)
		if err != nil {
			return err
		}
		others = slices.DeleteFunc(others, func(o connector.Connection) bool { return o.ID == c.ID })
		plan, err = s.PlanDisconnect(ctx, j, admin.Disconnect{Level: level, Connection: c, SecretID: f.secretID, Others: others})
		if err != nil {
			return workspaceError(ctx, "", err)
		}
	}
	if f.asJSON && f.dryRun {
		return a.printJSON(planReportOf(plan))
	}
	if err := a.sayEnding(plan, c); err != nil || f.dryRun {
		return err
	}
	confirmed, err := a.confirmed(plan, f.yes)
	if err != nil {
		return err
	}
	if s != nil {
		if _, err := s.Apply(ctx, confirmed, j); err != nil {
			return workspaceError(ctx, "", err)
		}
	}
	return a.forget(ctx, v, c, plan)
}

// localPlan deletes nothing but the saved connection, which the caller does.
func localPlan(c connector.Connection) admin.Plan {
	return admin.Plan{
		Purpose: "disconnect", Name: c.Name, Host: c.Host,
		Target: admin.Target{ApplicationID: principalOf(c), DisplayName: c.Principal.DisplayName.Raw()},
		Kept:   []string{"everything in the workspace: the service principal, its secrets and its grants"},
	}
}

func (a *app) sayEnding(p admin.Plan, c connector.Connection) error {
	deleted := append(p.Deleted(), fmt.Sprintf("saved connection %s on this machine, with its secret", c.Name))
	a.sayColumns("Will be deleted", "Will be kept", deleted, p.Kept)
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

// forget deletes the saved connection at the very end, so that an interrupted run can be repeated by its name.
func (a *app) forget(ctx context.Context, v *vault.Vault, c connector.Connection, p admin.Plan) error {
	if err := v.Delete(ctx, c.ID); err != nil {
		return err
	}
	where := "In Databricks nothing changed."
	if n := len(p.Changes); n > 0 {
		where = fmt.Sprintf("In Databricks %s made.", words.Plural(n, "change was", "changes were"))
	}
	_, err := fmt.Fprintf(a.out, "Disconnected %q. %s\n", c.Name, where)
	return err
}
