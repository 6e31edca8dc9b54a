package demo

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// Scenario is a workspace in a certain condition, as data: what the connector was granted, which warehouses there are, what goes wrong.
type Scenario struct {
	ID    string // what a person types to choose it
	Title string // a few words
	Story string // one or two sentences: what a person will meet

	Grants     []Grant           // to the connector, on the catalogs that every scenario has
	Warehouses []model.Warehouse // nil: the usual ones
	Tables     int               // when not 0, there is a catalog with so many generated tables, open to the connector
	Faults     []rest.Fault

	WrongSecret bool // the connector's form is prefilled with a secret that the workspace refuses
	Unreachable bool // the workspace's name cannot be resolved
}

// Grant is privileges on one object.
type Grant struct {
	On         model.Securable
	Privileges []model.Privilege
}

// Find gives the scenario with this id. The error for an unknown one lists those there are.
func Find(id string) (Scenario, error) {
	var ids []string
	for _, s := range Scenarios() {
		if s.ID == id {
			return s, nil
		}
		ids = append(ids, s.ID)
	}
	return Scenario{}, fmt.Errorf("there is no scenario %q; choose one of %s", id, strings.Join(ids, ", "))
}
