package model

import (
	"errors"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

var epoch = time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)

// company is a small world: the reader has nothing, the group readers contains the group that the reader is in, and every object has
// an owner of its own.
func company(t testing.TB) (*World, *ManualClock) {
	t.Helper()
	clock := NewManualClock(epoch)
	w := New(clock, "42", Metastore{ID: "m", Owner: "admin"})
	for _, p := range []Principal{
		{Kind: Group, Name: AccountUsers},
		{Kind: Group, Name: Admins, WorkspaceLocal: true},
		{Kind: Group, Name: "readers", Entitlements: []string{SQLAccess}},
		{Kind: Group, Name: "inner", MemberOf: []string{"readers"}},
		{Kind: ServicePrincipal, Name: "reader", DisplayName: "the reader", Active: true, MemberOf: []string{"inner"}},
		{Kind: User, Name: "stranger", Active: true},
		{Kind: User, Name: "admin", Active: true},
		{Kind: User, Name: "workspace-admin", Active: true, MemberOf: []string{Admins}},
		{Kind: User, Name: "catalog-owner", Active: true},
		{Kind: User, Name: "schema-owner", Active: true},
		{Kind: User, Name: "table-owner", Active: true},
	} {
		w.AddPrincipal(p)
	}
	for _, c := range []Catalog{
		{Name: "c", Owner: "catalog-owner"}, {Name: "elsewhere", Owner: "admin", Isolated: true},
		{Name: "samples", Owner: "nobody", FixedGrants: true}, {Name: "system", Owner: "nobody", NoInheritance: true},
		{Name: "hive_metastore", Owner: "nobody", Legacy: true},
	} {
		must(t, w.AddCatalog(c))
		must(t, w.AddSchema(Schema{Catalog: c.Name, Name: "s", Owner: "schema-owner"}))
		must(t, w.AddTable(Table{Catalog: c.Name, Schema: "s", Name: "t", Owner: "table-owner"}))
	}
	return w, clock
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func principal(t testing.TB, w *World, name string) *Principal {
	t.Helper()
	p, ok := w.Principal(name)
	if !ok {
		t.Fatalf("no principal %s", name)
	}
	return p
}

// refusal gives the *Error that err is.
func refusal(t testing.TB, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is not a refusal", err)
	}
	return e
}

var (
	theCatalog = unity.OnCatalog("c")
	theSchema  = unity.OnSchema("c", "s")
	theTable   = unity.OnTable("c", "s", "t")
)

func TestPrivilegesAreMissedOneLevelAtATime(t *testing.T) {
	w, _ := company(t)
	who := principal(t, w, "reader")
	for _, step := range []struct {
		privilege unity.Privilege
		on        unity.Securable
		text      string
	}{
		{unity.UseCatalog, theCatalog, "Insufficient privileges:\nUser does not have USE CATALOG on Catalog 'c'."},
		{unity.UseSchema, theSchema, "Insufficient privileges:\nUser does not have USE SCHEMA on Schema 'c.s'."},
		{unity.Select, theTable, "Insufficient privileges:\nUser does not have SELECT on Table 'c.s.t'."},
	} {
		e := refusal(t, w.CheckRead(who, "c", "s", "t"))
		if e.SQLText() != step.text || e.SQLState != "42501" || e.Class != "INSUFFICIENT_PERMISSIONS" || e.Status != 403 {
			t.Errorf("refused with %+v", e)
		}
		if link := missing(w, who, "c", "s", "t"); link == nil || *link != (Link{step.privilege, step.on}) {
			t.Errorf("missing %v instead of %s", link, step.privilege.SQL())
		}
		must(t, w.Grant(principal(t, w, "admin"), step.on, step.privilege, "reader"))
	}
	must(t, w.CheckRead(who, "c", "s", "t"))
	if link := missing(w, who, "c", "s", "t"); link != nil {
		t.Errorf("still missing %+v", link)
	}
	_, err := w.Apply(principal(t, w, "admin"), theCatalog, []Change{{Principal: "reader", Remove: []unity.Privilege{unity.UseCatalog}}})
	must(t, err)
	if link := missing(w, who, "c", "s", "t"); link == nil || link.Privilege != unity.UseCatalog {
		t.Errorf("after the revoke: missing %v", link)
	}
}

