package estate

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// truth are the ids of all that is in a world by the kind of row, told by the model to whom it tells everything.
func truth(t testing.TB, w *model.World) map[string][]string {
	t.Helper()
	admin, ok := w.Principal(demo.AdminID)
	if !ok {
		t.Fatal("the world has no admin")
	}
	out := map[string][]string{"me": {admin.ID}, "metastore": {w.Metastore().ID}, MetastoreAssignment: {w.WorkspaceID()}, "metastores": {w.Metastore().ID}, "workspaces": {w.WorkspaceID()}}
	out["metastore-workspaces"] = []string{w.Metastore().ID + "/" + w.WorkspaceID()}
	add := func(kind, id string) { out[kind] = append(out[kind], id) }
	people(w, admin, add)
	things(t, w, admin, add)
	governs(t, w, admin, add)
	out["metastore-owners"] = append(out["metastore-owners"], "metastore/"+w.Metastore().ID)
	for kind := range out {
		slices.Sort(out[kind])
	}
	return out
}

func people(w *model.World, admin *model.Principal, add func(kind, id string)) {
	kinds := map[model.PrincipalKind]string{model.User: "users", model.Group: "groups", model.ServicePrincipal: "service-principals"}
	for kind, name := range kinds {
		for _, p := range w.InAccount().List(kind) {
			if add(name, p.ID); kind == model.Group {
				for _, m := range w.Members(p) {
					add("memberships", p.ID+"/"+m.ID)
				}
			}
		}
		for _, p := range w.InWorkspace().List(kind) {
			if add("workspace-"+name, p.ID); kind == model.Group {
				for _, m := range w.Members(p) {
					add("workspace-memberships", p.ID+"/"+m.ID)
				}
			}
			if kind == model.ServicePrincipal {
				secrets, _ := w.InWorkspace().Secrets(admin, p.ID)
				for _, s := range secrets {
					add("oauth-secrets", p.ID+"/"+s.ID)
				}
			}
		}
	}
	tokens, _ := w.AllTokens(admin)
	for _, one := range tokens {
		add("tokens", one.ID)
	}
	standing, _ := w.InWorkspace().Assignments(admin)
	for _, s := range standing {
		add("workspace-assignments", s.Principal.ID)
	}
}

// namedOtherwise are the kinds of rows that do not go by the name that the permissions API has for them.
var namedOtherwise = map[registry.Kind]string{"alertsv2": "alerts", "alerts": "legacy-alerts", "registered-models": "registered-model-ids"}

func things(t testing.TB, w *model.World, admin *model.Principal, add func(kind, id string)) {
	t.Helper()
	listed := func(kind registry.Kind, id string) {
		name := string(kind)
		if other, has := namedOtherwise[kind]; has {
			name = other
		}
		add(name, id)
		if _, err := w.AccessList(admin, model.Controlled{Kind: kind, ID: id}); err != nil {
			t.Errorf("%s %s: %v", kind, id, err)
		}
		add(ListsOf(name), id)
	}
	for _, row := range registry.ThingRows() {
		if row.View || row.Control.InFolders {
			continue
		}
		for _, one := range w.Things(admin, row.Control.Kind) {
			if listed(row.Control.Kind, one.ID); row.Control.Kind == "registered-models" {
				add("registered-models", fmt.Sprint(one.Details["name"]))
			}
			for _, table := range regexp.MustCompile(`"identifier":"([a-z._]+)"`).FindAllStringSubmatch(fmt.Sprint(one.Details["serialized_space"]), -1) {
				add("genie-tables", one.ID+"/"+table[1])
			}
		}
	}
	for _, one := range w.Warehouses(admin) {
		listed(registry.Warehouses, one.ID)
	}
	root, err := w.At(admin, "/")
	if err != nil {
		t.Fatal(err)
	}
	for folders := []model.Thing{root}; len(folders) > 0; folders = folders[1:] {
		listed(folders[0].Kind, folders[0].ID)
		inside, err := w.In(admin, folders[0].Path)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range inside {
			if one.Kind == model.Folders || one.Kind == model.GitFolders {
				folders = append(folders, one)
				continue
			}
			listed(one.Kind, one.ID)
		}
	}
	add("workspace-settings", "workspace-settings")
	add(ListsOf("tokens"), "/authorization/tokens")
	add(ListsOf("passwords"), "/authorization/passwords")
	for _, s := range w.Scopes(admin) {
		add("secret-scopes", s.Name)
		whole, _ := w.Scope(admin, s.Name)
		for key := range whole.Keys {
			add("secret-keys", s.Name+"/"+key)
		}
		access, _ := w.ScopeAccess(admin, s.Name)
		for _, e := range access {
			add(ListsOf("secret-scopes"), s.Name+"/"+e.Principal)
		}
	}
	lists, _ := w.IPLists(admin)
	for _, l := range lists {
		add("ip-access-lists", l.ID)
	}
}

