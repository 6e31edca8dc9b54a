package findings_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
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
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/findings"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/screentest/embedded"
)

// company is the embedded workspace of a few dozen people and things.
type company struct {
	*demo.Workspace
	*testing.T
	world *model.World
	admin *model.Principal
}

func founded(t *testing.T) company {
	t.Helper()
	c := company{T: t}
	c.Workspace, c.world = embedded.Company(t, size.Size{Seed: 13, Principals: 40, Groups: 12, Warehouses: 8, Jobs: 6, Objects: 40, Catalogs: 2, Schemas: 2, Tables: 4})
	c.admin, _ = c.world.Principal(demo.AdminID)
	return c
}

func (c company) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// owned answers for the list of one job that a group owns it, which the embedded workspace refuses to be told.
type owned struct {
	estate.Asker
	job string
}

func (o owned) Ask(ctx context.Context, method, path string, query url.Values, body []byte) ([]byte, error) {
	if strings.HasSuffix(path, "/permissions/jobs/"+o.job) {
		return []byte(`{"object_id":"/jobs/` + o.job + `","access_control_list":[{"group_name":"analysts","all_permissions":[{"permission_level":"IS_OWNER","inherited":false}]}]}`), nil
	}
	return o.Asker.Ask(ctx, method, path, query, body)
}

// taken is an inventory of the workspace and its account as who sees everything; job is one that a group owns, empty for none.
func (c company) taken(job string) *store.Run {
	c.Helper()
	h, _, err := connector.ParseHost(c.Host(), nil)
	c.must(err)
	signed := func(c demo.Credentials) connector.Credentials {
		return connector.Credentials{Method: connector.OAuth, ClientID: c.ClientID, Secret: c.Secret}
	}
	o := estate.Options{Place: estate.Place{Host: c.Host(), Workspace: c.world.WorkspaceID(), Account: c.AccountID()}, Pace: 1e6}
	r, err := workspace.OpenReader(workspace.Config{Host: h, Credentials: signed(c.Admin()), Network: c.Network(), Admin: true}, estate.Reads(estate.AtWorkspace))
	c.must(err)
	c.Cleanup(r.Close)
	a, err := account.Open(workspace.Config{Host: h.Account(), Credentials: signed(c.AccountAdmin()), Network: c.Network(), Admin: true}, account.ID(c.AccountID()), estate.Reads(estate.AtAccount))
	c.must(err)
	c.Cleanup(a.Close)
	o.Workspace, o.Account = estate.Asker(r), a
	if job != "" {
		o.Workspace = owned{r, job}
	}
	run, _, _, err := store.Folder{Dir: c.TempDir()}.Begin(time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC), false)
	c.must(err)
	c.Cleanup(func() { _ = run.Close() })
	_, err = estate.Run(c.Context(), run, o)
	c.must(err)
	return run
}

// looked are the findings of an inventory, by their ids.
func (c company) looked(run *store.Run) map[string]findings.Finding {
	c.Helper()
	facts, in, err := stored.Read(run, access.Table())
	c.must(err)
	return c.lookedIn(run, facts, in)
}

func (c company) lookedIn(run *store.Run, facts *access.Facts, in access.Place) map[string]findings.Finding {
	c.Helper()
	devices, err := connector.ParseTable("inventory.assets.devices", connector.SchemaName{})
	c.must(err)
	all, err := findings.Look(run, facts, in, findings.Options{Tables: []connector.TableName{devices}})
	c.must(err)
	out := map[string]findings.Finding{}
	for _, f := range all {
		out[f.ID] = f
	}
	return out
}

// mend has no finding left in the company.
func (c company) mend() {
	c.Helper()
	for _, p := range c.world.InAccount().List(model.User) {
		_, err := c.world.InWorkspace().Edit(c.admin, model.User, p.ID, func(d *model.Draft) error {
			d.ExternalID, d.Active = "entra-"+p.ID, true
			return nil
		})
		c.must(err)
	}
}

const everybodysRole = "roles/servicePrincipal.user"

