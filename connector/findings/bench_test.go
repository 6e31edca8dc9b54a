package findings_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/findings"
)

// crowded is an inventory of 10,000 users and a million tables, which a fifth of the users can read and write, all of them through one group.
func crowded(b *testing.B) *store.Run {
	b.Helper()
	run, _, _, err := store.Folder{Dir: b.TempDir()}.Begin(time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC), false)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = run.Close() })
	err = run.Write(func(c *store.Change) error {
		put := func(kind, id, parent, name, body string) {
			if _, err := c.Put(store.Row{Kind: kind, ID: id, Parent: parent, Name: name, Body: body}); err != nil {
				b.Fatal(err)
			}
		}
		for _, one := range estate.Collectors() {
			if err := c.Line(one.ID, estate.Line{State: estate.Done}); err != nil {
				b.Fatal(err)
			}
		}
		if err := c.Fact("place", estate.Place{Host: "a", Workspace: "1", Account: "a"}); err != nil {
			b.Fatal(err)
		}
		put("metastore", "m", "", "m", `{"owner":"readers"}`)
		put("groups", "5000000", "", "readers", "{}")
		put("workspace-groups", "5000000", "", "readers", `{"displayName":"readers","entitlements":[{"value":"workspace-access"},{"value":"databricks-sql-access"}]}`)
		put("workspace-assignments", "5000000", "", "readers", `{"permissions":["USER"]}`)
		for i := range 10_000 {
			put("users", fmt.Sprint(6_000_000+i), "", fmt.Sprintf("person-%05d@example.com", i), fmt.Sprintf(`{"active":true,"userName":"person-%05d@example.com"}`, i))
			if i%5 == 0 {
				put("memberships", fmt.Sprintf("5000000/%d", 6_000_000+i), "", "", "{}")
			}
		}
		for n := range 100 {
			catalog := fmt.Sprintf("catalog_%03d", n)
			put("catalogs", catalog, "", catalog, `{"owner":"x","isolation_mode":"OPEN","catalog_type":"MANAGED_CATALOG"}`)
			put(estate.GrantsOf("catalogs"), catalog+"/readers", catalog, "readers", `{"principal":"readers","privileges":["USE_CATALOG","USE_SCHEMA","SELECT","MODIFY"]}`)
			for s := range 40 {
				schema := fmt.Sprintf("%s.schema_%03d", catalog, s)
				put("schemas", schema, catalog, schema, `{"owner":"x"}`)
				for i := range 250 {
					table := fmt.Sprintf("%s.table_number_%05d", schema, i)
					put("tables", table, schema, table, `{"owner":"x"}`)
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return run
}

func BenchmarkLook(b *testing.B) {
	run := crowded(b)
	facts, in, err := stored.Read(run, access.Table())
	if err != nil {
		b.Fatal(err)
	}
	table, err := connector.ParseTable("catalog_000.schema_000.table_number_00000", connector.SchemaName{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		all, err := findings.Look(run, facts, in, findings.Options{Tables: []connector.TableName{table}})
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range all {
			b.ReportMetric(float64(len(f.Evidence)), f.ID)
		}
	}
}
