package estate

import (
	"path"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// boss is the admin of the worlds of these tests.
const boss = "boss@contoso.example"

// bare is the least that an estate stands on.
func bare(t *testing.T) *model.World {
	t.Helper()
	w := model.New(model.NewManualClock(time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)), "7", model.Metastore{ID: "m", Owner: boss})
	for _, name := range []string{model.Admins, model.WorkspaceUsers} {
		w.AddPrincipal(model.Principal{Kind: model.Group, ID: name, Name: name, WorkspaceLocal: true})
	}
	w.AddPrincipal(model.Principal{Kind: model.Group, ID: "1", Name: model.AccountUsers})
	w.AddPrincipal(model.Principal{Kind: model.User, ID: "2", Name: boss, Active: true, MemberOf: []string{model.Admins}})
	w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "3", Name: identifier("first"), DisplayName: fivetran + "_USER", Active: true})
	for _, err := range []error{
		w.AddCatalog(model.Catalog{Name: "inventory", Owner: boss}), w.AddSchema(model.Schema{Catalog: "inventory", Name: "staging", Owner: boss}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// filled is a world of nothing but an estate.
func filled(t *testing.T, size Size) (*model.World, *model.Principal) {
	t.Helper()
	w := bare(t)
	if err := Fill(w, size, boss); err != nil {
		t.Fatal(err)
	}
	who, _ := w.Principal(boss)
	return w, who
}

var little = Size{Seed: 3, Principals: 70, Groups: 63, Warehouses: 12, Jobs: 9, Objects: 2_500, Catalogs: 2, Schemas: 2, Tables: 40}

// everyPath is all that lies below the root, folder by folder.
func everyPath(t *testing.T, w *model.World, who *model.Principal) (all []model.Thing) {
	t.Helper()
	for folders := []string{"/"}; len(folders) > 0; folders = folders[1:] {
		list, err := w.In(who, folders[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, thing := range list {
			if all = append(all, thing); thing.Kind == registry.Folders {
				folders = append(folders, thing.Path)
			}
		}
	}
	return all
}

func TestWhatGrowsInAFolderIsFoundByItsPathAndByItsNumber(t *testing.T) {
	w, admin := filled(t, little)
	all, seen, kinds := everyPath(t, w, admin), map[model.Controlled]bool{}, map[model.ControlledKind]int{}
	for _, thing := range all {
		on := model.Controlled{Kind: thing.Kind, ID: thing.ID}
		if seen[on] {
			t.Errorf("there are two of %v", on)
		}
		seen[on] = true
		kinds[thing.Kind]++
		if at, err := w.At(admin, thing.Path); err != nil || at.ID != thing.ID || at.Kind != thing.Kind {
			t.Errorf("at %s is %s %s, %v", thing.Path, at.Kind, at.ID, err)
		}
		if _, err := w.AccessList(admin, on); err != nil {
			t.Errorf("%s by its number: %v", thing.Path, err)
		}
	}
	if len(all) != little.Objects || kinds[registry.Notebooks] < 1_000 || kinds[registry.Files] < 300 || kinds[registry.Folders] < 200 {
		t.Errorf("%d objects: %v", len(all), kinds)
	}
	last := all[len(all)-1]
	for _, wrong := range []string{last.Path + "x", last.Path + "/x", path.Dir(last.Path) + "/clean_order_99999", "/Users/nobody/drafts-0"} {
		if _, err := w.At(admin, wrong); err == nil {
			t.Errorf("there is something at %s", wrong)
		}
	}
	for _, alias := range []string{"+" + last.ID, "0" + last.ID, last.ID + " ", "-" + last.ID} {
		on := model.Controlled{Kind: last.Kind, ID: alias}
		if _, err := w.AccessList(admin, on); err == nil {
			t.Errorf("%s is also known as %q", last.Path, alias)
		}
		grant := []model.AccessRequest{{Kind: model.User, Principal: boss, Level: model.CanRead}}
		if _, err := w.GrantAccess(admin, on, grant); err == nil {
			t.Errorf("a list is kept for %q, which nobody sees", alias)
		}
	}
	if _, err := w.AccessList(admin, model.Controlled{Kind: registry.Folders, ID: last.ID}); last.Kind != registry.Folders && err == nil {
		t.Error("a notebook is found as a folder")
	}
}

func TestNothingHappenedAfterTheDataWasRefreshed(t *testing.T) {
	w, admin := filled(t, Size{Seed: 3, Principals: 4_000, Groups: 63, Warehouses: 12, Jobs: 90, Objects: 2_500})
	last, latest := seed.AsOf.UnixMilli(), int64(0)
	note := func(what string, at int64) {
		if latest = max(latest, at); at > last {
			t.Errorf("%s is of %s", what, time.UnixMilli(at).UTC())
		}
	}
	for _, thing := range append(w.Things(admin, jobs), everyPath(t, w, admin)...) {
		for _, field := range []string{"created_at", "created_time", "modified_at"} {
			if at, has := thing.Details[field].(int64); has {
				note(thing.ID+" "+thing.Path, at)
			}
		}
	}
	if latest == 0 {
		t.Error("nothing has a time")
	}
	tokens, err := w.AllTokens(admin)
	if err != nil || len(tokens) < 180 {
		t.Errorf("%d tokens, %v", len(tokens), err)
	}
	for _, k := range tokens {
		note("the making of a token of "+k.Owner, k.Created.UnixMilli())
		note("the use of a token of "+k.Owner, k.LastUsed().UnixMilli())
	}
}

func TestWhatIsGrantedOnAThingThatGrowsIsKept(t *testing.T) {
	w, admin := filled(t, little)
	users := w.InWorkspace().List(model.User)
	owner, other := users[len(users)-1], users[len(users)-2]
	home, err := w.In(owner, "/Users/"+owner.Name)
	if err != nil || len(home) == 0 {
		t.Fatalf("the home of %s: %v, %v", owner.Name, home, err)
	}
	folder := home[0]
	on := model.Controlled{Kind: folder.Kind, ID: folder.ID}
	if _, err := w.GrantAccess(owner, on, []model.AccessRequest{{Kind: model.User, Principal: other.Name, Level: registry.CanRun}}); err != nil {
		t.Fatal(err)
	}
	inside, err := w.In(other, folder.Path)
	if err != nil || len(inside) == 0 {
		t.Fatalf("for whom it was shared with there is %v in it, %v", inside, err)
	}
	entries, err := w.AccessList(admin, model.Controlled{Kind: inside[0].Kind, ID: inside[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Principal.Name == other.Name && e.Level == registry.CanRun && len(e.From) == 1 && e.From[0] == "/directories/"+folder.ID {
			return
		}
	}
	t.Errorf("what lies in it is for %+v", entries)
}

func TestGroupsAreInEachOtherTenLayersDeepAndNoDeeper(t *testing.T) {
	w, _ := filled(t, little)
	deepest := 0
	for _, g := range w.InAccount().List(model.Group) {
		deepest = max(deepest, 1+len(w.Groups(g)))
		if len(g.MemberOf) > 1 {
			t.Errorf("%s is in %q", g.Name, g.MemberOf)
		}
	}
	if deepest != 10 {
		t.Errorf("there are %d layers", deepest)
	}
}

func TestThereIsAsMuchAsTheSizeSays(t *testing.T) {
	w, admin := filled(t, little)
	account := w.InAccount()
	if n := len(account.List(model.User)) + len(account.List(model.ServicePrincipal)); n != little.Principals {
		t.Errorf("%d principals", n)
	}
	if n := len(account.List(model.Group)); n != little.Groups {
		t.Errorf("%d groups", n)
	}
	if n, m := len(w.Warehouses(admin)), len(w.Things(admin, jobs)); n != little.Warehouses || m != little.Jobs {
		t.Errorf("%d warehouses, %d jobs", n, m)
	}
	for _, c := range w.Catalogs(admin, model.Everything).Items {
		if !strings.HasPrefix(c.Item.Name, CatalogPrefix) {
			continue
		}
		page, err := w.Schemas(admin, c.Item.Name, model.Everything)
		if err != nil || len(page.Items) != little.Schemas+1 {
			t.Errorf("%s: %d schemas, %v", c.Item.Name, len(page.Items), err)
		}
		for _, s := range page.Items {
			tables, err := w.Tables(admin, c.Item.Name, s.Item.Name, model.Everything)
			if on := unity.OnSchema(c.Item.Name, s.Item.Name); err != nil || !on.OpensAll() && len(tables.Items) != little.Tables {
				t.Errorf("%s: %d tables, %v", on.FullName(), len(tables.Items), err)
			}
			for _, table := range tables.Items {
				if found, err := w.Table(c.Item.Name, s.Item.Name, table.Item.Name); err != nil || found.Name != table.Item.Name {
					t.Errorf("%s leads to %s, %v", table.Item.Name, found.Name, err)
				}
			}
		}
	}
}
