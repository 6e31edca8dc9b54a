package partners

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

func (d group) list() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "list", Short: "Which partners are connected, by what they left and how sure that is", Args: d.NoArgs,
		Long: "Which partners are connected to a workspace. Databricks has no list to ask, so it is inferred from service principals with the\n" +
			"name PARTNER_USER, their tokens and OAuth secrets, and warehouses; each piece of evidence is shown. What only reminds of a\n" +
			"partner is listed apart. It takes a workspace admin, and reads only.\n\n" +
			"A partner that people sign in to may have left an OAuth app of the account alone: with --account those are read too, which\n" +
			"takes an account admin.",
	}
	signIn := d.SignIn(c)
	at := accountOf(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	list := d.with(signIn, func(ctx context.Context, s *admin.Session) error {
		traces, err := d.look(ctx, s, at)
		if err != nil {
			return err
		}
		in := partner.Infer(traces)
		if asJSON {
			return d.JSON(ofInference(s.Host(), in))
		}
		d.say("Partners connected to %s", s.Host())
		d.say("%s", partner.Inferred)
		d.reading(s)
		if len(in.Connections) == 0 {
			d.say("\n%s", none(s, partner.NoConnection))
		}
		d.sections(in.Sections())
		return nil
	})
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := at.Check(); err != nil {
			return err //nolint:wrapcheck // it has words of its own
		}
		return list(c, args)
	}
	return c
}

func (d group) orphans() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "orphans", Short: "What service principals that are gone left behind", Args: d.NoArgs,
		Long: "Warehouses, clusters, tokens, catalogs and schemas of service principals that are not in the workspace any more. It lists them,\n" +
			"with what to do, and changes nothing.",
	}
	signIn := d.SignIn(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	c.RunE = d.with(signIn, func(ctx context.Context, s *admin.Session) error {
		all, unseen, err := partner.Orphans(ctx, s)
		if err != nil {
			return err
		}
		if asJSON {
			return d.JSON(ofOrphans(s.Host(), all, unseen))
		}
		if len(all) == 0 {
			d.say("%s", none(s, partner.NoOrphan))
		}
		d.sections([]partner.Section{{Title: "Left in " + s.Host().String(), Lines: partner.OrphanLines(all)}, {Title: "Not looked at", Lines: unseen}})
		return nil
	})
	return c
}

func (d group) catalogs() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "catalogs", Short: "Which catalogs you can select for a partner, before Partner Connect refuses one", Args: d.NoArgs,
		Long: "Which catalogs whoever signs in can select for a partner: those that they own, all for a metastore admin, and hive_metastore. A\n" +
			"partner that does not know Unity Catalog uses the default catalog of the workspace alone.",
	}
	signIn := d.SignIn(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	c.RunE = d.with(signIn, func(ctx context.Context, s *admin.Session) error {
		all, err := partner.Catalogs(ctx, s)
		if err != nil {
			return err
		}
		if asJSON {
			return d.JSON(ofVerdicts(s.Host(), all))
		}
		d.sections([]partner.Section{{Title: "Catalogs in " + s.Host().String(), Lines: partner.VerdictLines(all)}, {Title: "For a partner that does not know Unity Catalog", Lines: []string{partner.WithoutUnity(all)}}})
		return nil
	})
	return c
}

// none says that nothing was found, of somebody who is not shown everything no more than that.
func none(s *admin.Session, whole string) string {
	if !s.Admin() {
		return partner.NoneShown
	}
	return whole
}
