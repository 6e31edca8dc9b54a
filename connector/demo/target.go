package demo

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Target is what a person who walks the scenario would choose, for showing its checklist without a walk.
type Target struct {
	WarehouseID string // empty where the connector may use none
	Table       connector.TableName
}

// Target gives the choices of the scenario. It returns an error only for a scenario whose own names cannot be quoted.
func (w *Workspace) Target() (Target, error) {
	name := "inventory.assets.components"
	if w.scenario.Tables > 0 {
		name = fmt.Sprintf("%s.%s.%s", LargeCatalog, LargeSchema, largeName(0))
	}
	table, err := connector.ParseTable(name, connector.SchemaName{})
	if err != nil {
		return Target{}, fmt.Errorf("name the scenario's table: %w", err)
	}
	target := Target{Table: table}
	warehouses := w.scenario.Warehouses
	if warehouses == nil {
		warehouses = usualWarehouses()
	}
	if _, allowed := warehouses[0].Access[ConnectorID]; allowed {
		target.WarehouseID = warehouses[0].ID
	}
	return target, nil
}
