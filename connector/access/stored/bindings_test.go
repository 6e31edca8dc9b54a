package stored_test

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/estate"
)

// isolate has a catalog open in some workspaces alone.
func (c company) isolate(t *testing.T, catalog string, in ...model.Binding) {
	t.Helper()
	admin, _ := c.world.Principal(demo.AdminID)
	yes := true
	if err := c.world.Amend(admin, unity.OnCatalog(catalog), model.Amendment{Isolated: &yes}); err != nil {
		t.Fatal(err)
	}
	bound, err := c.world.Bindings(admin, catalog)
	if err != nil {
		t.Fatal(err)
	}
	var gone []string
	for _, b := range bound {
		gone = append(gone, b.WorkspaceID)
	}
	if _, err := c.world.Bind(admin, catalog, in, gone); err != nil {
		t.Fatal(err)
	}
}

// The workspaces that a catalog is bound to are collected, so that what is bound elsewhere or for reading alone is told apart from what is not known.
// The workspace is known by its number where its host does not have that as well.
func TestTheBindingsOfCatalogsAreCollected(t *testing.T) {
	for _, unnumbered := range []bool{false, true} {
		c := founded(t)
		c.unnumbered = unnumbered
		c.bound(t)
	}
}

func (c company) bound(t *testing.T) {
	t.Helper()
	here := c.world.WorkspaceID()
	c.isolate(t, "hr", model.Binding{WorkspaceID: here, ReadOnly: true}, model.Binding{WorkspaceID: "77"})
	c.isolate(t, "inventory", model.Binding{WorkspaceID: here})
	admin := c.taken(t, c.Admin(), c.AccountAdmin())
	whole, err := estate.CoverageOf(admin)
	if err != nil || !whole.Whole(estate.CatalogBindings) {
		t.Fatalf("%v: %v", whole.Line(estate.CatalogBindings), err)
	}
	f, in, err := stored.Read(admin, access.Table())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct{ uses, makes access.Verdict }{
		"hr": {access.Yes, access.No}, "inventory": {access.Yes, access.Yes}, "finance_eu": {access.No, access.No},
	} {
		on, err := f.Seek(name, in)
		if err != nil {
			t.Fatal(err)
		}
		for right, want := range map[string]access.Verdict{"USE_CATALOG": want.uses, "CREATE_SCHEMA": want.makes} {
			r, _ := f.Rules().ParseRight(access.CatalogKind, right)
			yes, unknown, err := f.Who(r, on, in)
			if err != nil || len(unknown) > 0 || (len(yes) > 0) != (want == access.Yes) || len(f.Untold(on, in, []access.Right{r})) > 0 {
				t.Errorf("%s on %s: %v, unknown of %v; %v", right, name, yes, unknown, err)
			}
		}
	}
	connector := c.taken(t, c.Connector(), demo.Credentials{})
	part, err := estate.CoverageOf(connector)
	if err != nil || part.Whole(estate.CatalogBindings) || part.Whole(estate.IsolatedCatalogs) {
		t.Errorf("the connector is told all bindings: %+v, %v", part.Line(estate.CatalogBindings), err)
	}
	if i := slices.IndexFunc(part.Resources, func(r estate.Seen) bool { return r.ID == "unity" }); part.Resources[i].State.Whole() || part.Resources[i].Needs != estate.MetastoreAdmin {
		t.Errorf("the ledger says of Unity Catalog: %+v", part.Resources[i])
	}
	f, in, err = stored.Read(connector, access.Table())
	if err != nil {
		t.Fatal(err)
	}
	if on, err := f.Seek("inventory", in); err == nil {
		r, _ := f.Rules().ParseRight(access.CatalogKind, "CREATE_SCHEMA")
		if doubts := f.SayDoubts(f.Untold(on, in, []access.Right{r})); !slices.Contains(doubts, "Not collected: the workspaces of catalog inventory.") {
			t.Errorf("not collected: %q", doubts)
		}
	} else {
		t.Error(err)
	}
}
