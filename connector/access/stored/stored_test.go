package stored_test

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	size "github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/screentest/embedded"
)

// company is the embedded workspace of a few dozen people and things.
type company struct {
	*demo.Workspace
	world *model.World

	unnumbered bool // its host does not have its number
}

func founded(t *testing.T) company {
	t.Helper()
	var c company
	c.Workspace, c.world = embedded.Company(t, size.Size{Seed: 13, Principals: 40, Groups: 12, Warehouses: 8, Jobs: 6, Objects: 40, Catalogs: 2, Schemas: 2, Tables: 4})
	return c
}

// taken is an inventory as somebody, with the account where there are credentials for that, and what stands before both.
func (c company) taken(t *testing.T, as, atAccount demo.Credentials, before ...func(estate.Asker) estate.Asker) *store.Run {
	t.Helper()
	h, _, err := connector.ParseHost(c.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	signed := func(c demo.Credentials) connector.Credentials {
		return connector.Credentials{Method: connector.OAuth, ClientID: c.ClientID, Secret: c.Secret}
	}
	o := estate.Options{Pace: 1e6, Place: estate.Place{Host: c.Host(), Workspace: c.world.WorkspaceID(), Account: c.AccountID()}} // it has no limits here
	if c.unnumbered {
		o.Place.Workspace = ""
	}
	r, err := workspace.OpenReader(workspace.Config{Host: h, Credentials: signed(as), Network: c.Network(), Admin: true}, estate.Reads(estate.AtWorkspace))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	o.Workspace = r
	if atAccount.ClientID != "" {
		a, err := account.Open(workspace.Config{Host: h.Account(), Credentials: signed(atAccount), Network: c.Network(), Admin: true}, account.ID(c.AccountID()), estate.Reads(estate.AtAccount))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(a.Close)
		o.Account = a
		for _, stands := range before {
			o.Workspace, o.Account = stands(o.Workspace), stands(o.Account)
		}
	}
	run, _, _, err := store.Folder{Dir: t.TempDir()}.Begin(time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC), false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Close() })
	if _, err := estate.Run(t.Context(), run, o); err != nil {
		t.Fatal(err)
	}
	return run
}

// tables are the full names of the tables that an admin sees.
func (c company) tables() (out [][3]string) {
	admin, _ := c.world.Principal(demo.AdminID)
	for _, cat := range c.world.Catalogs(admin, model.Everything).Items {
		schemas, err := c.world.Schemas(admin, cat.Item.Name, model.Everything)
		if err != nil {
			continue
		}
		for _, s := range schemas.Items {
			found, err := c.world.Tables(admin, cat.Item.Name, s.Item.Name, model.Everything)
			if err != nil || s.Item.Name == "information_schema" {
				continue
			}
			for _, table := range found.Items {
				out = append(out, [3]string{cat.Item.Name, s.Item.Name, table.Item.Name})
			}
		}
	}
	return out
}

// kinds are what the rules call the kinds of things that lie in no folder.
var kinds = []registry.Kind{"jobs", "queries", "dashboards", "clusters", "instance-pools", "pipelines", "genie", "alertsv2", "apps", "experiments"}

// told compares what is said of each person, table and thing with what the workspace lets through: strictly where all was collected, and
// otherwise so that neither a yes nor a no is wrong.
func (c company) told(t *testing.T, f *access.Facts, in access.Place, strictly bool) map[access.Verdict]int {
	t.Helper()
	met := map[access.Verdict]int{}
	m, _ := f.MetastoreOf(in)
	sel, _ := f.Rules().ParseRight(access.TableKind, "SELECT")
	hold := func(who, what string, got access.Verdict, may bool) {
		met[got]++
		if want := map[bool]access.Verdict{true: access.Yes, false: access.No}[may]; got != want && (strictly && !strings.HasPrefix(what, "hive_metastore.") || got != access.Unknown) { // whose grants SQL alone tells
			t.Errorf("%s, %s: %s, in the workspace %t", who, what, got, may)
		}
	}
	for _, kind := range []model.PrincipalKind{model.User, model.ServicePrincipal} {
		for _, p := range c.world.InWorkspace().List(kind) {
			who, err := f.Find(in, p.Name)
			if err != nil {
				if strictly {
					t.Error(err)
				}
				continue
			}
			open := c.world.CheckAPI(p) == nil
			for _, name := range c.tables() {
				on, known := f.Lookup(access.TableKind, m, name[0]+"."+name[1]+"."+name[2])
				if !known && !strictly {
					continue
				}
				may := open && c.world.CheckRead(p, name[0], name[1], name[2]) == nil
				hold(p.Name, name[0]+"."+name[1]+"."+name[2], f.Verdict(access.Question{Who: who, Right: sel, On: on, In: in}), may)
			}
			for _, k := range kinds {
				seen := map[string]bool{}
				for _, thing := range c.world.Things(p, k) {
					seen[thing.ID] = true
				}
				admin, _ := c.world.Principal(demo.AdminID)
				for _, thing := range c.world.Things(admin, k) {
					on, known := f.Lookup(access.Kind(k), in, thing.ID)
					if !known && !strictly {
						continue
					}
					lowest := f.Rules().Asked(access.Kind(k))[0]
					hold(p.Name, string(k)+" "+thing.ID, f.Verdict(access.Question{Who: who, Right: lowest, On: on, In: in}), open && seen[thing.ID])
				}
			}
		}
	}
	return met
}

// TestAnInventoryAnswersAsTheWorkspaceDoes takes one as who sees everything.
func TestAnInventoryAnswersAsTheWorkspaceDoes(t *testing.T) {
	c := founded(t)
	f, in, err := stored.Read(c.taken(t, c.Admin(), c.AccountAdmin()), access.Table())
	if err != nil {
		t.Fatal(err)
	}
	if met := c.told(t, f, in, true); met[access.Yes] == 0 || met[access.No] == 0 {
		t.Errorf("it met only %v", met)
	}
}

// TestAPartOfAnInventoryIsNeverWrong takes one as the connector, who sees little of who may do what.
func TestAPartOfAnInventoryIsNeverWrong(t *testing.T) {
	c := founded(t)
	f, in, err := stored.Read(c.taken(t, c.Connector(), demo.Credentials{}), access.Table())
	if err != nil {
		t.Fatal(err)
	}
	if met := c.told(t, f, in, false); met[access.No] > 0 && met[access.Unknown] == 0 {
		t.Errorf("it met only %v", met)
	}
}
