package stored

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

type granted struct {
	Principal  string   `json:"principal"`
	Privileges []string `json:"privileges"`
}

func (r *reading) grant(on access.Object, g granted) {
	who := r.Named(r.metastore, 0, g.Principal)
	for _, p := range g.Privileges {
		r.Grant(on, who, p)
	}
}

// securables are the kinds of rows that Unity Catalog governs, what something is in before it.
var securables = []struct {
	rows     string
	in, kind access.Kind
}{
	{"catalogs", "", access.CatalogKind}, {"schemas", access.CatalogKind, access.SchemaKind}, {"tables", access.SchemaKind, access.TableKind},
	{"volumes", access.SchemaKind, access.VolumeKind}, {"functions", access.SchemaKind, access.FunctionKind}, {"models", access.SchemaKind, access.FunctionKind},
	{"storage-credentials", "", "STORAGE_CREDENTIAL"}, {"external-locations", "", "EXTERNAL_LOCATION"}, {"connections", "", "CONNECTION"},
	{"recipients", "", access.RecipientKind}, {"providers", "", access.ProviderKind}, {"shares", "", access.ShareKind},
}

// Names that mean the same in each workspace: the schema that is open to everybody who may use its catalog, and the Hive metastore.
const (
	informationSchema = "information_schema"
	legacy            = "hive_metastore"
)

func (r *reading) unity() {
	bound := r.bindings()
	for _, s := range securables {
		whole := seenIf(access.SeenEntries, r.whole(estate.GrantsOf(s.rows)) || s.kind == access.RecipientKind || s.kind == access.ProviderKind) // which nothing is granted on
		within, owner := last[access.Object]{}, last[access.Principal]{}
		r.owned(s.rows, func(row store.Row, o owned) {
			entries := whole
			on := r.Object(s.kind, r.metastore, row.ID)
			thing := access.Thing{
				Parent:   within.of(row.Parent, func(id string) access.Object { return r.inside(s.in, id) }),
				Owner:    owner.of(o.Owner, func(name string) access.Principal { return r.Named(r.metastore, 0, name) }),
				Isolated: o.Isolation == "ISOLATED", FixedGrants: o.Type == "SYSTEM_CATALOG" && row.ID != "system", NoInheritance: row.ID == "system" && s.in == "",
				Legacy: row.ID == legacy && s.in == "", OpensAll: s.in == access.CatalogKind && strings.HasSuffix(row.ID, "."+informationSchema),
			}
			if row.ID == legacy || strings.HasPrefix(row.ID, legacy+".") { // whose grants SQL alone tells
				entries = 0
			}
			thing.Seen = entries | seenIf(access.SeenOwner, o.Owner != "") | seenIf(access.SeenPlace, s.in == "" || thing.Parent != access.Nothing)
			if !thing.Isolated {
				thing.Seen |= seenIf(access.SeenBindings, s.in != "" || o.Isolation != "")
			} else if thing.Seen |= bound.seen; !bound.here[on] { // it is listed here, so it is open here; whether for reading alone is not told
				thing.Seen &^= access.SeenBindings
				r.Bind(on, r.workspace, false)
			}
			r.Describe(on, thing)
		})
		if s.kind == access.ShareKind {
			r.shared()
			continue
		}
		r.granted(estate.GrantsOf(s.rows), s.kind)
	}
}

// shared are the grants on shares, which are to recipients and to no principal.
func (r *reading) shared() {
	each(r, estate.GrantsOf("shares"), func(row store.Row, g granted) {
		r.Share(r.Object(access.ShareKind, r.metastore, row.Parent), r.Object(access.RecipientKind, r.metastore, g.Principal))
	})
}

// bindings are the workspaces in which isolated catalogs are open.
type bindings struct {
	here map[access.Object]bool // those that are open in this one
	seen access.Seen            // SeenBindings where all of them were collected
}

