package workspace

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// Page is a part of a listing. Next is the token of the next part, empty at the end; a page may be empty and still have a next one.
type Page[T any] struct {
	Items []T
	Next  string
}

// Warehouses lists the SQL warehouses that the principal has access to. One without CAN_USE is usually not listed at all.
func (w *Workspace) Warehouses(ctx context.Context, token string) (Page[connector.Warehouse], error) {
	var answer warehousesAnswer
	if err := w.get(ctx, "/api/2.0/sql/warehouses", sql.ListWarehousesRequest{PageToken: token}, &answer); err != nil {
		return Page[connector.Warehouse]{}, fmt.Errorf("list SQL warehouses: %w", err)
	}
	page := Page[connector.Warehouse]{Next: answer.NextPageToken}
	for _, e := range answer.Warehouses {
		page.Items = append(page.Items, w.warehouse(&e))
	}
	return page, nil
}

// Warehouse asks for one SQL warehouse by ID.
func (w *Workspace) Warehouse(ctx context.Context, id connector.WarehouseID) (connector.Warehouse, error) {
	var answer warehouseAnswer
	err := w.get(ctx, "/api/2.0/sql/warehouses/"+connector.PathSegment(string(id)), nil, &answer)
	if err = same(err, answer.ID, string(id)); err != nil {
		return connector.Warehouse{}, fmt.Errorf("read the SQL warehouse: %w", err)
	}
	return w.warehouse(&answer), nil
}

// StartWarehouse asks the workspace to start a SQL warehouse and returns at once; CAN_USE is enough. Poll Warehouse for its state:
// right after the request it may still read STOPPED.
func (w *Workspace) StartWarehouse(ctx context.Context, id connector.WarehouseID) error {
	err := asking(ctx, func(ctx context.Context) error {
		_, err := sql.NewWarehouses(w.client).Start(ctx, sql.StartRequest{Id: connector.PathSegment(string(id))})
		return err
	})
	if err != nil {
		return fmt.Errorf("start the SQL warehouse: %w", w.told(err))
	}
	return nil
}

// httpPath is what a warehouse's own path looks like. Anything else that a workspace names is not used, nor shown.
var httpPath = pattern.New(`^/sql/1\.0/(warehouses|endpoints)/[A-Za-z0-9_-]+$`)

func (w *Workspace) warehouse(e *warehouseAnswer) connector.Warehouse {
	out := connector.Warehouse{
		ID: connector.WarehouseID(connector.CleanLine(e.ID, 64)), Name: connector.FromRemote(e.Name), Type: warehouseType(e),
		Size: w.names.Remote(connector.KindName, e.ClusterSize), State: connector.WarehouseState(e.State), AutoStop: time.Duration(e.AutoStopMins) * time.Minute,
		HTTPPath: connector.WarehouseID(e.ID).HTTPPath(),
	}
	if httpPath().MatchString(e.ODBC.Path) {
		out.HTTPPath = e.ODBC.Path
	}
	w.names.Note(connector.KindWarehouse, e.Name, e.ID, path.Base(out.HTTPPath))
	if h := e.Health; h != nil && sql.Status(h.Status) != sql.StatusHealthy && h.Status != "" {
		why := cmp.Or(h.Summary, h.Message, bareHealth(h))
		w.names.NoteText(why)
		out.Health = connector.FromRemote(why)
	}
	return out
}

// bareHealth is the state of a warehouse whose reason is not given. Those who have CAN_USE alone are told in the details that these are not
// for them, and not for whom they are.
func bareHealth(h *healthAnswer) string {
	details := h.Details
	if strings.Contains(details, "not visible") {
		details = "the reason shows to those who have CAN_MONITOR or CAN_MANAGE on it"
	}
	return strings.Trim(h.Status+", "+details, ", ")
}

// warehouseType: serverless is a pro warehouse with serverless compute, in the API's terms.
func warehouseType(e *warehouseAnswer) connector.WarehouseType {
	switch sql.EndpointInfoWarehouseType(e.Type) {
	case sql.EndpointInfoWarehouseTypePro:
		if e.Serverless {
			return connector.Serverless
		}
		return connector.Pro
	case sql.EndpointInfoWarehouseTypeClassic:
		return connector.Classic
	}
	return connector.UnknownType
}
