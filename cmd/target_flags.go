package cmd

import (
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/trust"
)

// trustFlags say what is trusted beside the Databricks domains and the certificate authorities of the system.
type trustFlags struct {
	allow  []string
	caFile string
}

func (f *trustFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringArrayVar(&f.allow, "allow-host", nil, "allow a workspace host outside the Databricks domains: HOST, or HOST:PORT where it has another port than 443")
	stdin.File(c, &f.caFile, "ca-file", "trust the certificate authorities in this PEM file as well")
}

// read gives the allowed hosts, and the authorities as PEM.
func (f *trustFlags) read(a *app) (allow connector.AllowList, caCerts []byte, err error) {
	if allow, err = connector.ParseAllowList(f.allow); err != nil || f.caFile == "" {
		return allow, nil, err
	}
	from, err := a.named(f.caFile)
	if err != nil {
		return allow, nil, err
	}
	caCerts, err = trust.ReadPEM(from)
	return allow, caCerts, err
}

// workspaceFlags name a workspace where no saved connection does.
type workspaceFlags struct {
	host  string
	trust trustFlags
}

func (f *workspaceFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.host, "host", "", "workspace host, in any form; else that of the admin's profile")
	f.trust.register(c)
}

// target is the workspace that is named, or that of the admin's profile.
func (f *workspaceFlags) target(a *app, signIn *adminFlags) (to setup.WorkspaceTarget, err error) {
	allow, caCerts, err := f.trust.read(a)
	if err != nil {
		return to, err
	}
	to.CACerts = caCerts
	switch {
	case f.host != "":
		to.Host, _, err = connector.ParseHost(f.host, allow)
	case signIn.profile != "":
		to.Host, err = meant.ProfileHost(signIn.profile, allow)
	default:
		err = usage("No workspace is named.", "Give --host, or an --admin-profile that has one.")
	}
	return to, err
}

// selectionFlags say what is to be read.
type selectionFlags struct {
	catalog, schema, scope string
	tables                 []string
}

func (f *selectionFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.catalog, "catalog", "", "catalog to read from")
	flags.StringVar(&f.schema, "schema", "", "schema to read from, alone or as CATALOG.SCHEMA")
	flags.StringArrayVar(&f.tables, "table", nil, "table to read; may be given several times")
	flags.StringVar(&f.scope, "scope", "", "SELECT on the whole schema or on the tables alone: schema (the default) or tables")
	completes(c, "scope", string(connector.ScopeSchema), string(connector.ScopeTables))
}

func (f *selectionFlags) given() bool {
	return f.catalog+f.schema+f.scope != "" || len(f.tables) > 0
}

func (f *selectionFlags) parse() (setup.Selection, error) {
	return meant.Selection(f.catalog, f.schema, f.tables, f.scope)
}
