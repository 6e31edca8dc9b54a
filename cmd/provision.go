package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// provisionFlags say what a connection needs in the workspace.
type provisionFlags struct {
	at                        workspaceFlags
	admin                     adminFlags
	chosen                    choiceFlags
	principal, create         string
	another                   bool
	warehouse, saveAs, yes    string
	days                      int
	dryRun, apply, json, runs bool
}

func (a *app) provision() *cobra.Command {
	var f provisionFlags
	c := &cobra.Command{
		Use: "provision", Short: "Make in Databricks, as an admin, what a connection needs", Args: noArgs,
		Long: "Make in Databricks what a connection needs: the service principal, its entitlement, CAN_USE on the SQL warehouse, the\n" +
			"missing grants, and with --save-as its OAuth secret, which goes straight into the saved connection and is never shown.\n\n" +
			"Without --apply it shows the plan and changes nothing: each object, the exact request, before and after. --apply asks\n" +
			"for a name to confirm, or takes it from --yes, and writes every step into a journal. It can be run again at any time:\n" +
			"what is there is kept, and the rest is made.",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.wanted(); err != nil {
				return err
			}
			if f.apply && f.dryRun && c.Flags().Changed("dry-run") {
				return usage("--dry-run changes nothing, and --apply carries the plan out.", "Give one of them.")
			}
			return a.runProvision(c.Context(), &f)
		},
	}
	f.at.register(c)
	f.admin.register(c)
	f.chosen.register(c)
	flags := c.Flags()
	flags.StringVar(&f.principal, "principal", "", "the service principal to use: application ID, SCIM id or display name")
	flags.StringVar(&f.create, "create", "", "make a service principal with this display name")
	flags.BoolVar(&f.another, "another", false, "with --create, make one although others have the name")
	flags.StringVar(&f.warehouse, "warehouse", "", "SQL warehouse to read through: its ID or its name")
	flags.StringVar(&f.saveAs, "save-as", "", "make an OAuth secret and save the connection with it under this name")
	flags.IntVar(&f.days, "secret-days", 0, "with --save-as, how many days the secret lasts; 0 is as long as there is, 730")
	flags.BoolVar(&f.runs, "start", false, "with --save-as, start the SQL warehouse when it is stopped, which costs money while it runs")
	flags.BoolVar(&f.dryRun, "dry-run", true, "show the plan and change nothing; this is the default")
	flags.BoolVar(&f.apply, "apply", false, "carry the plan out after confirmation")
	flags.StringVar(&f.yes, "yes", "", "with --apply, confirm with this name, without being asked")
	flags.BoolVar(&f.json, "json", false, "the plan as JSON, without --apply")
	return c
}

// wanted refuses what does not go together.
func (f *provisionFlags) wanted() error {
	switch {
	case (f.principal == "") == (f.create == ""):
		return usage("It takes one service principal.", "Give --principal for one that is there, or --create for a new one.")
	case f.yes != "" && !f.apply:
		return usage("--yes confirms a plan, and without --apply nothing is changed.", "Add --apply, or leave --yes out.")
	case f.json && f.apply:
		return usage("--json shows the plan, and --apply carries it out.", "Give one of them.")
	case f.saveAs != "" && (f.warehouse == "" || len(f.chosen.tables) == 0):
		return usage("A connection reads tables through a SQL warehouse.", "With --save-as, give --warehouse and --table.")
	}
	return nil
}

// provisioning is one run of provision.
type provisioning struct {
	*app
	flags   *provisionFlags
	to      line
	chosen  choice
	session *admin.Session
	journal *admin.Journal
	vault   *vault.Vault
	saved   []connector.Connection // to the workspace
	there   connector.Connection   // the one that an earlier run saved, if it did
	through connector.Warehouse
}

func (a *app) runProvision(ctx context.Context, f *provisionFlags) error {
	p := provisioning{app: a, flags: f}
	if err := p.prepare(ctx); err != nil {
		return workspaceError(ctx, "", err)
	}
	defer p.session.Close()
	plan, err := p.plan(ctx)
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	if f.json {
		return a.printJSON(planReportOf(plan))
	}
	a.sayPlan(plan)
	if !f.apply {
		_, err := fmt.Fprintln(a.out, "Nothing was changed. Add --apply to carry this out.")
		return err
	}
	if !plan.Empty() {
		confirmed, err := a.confirmed(plan, f.yes)
		if err != nil {
			return err
		}
		if err := p.apply(ctx, confirmed); err != nil {
			return workspaceError(ctx, "", err)
		}
	}
	if f.saveAs == "" {
		return nil
	}
	return p.prove(ctx)
}

