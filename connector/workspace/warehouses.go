package workspace

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Page is a part of a listing. Next is the token of the next part, empty at the end; a page may be empty and still have a next one.
type Page[T any] struct {
	Items []T
	Next  string
}

// Warehouses lists the SQL warehouses that the principal has access to. One without CAN_USE is usually not listed at all.
func (w *Workspace) Warehouses(ctx context.Context, token string) (Page[connector.Warehouse], error) {
	var answer sql.ListWarehousesResponse
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
	var answer *sql.GetWarehouseResponse
	err := asking(ctx, func(ctx context.Context) (err error) {
		answer, err = sql.NewWarehouses(w.client).Get(ctx, sql.GetWarehouseRequest{Id: connector.PathSegment(string(id))})
		return err
	})
	if err == nil {
		err = same(nil, answer.Id, string(id))
	}
	if err != nil {
		return connector.Warehouse{}, fmt.Errorf("read the SQL warehouse: %w", w.told(err))
	}
	e := sql.EndpointInfo{
		Id: answer.Id, Name: answer.Name, ClusterSize: answer.ClusterSize, State: answer.State, AutoStopMins: answer.AutoStopMins,
		EnableServerlessCompute: answer.EnableServerlessCompute, OdbcParams: answer.OdbcParams, Health: answer.Health,
		WarehouseType: sql.EndpointInfoWarehouseType(answer.WarehouseType),
	}
	return w.warehouse(&e), nil
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
var httpPath = regexp.MustCompile(`^/sql/1\.0/(warehouses|endpoints)/[A-Za-z0-9_-]+$`)

func (w *Workspace) warehouse(e *sql.EndpointInfo) connector.Warehouse {
	out := connector.Warehouse{
		ID: connector.WarehouseID(connector.CleanLine(e.Id, 64)), Name: connector.FromRemote(e.Name), Type: warehouseType(e),
		Size: w.names.Remote(connector.KindName, e.ClusterSize), State: connector.WarehouseState(e.State), AutoStop: time.Duration(e.AutoStopMins) * time.Minute,
		HTTPPath: connector.WarehouseID(e.Id).HTTPPath(),
	}
	if e.OdbcParams != nil && httpPath.MatchString(e.OdbcParams.Path) {
		out.HTTPPath = e.OdbcParams.Path
	}
	w.names.Note(connector.KindWarehouse, e.Name, e.Id, path.Base(out.HTTPPath))
	if h := e.Health; h != nil && h.Status != sql.StatusHealthy && h.Status != "" {
		why := cmp.Or(h.Summary, h.Message, bareHealth(h))
		w.names.NoteText(why)
		out.Health = connector.FromRemote(why)
	}
	return out
}

// bareHealth is the state of a warehouse whose reason is not given. Those who have CAN_USE alone are told in the details that these are not
// for them, and not for whom they are.
func bareHealth(h *sql.EndpointHealth) string {
	details := h.Details
	if strings.Contains(details, "not visible") {
		details = "the reason shows to those who have CAN_MONITOR or CAN_MANAGE on it"
	}
	return strings.Trim(string(h.Status)+", "+details, ", ")
}

// warehouseType: serverless is a pro warehouse with serverless compute, in the API's terms.
func warehouseType(e *sql.EndpointInfo) connector.WarehouseType {
	switch {
	case e.WarehouseType == sql.EndpointInfoWarehouseTypePro && e.EnableServerlessCompute:
		return connector.Serverless
	case e.WarehouseType == sql.EndpointInfoWarehouseTypePro:
		return connector.Pro
	case e.WarehouseType == sql.EndpointInfoWarehouseTypeClassic:
		return connector.Classic
	}
	return connector.UnknownType
}
