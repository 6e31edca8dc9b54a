package partners

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

// choiceFlags say which set is meant, and what is selected for it.
type choiceFlags struct {
	file, catalog, warehouse, principal, runs, as string
	schemas                                       []string
	asJSON                                        bool
}

func (d group) choose(c *cobra.Command, f *choiceFlags) {
	flags := c.Flags()
	d.Reads(c, &f.file, "set", "a set of your own, in this YAML file, instead of that of the document")
	_ = c.MarkFlagFilename("set", "yaml", "yml", "json")
	flags.StringVar(&f.catalog, "catalog", "", "the selected catalog; hive_metastore is the legacy one")
	flags.StringArrayVar(&f.schemas, "schema", nil, "the selected schema, alone or as CATALOG.SCHEMA; may be given several times")
	flags.StringVar(&f.warehouse, "warehouse", "", "id of the selected SQL warehouse")
	flags.StringVar(&f.principal, "principal", "", "service principal: application ID, SCIM id or display name; else PARTNER_USER")
	flags.StringVar(&f.runs, "sql-warehouse", "", "id of the SQL warehouse that runs SQL for hive_metastore; it starts where it is stopped, which costs money")
	flags.StringVar(&f.as, "as", "", "only what is to be done, as "+strings.Join(partner.Forms, ", "))
	d.Words(c, "as", partner.Forms...)
	flags.BoolVar(&f.asJSON, "json", false, "as JSON")
}

func (f *choiceFlags) wanted() error {
	switch {
	case f.as != "" && !slices.Contains(partner.Forms, f.as):
		return refused(fmt.Sprintf("%q is none of the forms.", connector.CleanLine(f.as, 20)), "Give --as "+strings.Join(partner.Forms, ", --as ")+".")
	case f.as != "" && f.asJSON:
		return refused("--as and --json each say it in another form.", "Give one of them.")
	}
	return nil
}

// set is the partner that is named, with its set or that of a file.
func (d group) set(f *choiceFlags, args []string) (partner.Partner, error) {
	var p partner.Partner
	if len(args) == 1 {
		found, err := partner.Find(args[0])
		if err != nil && f.file == "" {
			return p, err
		}
		if p = found; err != nil {
			p = partner.Partner{Name: connector.CleanLine(args[0], 60)}
		}
	}
	if f.file != "" {
		from, err := d.Read(f.file)
		if err != nil {
			return p, err
		}
		content, err := flatfile.Load(from, "The set")
		if err != nil {
			return p, err //nolint:wrapcheck // it says what to do
		}
		if p.Set, err = partner.ReadSet(content, connector.CleanLine(from.String(), 200)); err != nil {
			return p, err //nolint:wrapcheck // it says what to do
		}
		if p.Name == "" {
			p.Name = p.Set.Name
		}
	}
	switch {
	case p.Name == "":
		return p, refused("No partner is named.", "Name one, or give --set FILE.")
	case p.Set == nil:
		return p, refused("The document has no set for "+p.Name+".", "Write one of your own and give --set FILE.")
	}
	return p, nil
}

// selected is what the flags select.
func (f *choiceFlags) selected() (partner.Choice, error) {
	c := partner.Choice{Warehouse: connector.WarehouseID(strings.TrimSpace(f.warehouse))}
	for _, text := range f.schemas {
		catalog, schema := f.catalog, text
		if first, rest, dotted := strings.Cut(text, "."); dotted && (catalog == "" || catalog == first) {
			catalog, schema = first, rest
		}
		name, err := connector.ParseSchemaParts(catalog, schema)
		if err != nil {
			return c, err //nolint:wrapcheck // it says what to do
		}
		if !c.Catalog.IsZero() && c.Catalog != name.Catalog {
			return c, refused("The schemas are in two catalogs, and one is selected for a partner.", "Give schemas of one catalog.")
		}
		c.Catalog, c.Schemas = name.Catalog, append(c.Schemas, name)
	}
	if f.catalog == "" {
		return c, nil
	}
	catalog, err := connector.ParseIdent(f.catalog)
	c.Catalog = catalog
	return c, err //nolint:wrapcheck // it says what to do
}

func (f *choiceFlags) sqlWarehouse() connector.WarehouseID {
	return connector.WarehouseID(strings.TrimSpace(f.runs))
}
