package model

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

func TestWhoMayGrant(t *testing.T) {
	tests := map[string]struct {
		by     string
		preset []unity.Privilege // to by, on the catalog
		on     unity.Securable
		may    bool
	}{
		"the metastore admin":                         {by: "admin", on: theTable, may: true},
		"the owner of the catalog":                    {by: "catalog-owner", on: theTable, may: true},
		"the owner of the schema":                     {by: "schema-owner", on: theTable, may: true},
		"the owner of the table":                      {by: "table-owner", on: theTable, may: true},
		"not the owner of the table on its schema":    {by: "table-owner", on: theSchema},
		"not the owner of the schema on its catalog":  {by: "schema-owner", on: theCatalog},
		"who has MANAGE and may use the parents":      {by: "stranger", preset: []unity.Privilege{unity.Manage, unity.UseCatalog, unity.UseSchema}, on: theTable, may: true},
		"who has MANAGE on the catalog, on it":        {by: "stranger", preset: []unity.Privilege{unity.Manage}, on: theCatalog, may: true},
		"not who has MANAGE without USE":              {by: "stranger", preset: []unity.Privilege{unity.Manage}, on: theTable},
		"not who has ALL PRIVILEGES":                  {by: "stranger", preset: []unity.Privilege{unity.AllPrivileges}, on: theTable},
		"not a workspace admin":                       {by: "workspace-admin", on: theTable},
		"not who may read":                            {by: "stranger", preset: []unity.Privilege{unity.UseCatalog, unity.UseSchema, unity.Select}, on: theTable},
		"nobody on the samples":                       {by: "admin", on: unity.OnCatalog("samples")},
		"nobody on a catalog that is bound elsewhere": {by: "admin", on: unity.OnCatalog("elsewhere")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w, _ := company(t)
			must(t, w.Preset(theCatalog, test.by, test.preset...))
			err := w.Grant(principal(t, w, test.by), test.on, unity.Select, "reader")
			if (err == nil) != test.may {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAGrantMustMakeSense(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "admin")
	for name, test := range map[string]struct {
		on     unity.Securable
		change Change
		code   string
		text   string
	}{
		"to a display name":          {theTable, Change{Principal: "the reader", Add: []unity.Privilege{unity.Select}}, "PRINCIPAL_DOES_NOT_EXIST", "Could not find principal with name the reader"},
		"to a workspace group":       {theTable, Change{Principal: Admins, Add: []unity.Privilege{unity.Select}}, "PRINCIPAL_DOES_NOT_EXIST", "Could not find principal with name admins"},
		"USE CATALOG on a schema":    {theSchema, Change{Principal: "reader", Add: []unity.Privilege{unity.UseCatalog}}, "INVALID_PARAMETER_VALUE", "Privilege USE CATALOG is not applicable to this entity [c.s:SCHEMA]."},
		"added and removed at once":  {theTable, Change{"reader", []unity.Privilege{unity.Select}, []unity.Privilege{unity.Select}}, "INVALID_PARAMETER_VALUE", "Duplicate privileges to add and delete for principal reader."},
		"on a table that is not":     {unity.OnTable("c", "s", "x"), Change{Principal: "reader", Add: []unity.Privilege{unity.Select}}, "TABLE_DOES_NOT_EXIST", "Table 'c.s.x' does not exist."},
		"a legacy privilege on ours": {theSchema, Change{Principal: "reader", Add: []unity.Privilege{unity.Usage}}, "INVALID_PARAMETER_VALUE", "Privilege USAGE is not applicable to this entity [c.s:SCHEMA]."},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.Apply(admin, test.on, []Change{{Principal: "stranger", Add: []unity.Privilege{unity.Select}}, test.change})
			if e := refusal(t, err); e.Code != test.code || e.Message != test.text {
				t.Errorf("got %s: %s", e.Code, e.Message)
			}
		})
	}
	if list, err := w.Assignments(admin, theTable, ""); err != nil || len(list) != 0 {
		t.Errorf("a refused change left something: %v, %v", list, err)
	}
}

func TestEffectivePermissionsSayWhereTheyComeFrom(t *testing.T) {
	w, _ := company(t)
	must(t, w.Preset(theCatalog, "readers", unity.UseCatalog))
	must(t, w.Preset(theSchema, "reader", unity.UseSchema, unity.Select))
	must(t, w.Preset(theTable, "reader", unity.Select))
	lines := func(list []Assignment) []string {
		var out []string
		for _, a := range list {
			out = append(out, a.String())
		}
		return out
	}
	reader := principal(t, w, "reader")
	list, err := w.Effective(principal(t, w, "admin"), theTable, "")
	must(t, err)
	if want := []string{"reader: SELECT, USE SCHEMA from c.s, SELECT from c.s", "readers: USE CATALOG from c"}; !slices.Equal(lines(list), want) {
		t.Errorf("everybody's: %q", lines(list))
	}
	t.Run("what a group holds is not under the member's name", func(t *testing.T) {
		list, err := w.Effective(reader, theTable, "reader")
		must(t, err)
		if want := []string{"reader: SELECT, USE SCHEMA from c.s, SELECT from c.s"}; !slices.Equal(lines(list), want) {
			t.Errorf("got %q", lines(list))
		}
	})
	t.Run("direct ones leave out the inherited", func(t *testing.T) {
		list, err := w.Assignments(reader, theTable, "reader")
		must(t, err)
		if want := []string{"reader: SELECT"}; !slices.Equal(lines(list), want) {
			t.Errorf("got %q", lines(list))
		}
	})
	t.Run("others' are for those who may grant", func(t *testing.T) {
		if _, err := w.Effective(reader, theTable, ""); refusal(t, err).Status != 403 {
			t.Errorf("got %v", err)
		}
		if _, err := w.Effective(reader, theTable, "stranger"); refusal(t, err).Missing.Privilege != unity.Manage {
			t.Errorf("got %v", err)
		}
	})
}

func TestAWordThatIsNoneIsRefused(t *testing.T) {
	_, noPrivilege := ParsePrivilege("LOOK")
	_, noKind := ParseSecurable("box", "a")
	_, noName := ParseName(unity.CatalogKind, "a.b")
	for _, err := range []error{noPrivilege, noKind, noName} {
		if refusal(t, err).Code != "INVALID_PARAMETER_VALUE" {
			t.Errorf("got %v", err)
		}
	}
}
