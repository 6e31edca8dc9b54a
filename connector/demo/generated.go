package demo

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector/demo/delta"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// The catalog of the scenario sync, whose tables are made while they are read.
const (
	GeneratedCatalog = "generated"
	GeneratedSchema  = "sync"
)

// generatedTables are its tables. All but one record their changes.
var generatedTables = []struct {
	name string
	rows int
	feed bool
}{
	{"rows_1k", 1_000, true}, {"rows_100k", 100_000, true}, {"rows_1m", 1_000_000, true}, {"rows_10m", 10_000_000, true},
	{"rows_100m", 100_000_000, true}, {"without_feed", 1_000, false}, {"rows_50m", 50_000_000, true},
}

// syncScenario is for whoever reads tables again and again. It is not among those that are listed, which show how a set-up ends.
var syncScenario = Scenario{
	ID: "sync", Title: "Tables that change",
	Story:  "Everything is granted, and the catalog generated has tables of up to 100 million rows with their versions and changes.",
	Grants: assetsGrants, Generated: true,
}

// addGenerated adds the catalog, which the connector may read.
func addGenerated(w *model.World) error {
	if err := w.AddCatalog(model.Catalog{Name: GeneratedCatalog, Owner: governance, Comment: "Tables that change"}); err != nil {
		return err
	}
	if err := w.AddSchema(model.Schema{Catalog: GeneratedCatalog, Name: GeneratedSchema, Owner: governance}); err != nil {
		return err
	}
	for i, t := range generatedTables {
		table := model.Table{
			Catalog: GeneratedCatalog, Schema: GeneratedSchema, Name: t.name, Owner: governance, Type: model.Managed, Columns: delta.GeneratedColumns,
			RowCount: t.rows, Rows: delta.Generate(uint64(i + 1)), Sorted: t.rows,
		}
		if err := w.AddTable(table); err != nil {
			return err
		}
	}
	if err := w.Preset(unity.OnCatalog(GeneratedCatalog), ConnectorID, unity.UseCatalog, unity.UseSchema, unity.Select); err != nil {
		return fmt.Errorf("catalog %s: %w", GeneratedCatalog, err)
	}
	return nil
}

// presetFeeds turns the change feed of generated tables on.
func presetFeeds(versions *delta.Store) {
	for _, t := range generatedTables {
		if t.feed {
			versions.Preset(engine.NewName(GeneratedCatalog, GeneratedSchema, t.name), map[string]string{delta.FeedKey: "true"})
		}
	}
}
