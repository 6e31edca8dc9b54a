package cmd

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// disconnectFlags say how far a disconnection goes.
type disconnectFlags struct {
	admin          adminFlags
	level, yes     string
	secretID       string
	dryRun, asJSON bool
}

func (a *app) disconnect() *cobra.Command {
	var f disconnectFlags
	var levels []string
	c := &cobra.Command{
		Use: "disconnect NAME", Short: "End a connection, here and as far as asked in Databricks", Args: meant.ExactName, ValidArgsFunction: a.completeNames,
		Long: "End a connection. It shows what will be deleted and what will be kept, looks what else depends on it, and asks for the\n" +
			"name. The levels, each including those before it:\n\n" + levelLines() + "\n" +
			"All but local take an admin. What is gone already is no failure, so it can be run again.",
		RunE: func(c *cobra.Command, args []string) error {
			if f.asJSON && !f.dryRun {
				return usage("--json shows the plan, and without --dry-run it is carried out.", "Add --dry-run, or leave --json out.")
			}
			level, err := f.parse()
			if err != nil {
				return err
			}
			return a.runDisconnect(c.Context(), args[0], level, &f)
		},
	}
	f.admin.register(c)
	flags := c.Flags()
	flags.StringVar(&f.level, "level", saved.DisconnectionLevels[0].Name, "local, grants, secret or principal")
	for _, level := range saved.DisconnectionLevels {
		levels = append(levels, level.Name+"\t"+level.Does)
	}
	completes(c, "level", levels...)
	flags.StringVar(&f.secretID, "secret-id", "", "with --level secret, the id of the secret to delete")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show the plan and change nothing")
	flags.BoolVar(&f.asJSON, "json", false, "with --dry-run, the plan as JSON")
	flags.StringVar(&f.yes, "yes", "", "confirm with the name of the connection, without being asked")
	return c
}

// parse is the level that --level names.
func (f *disconnectFlags) parse() (admin.Level, error) {
	var names []string
	for _, level := range saved.DisconnectionLevels {
		if level.Name == strings.ToLower(f.level) {
			return level.Level, nil
		}
		names = append(names, level.Name)
	}
	return admin.LocalOnly, usage(fmt.Sprintf("%q is no level.", connector.CleanLine(f.level, 20)), meant.Nearest(f.level, names)+"Give --level "+strings.Join(names, ", ")+".")
}

func levelLines() (lines string) {
	for _, level := range saved.DisconnectionLevels {
		lines += fmt.Sprintf("  %-9s  %s\n", level.Name, level.Does)
	}
	return lines
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
	d, err := saved.Disconnect(a.environment(v), c, s)
	if err != nil {
		return err
	}
	plan, err := d.Plan(ctx, level, f.secretID)
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	if f.asJSON {
		return a.printJSON(report.OfEnding(plan, d.Ending(plan)))
	}
	if err := a.sayEnding(plan, d); err != nil || f.dryRun {
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

func (a *app) sayEnding(p admin.Plan, d *saved.Disconnection) error {
	end := d.Ending(p)
	a.sayColumns(end.Deleted.Title, end.Kept.Title, end.Deleted.Lines, end.Kept.Lines)
	for _, section := range []saved.Section{end.Revoked, end.Uses, end.Again, end.Requests} {
		a.sayList(section.Title, section.Lines)
	}
	for _, warning := range p.Warnings {
		_, _ = fmt.Fprintf(a.out, "\n! %s\n", warning)
	}
	_, err := fmt.Fprintln(a.out)
	return err
}
