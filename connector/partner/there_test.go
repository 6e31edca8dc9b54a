package partner_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

// TestWhatIsSelectedAndNotThereIsRefusedWithNamesLikeIt has an admin mistype what is selected, for somebody who is there and for one to be made.
func TestWhatIsSelectedAndNotThereIsRefusedWithNamesLikeIt(t *testing.T) {
	d := start(t, "first-time", nil)
	s := open(t, d)
	hex, _ := partner.Find("Hex")
	right := choice(t, hex.Set, false)
	selects := func(full, warehouse string) partner.Choice {
		name := schema(t, full)
		return partner.Choice{Catalog: name.Catalog, Schemas: []connector.SchemaName{name}, Warehouse: connector.WarehouseID(warehouse)}
	}
	for what, c := range map[string]struct {
		chosen       partner.Choice
		says, remedy string
	}{
		"a catalog":               {selects("inventroy.assets", starter), "There is no catalog inventroy that you are shown.", "Did you mean inventory?"},
		"a catalog like no other": {selects("qqqqqqqq.assets", starter), "There is no catalog qqqqqqqq", "ask its owner, or a metastore admin"},
		"a schema":                {selects("inventory.asets", starter), "There is no schema inventory.asets", "Did you mean inventory.assets?"},
		"a warehouse":             {selects("inventory.assets", "a3f19c0d7be24417"), "There is no SQL warehouse a3f19c0d7be24417", "Did you mean " + starter + "?"},
		"a warehouse by its name": {selects("inventory.assets", "starter warehouse"), "There is no SQL warehouse starter warehouse", starter + " (Starter Warehouse)"},
	} {
		for _, who := range []string{"", "draftt-connector"} {
			_, err := partner.Propose(t.Context(), s, partner.Wish{Partner: "Hex", Set: hex.Set, Choice: c.chosen, Principal: who})
			var refused *connector.Error
			if !errors.As(err, &refused) || refused.Kind != connector.ErrInput || !strings.Contains(refused.What, c.says) || !strings.Contains(refused.Remedy, c.remedy) {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	if _, err := partner.Check(t.Context(), s, hex.Set, right, hex.User(), ""); !errors.Is(err, admin.ErrNotFound) {
		t.Errorf("what is there: %v", err)
	}
}
