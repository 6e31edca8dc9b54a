package demo

import (
	"net/http"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
)

// The usual warehouses, by what they are to the connector.
const (
	serverless = "a3f19c0d7be24418"
	classic    = "c81d4460af9e2b57"
	unusable   = "09fb6a7d35c2e184"
)

// warehouseScenarios end with a warehouse that is not there or may not be used.
func warehouseScenarios() []Scenario {
	return granted([]Scenario{
		{
			ID: "warehouse-gone", Title: "The warehouse does not exist",
			Story: "The saved connection names a warehouse that was deleted long ago, or whose id was mistyped.",
			Want:  Want{stageWarehouse, warehouse, "warehouse-gone", 30}, Preset: Preset{Warehouse: "0123456789abcdef"},
		},
		{
			ID: "warehouse-of-another-workspace", Title: "The warehouse is another workspace's",
			Story: "The warehouse runs in the finance workspace, and this workspace has never heard of its id.",
			Want:  Want{stageWarehouse, warehouse, "warehouse-gone", 30}, Preset: Preset{Warehouse: "b7c02e51f6d3498a"},
		},
		{
			ID: "warehouse-deleted", Title: "The warehouse was deleted meanwhile",
			Story: "The warehouse was there when it was chosen. It is deleted now, and the workspace still says so.",
			Want:  Want{stageWarehouse, warehouse, "warehouse-gone", 30}, Preset: Preset{Warehouse: serverless},
			Warehouses: changed(serverless, func(v *compute.Warehouse) { v.Initially = compute.Deleted }),
		},
		{
			ID: "no-can-use", Title: "The warehouse shows, and may not be used",
			Story: "The connector has CAN_VIEW on the warehouse, which lists it and takes no statement.",
			Want:  Want{stageCanUse, warehouse, "no-can-use", 30}, Preset: Preset{Warehouse: unusable},
		},
		{
			ID: "can-use-revoked", Title: "CAN_USE was taken away",
			Story: "The connector was taken off the warehouse's permissions after it was chosen.",
			Want:  Want{stageCanUse, warehouse, "no-can-use", 30}, Preset: Preset{Warehouse: serverless},
			Warehouses: withoutConnector(seed.Warehouses()),
		},
		{
			ID: "no-sql-access", Title: "Databricks SQL access is missing",
			Story: "The principal may use the workspace, and not its SQL warehouses: the entitlement was not ticked.",
			Want:  Want{stageSQLAccess, warehouse, "no-sql-entitlement", 21}, Standing: Standing{Entitlements: []string{model.WorkspaceAccess}},
		},
		{
			ID: "warehouse-api-fails", Title: "Warehouses cannot be asked for",
			Story:  "Sign-in works, and whatever is asked about a warehouse is answered with 500.",
			Want:   Want{stageWarehouse, unreachable, "server-trouble", 10},
			Faults: failing(oneOfThem, http.StatusInternalServerError, `{"error_code":"INTERNAL_ERROR","message":"Internal server error"}`),
		},
		{
			ID: "hung-warehouse", Title: "The warehouse never answers",
			Story:  "The warehouse runs, takes the statement and says nothing. The stage ends by its own deadline.",
			Want:   Want{stageCanUse, unreachable, "timeout", 10},
			Faults: []rest.Fault{{Path: "/sql/*", Delay: forEver}},
		},
	})
}

// stateScenarios end with a warehouse that does not run.
func stateScenarios() []Scenario {
	start := Preset{Warehouse: serverless, Start: true}
	stopped := func(v *compute.Warehouse) { v.InitiallyRunning = false }
	refused := func(status int, body string) []rest.Fault {
		return []rest.Fault{{Method: http.MethodPost, Path: oneOfThem, Status: status, Body: body}}
	}
	fails := func(why string) func(*compute.Warehouse) {
		return func(v *compute.Warehouse) {
			v.InitiallyRunning, v.StartTakes, v.StartFails, v.Failure = false, time.Second/2, true, why
		}
	}
	monitored := func(why string) func(*compute.Warehouse) {
		return func(v *compute.Warehouse) {
			fails(why)(v)
			v.Access[ConnectorID] = model.CanMonitor
		}
	}
	return granted([]Scenario{
		{
			ID: "warehouse-starting", Title: "The warehouse is starting",
			Story: "Somebody started the pro warehouse a moment ago. It takes minutes to run.",
			Want:  Want{stageState, notRunning, "warehouse-starting", 31}, Preset: Preset{Warehouse: "5e70b2c94d1f8a36"},
			Warehouses: changed("5e70b2c94d1f8a36", func(v *compute.Warehouse) { v.Initially = compute.Starting }),
		},
		{
			ID: "warehouse-stopping", Title: "The warehouse is stopping",
			Story: "The warehouse stops. It has to have stopped before it can start again.",
			Want:  Want{stageState, notRunning, "warehouse-stopping", 31}, Preset: Preset{Warehouse: serverless},
			Warehouses: changed(serverless, func(v *compute.Warehouse) {
				v.Initially, v.InitiallyRunning, v.StopTakes = compute.Stopping, false, time.Hour
			}),
		},
		{
			ID: "start-refused", Title: "The start is refused",
			Story: "The warehouse is stopped, and the workspace refuses to start it for the connector.",
			Want:  Want{stageState, notRunning, "start-refused", 31}, Preset: start,
			Warehouses: changed(serverless, stopped),
			Faults: refused(http.StatusForbidden,
				denial(`"PERMISSION_DENIED"`, ConnectorID+" is not authorized to start this SQL Endpoint. Please contact the administrator.")),
		},
		{
			ID: "serverless-disabled", Title: "Serverless compute is switched off",
			Story: "The warehouse is serverless, and an admin switched serverless compute off, so it does not start.",
			Want:  Want{stageState, warehouse, "serverless-disabled", 30}, Preset: start,
			Warehouses: changed(serverless, stopped),
			Faults: refused(http.StatusBadRequest,
				denial(`"BAD_REQUEST"`, "Serverless compute is not enabled for this workspace. Please contact your administrator.")),
		},
		{
			ID: "start-fails-quota", Title: "The start fails for want of quota",
			Story: "The start is accepted, and the warehouse stops again: the subscription's quota of cores is used up. The connector may monitor it and is told so.",
			Want:  Want{stageState, notRunning, "start-quota", 31}, Preset: start,
			Warehouses: changed(serverless, monitored("Cluster start failed: AZURE_QUOTA_EXCEEDED_EXCEPTION, operation could not be completed as it results in exceeding approved total regional cores quota.")),
		},
		{
			ID: "start-fails-untold", Title: "The start fails, and why is not told",
			Story: "The start is accepted, and the warehouse stops again. Why shows to those who may monitor it; the connector has CAN_USE alone.",
			Want:  Want{stageState, notRunning, "start-failed", 31}, Preset: start,
			Warehouses: changed(serverless, fails("Cluster start failed: CLOUD_PROVIDER_RESOURCE_STOCKOUT, the VM size requested is not available in the current region.")),
		},
	})
}

// changed are the usual warehouses with one of them changed.
func changed(id string, change func(*compute.Warehouse)) []compute.Warehouse {
	list := seed.Warehouses()
	for i := range list {
		if list[i].ID == id {
			change(&list[i])
		}
	}
	return list
}
