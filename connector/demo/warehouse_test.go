package demo_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func TestWarehousesAreListedInPages(t *testing.T) {
	w, _ := start(t, "ready")
	c := signIn(t, w, w.Connector())
	list, err := warehouses(c).ListAll(ctx, sql.ListWarehousesRequest{PageSize: 1})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, info := range list {
		names = append(names, info.Name)
		if info.OdbcParams.Path != "/sql/1.0/warehouses/"+info.Id || info.OdbcParams.Hostname != w.Host() {
			t.Errorf("%s is reached at %+v", info.Name, info.OdbcParams)
		}
	}
	if want := []string{"Starter Warehouse", "Analytics", "BI Classic", "Finance"}; !slices.Equal(names, want) {
		t.Errorf("listed %q", names)
	}
}

func TestAWarehouseStartsInItsOwnTime(t *testing.T) {
	w, clock := start(t, "warehouse-stopped")
	c := signIn(t, w, w.Connector())
	id := map[string]string{}
	list, err := warehouses(c).ListAll(ctx, sql.ListWarehousesRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range list {
		id[info.Name] = info.Id
		if info.State != sql.StateStopped {
			t.Errorf("%s is %s at first", info.Name, info.State)
		}
	}
	state := func(name string) sql.State {
		t.Helper()
		info, err := warehouses(c).GetById(ctx, id[name])
		if err != nil {
			t.Fatal(err)
		}
		return info.State
	}
	for _, name := range []string{"Starter Warehouse", "Analytics", "Reporting"} {
		if _, err := warehouses(c).Start(ctx, sql.StartRequest{Id: id[name]}); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(when string, starter, analytics, reporting sql.State) {
		t.Helper()
		got := [3]sql.State{state("Starter Warehouse"), state("Analytics"), state("Reporting")}
		if got != [3]sql.State{starter, analytics, reporting} {
			t.Errorf("%s: %v", when, got)
		}
	}
	expect("at once", sql.StateStarting, sql.StateStarting, sql.StateStarting)
	clock.Advance(4 * time.Second)
	expect("after 4 s", sql.StateRunning, sql.StateStarting, sql.StateStarting)
	clock.Advance(4 * time.Minute)
	expect("after 4 min", sql.StateRunning, sql.StateRunning, sql.StateStarting)
	if _, err := warehouses(c).Stop(ctx, sql.StopRequest{Id: id["Analytics"]}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("CAN_USE stopped a warehouse: %v", err)
	}
	if _, err := warehouses(signInWithToken(t, w, w.Admin())).Stop(ctx, sql.StopRequest{Id: id["Analytics"]}); err != nil {
		t.Errorf("a workspace admin stops a warehouse: %v", err)
	}
	expect("when stopped", sql.StateRunning, sql.StateStopping, sql.StateStarting)
}

func TestAVisibleWarehouseMayStillBeClosed(t *testing.T) {
	w, _ := start(t, "ready")
	c := signIn(t, w, w.Connector())
	if _, err := warehouses(c).GetById(ctx, finance); err != nil {
		t.Errorf("CAN_VIEW shows the warehouse: %v", err)
	}
	_, err := warehouses(c).Start(ctx, sql.StartRequest{Id: finance})
	if !errors.Is(err, apierr.ErrPermissionDenied) || !strings.Contains(err.Error(), demo.ConnectorID+" is not authorized to use or monitor this SQL Endpoint.") {
		t.Errorf("start: %v", err)
	}
	if _, err := warehouses(c).GetPermissionsByWarehouseId(ctx, finance); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the access list: %v", err)
	}
	list, err := warehouses(signIn(t, w, w.Admin())).GetPermissionsByWarehouseId(ctx, finance)
	if err != nil || len(list.AccessControlList) != 3 {
		t.Errorf("the access list for an admin: %+v, %v", list, err)
	}
}
