package model

import (
	"slices"
	"testing"
)

// TestAFunctionFollowsTheRulesOfItsRow walks a function from hidden to executable: one grant at a time, and each takes what is above it.
func TestAFunctionFollowsTheRulesOfItsRow(t *testing.T) {
	w, _ := company(t)
	on := Securable{Kind: FunctionKind, Catalog: "c", Schema: "s", Name: "f"}
	must(t, w.AddItem(Item{On: on, Owner: "table-owner", Comment: "the function"}))
	reader, admin := principal(t, w, "reader"), principal(t, w, "admin")
	for _, grant := range []struct {
		on   Securable
		p    Privilege
		seen Visibility
	}{
		{theCatalog, Browse, BrowseOnly}, {theCatalog, UseCatalog, BrowseOnly}, {theSchema, UseSchema, BrowseOnly}, {on, Execute, Full},
	} {
		must(t, w.Grant(admin, grant.on, grant.p, "reader"))
		if seen := w.Visible(reader, on); seen != grant.seen {
			t.Errorf("after %s: %s", grant.p.SQL(), seen)
		}
	}
	page, err := w.Items(reader, FunctionKind, "C", "S", Window{Size: 10})
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
	if e := refusal(t, w.Grant(admin, on, Select, "reader")); e.Code != "INVALID_PARAMETER_VALUE" {
		t.Errorf("SELECT on a function: %v", e)
	}
	on.Name = "g"
	if _, err := w.GetItem(reader, on, true); refusal(t, err).Code != "FUNCTION_DOES_NOT_EXIST" || refusal(t, err).Class != "ROUTINE_NOT_FOUND" {
		t.Errorf("another function: %v", err)
	}
}

// TestAKindIsOneRow adds a row for a kind below the metastore: nothing else has to know of it.
func TestAKindIsOneRow(t *testing.T) {
	before := kinds
	t.Cleanup(func() { kinds = before })
	kinds = append(slices.Clone(before), KindRow{Kind: "STORAGE_BOX", Path: "storage-boxes", Parent: MetastoreKind, Opens: ReadVolume, Privileges: []Privilege{ReadVolume, Browse, Manage}})

	w, _ := company(t)
	on, err := ParseSecurable("storage_box", "Attic")
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
	if _, err := w.GetItem(reader, on, true); refusal(t, err).Message != "User does not have READ VOLUME on Storage Box 'attic'." {
		t.Error(err)
	}
	must(t, w.Grant(owner, on, Browse, "readers"))
	if see() != BrowseOnly {
		t.Errorf("with BROWSE: %s", see())
	}
	must(t, w.Grant(owner, on, ReadVolume, "reader"))
	page, err := w.Items(reader, on.Kind, "", "", Everything)
	if err != nil || len(page.Items) != 1 || see() != Full {
		t.Errorf("%v, %v", page, err)
	}
	for _, wrong := range [][2]string{{"storage_box", "a.b"}, {"catalog", "a.b"}, {"box", "a"}} {
		if _, err := ParseSecurable(wrong[0], wrong[1]); err == nil {
			t.Errorf("%v is read", wrong)
		}
	}
	if err := w.AddItem(Item{On: theTable}); err == nil {
		t.Error("a table is added as if it were no more than a row")
	}
}

func TestAListOfPermissionsTakesTheLevelsOfItsRow(t *testing.T) {
	w, _ := company(t)
	must(t, w.AddControlled(Controlled{Kind: PasswordAccess}, "", map[string]Level{"readers": CanUse}))
	list, err := w.AccessList(principal(t, w, "workspace-admin"), Controlled{Kind: PasswordAccess})
	if err != nil || len(list) != 2 || list[0].Principal.Name != "readers" {
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