// plant puts one of each finding into the company, and gives the job that a group is to own.
func (c company) plant() (job string) {
	c.Helper()
	c.world.AddPrincipal(model.Principal{Kind: model.User, ID: "770001", Name: "gone@contoso.example", MemberOf: []string{model.WorkspaceUsers}, Profile: model.Profile{ExternalID: "e1"}})
	c.world.PresetToken(model.Token{Owner: "gone@contoso.example", CreatedBy: "gone@contoso.example", Comment: "cron on the old server"}, model.NewTokenValue())
	c.world.AddPrincipal(model.Principal{Kind: model.User, ID: "770002", Name: "break-glass@contoso.example", Active: true, MemberOf: []string{"break-glass"}})
	c.world.AddPrincipal(model.Principal{Kind: model.Group, ID: "770003", Name: "break-glass", AccountRoles: []string{model.AccountAdminRole}})
	c.world.AddPrincipal(model.Principal{Kind: model.Group, ID: "770004", Name: "auditors"})
	for _, catalog := range c.world.Catalogs(c.admin, model.Everything).Items {
		if name := catalog.Item.Name; name != "hive_metastore" && name != "system" && name != "samples" {
			c.must(c.world.Preset(unity.OnCatalog(name), "auditors", unity.UseCatalog, unity.UseSchema, unity.Select))
		}
	}
	c.world.AddPrincipal(model.Principal{Kind: model.User, ID: "770005", Name: "vera@contoso.example", Active: true, MemberOf: []string{"auditors", model.WorkspaceUsers}, Profile: model.Profile{ExternalID: "e5"}})
	c.must(c.world.Preset(unity.OnSchema("inventory", "assets"), "analysts", unity.UseSchema, unity.Modify))
	c.must(c.world.Preset(unity.OnCatalog("inventory"), "analysts", unity.UseCatalog))
	owner, _ := c.world.Principal("maria.lindqvist@contoso.example")
	etl := "accounts/" + c.AccountID() + "/servicePrincipals/" + demo.ConnectorID + "/ruleSets/default"
	set, err := c.world.InAccount().RuleSet(owner, etl)
	c.must(err)
	set.Rules = append(set.Rules, model.Rule{Role: everybodysRole, Principals: []string{"groups/" + model.AccountUsers}})
	_, err = c.world.InAccount().ReplaceRules(owner, set)
	c.must(err)
	for i := range 9 { // groups in each other, and one who is in many
		c.world.AddPrincipal(model.Principal{Kind: model.Group, ID: fmt.Sprint(780000 + i), Name: fmt.Sprintf("layer-%d", i), MemberOf: []string{fmt.Sprintf("layer-%d", i-1)}[:min(i, 1)]})
	}
	var many []string
	for i := range 1_200 {
		many = append(many, fmt.Sprintf("team-%04d", i))
		c.world.AddPrincipal(model.Principal{Kind: model.Group, ID: fmt.Sprint(790000 + i), Name: many[i]})
	}
	c.world.AddPrincipal(model.Principal{Kind: model.User, ID: "770006", Name: "joiner@contoso.example", Active: true, MemberOf: many, Profile: model.Profile{ExternalID: "e6"}})
	for i := range 81 {
		c.must(c.world.AddThing(model.Thing{Kind: "apps", ID: fmt.Sprintf("planted-%02d", i), Details: map[string]any{"name": fmt.Sprintf("planted-%02d", i)}}))
	}
	return c.world.Things(c.admin, "jobs")[0].ID
}