func governs(t testing.TB, w *model.World, admin *model.Principal, add func(kind, id string)) {
	t.Helper()
	governed := func(kind string, on unity.Securable) {
		if add(kind, on.FullName()); kind == "catalogs" || kind == "schemas" {
			add("metastore-owners", kind+"/"+on.FullName())
		}
		if on.Catalog == legacyCatalog {
			return
		}
		if kind == "models" { // to grants it is a function
			on.Kind = unity.FunctionKind
		}
		held, err := w.Assignments(admin, on, "")
		for _, a := range held {
			add(GrantsOf(kind), on.FullName()+"/"+a.Principal)
		}
		if err != nil {
			t.Errorf("%s: %v", on.FullName(), err)
		}
	}
	all := model.Everything
	all.Browse = true
	for _, c := range w.Catalogs(admin, all).Items {
		governed("catalogs", unity.OnCatalog(c.Item.Name))
		schemas, err := w.Schemas(admin, c.Item.Name, all)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range schemas.Items {
			governed("schemas", unity.OnSchema(s.Item.Catalog, s.Item.Name))
			tables, err := w.Tables(admin, s.Item.Catalog, s.Item.Name, all)
			if err != nil {
				t.Fatal(err)
			}
			for _, one := range tables.Items {
				governed("tables", one.Item.Securable())
			}
		}
	}
	anywhere := all
	anywhere.Unbound = true
	for _, c := range w.Catalogs(admin, anywhere).Items {
		if c.Item.Isolated {
			add(IsolatedCatalogs, c.Item.Name)
			for _, b := range c.Item.Bindings {
				add(CatalogBindings, c.Item.Name+"/"+b.WorkspaceID)
			}
		}
	}
	names := map[unity.Kind]string{
		unity.VolumeKind: "volumes", unity.FunctionKind: "functions", unity.ModelKind: "models", unity.StorageCredentialKind: "storage-credentials",
		unity.ExternalLocationKind: "external-locations", unity.ConnectionKind: "connections",
	}
	for _, c := range w.Catalogs(admin, all).Items {
		schemas, _ := w.Schemas(admin, c.Item.Name, all)
		for _, s := range schemas.Items {
			for _, kind := range []unity.Kind{unity.VolumeKind, unity.FunctionKind, unity.ModelKind} {
				items, err := w.Items(admin, kind, s.Item.Catalog, s.Item.Name, all)
				if err != nil {
					t.Fatal(err)
				}
				for _, one := range items.Items {
					governed(names[kind], one.Item.On)
				}
			}
		}
	}
	for _, kind := range []unity.Kind{unity.StorageCredentialKind, unity.ExternalLocationKind, unity.ConnectionKind, unity.ShareKind, unity.RecipientKind, unity.ProviderKind} {
		items, err := w.Items(admin, kind, "", "", all)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range items.Items {
			switch kind {
			case unity.RecipientKind:
				add("recipients", one.Item.On.Name)
			case unity.ProviderKind:
				add("providers", one.Item.On.Name)
			case unity.ShareKind:
				governed("shares", one.Item.On)
			default:
				governed(names[kind], one.Item.On)
			}
		}
	}
	held, _ := w.Assignments(admin, unity.OnMetastore(), "")
	for _, a := range held {
		add("metastore-grants", w.Metastore().ID+"/"+a.Principal)
	}
}

// idsIn are the ids of the rows of a kind in a run.
func idsIn(t testing.TB, run *store.Run, kind string) []string {
	t.Helper()
	var out []string
	for row, err := range run.Rows(kind) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, row.ID)
	}
	return out
}

// unasked are the kinds of rows that the model has no list of: they are counted by what stands beside them.
var unasked = []string{"account-roles", "group-rules", "user-roles", "service-principal-roles", "service-principal-rules"}
