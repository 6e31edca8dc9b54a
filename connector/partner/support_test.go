package partner_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/screentest/embedded"
)

const starter = embedded.Starter

// start is an embedded workspace with more in it than its scenario has.
func start(t testing.TB, scenario string, furnish func(*model.World) error) *demo.Workspace {
	t.Helper()
	return embedded.Start(t, scenario, demo.Options{Furnish: furnish})
}

func openAs(t testing.TB, d *demo.Workspace, who demo.Credentials) *admin.Session {
	t.Helper()
	s, err := admin.Open(t.Context(), admin.Config{
		Host: embedded.HostOf(t, d), Network: d.Network(), Credentials: embedded.SignsIn(who), Version: "1.2.3", Rate: embedded.Unhurried,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func open(t testing.TB, d *demo.Workspace) *admin.Session {
	t.Helper()
	return openAs(t, d, d.Admin())
}

func journal(t testing.TB) *admin.Journal {
	t.Helper()
	j, err := admin.OpenJournal(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func apply(t testing.TB, s *admin.Session, p admin.Plan, j *admin.Journal) admin.Outcome {
	t.Helper()
	c, err := p.Confirmed(p.Name)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Apply(t.Context(), c, j)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func schema(t testing.TB, full string) connector.SchemaName {
	t.Helper()
	name, err := connector.ParseSchema(full)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// choice selects as much as a set can have.
func choice(t testing.TB, set *partner.Set, legacy bool) partner.Choice {
	t.Helper()
	names := []string{"inventory.assets", "inventory.reference"}
	if legacy {
		names = []string{"hive_metastore.default"}
	}
	if !set.Many {
		names = names[:1]
	}
	c := partner.Choice{Warehouse: starter}
	for _, n := range names {
		s := schema(t, n)
		c.Catalog, c.Schemas = s.Catalog, append(c.Schemas, s)
	}
	return c
}

// eachSet runs a test for every partner of the document, and Draftt, with Unity Catalog and with hive_metastore.
func eachSet(t *testing.T, do func(t *testing.T, p partner.Partner, legacy bool)) {
	t.Helper()
	tested := 0
	for _, p := range partner.All() {
		if p.Set == nil {
			continue
		}
		for legacy, name := range map[bool]string{false: "unity", true: "legacy"} {
			tested++
			t.Run(p.Name+" "+name, func(t *testing.T) { do(t, p, legacy) })
		}
	}
	if tested != 2*21 {
		t.Errorf("%d sets, and the document names 20 partners", tested)
	}
}