// prepare asks for everything that could stop the run later, before anything is planned.
func (p *provisioning) prepare(ctx context.Context) error {
	f := p.flags
	var err error
	if p.to, err = f.at.line(&f.admin); err != nil {
		return err
	}
	if f.chosen.given() || f.saveAs != "" {
		if p.chosen, err = f.chosen.parse(); err != nil {
			return err
		}
	}
	if f.saveAs != "" {
		if f.saveAs, err = connector.ParseConnectionName(f.saveAs); err != nil {
			return err
		}
		if err := p.openVault(ctx); err != nil {
			return err
		}
	}
	if p.journal, err = p.app.journal(); err != nil {
		return err
	}
	if p.session, err = p.app.session(ctx, &f.admin, p.to); err != nil {
		return err
	}
	if p.through, err = p.findWarehouse(ctx); err != nil {
		p.session.Close()
	}
	return err
}

// openVault finds out whether the connection can be saved, and whether an earlier run saved it.
func (p *provisioning) openVault(ctx context.Context) error {
	var all []connector.Connection
	var err error
	if p.vault, all, err = p.everyConnection(ctx); err != nil {
		return err
	}
	switch {
	case p.vault.Locked() && !p.flags.apply:
		return nil
	case p.vault.Locked():
		return protector{app: p.app, vault: p.vault}.choosable(ctx)
	}
	for _, c := range all {
		if c.Host.String() == p.to.host.String() {
			p.saved = append(p.saved, c)
		}
	}
	p.there, err = p.vault.Load(ctx, p.flags.saveAs)
	if errors.Is(err, vault.ErrNotFound) {
		p.there = connector.Connection{}
		return nil
	}
	if err == nil && (p.there.Host.String() != p.to.host.String() || p.there.Schema != p.chosen.schema) {
		return usage(fmt.Sprintf("There is already a connection named %q, and it reads something else.", p.there.Name), "Choose another name.")
	}
	return err
}

// findWarehouse looks a warehouse up by its ID or name.
func (p *provisioning) findWarehouse(ctx context.Context) (connector.Warehouse, error) {
	wanted := p.flags.warehouse
	if wanted == "" {
		return connector.Warehouse{}, nil
	}
	var names []string
	var found []connector.Warehouse
	for token := ""; ; {
		page, err := p.session.View().Warehouses(ctx, token)
		if err != nil {
			return connector.Warehouse{}, err
		}
		for _, w := range page.Items {
			names = append(names, w.Name.String())
			if string(w.ID) == wanted || w.Name.Raw() == wanted {
				found = append(found, w)
			}
		}
		if token = page.Next; token == "" {
			break
		}
	}
	switch near := connector.Nearest(wanted, names, 3); {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return connector.Warehouse{}, usage(fmt.Sprintf("%d SQL warehouses are named %q.", len(found), connector.CleanLine(wanted, 100)), "Give the ID of the one that you mean.")
	case len(near) > 0:
		return connector.Warehouse{}, usage(fmt.Sprintf("There is no SQL warehouse %q.", connector.CleanLine(wanted, 100)), fmt.Sprintf("Did you mean %q?", near[0]))
	}
	return connector.Warehouse{}, usage(fmt.Sprintf("There is no SQL warehouse %q.", connector.CleanLine(wanted, 100)), "SQL Warehouses in the workspace shows their names and IDs.")
}

func (p *provisioning) plan(ctx context.Context) (admin.Plan, error) {
	f := p.flags
	want := admin.Provision{
		Principal: f.principal, DisplayName: f.create, Another: f.another, Warehouse: p.through.ID,
		Secret: f.saveAs != "", Lifetime: time.Duration(f.days) * 24 * time.Hour,
	}
	for _, c := range p.saved {
		want.InUse = append(want.InUse, c.Credentials.Secret)
	}
	if !p.chosen.schema.IsZero() {
		want.Needs = p.chosen.needs(func(name connector.TableName) connector.TableKind {
			t, err := p.session.View().Table(ctx, name)
			if err != nil {
				return ""
			}
			return t.Kind
		})
	}
	plan, err := p.session.PlanProvision(ctx, p.journal, want)
	if err != nil {
		return plan, err
	}
	if p.there.ID != "" && setup.PrincipalOf(p.there) != string(plan.Target.ApplicationID) {
		return plan, usage(fmt.Sprintf("There is already a connection named %q, and it signs in as another service principal.", p.there.Name), "Choose another name.")
	}
	makes := slices.ContainsFunc(plan.Changes, func(c admin.Change) bool { return c.Kind == admin.CreateSecret })
	if f.saveAs != "" && p.there.ID == "" && !makes {
		return plan, usage("Another saved connection has the secret of this service principal already.", "See it with draftt-databricks list, or use a service principal of its own.")
	}
	if p.there.ID != "" && makes {
		return plan, usage(fmt.Sprintf("The connection %q is saved, and which secret it signs in with is not known here.", p.there.Name), "Test it, and rotate it if need be; provision without --save-as makes the rest.")
	}
	return plan, nil
}
