package demo

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// The catalog of the large scenario.
const (
	LargeCatalog = "warehouse_100k"
	LargeSchema  = "events"
)

var (
	largeDomains  = []string{"billing", "checkout", "clickstream", "fulfilment", "identity", "inventory", "payments", "pricing", "search", "support", "telemetry"}
	largeEntities = []string{"account", "asset", "basket", "device", "invoice", "order", "parcel", "session", "ticket", "visit", "voucher", "webhook", "worker"}
	largeForms    = []string{"raw", "daily", "hourly", "snapshot", "history", "deduplicated", "quarantine"}
)

// largeName is a name such as billing_account_raw_00000. The number makes it unique and leads back to the table.
func largeName(i int) string {
	return fmt.Sprintf("%s_%s_%s_%05d",
		largeDomains[i%len(largeDomains)], largeEntities[i%len(largeEntities)], largeForms[i%len(largeForms)], i)
}

// largeNumber gives the number of the table with this name.
func largeNumber(name string, count int) (int, bool) {
	i, err := strconv.Atoi(name[strings.LastIndexByte(name, '_')+1:])
	if err != nil || i < 0 || i >= count || largeName(i) != name {
		return 0, false
	}
	return i, true
}

// addLarge adds a catalog with count generated tables that the connector may read.
func addLarge(w *model.World, count int) error {
	if err := w.AddCatalog(model.Catalog{Name: LargeCatalog, Owner: governance, Comment: "Every event stream of the company"}); err != nil {
		return err
	}
	if err := w.AddSchema(model.Schema{Catalog: LargeCatalog, Name: LargeSchema, Owner: governance}); err != nil {
		return err
	}
	if err := w.Preset(unity.OnCatalog(LargeCatalog), ConnectorID, unity.UseCatalog, unity.UseSchema, unity.Select); err != nil {
		return fmt.Errorf("catalog %s: %w", LargeCatalog, err)
	}
	return w.AddGenerated(LargeCatalog, LargeSchema, model.Generated{
		Count: count,
		Make: func(i int) model.Table {
			return seed.PlainTable(LargeCatalog, LargeSchema, largeName(i), governance, uint64(i%100))
		},
		Find: func(name string) (int, bool) { return largeNumber(name, count) },
	})
}
