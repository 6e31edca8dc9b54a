package partner

import (
	"cmp"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Choice is what is selected for a partner. A zero Catalog selects no data.
type Choice struct {
	Catalog   connector.Ident // hive_metastore for data from before Unity Catalog
	Schemas   []connector.SchemaName
	Warehouse connector.WarehouseID
}

// Legacy reports whether hive_metastore is selected.
func (c Choice) Legacy() bool { return c.Catalog.Raw() == connector.HiveMetastore }

// Need is a rule of a set on what was selected.
type Need struct {
	Rule
	Grant     grants.Need           // of Unity and Legacy
	Warehouse connector.WarehouseID // of Warehouse
}

// Title says what is needed on what: "USE CATALOG on catalog main".
func (n Need) Title() string {
	switch n.Kind {
	case Unity, Legacy:
		return n.Grant.Title()
	case Warehouse:
		return "CAN USE on warehouse " + n.Warehouse.String()
	}
	return n.Rule.Title()
}

// Same reports whether two needs are the same one.
func (n Need) Same(other Need) bool {
	return n.Kind == other.Kind && n.Word == other.Word && n.Warehouse == other.Warehouse && n.Grant.On.Same(other.Grant.On)
}

// Wants reports whether something of a kind has to be selected for a set: a catalog, a schema in it, a warehouse.
func (s *Set) Wants(inLegacy bool) (catalog, schema, warehouse bool) {
	for _, r := range s.Rules {
		counts := r.Kind == Unity && !inLegacy || r.Kind == Legacy && inLegacy
		catalog = catalog || counts
		schema = schema || counts && r.On == connector.SchemaType
		warehouse = warehouse || r.Kind == Warehouse
	}
	return catalog, schema, warehouse
}

// Needs are what a set comes to on what was selected. Of the privileges those of Unity Catalog count, or those of hive_metastore where that is
// selected. The error is a *connector.Error of kind ErrInput where too little or too much is selected.
func (s *Set) Needs(c Choice) ([]Need, error) {
	if err := s.fits(c); err != nil {
		return nil, err
	}
	var out []Need
	for _, r := range s.Rules {
		switch r.Kind {
		case Unity, Legacy:
			if c.Legacy() != (r.Kind == Legacy) {
				continue
			}
			for _, on := range objectsOf(r.On, c) {
				out = append(out, Need{Rule: r, Grant: grants.Need{Privilege: connector.Privilege(r.Word), On: on}})
			}
		case Warehouse:
			out = append(out, Need{Rule: r, Warehouse: c.Warehouse})
		default:
			out = append(out, Need{Rule: r})
		}
	}
	return out, nil
}

func (s *Set) fits(c Choice) error {
	wrong := func(what, remedy string) error {
		return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
	}
	catalog, schema, warehouse := s.Wants(c.Legacy())
	switch {
	case catalog && c.Catalog.IsZero():
		return wrong("The set has privileges on a catalog, and none is selected.", "Give --catalog; hive_metastore is the legacy one.")
	case schema && len(c.Schemas) == 0:
		return wrong("The set has privileges on a schema, and none is selected.", "Give --schema.")
	case schema && len(c.Schemas) > 1 && !s.Many:
		return wrong("The document lets such a partner select one schema, and more are given.", "Give one --schema, or write a set of your own with many: true.")
	case warehouse && c.Warehouse == "":
		return wrong("The set has CAN USE on a SQL warehouse, and none is selected.", "Give --warehouse.")
	}
	return nil
}

// allow is what an admin session is asked for to give the needs. runs is the warehouse on which GRANT runs in hive_metastore.
func allow(needs []Need, runs connector.WarehouseID) admin.Allow {
	var out admin.Allow
	for _, n := range needs {
		switch n.Kind {
		case Token:
			out.Tokens = true
		case Entitlement:
			out.Entitlements = append(out.Entitlements, n.Word)
		case Warehouse:
			out.Warehouse = n.Warehouse
		case Unity:
			out.Needs = append(out.Needs, n.Grant)
		case Legacy:
			out.Legacy = append(out.Legacy, n.Grant)
		}
	}
	out.Runs = cmp.Or(runs, out.Warehouse)
	return out
}