func TestEachFindingIsFoundWithItsProofAndOnlyThen(t *testing.T) {
	c := founded(t)
	c.mend()
	for id, f := range c.looked(c.taken("")) {
		if f.State != findings.None || f.Remedy == "" || f.Means == "" {
			t.Errorf("in a company that was mended, %s is %s: %+v, missing %q", id, f.State, f.Evidence, f.Missing)
		}
	}
	found := c.looked(c.taken(c.plant()))
	for id, want := range map[string]string{
		"departed-tokens":   "The token “cron on the old server” of gone@contoso.example has no end, and its owner is deactivated.",
		"inventory-writers": "MODIFY on schema inventory.assets, which group analysts has, lets 1 principal change table or view inventory.assets.devices, such as ines.moreau@contoso.example.",
		"shared-principals": "Everybody, the group account users, has the role servicePrincipal.user on service principal draftt-connector (" + demo.ConnectorID + ").",
		"outside-admins":    "break-glass@contoso.example is account admin, and does not come from the identity provider.",
		"reads-everything":  "vera@contoso.example can read each of ",
		"group-owners":      "The group analysts is listed as the owner of ",
		"near-limits":       "Apps of the workspace: ",
	} {
		f := found[id]
		proven := false
		for _, e := range f.Evidence {
			proven = proven || strings.HasPrefix(e.Says, want)
			if e.Row.Kind == "" {
				t.Errorf("%s: nothing says which rows prove %q", id, e.Says)
			}
		}
		if f.State != findings.Found || !proven || len(f.Missing) > 0 {
			t.Errorf("%s is %s, missing %q, and proven by %+v", id, f.State, f.Missing, f.Evidence)
		}
	}
	for _, want := range []string{"Groups that joiner@contoso.example is in directly: 1,200 of 1,500.", "Layers of groups in the group layer-0: 9 of 10."} {
		if !slices.ContainsFunc(found["near-limits"].Evidence, func(e findings.Evidence) bool { return e.Says == want }) {
			t.Errorf("it does not say %q: %+v", want, found["near-limits"].Evidence)
		}
	}
	for id, step := range map[string]string{
		"near-limits":       "layer-0 → layer-1 → layer-2",
		"outside-admins":    "break-glass@contoso.example → group break-glass → ",
		"inventory-writers": "group analysts → MODIFY on schema inventory.assets",
		"reads-everything":  "group auditors → SELECT on catalog ",
	} {
		var all []string
		for _, e := range found[id].Evidence {
			all = append(all, e.Path...)
		}
		if !strings.Contains(strings.Join(all, "\n"), step) {
			t.Errorf("%s has no path with %q: %q", id, step, all)
		}
	}
}

// TestWhatWasNotCollectedLeavesAFindingUnknown takes what each finding needs away from the ledger, one collector at a time.
func TestWhatWasNotCollectedLeavesAFindingUnknown(t *testing.T) {
	c := founded(t)
	c.mend()
	run := c.taken("")
	facts, in, err := stored.Read(run, access.Table())
	c.must(err)
	before := c.lookedIn(run, facts, in)
	touched := map[string]int{}
	for _, one := range estate.Collectors() {
		var line estate.Line
		_, err := run.Line(one.ID, &line)
		c.must(err)
		denied := line
		denied.State, denied.Lacks = estate.Denied, estate.AccountAdmin
		c.must(run.Write(func(w *store.Change) error { return w.Line(one.ID, denied) }))
		for id, f := range c.lookedIn(run, facts, in) {
			switch said := strings.Join(f.Missing, "; "); {
			case f.State == findings.Unknown && strings.Contains(said, one.ID+": denied, needs account admin"):
				touched[id]++
			case f.State != before[id].State || said != "":
				t.Errorf("without %s, %s is %s, and misses %q", one.ID, id, f.State, said)
			}
		}
		c.must(run.Write(func(w *store.Change) error { return w.Line(one.ID, line) }))
	}
	for id, least := range map[string]int{
		"departed-tokens": 3, "inventory-writers": 16, "shared-principals": 2, "outside-admins": 10, "reads-everything": 16, "group-owners": 3, "near-limits": 7,
	} {
		if touched[id] < least {
			t.Errorf("%s needs %d collectors, and is unknown without one of %d", id, least, touched[id])
		}
	}
}

func TestWithoutTablesNobodyIsSaidNotToWriteThem(t *testing.T) {
	c := founded(t)
	run := c.taken("")
	facts, in, err := stored.Read(run, access.Table())
	c.must(err)
	all, err := findings.Look(run, facts, in, findings.Options{})
	c.must(err)
	for _, f := range all {
		if f.ID == "inventory-writers" && (f.State != findings.Unknown || len(f.Missing) != 1 || !strings.Contains(f.Missing[0], "--table")) {
			t.Errorf("it is %s, missing %q", f.State, f.Missing)
		}
	}
}
