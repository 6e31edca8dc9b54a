package model

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
)

func TestAWarehouseGoesThroughItsStates(t *testing.T) {
	w, clock := company(t)
	must(t, w.AddWarehouse(compute.Warehouse{ID: "1", Name: "one", StartTakes: 4 * time.Second, Access: map[string]Level{"readers": CanManage}}))
	who := principal(t, w, "reader")
	expect := func(state compute.State, readyIn time.Duration) {
		t.Helper()
		s, err := w.Warehouse(who, "1")
		must(t, err)
		if s.State != state || s.ReadyIn != readyIn {
			t.Errorf("%s, ready in %s; not %s, %s", s.State, s.ReadyIn, state, readyIn)
		}
	}
	start := func() {
		t.Helper()
		_, err := w.StartWarehouse(who, "1")
		must(t, err)
	}
	expect(compute.Stopped, compute.Never)
	start()
	expect(compute.Starting, 4*time.Second)
	clock.Advance(3 * time.Second)
	start() // a second request does not begin again
	expect(compute.Starting, time.Second)
	clock.Advance(time.Second)
	expect(compute.Running, 0)
	_, err := w.StopWarehouse(who, "1")
	must(t, err)
	expect(compute.Stopping, compute.Never)
	clock.Advance(2 * time.Second)
	expect(compute.Stopped, compute.Never)
}

func TestAWarehouseMayStayStarting(t *testing.T) {
	w, clock := company(t)
	must(t, w.AddWarehouse(compute.Warehouse{ID: "1", StartTakes: compute.Never, Access: map[string]Level{"reader": CanUse}}))
	who := principal(t, w, "reader")
	_, err := w.StartWarehouse(who, "1")
	must(t, err)
	clock.Advance(24 * time.Hour)
	if s, err := w.Warehouse(who, "1"); err != nil || s.State != compute.Starting || s.ReadyIn != compute.Never {
		t.Errorf("after a day: %+v, %v", s, err)
	}
}

func TestWhatEachLevelAllows(t *testing.T) {
	for level, allowed := range map[Level]struct{ see, start, stop bool }{
		NoAccess:   {},
		CanView:    {see: true},
		CanUse:     {see: true, start: true},
		CanMonitor: {see: true, start: true},
		CanManage:  {see: true, start: true, stop: true},
		IsOwner:    {see: true, start: true, stop: true},
	} {
		w, _ := company(t)
		must(t, w.AddWarehouse(compute.Warehouse{ID: "1", Access: map[string]Level{"reader": level}}))
		who := principal(t, w, "reader")
		_, see := w.Warehouse(who, "1")
		_, start := w.StartWarehouse(who, "1")
		_, stop := w.StopWarehouse(who, "1")
		_, acl := w.AccessList(who, OnWarehouse("1"))
		listed := len(w.Warehouses(who)) == 1
		if (see == nil) != allowed.see || listed != allowed.see || (start == nil) != allowed.start || (stop == nil) != allowed.stop || (acl == nil) != allowed.stop {
			t.Errorf("%q: see %v, listed %t, start %v, stop %v, list %v", level, see, listed, start, stop, acl)
		}
	}
}

func TestWarehouseRefusals(t *testing.T) {
	w, _ := company(t)
	must(t, w.AddWarehouse(compute.Warehouse{ID: "1", Access: map[string]Level{"admin": CanUse}}))
	_, err := w.Warehouse(principal(t, w, "reader"), "1")
	if e := refusal(t, err); e.Code != "PERMISSION_DENIED" || e.Message != "reader is not authorized to use or monitor this SQL Endpoint. Please contact the administrator." {
		t.Errorf("no permission: %+v", e)
	}
	_, err = w.Warehouse(principal(t, w, "reader"), "2")
	if e := refusal(t, err); e.Code != "RESOURCE_DOES_NOT_EXIST" || e.Status != 404 {
		t.Errorf("no such warehouse: %+v", e)
	}
	if _, err := w.StopWarehouse(principal(t, w, "workspace-admin"), "1"); err != nil {
		t.Errorf("a workspace admin manages every warehouse: %v", err)
	}
}

func TestAWarehouseBeginsInTheStateItIsGiven(t *testing.T) {
	w, clock := company(t)
	for _, v := range []compute.Warehouse{
		{ID: "starting", Initially: compute.Starting, StartTakes: time.Minute},
		{ID: "stopping", Initially: compute.Stopping, StopTakes: time.Minute},
		{ID: "deleted", Initially: compute.Deleted, InitiallyRunning: true},
	} {
		v.Access = map[string]Level{"reader": CanUse}
		must(t, w.AddWarehouse(v))
	}
	who := principal(t, w, "reader")
	expect := func(id string, state compute.State) {
		t.Helper()
		if s, err := w.Warehouse(who, id); err != nil || s.State != state {
			t.Errorf("%s is %s, %v; not %s", id, s.State, err, state)
		}
	}
	expect("starting", compute.Starting)
	expect("stopping", compute.Stopping)
	expect("deleted", compute.Deleted)
	if list := w.Warehouses(who); len(list) != 2 {
		t.Errorf("%d are listed of two that are not deleted", len(list))
	}
	clock.Advance(time.Minute)
	expect("starting", compute.Running)
	expect("stopping", compute.Stopped)
}

func TestAStartMayFailAndSayWhy(t *testing.T) {
	w, clock := company(t)
	must(t, w.AddWarehouse(compute.Warehouse{ID: "1", StartTakes: time.Second, StartFails: true, Failure: "no quota", Access: map[string]Level{"reader": CanUse}}))
	who := principal(t, w, "reader")
	for range 2 { // a second try fails as the first did
		s, err := w.StartWarehouse(who, "1")
		must(t, err)
		if s.State != compute.Starting {
			t.Errorf("just started, it is %s", s.State)
		}
		clock.Advance(time.Second)
		if s, err = w.Warehouse(who, "1"); err != nil || s.State != compute.Stopped || s.Failure != "no quota" {
			t.Errorf("after the start it is %s, %q, %v", s.State, s.Failure, err)
		}
	}
}
