package model

import (
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// entryOf gives the SCIM id of a principal.
func entryOf(t testing.TB, w *World, name string) string {
	t.Helper()
	return principal(t, w, name).ID
}

func TestADeletedGroupLeavesItsMembers(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	must(t, w.Preset(theCatalog, "readers", unity.UseCatalog, unity.UseSchema, unity.Select))
	before := principal(t, w, "reader")
	must(t, w.CheckRead(before, "c", "s", "t"))
	must(t, w.InWorkspace().Delete(admin, Group, entryOf(t, w, "inner")))
	if e := refusal(t, w.CheckRead(principal(t, w, "reader"), "c", "s", "t")); e.Missing == nil || e.Missing.Privilege != unity.UseCatalog {
		t.Errorf("a former member: %+v", e)
	}
	if len(before.MemberOf) != 1 {
		t.Error("a principal that was handed out before has changed")
	}
}

func TestWhatADeletedPrincipalHeldStaysUnderItsName(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	must(t, w.Preset(theTable, "reader", unity.Select))
	must(t, w.AddWarehouse(compute.Warehouse{ID: "1", Access: map[string]Level{"reader": CanUse}}))
	w.AddSecret("reader", []byte("one"))
	w.AddToken("reader", []byte("two"))
	id := entryOf(t, w, "reader")
	must(t, w.InWorkspace().Delete(admin, ServicePrincipal, id))
	if _, err := w.SignIn("reader", []byte("one")); err == nil {
		t.Error("its secret lets it in")
	}
	if _, err := w.TokenHolder([]byte("two")); err == nil {
		t.Error("its token lets it in")
	}
	list, err := w.Assignments(principal(t, w, "admin"), theTable, "")
	if err != nil || len(list) != 1 || list[0].Principal != "reader" {
		t.Errorf("its grants: %v, %v", list, err)
	}
	entries, err := w.AccessList(admin, OnWarehouse("1"))
	if err != nil || len(entries) != 1 {
		t.Errorf("the warehouse's list: %v, %v", entries, err)
	}
	w.AddPrincipal(Principal{Kind: ServicePrincipal, Name: "reader", Active: true})
	if _, err := w.SignIn("reader", []byte("one")); err == nil {
		t.Error("a principal of the same name inherited the secret")
	}
}

func TestEditsAreAllMadeOrNone(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	id, entry := entryOf(t, w, "reader"), entryOf(t, w, "readers")
	for name, change := range map[string]func(*Draft){
		"an unknown entitlement": func(d *Draft) { d.Entitlements = []string{SQLAccess, "everything"} },
		"an unknown group":       func(d *Draft) { d.Groups = []Reference{{ID: "1"}} },
		"members of no group":    func(d *Draft) { d.Members = []Reference{{ID: id}} },
		"another name":           func(d *Draft) { d.Name = "writer" },
	} {
		_, err := w.InWorkspace().Edit(admin, ServicePrincipal, id, func(d *Draft) error {
			d.Entitlements = []string{SQLAccess}
			change(d)
			return nil
		})
		refusal(t, err)
		if got := principal(t, w, "reader").Entitlements; len(got) != 0 {
			t.Errorf("%s: entitlements %q", name, got)
		}
	}
	_, err := w.InWorkspace().Edit(admin, ServicePrincipal, id, func(d *Draft) error {
		d.Entitlements, d.Groups = []string{SQLAccess, SQLAccess}, []Reference{{ID: entry}, {ID: entry}}
		return nil
	})
	must(t, err)
	p := principal(t, w, "reader")
	if !slices.Equal(p.Entitlements, []string{SQLAccess}) || !slices.Equal(p.MemberOf, []string{"readers"}) {
		t.Errorf("edited to %+v", p)
	}
}

func TestARenamedGroupKeepsWhatItHolds(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	must(t, w.Preset(theCatalog, "readers", unity.UseCatalog, unity.UseSchema, unity.Select))
	must(t, w.AddWarehouse(compute.Warehouse{ID: "1", Access: map[string]Level{"readers": CanUse}}))
	must(t, w.SetOwner(principal(t, w, "admin"), theTable, "readers"))
	rename := func(to string) (*Principal, error) {
		return w.InWorkspace().Edit(admin, Group, entryOf(t, w, "readers"), func(d *Draft) error {
			d.Name = to
			return nil
		})
	}
	for name, status := range map[string]int{"inner": 409, "Reader": 409, "": 400} {
		if _, err := rename(name); refusal(t, err).Status != status {
			t.Errorf("renamed to %q: %v", name, err)
		}
	}
	renamed, err := rename("those who read")
	must(t, err)
	if _, there := w.Principal("readers"); there || renamed.Name != "those who read" {
		t.Errorf("the old name is still there, beside %+v", renamed)
	}
	who := principal(t, w, "reader")
	must(t, w.CheckRead(who, "c", "s", "t"))
	must(t, w.CheckWarehouse(who, "1"))
	if !w.Owns(who, theTable) {
		t.Error("it does not own its table any more")
	}
	if list, err := w.Assignments(principal(t, w, "admin"), theCatalog, ""); err != nil || len(list) != 1 || list[0].Principal != "those who read" {
		t.Errorf("its grants: %v, %v", list, err)
	}
	_, err = w.InWorkspace().Edit(admin, Group, entryOf(t, w, Admins), func(d *Draft) error {
		d.Name = "bosses"
		return nil
	})
	if refusal(t, err).Status != 400 {
		t.Errorf("the group admins was renamed: %v", err)
	}
}

func TestTokenPermissionsBeginWithTheFirstToken(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	tokens := Controlled{Kind: TokenAccess}
	_, err := w.AccessList(admin, tokens)
	if e := refusal(t, err); e.Status != 404 || e.Message != "tokens tokens does not exist." {
		t.Errorf("before: %+v", e)
	}
	created, _, err := w.CreateToken(admin, "", 0)
	must(t, err)
	list, err := w.AccessList(admin, tokens)
	must(t, err)
	if len(list) != 1 || list[0].Principal.Name != Admins || list[0].Level != CanManage {
		t.Errorf("with one token: %+v", list)
	}
	must(t, w.DeleteToken(admin, created.ID))
	if _, err := w.AccessList(admin, tokens); err != nil {
		t.Errorf("after the last one: %v", err)
	}
}

func TestATokenNeedsPermissionWheneverItIsUsed(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	_, err := w.GrantAccess(admin, Controlled{Kind: PasswordAccess}, []AccessRequest{{Group, "readers", CanUse}})
	must(t, err)
	_, _, err = w.CreateToken(principal(t, w, "reader"), "", time.Hour)
	if e := refusal(t, err); e.Message != "User does not have permission to use tokens." {
		t.Errorf("passwords' permission made a token: %+v", e)
	}
	_, _, err = w.CreateToken(admin, "the first", 0)
	must(t, err)
	_, err = w.GrantAccess(admin, Controlled{Kind: TokenAccess}, []AccessRequest{{Group, "readers", CanUse}})
	must(t, err)
	_, value, err := w.CreateToken(principal(t, w, "reader"), "", time.Hour)
	must(t, err)
	if p, err := w.TokenHolder(value); err != nil || p.Name != "reader" {
		t.Errorf("through the group of its group: %v, %v", p, err)
	}
	must(t, w.InWorkspace().Delete(admin, Group, entryOf(t, w, "inner")))
	if _, err := w.TokenHolder(value); refusal(t, err).Status != 403 {
		t.Errorf("out of the group: %v", err)
	}
}

func TestOnlyOwnersAndAdminsGiveAWarehouseAway(t *testing.T) {
	w, _ := company(t)
	must(t, w.AddWarehouse(compute.Warehouse{ID: "1", Creator: "stranger", Access: map[string]Level{"reader": CanManage}}))
	to := func(name string) []AccessRequest { return []AccessRequest{{User, name, IsOwner}} }
	if _, err := w.GrantAccess(principal(t, w, "reader"), OnWarehouse("1"), to("admin")); refusal(t, err).Status != 403 {
		t.Errorf("with CAN_MANAGE: %v", err)
	}
	list, err := w.GrantAccess(principal(t, w, "stranger"), OnWarehouse("1"), to("admin"))
	must(t, err)
	got := map[string]Level{}
	for _, e := range list {
		got[e.Principal.Name] = e.Level
	}
	if got["admin"] != IsOwner || got["stranger"] != CanManage || got["reader"] != CanManage {
		t.Errorf("given away: %v", got)
	}
}

func TestACatalogBoundForReadingIsNotChanged(t *testing.T) {
	w, _ := company(t)
	owner, reader := principal(t, w, "catalog-owner"), principal(t, w, "reader")
	must(t, w.Preset(theCatalog, "reader", unity.UseCatalog, unity.UseSchema, unity.Select, unity.Modify))
	must(t, w.CheckWrite(reader, "c", "s", "t"))
	isolated := true
	must(t, w.Amend(owner, theCatalog, Amendment{Isolated: &isolated}))
	must(t, w.CheckWrite(reader, "c", "s", "t"))
	_, err := w.Bind(owner, "c", []Binding{{WorkspaceID: "42", ReadOnly: true}}, nil)
	must(t, err)
	must(t, w.CheckRead(reader, "c", "s", "t"))
	if e := refusal(t, w.CheckWrite(reader, "c", "s", "t")); e.SQLState != "42501" || e.Missing != nil {
		t.Errorf("refused with %+v", e)
	}
	_, err = w.Bind(owner, "c", nil, []string{"42"})
	must(t, err)
	if e := refusal(t, w.CheckRead(reader, "c", "s", "t")); e.Message != "Catalog 'c' is not accessible in current workspace" {
		t.Errorf("refused with %+v", e)
	}
	for _, who := range []string{"schema-owner", "reader", "workspace-admin"} {
		if _, err := w.Bindings(principal(t, w, who), "c"); refusal(t, err).Status != 403 {
			t.Errorf("%s read the bindings: %v", who, err)
		}
	}
}

// TestAUserIsNamedAsAFolderCanBe makes users whose homes would lie elsewhere, and who are refused before anything is kept of them.
func TestAUserIsNamedAsAFolderCanBe(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	nothing := func(*Draft) error { return nil }
	for _, name := range []string{"a/b", "/", "..", ".", "../Shared", "a/"} {
		_, err := w.InWorkspace().Create(admin, Principal{Kind: User, Name: name, Active: true}, nothing)
		if e := refusal(t, err); e.Code != "INVALID_PARAMETER_VALUE" {
			t.Errorf("%q: %v", name, e)
		}
		if _, there := w.Principal(name); there {
			t.Errorf("%q was refused and is there", name)
		}
	}
	made, err := w.InWorkspace().Create(admin, Principal{Kind: User, Name: "a..b@c", Active: true}, nothing)
	must(t, err)
	if _, err := w.At(made, "/Users/a..b@c"); err != nil {
		t.Errorf("somebody who may be named so has no home: %v", err)
	}
	w.AddPrincipal(Principal{Kind: User, Name: "of/old", Active: true})
	if _, err := w.At(principal(t, w, "of/old"), "/Users/of/old"); err == nil {
		t.Error("a home lies in the home of nobody")
	}
}

// TestAThingWithAListThatIsWrongIsNowhere adds a folder for somebody who does not exist, and then in earnest.
func TestAThingWithAListThatIsWrongIsNowhere(t *testing.T) {
	w, _ := company(t)
	folder := Thing{Kind: Folders, ID: "77", Path: "/Shared/plans", Access: map[string]Level{"who": CanManage}}
	if err := w.AddThing(folder); err == nil {
		t.Fatal("nobody in particular was let in")
	}
	folder.Access = map[string]Level{"stranger": CanManage}
	if err := w.AddThing(folder); err != nil {
		t.Errorf("what was refused is in the way: %v", err)
	}
}

// TestTheRulesOfWhoIsDeletedEndToo makes a service principal, whose maker manages it, and deletes it again.
func TestTheRulesOfWhoIsDeletedEndToo(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	before := len(w.rules)
	made, err := w.InWorkspace().Create(admin, Principal{Kind: ServicePrincipal, Active: true}, func(*Draft) error { return nil })
	must(t, err)
	if len(w.rules) != before+1 {
		t.Fatalf("%d rules where there were %d", len(w.rules), before)
	}
	must(t, w.InWorkspace().Delete(admin, ServicePrincipal, made.ID))
	if len(w.rules) != before {
		t.Errorf("rules are kept of somebody who is not there: %v", w.rules)
	}
}