func TestWhoMayRead(t *testing.T) {
	everything := []unity.Privilege{unity.UseCatalog, unity.UseSchema, unity.Select}
	tests := map[string]struct {
		who     string
		on      unity.Securable
		to      string
		granted []unity.Privilege
		may     bool
	}{
		"who was granted all three on the catalog":           {"reader", theCatalog, "reader", everything, true},
		"who is in a group in a group that was":              {"reader", theCatalog, "readers", everything, true},
		"everybody, when all account users were":             {"stranger", theCatalog, AccountUsers, everything, true},
		"who has ALL PRIVILEGES on the catalog":              {"reader", theCatalog, "reader", []unity.Privilege{unity.AllPrivileges}, true},
		"not who has ALL PRIVILEGES on the schema alone":     {"reader", theSchema, "reader", []unity.Privilege{unity.AllPrivileges}, false},
		"not who has BROWSE and MANAGE":                      {"reader", theCatalog, "reader", []unity.Privilege{unity.Browse, unity.Manage}, false},
		"not who has SELECT without USE":                     {"reader", theCatalog, "reader", []unity.Privilege{unity.Select}, false},
		"not the metastore admin":                            {"admin", theCatalog, "reader", everything, false},
		"not the owner of the catalog":                       {"catalog-owner", theCatalog, "reader", everything, false},
		"the owner of the table, with USE above it":          {"table-owner", theCatalog, "table-owner", []unity.Privilege{unity.UseCatalog, unity.UseSchema}, true},
		"the owner of the schema, with the rest":             {"schema-owner", theCatalog, "schema-owner", []unity.Privilege{unity.UseCatalog, unity.Select}, true},
		"nobody where the system catalog hands nothing down": {"reader", unity.OnCatalog("system"), "reader", everything, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w, _ := company(t)
			must(t, w.Preset(test.on, test.to, test.granted...))
			err := w.CheckRead(principal(t, w, test.who), test.on.Catalog, "s", "t")
			if (err == nil) != test.may {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestNoGrantOpensACatalogThatIsBoundElsewhere(t *testing.T) {
	w, _ := company(t)
	must(t, w.Preset(unity.OnCatalog("elsewhere"), "reader", unity.AllPrivileges))
	who := principal(t, w, "reader")
	e := refusal(t, w.CheckRead(who, "elsewhere", "s", "t"))
	if e.Message != "Catalog 'elsewhere' is not accessible in current workspace" || e.Missing != nil || e.SQLState != "42501" {
		t.Errorf("refused with %+v", e)
	}
	if got := w.Visible(who, unity.OnCatalog("elsewhere")); got != Hidden {
		t.Errorf("it is %s", got)
	}
	if listed := w.Catalogs(who, Window{Size: 10, Unbound: true}); len(listed.Items) != 1 {
		t.Errorf("with include_unbound, for somebody who may not bind it: %+v", listed)
	}
	listed := w.Catalogs(principal(t, w, "admin"), Window{Size: 10, Unbound: true})
	if len(listed.Items) != 5 || listed.Items[1].Item.Name != "elsewhere" {
		t.Errorf("with include_unbound: %+v", listed)
	}
}

func TestLegacyTablesFollowTheirOwnPrivileges(t *testing.T) {
	w, _ := company(t)
	who, admin := principal(t, w, "reader"), principal(t, w, "workspace-admin")
	if link := missing(w, who, "hive_metastore", "s", "t"); link == nil || link.Privilege != unity.Usage {
		t.Errorf("missing %v", link)
	}
	must(t, w.Grant(admin, unity.OnSchema("hive_metastore", "s"), unity.Usage, "reader"))
	must(t, w.Grant(admin, unity.OnTable("hive_metastore", "s", "t"), unity.Select, "reader"))
	must(t, w.CheckRead(who, "hive_metastore", "s", "t"))
	if e := refusal(t, w.Grant(admin, unity.OnSchema("hive_metastore", "s"), unity.UseSchema, "reader")); e.Status != 400 {
		t.Errorf("USE SCHEMA in the legacy catalog: %+v", e)
	}
	if e := refusal(t, w.Grant(principal(t, w, "admin"), unity.OnSchema("hive_metastore", "s"), unity.Usage, "stranger")); e.Status != 403 {
		t.Errorf("the metastore admin grants in the legacy catalog: %+v", e)
	}
}

func TestWhatDoesNotExistHasItsOwnErrors(t *testing.T) {
	w, _ := company(t)
	must(t, w.Preset(theCatalog, "reader", unity.UseCatalog, unity.UseSchema, unity.Select))
	who := principal(t, w, "reader")
	for _, test := range []struct{ catalog, schema, table, code, class, state string }{
		{"x", "s", "t", "CATALOG_DOES_NOT_EXIST", "NO_SUCH_CATALOG_EXCEPTION", "42704"},
		{"c", "x", "t", "SCHEMA_DOES_NOT_EXIST", "SCHEMA_NOT_FOUND", "42704"},
		{"c", "s", "x", "TABLE_DOES_NOT_EXIST", "TABLE_OR_VIEW_NOT_FOUND", "42P01"},
	} {
		e := refusal(t, w.CheckRead(who, test.catalog, test.schema, test.table))
		if e.Code != test.code || e.Class != test.class || e.SQLState != test.state || e.Status != 404 {
			t.Errorf("%s: %+v", test.code, e)
		}
	}
	stranger := principal(t, w, "stranger")
	if e := refusal(t, w.CheckRead(stranger, "c", "x", "t")); e.Missing == nil || e.Missing.Privilege != unity.UseCatalog {
		t.Errorf("a missing privilege gives away what is behind it: %+v", e)
	}
}

func TestNamesIgnoreCase(t *testing.T) {
	w, _ := company(t)
	must(t, w.Preset(unity.OnCatalog("C"), "READER", unity.UseCatalog, unity.UseSchema, unity.Select))
	must(t, w.CheckRead(principal(t, w, "Reader"), "C", "S", "T"))
}

func TestEntitlementsOpenTheAPI(t *testing.T) {
	w, _ := company(t)
	must(t, w.CheckAPI(principal(t, w, "reader"))) // through the group of its group
	must(t, w.CheckSQL(principal(t, w, "reader")))
	e := refusal(t, w.CheckAPI(principal(t, w, "stranger")))
	if e.Message != "This API is disabled for users without the databricks-sql-access or workspace-access or workspace-consume entitlements." {
		t.Errorf("refused with %q", e.Message)
	}
	w.AddPrincipal(Principal{Kind: User, Name: "clicker", Active: true, Entitlements: []string{WorkspaceAccess}})
	must(t, w.CheckAPI(principal(t, w, "clicker")))
	if e := refusal(t, w.CheckSQL(principal(t, w, "clicker"))); e.Status != 403 {
		t.Errorf("SQL without the entitlement: %+v", e)
	}
	w.AddPrincipal(Principal{Kind: User, Name: "left", Entitlements: []string{SQLAccess}})
	if e := refusal(t, w.CheckAPI(principal(t, w, "left"))); e.Message != "User not authorized." {
		t.Errorf("an inactive user: %+v", e)
	}
}

func TestSignInTakesTheRightPair(t *testing.T) {
	w, _ := company(t)
	w.AddSecret("reader", []byte("one"))
	w.AddSecret("reader", []byte("two"))
	w.AddSecret("admin", []byte("three"))
	w.AddToken("stranger", []byte("four"))
	for _, secret := range []string{"one", "two"} {
		if p, err := w.SignIn("reader", []byte(secret)); err != nil || p.Name != "reader" {
			t.Errorf("%s: %v, %v", secret, p, err)
		}
	}
	for _, pair := range [][2]string{{"reader", "three"}, {"reader", "four"}, {"the reader", "one"}, {"reader", ""}, {"", ""}} {
		if _, err := w.SignIn(pair[0], []byte(pair[1])); !errors.Is(err, ErrSignIn) {
			t.Errorf("%q: %v", pair, err)
		}
	}
	if p, err := w.TokenHolder([]byte("four")); err != nil || p.Name != "stranger" {
		t.Errorf("token: %v, %v", p, err)
	}
	if _, err := w.TokenHolder([]byte("one")); !errors.Is(err, ErrSignIn) {
		t.Errorf("a secret as a token: %v", err)
	}
}

// missing gives the first privilege that a principal lacks to read a table, with the object it lacks it on. It is nil when the
// principal may read, and also when something other than a privilege is in the way; CheckRead tells those apart.
func missing(w *World, who *Principal, catalog, schema, table string) *Link {
	refusal, ok := w.CheckRead(who, catalog, schema, table).(*Error)
	if !ok {
		return nil
	}
	return refusal.Missing
}
