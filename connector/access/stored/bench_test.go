package stored_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// filled has a whole inventory of the largest estate: 15,000 principals, and a million tables of which every other one has a grant.
func filled(b *testing.B) store.Folder {
	b.Helper()
	f := store.Folder{Dir: b.TempDir()}
	run, id, _, err := f.Begin(time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC), false)
	if err != nil {
		b.Fatal(err)
	}
	err = run.Write(func(c *store.Change) error {
		put := func(kind, id, parent, name, body string) {
			if _, err := c.Put(store.Row{Kind: kind, ID: id, Parent: parent, Name: name, Body: body}); err != nil {
				b.Fatal(err)
			}
		}
		put("metastore", "m", "", "m", `{"owner":"group-00001"}`)
		for i := range 5000 {
			put("groups", fmt.Sprint(5_000_000+i), "", fmt.Sprintf("group-%05d", i), "{}")
			put("memberships", fmt.Sprintf("%d/%d", 5_000_000+i, 6_000_000+i), "", "", "{}")
		}
		for i := range 10_000 {
			put("users", fmt.Sprint(6_000_000+i), "", fmt.Sprintf("person-%05d@example.com", i), `{"active":true}`)
		}
		for n := range 100 {
			catalog := fmt.Sprintf("catalog_%03d", n)
			put("catalogs", catalog, "", catalog, `{"owner":"group-00002","isolation_mode":"OPEN","catalog_type":"MANAGED_CATALOG"}`)
			for s := range 40 {
				schema := fmt.Sprintf("%s.schema_%03d", catalog, s)
				put("schemas", schema, catalog, schema, `{"owner":"group-00003","catalog_name":"`+catalog+`"}`)
				for i := range 250 {
					table := fmt.Sprintf("%s.table_number_%05d", schema, i)
					put("tables", table, schema, table, `{"catalog_name":"`+catalog+`","created_at":1744214628942,"created_by":"person-00003@example.com","data_source_format":"DELTA","name":"x","owner":"group-00004","schema_name":"s","table_type":"MANAGED"}`)
					if i%2 == 0 {
						put(estate.GrantsOf("tables"), table+"/group-00005", table, "group-00005", `{"principal":"group-00005","privileges":["SELECT"]}`)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := f.Seal(run, store.Manifest{ID: id, Summary: []byte("{}")}, 0); err != nil {
		b.Fatal(err)
	}
	return f
}

// BenchmarkRead opens the run as every command does, which holds its file against the hash that was written down.
func BenchmarkRead(b *testing.B) {
	folder := filled(b)
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		run, _, _, err := folder.Open("")
		if err != nil {
			b.Fatal(err)
		}
		f, _, err := stored.Read(run, access.Table())
		if err != nil {
			b.Fatal(err)
		}
		_ = run.Close()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.Sys)/(1<<20), "MiB-taken")
		_, objects := f.Count()
		b.ReportMetric(float64(objects), "objects")
	}
}
