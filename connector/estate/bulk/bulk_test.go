package bulk_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	size "github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/bulk"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/screentest/embedded"
)

// company is the embedded workspace of a few dozen people with some dozens of tables.
type company struct {
	*demo.Workspace
	world *model.World
	admin *model.Principal
}

func founded(t *testing.T) company {
	t.Helper()
	var c company
	c.Workspace, c.world = embedded.Company(t, size.Size{Seed: 13, Principals: 40, Groups: 12, Warehouses: 8, Jobs: 2, Objects: 5, Catalogs: 1, Schemas: 3, Tables: 20})
	c.admin, _ = c.world.Principal(demo.AdminID)
	return c
}

// warehouse is one of the workspace's, in a state.
func (c company) warehouse(t *testing.T, running bool) connector.WarehouseID {
	t.Helper()
	for _, w := range c.world.Warehouses(c.admin) {
		if w.InitiallyRunning == running {
			return connector.WarehouseID(w.ID)
		}
	}
	t.Fatal("there is no such warehouse")
	return ""
}

// asked is what an inventory asks as somebody, with grants on a warehouse where one is named.
func (c company) asked(t *testing.T, as demo.Credentials, warehouse connector.WarehouseID) estate.Options {
	t.Helper()
	h, _, err := connector.ParseHost(c.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	line := workspace.Config{Host: h, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: as.ClientID, Secret: as.Secret}, Network: c.Network(), Admin: true}
	r, err := workspace.OpenReader(line, estate.Reads(estate.AtWorkspace))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	o := estate.Options{Place: estate.Place{Host: c.Host(), Workspace: c.world.WorkspaceID()}, Pace: 1e6, Workspace: r}
	if warehouse != "" {
		grants, err := bulk.Open(line, warehouse)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(grants.Close)
		o.Bulk = grants
	}
	return o
}

// taken is an inventory as somebody, and what stands before the grants on the warehouse.
func (c company) taken(t *testing.T, as demo.Credentials, warehouse connector.WarehouseID, before ...func(estate.Bulk) estate.Bulk) (*store.Run, estate.Coverage) {
	t.Helper()
	o := c.asked(t, as, warehouse)
	for _, stands := range before {
		o.Bulk = stands(o.Bulk)
	}
	run, _, _, err := store.Folder{Dir: t.TempDir()}.Begin(time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC), false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Close() })
	seen, err := estate.Run(t.Context(), run, o)
	if err != nil {
		t.Fatal(err)
	}
	return run, seen
}

// same holds the rows of two runs against each other. What the number of a principal is, the information schema does not tell.
func same(t *testing.T, a, b *store.Run) {
	t.Helper()
	for _, kind := range estate.AllKinds() {
		for d, err := range store.Compare(a, b, kind) {
			if err != nil {
				t.Fatal(err)
			}
			if d.Before == nil || d.After == nil {
				t.Errorf("%s %s is in one of them alone: %v, %v", kind, d.ID, d.Before, d.After)
			}
		}
	}
	for c, err := range estate.Diff(a, b) {
		if err != nil || c.Kind != "tokens" { // which are used meanwhile
			t.Errorf("%s %s %s: %v, %v", c.Kind, c.ID, c.What, c.Fields, err)
		}
	}
}

// objects are the kinds of what the information schema tells the grants of.
var objects = []string{"catalogs", "schemas", "tables", "volumes", "functions"}

func TestGrantsReadAtOnceAreThoseThatEachObjectTells(t *testing.T) {
	c := founded(t)
	one, before := c.taken(t, c.Admin(), "")
	all, seen := c.taken(t, c.Admin(), c.warehouse(t, true))
	same(t, one, all)
	for _, kind := range objects {
		a, b := before.Line(estate.GrantsOf(kind)), seen.Line(estate.GrantsOf(kind))
		if b.State != a.State || b.Rows != a.Rows || b.Answered != a.Answered || b.How != "from the information schema" {
			t.Errorf("%s: %+v, and one by one %+v", kind, b, a)
		}
		if kind == "tables" && (b.Bulk < 60 || b.Bulk+b.Requests != b.Answered) {
			t.Errorf("of %d tables, %d were read at once, and there were %d requests", b.Answered, b.Bulk, b.Requests)
		}
	}
	t.Logf("%d requests, and one by one %d", seen.Requests, before.Requests)
}