// bindings reads them, and describes the catalogs that are listed in other workspaces alone: what is granted on those is answered there.
func (r *reading) bindings() bindings {
	out := bindings{here: map[access.Object]bool{}, seen: seenIf(access.SeenBindings, r.id != "" && r.whole(estate.IsolatedCatalogs, estate.CatalogBindings))}
	each(r, estate.IsolatedCatalogs, func(row store.Row, o owned) {
		r.Describe(r.Object(access.CatalogKind, r.metastore, row.ID), access.Thing{
			Owner: r.Named(r.metastore, 0, o.Owner), Isolated: true, Seen: out.seen | access.SeenPlace | seenIf(access.SeenOwner, o.Owner != ""),
		})
	})
	each(r, estate.CatalogBindings, func(row store.Row, b struct {
		Workspace json.Number `json:"workspace_id"`
		Type      string      `json:"binding_type"`
	}) {
		on, in := r.Object(access.CatalogKind, r.metastore, row.Parent), r.Workspace(b.Workspace.String())
		r.Bind(on, in, b.Type == "BINDING_TYPE_READ_ONLY")
		out.here[on] = out.here[on] || in == r.workspace
	})
	return out
}

// last keeps what was found for the name before: rows in their order name what they are in many times over.
type last[T any] struct {
	name  string
	found T
	known bool
}

func (l *last[T]) of(name string, find func(string) T) T {
	if !l.known || l.name != name {
		l.name, l.found, l.known = name, find(name), true
	}
	return l.found
}

// granted goes through the grants on objects of a kind, of which there may be a million.
func (r *reading) granted(rows string, kind access.Kind) {
	on, who := last[access.Object]{}, last[access.Principal]{}
	for row, err := range ahead(r.run.Rows(rows)) {
		if err != nil {
			r.wrong = err
			return
		}
		g, plain := plainGrant(row.Body)
		if !plain {
			_ = json.Unmarshal([]byte(row.Body), &g)
		}
		to := who.of(g.Principal, func(name string) access.Principal { return r.Named(r.metastore, 0, name) })
		at := on.of(row.Parent, func(id string) access.Object { return r.Object(kind, r.metastore, id) })
		for _, p := range g.Privileges {
			r.Grant(at, to, p)
		}
	}
}

// owned goes through the rows of a kind of which there may be a million.
func (r *reading) owned(kind string, do func(store.Row, owned)) {
	names, found := []string{"owner", "isolation_mode", "catalog_type"}, make([]string, 3)
	for row, err := range ahead(r.run.Rows(kind)) {
		if !r.goesOn(err) {
			return
		}
		clear(found)
		o := owned{}
		if texts(row.Body, names, found) {
			o = owned{found[0], found[1], found[2]}
		} else {
			_ = json.Unmarshal([]byte(row.Body), &o)
		}
		do(row, o)
	}
}

// inside is what something is in, Nothing where it is in nothing that has a name.
func (r *reading) inside(kind access.Kind, id string) access.Object {
	if kind == "" || id == "" {
		return access.Nothing
	}
	return r.Object(kind, r.metastore, id)
}

// listed are the kinds of rows that have an access control list, and what the permissions API calls them.
var listed = []struct {
	rows string
	kind access.Kind
}{
	{"repos", "repos"}, {"directories", "directories"}, {"notebooks", "notebooks"}, {"files", "files"},
	{"warehouses", access.WarehouseKind}, {"queries", "queries"}, {"dashboards", "dashboards"}, {"dbsql-dashboards", "dbsql-dashboards"}, {"genie", "genie"},
	{"alerts", "alertsv2"}, {"legacy-alerts", "alerts"}, {"clusters", "clusters"}, {"cluster-policies", "cluster-policies"}, {"instance-pools", "instance-pools"},
	{"jobs", "jobs"}, {"pipelines", "pipelines"}, {"experiments", "experiments"}, {"registered-model-ids", "registered-models"},
	{"serving-endpoints", "serving-endpoints"}, {"vector-search-endpoints", "vector-search-endpoints"}, {"apps", "apps"},
	{"knowledge-assistants", "knowledge-assistants"}, {"supervisor-agents", "supervisor-agents"}, {"database-projects", "database-projects"},
	{"secret-scopes", "secret-scopes"},
}

// inFolders are the first of them: what they inherit comes from the folder they lie in, and what folders have is told of these.
const inFolders = 4

type used struct {
	Warehouse string   `json:"warehouse_id"`
	Query     string   `json:"query_id"`
	App       string   `json:"service_principal_client_id"`
	RunAs     string   `json:"run_as_user_name"`
	Creator   string   `json:"creator_user_name"`
	Maker     string   `json:"creator"` // the same, as some have it
	Served    []string `json:"config.served_entities.entity_name"`
	Logs      string   `json:"spark_conf.spark.databricks.acl.needAdminPermissionToViewLogs"`
}

