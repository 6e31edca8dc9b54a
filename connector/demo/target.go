package demo

import (
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Target is what a person who walks the scenario would choose, for showing its checklist without a walk.
type Target struct {
	WarehouseID connector.WarehouseID // empty where the connector may use none
	Table       connector.TableName   // the first of Tables
	Tables      []connector.TableName
	Scope       connector.Scope
	Start       bool      // the person agrees to start the warehouse
	Expires     time.Time // of the OAuth secret, when that is known
}

// Target gives the choices of the scenario. It returns an error only for a scenario whose own names cannot be quoted.
func (w *Workspace) Target() (Target, error) {
	names := w.scenario.Preset.Tables
	switch {
	case len(names) > 0:
	case w.scenario.Tables > 0:
		names = []string{fmt.Sprintf("%s.%s.%s", LargeCatalog, LargeSchema, largeName(0))}
	default:
		names = []string{"inventory.assets.components", "inventory.assets.devices"}
	}
	scope := connector.ScopeSchema
	if w.scenario.Preset.ByTable {
		scope = connector.ScopeTables
	}
	target := Target{Scope: scope, WarehouseID: connector.WarehouseID(w.scenario.Preset.Warehouse), Start: w.scenario.Preset.Start, Expires: w.secretExpires()}
	for _, name := range names {
		table, err := connector.ParseTable(name, connector.SchemaName{})
		if err != nil {
			return Target{}, fmt.Errorf("name the scenario's table: %w", err)
		}
		target.Tables = append(target.Tables, table)
	}
	target.Table = target.Tables[0]
	first := w.scenario.warehouses()[0]
	if _, allowed := first.Access[ConnectorID]; allowed && target.WarehouseID == "" {
		target.WarehouseID = connector.WarehouseID(first.ID)
	}
	return target, nil
}