func TestGrantsThatMayNotBeWholeAtOnceAreAskedForOneByOne(t *testing.T) {
	c := founded(t)
	const other = "0000009-1111-4111-8111-111111111111"
	c.world.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "900001", Name: "0" + other, DisplayName: "of admins", Active: true, MemberOf: []string{model.Admins}})
	c.world.AddSecret("0"+other, []byte("dose-900001"))
	noMetastoreAdmin := demo.Credentials{ClientID: connector.ClientID("0" + other), Secret: connector.NewSecret([]byte("dose-900001"))}
	asAdmin, seenAsAdmin := c.taken(t, c.Admin(), "")
	for name, is := range map[string]struct {
		as        demo.Credentials
		warehouse connector.WarehouseID
		how       string
	}{
		"the warehouse does not run":    {c.Admin(), c.warehouse(t, false), "does not run"},
		"there is no such warehouse":    {c.Admin(), "00000000000000ff", "one by one: "},
		"who asks rules no metastore":   {noMetastoreAdmin, c.warehouse(t, true), "to a metastore admin alone"},
		"who asks may use no warehouse": {c.Connector(), c.warehouse(t, true), "one by one: "},
	} {
		t.Run(name, func(t *testing.T) {
			one, before := asAdmin, seenAsAdmin
			if is.as.ClientID != c.Admin().ClientID {
				one, before = c.taken(t, is.as, "")
			}
			all, seen := c.taken(t, is.as, is.warehouse)
			same(t, one, all)
			for _, kind := range objects {
				a, b := before.Line(estate.GrantsOf(kind)), seen.Line(estate.GrantsOf(kind))
				if b.State != a.State || b.Rows != a.Rows || b.Requests != a.Requests || b.Bulk > 0 || !strings.Contains(b.How, is.how) {
					t.Errorf("%s: %+v, and one by one %+v", kind, b, a)
				}
			}
		})
	}
}

// partly tells less of the tables of a schema than there is: of one table nothing, or of one grant not whose it is; or it breaks off.
type partly struct {
	estate.Bulk
	schema         string
	hides, forgets string
	breaks         int
}

func (p partly) Listed(ctx context.Context, kind string) (map[string]int, error) {
	counts, err := p.Bulk.Listed(ctx, kind)
	if kind == "tables" && p.hides != "" {
		counts[p.schema]--
	}
	return counts, err
}

func (p partly) Grants(ctx context.Context, kind string) iter.Seq2[estate.BulkGrant, error] {
	return func(yield func(estate.BulkGrant, error) bool) {
		n := 0
		for g, err := range p.Bulk.Grants(ctx, kind) {
			if n++; n == p.breaks {
				yield(estate.BulkGrant{}, errors.New("the session is gone"))
				return
			}
			if g.On == p.forgets {
				g.Principal = ""
			}
			if (p.hides == "" || g.On != p.hides) && !yield(g, err) {
				return
			}
		}
	}
}

// TestWhatIsNotToldOfWholeIsAskedAbout has the information schema tell less than there is, without a word.
func TestWhatIsNotToldOfWholeIsAskedAbout(t *testing.T) {
	c := founded(t)
	if err := c.world.Preset(unity.OnTable("inventory", "assets", "devices"), "data-governance", unity.Select); err != nil {
		t.Fatal(err)
	}
	assets, err := c.world.Tables(c.admin, "inventory", "assets", model.Everything)
	if err != nil {
		t.Fatal(err)
	}
	one, before := c.taken(t, c.Admin(), "")
	tables := before.Line("grants:tables").Answered
	for name, is := range map[string]struct {
		partly
		requests int
	}{
		"a schema is told of in part": {partly{schema: "inventory.assets", hides: "inventory.assets.devices"}, len(assets.Items)},
		"a grant is nobody's":         {partly{forgets: "inventory.assets.devices"}, 1},
		"it breaks off":               {partly{breaks: 1}, tables},
	} {
		t.Run(name, func(t *testing.T) {
			all, seen := c.taken(t, c.Admin(), c.warehouse(t, true), func(b estate.Bulk) estate.Bulk {
				is.Bulk = b
				return is.partly
			})
			same(t, one, all)
			if l := seen.Line("grants:tables"); l.State != estate.Done || l.Requests != is.requests || l.Bulk != tables-is.requests {
				t.Errorf("%d requests where there are to be %d: %+v", l.Requests, is.requests, l)
			}
		})
	}
}

// leaving ends a run while the grants of tables are read.
type leaving struct {
	estate.Bulk
	leave func()
}

func (l leaving) Grants(ctx context.Context, kind string) iter.Seq2[estate.BulkGrant, error] {
	if kind == "tables" {
		l.leave()
	}
	return l.Bulk.Grants(ctx, kind)
}

func TestARunThatEndsWhileGrantsAreReadGoesOn(t *testing.T) {
	c := founded(t)
	one, _ := c.taken(t, c.Admin(), "")
	folder := store.Folder{Dir: t.TempDir()}
	o := c.asked(t, c.Admin(), c.warehouse(t, true))
	ctx, leave := context.WithCancel(t.Context())
	left := o
	left.Bulk = leaving{o.Bulk, leave}
	if _, _, err := estate.Take(ctx, folder, left, estate.Taking{}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	m, seen, err := estate.Take(t.Context(), folder, o, estate.Taking{Begun: func(_ string, resumed bool) {
		if !resumed {
			t.Error("it began anew")
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	all, _, _, err := folder.Open(m.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = all.Close() }()
	same(t, one, all)
	if l := seen.Line("grants:tables"); l.State != estate.Done || l.Bulk != l.Answered || l.Requests > 0 {
		t.Errorf("%+v", l)
	}
}