func (r *reading) things() {
	folders, models, below := map[string]access.Object{}, map[string]access.Object{}, map[string][]access.Object{}
	each(r, "genie-tables", func(row store.Row, _ struct{}) {
		below[row.Parent] = append(below[row.Parent], r.Object(access.TableKind, r.metastore, row.Name))
	})
	for i, k := range listed {
		entries := seenIf(access.SeenEntries, r.whole(estate.ListsOf(k.rows)))
		each(r, k.rows, func(row store.Row, u used) {
			on := r.Object(k.kind, r.workspace, row.ID)
			thing := access.Thing{Title: row.Name, Creator: r.Named(r.workspace, 0, cmp.Or(u.Creator, u.Maker)), Runs: r.Named(r.workspace, 0, u.RunAs), Seen: access.SeenAll&^access.SeenEntries | entries, OpenLogs: strings.EqualFold(u.Logs, "false")}
			if k.kind == "genie" {
				thing.Reads = below[row.ID]
			}
			for _, name := range u.Served {
				thing.Reads = append(thing.Reads, r.served(models, name))
			}
			if i < inFolders && row.Name != "/" {
				thing.Parent = r.folder(folders, row.Parent)
				thing.Seen &^= seenIf(access.SeenPlace, thing.Parent == access.Nothing)
			}
			switch {
			case u.Query != "":
				thing.Uses = r.Object("queries", r.workspace, u.Query)
			case u.Warehouse != "":
				thing.Uses = r.Object(access.WarehouseKind, r.workspace, u.Warehouse)
			case u.App != "":
				thing.Runs = r.Named(r.workspace, access.ServicePrincipal, u.App)
			}
			r.Describe(on, thing)
			switch k.kind {
			case "repos":
				folders[row.ID] = on
			case "registered-models":
				models[row.Name] = on
			}
		})
	}
}

// modelParts are the parts of the name of a model in Unity Catalog: catalog, schema, model.
const modelParts = 3

// served is the model of a name that an endpoint serves: of Unity Catalog by its full name, else of the workspace. One that was not collected is named all the same.
func (r *reading) served(models map[string]access.Object, name string) access.Object {
	if len(strings.Split(name, ".")) == modelParts {
		return r.Object(access.FunctionKind, r.metastore, name)
	}
	if on, known := models[name]; known {
		return on
	}
	return r.Object("registered-models", r.workspace, name)
}

// folder is what something lies in: a Git folder, or else a directory.
func (r *reading) folder(gits map[string]access.Object, id string) access.Object {
	if on, known := gits[id]; known || id == "" {
		return on
	}
	return r.Object("directories", r.workspace, id)
}

func (r *reading) lists() {
	kinds := map[string]access.PrincipalKind{"user": access.User, "group": access.Group, "service_principal": access.ServicePrincipal}
	put := func(on access.Object, list estate.AccessList, folders bool) {
		for _, e := range list.Entries {
			if len(e.From) == 0 || !folders && e.Principal != access.AdminsGroup {
				r.Grant(on, r.Named(r.workspace, kinds[e.Kind], e.Principal), e.Level)
			}
		}
	}
	for i, k := range listed {
		if k.rows == "secret-scopes" {
			each(r, estate.ListsOf(k.rows), func(row store.Row, e struct{ Principal, Permission string }) {
				r.Grant(r.Object(k.kind, r.workspace, row.Parent), r.Named(r.workspace, 0, e.Principal), e.Permission)
			})
			continue
		}
		each(r, estate.ListsOf(k.rows), func(row store.Row, list estate.AccessList) {
			put(r.Object(k.kind, r.workspace, row.ID), list, i < inFolders)
		})
	}
	for _, kind := range []access.Kind{"tokens", "passwords"} {
		each(r, estate.ListsOf(string(kind)), func(_ store.Row, list estate.AccessList) {
			on := r.Object(kind, r.workspace, string(kind))
			r.Describe(on, access.Thing{Seen: access.SeenAll})
			put(on, list, false)
		})
	}
}
