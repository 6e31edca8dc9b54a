package model

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// TestAFunctionFollowsTheRulesOfItsRow walks a function from hidden to executable: one grant at a time, and each takes what is above it.
func TestAFunctionFollowsTheRulesOfItsRow(t *testing.T) {
	w, _ := company(t)
	on := unity.Securable{Kind: unity.FunctionKind, Catalog: "c", Schema: "s", Name: "f"}
	must(t, w.AddItem(Item{On: on, Owner: "table-owner", Comment: "the function"}))
	reader, admin := principal(t, w, "reader"), principal(t, w, "admin")
	for _, grant := range []struct {
		on   unity.Securable
		p    unity.Privilege
		seen Visibility
	}{
		{theCatalog, unity.Browse, BrowseOnly}, {theCatalog, unity.UseCatalog, BrowseOnly}, {theSchema, unity.UseSchema, BrowseOnly}, {on, unity.Execute, Full},
	} {
		must(t, w.Grant(admin, grant.on, grant.p, "reader"))
		if seen := w.Visible(reader, on); seen != grant.seen {
			t.Errorf("after %s: %s", grant.p.SQL(), seen)
		}
	}
	page, err := w.Items(reader, unity.FunctionKind, "C", "S", Window{Size: 10})
	if err != nil || len(page.Items) != 1 || page.Items[0].Item.Comment != "the function" {
		t.Errorf("listed %v, %v", page, err)
	}
	if item, err := w.GetItem(reader, on, false); err != nil || item.Item.Owner != "table-owner" {
		t.Errorf("%v, %v", item, err)
	}
	held, err := w.Effective(reader, on, "reader")
	if err != nil || len(held) != 1 || held[0].String() != "reader: EXECUTE, USE SCHEMA from c.s, USE CATALOG from c, BROWSE from c" {
		t.Errorf("%v, %v", held, err)
	}
	must(t, w.SetOwner(principal(t, w, "table-owner"), on, "stranger"))
	if item, err := w.GetItem(admin, on, false); err != nil || item.Item.Owner != "stranger" {
		t.Errorf("%v, %v", item, err)
	}
	if e := refusal(t, w.Grant(admin, on, unity.Select, "reader")); e.Code != "INVALID_PARAMETER_VALUE" {
		t.Errorf("SELECT on a function: %v", e)
	}
	on.Name = "g"
	if _, err := w.GetItem(reader, on, true); refusal(t, err).Code != "FUNCTION_DOES_NOT_EXIST" || refusal(t, err).Class != "ROUTINE_NOT_FOUND" {
		t.Errorf("another function: %v", err)
	}
}

// TestAKindIsOneRow puts an object of each kind that is right below the metastore and no more than its row under one rule, which has no word
// of the kind.
func TestAKindIsOneRow(t *testing.T) {
	tried := 0
	for _, row := range unity.Kinds() {
		if row.Plain() && row.Parent == unity.MetastoreKind && !row.FromAbove {
			t.Run(string(row.Kind), func(t *testing.T) { followsItsRow(t, row) })
			tried++
		}
	}
	if tried == 0 {
		t.Error("there is no such kind: the search finds nothing")
	}
}

func followsItsRow(t *testing.T, row unity.KindRow) {
	w, _ := company(t)
	on, err := ParseSecurable(string(row.Kind), "Attic")
	must(t, err)
	must(t, w.AddItem(Item{On: on, Owner: "table-owner"}))
	if err := w.AddItem(Item{On: on}); err == nil {
		t.Error("there are two of one name")
	}
	reader, owner := principal(t, w, "reader"), principal(t, w, "table-owner")
	see := func() Visibility { return w.Visible(reader, on) }
	if on.FullName() != "attic" || see() != Hidden || w.Visible(owner, on) != Full || w.Visible(principal(t, w, "admin"), on) != Full {
		t.Errorf("%s: %s", on.FullName(), see())
	}
	if _, err := w.GetItem(reader, on, true); refusal(t, err).Message != "User does not have "+row.Opens.SQL()+" on "+row.Kind.String()+" 'attic'." {
		t.Error(err)
	}
	if row.Kind.Takes(unity.Browse) {
		must(t, w.Grant(owner, on, unity.Browse, "readers"))
		if see() != BrowseOnly {
			t.Errorf("with BROWSE: %s", see())
		}
	}
	must(t, w.Grant(owner, on, row.Opens, "reader"))
	page, err := w.Items(reader, on.Kind, "", "", Everything)
	if err != nil || len(page.Items) != 1 || see() != Full {
		t.Errorf("%v, %v", page, err)
	}
}

func TestATableIsMoreThanItsRow(t *testing.T) {
	w, _ := company(t)
	if err := w.AddItem(Item{On: theTable}); err == nil {
		t.Error("a table is added as if it were no more than a row")
	}
}

func TestAListOfPermissionsTakesTheLevelsOfItsRow(t *testing.T) {
	w, _ := company(t)
	must(t, w.AddControlled(Controlled{Kind: PasswordAccess}, "", map[string]Level{"readers": CanUse}))
	list, err := w.AccessList(principal(t, w, "workspace-admin"), Controlled{Kind: PasswordAccess})
	if err != nil || len(list) != 1 || list[0].Principal.Name != "readers" {
		t.Errorf("%v, %v", list, err)
	}
	for name, add := range map[string]func() error{
		"a level that passwords do not have": func() error {
			return w.AddControlled(Controlled{Kind: PasswordAccess}, "", map[string]Level{"readers": CanMonitor})
		},
		"a principal that is none": func() error {
			return w.AddControlled(Controlled{Kind: PasswordAccess}, "", map[string]Level{"x": CanUse})
		},
		"a kind that is none": func() error { return w.AddControlled(Controlled{Kind: "tickets"}, "", nil) },
	} {
		if add() == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
