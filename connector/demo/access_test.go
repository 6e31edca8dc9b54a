package demo_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func canUse(names ...string) []sql.WarehouseAccessControlRequest {
	var out []sql.WarehouseAccessControlRequest
	for _, name := range names {
		out = append(out, sql.WarehouseAccessControlRequest{ServicePrincipalName: name, PermissionLevel: sql.WarehousePermissionLevelCanUse})
	}
	return out
}

func TestAWarehouseIsOpenedAndClosed(t *testing.T) {
	w, _ := start(t, "no-warehouse")
	admin, ordinary := warehouses(signIn(t, w, w.Admin())), warehouses(signIn(t, w, w.Connector()))
	const id = "a3f19c0d7be24418"
	closed := func(when string) {
		t.Helper()
		if _, err := ordinary.GetById(ctx, id); !errors.Is(err, apierr.ErrPermissionDenied) || !strings.Contains(err.Error(), "is not authorized to use or monitor this SQL Endpoint") {
			t.Errorf("%s: %v", when, err)
		}
	}
	closed("at first")
	opened, err := admin.UpdatePermissions(ctx, sql.WarehousePermissionsRequest{WarehouseId: id, AccessControlList: canUse(demo.ConnectorID)})
	if err != nil || opened.ObjectId != "/sql/warehouses/"+id || len(opened.AccessControlList) != 4 {
		t.Fatalf("opened: %+v, %v", opened, err)
	}
	if _, err := ordinary.Start(ctx, sql.StartRequest{Id: id}); err != nil {
		t.Errorf("when open: %v", err)
	}
	if _, err := ordinary.UpdatePermissions(ctx, sql.WarehousePermissionsRequest{WarehouseId: id, AccessControlList: canUse(demo.AdminID)}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector opened it to others: %v", err)
	}
	for name, text := range map[string]string{
		demo.ConnectorName: "Principal: ServicePrincipalName(draftt-connector) does not exist", "analysts": "Principal: ServicePrincipalName(analysts) does not exist",
	} {
		if _, err := admin.UpdatePermissions(ctx, sql.WarehousePermissionsRequest{WarehouseId: id, AccessControlList: canUse(name)}); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("opened to %s: %v", name, err)
		}
	}
	left, err := admin.SetPermissions(ctx, sql.WarehousePermissionsRequest{WarehouseId: id, AccessControlList: []sql.WarehouseAccessControlRequest{
		{GroupName: "analysts", PermissionLevel: sql.WarehousePermissionLevelCanMonitor},
	}})
	if err != nil || len(left.AccessControlList) != 3 {
		t.Fatalf("closed: %+v, %v", left, err)
	}
	if owner := left.AccessControlList[1]; owner.UserName != "maria.lindqvist@contoso.example" || owner.AllPermissions[0].PermissionLevel != "IS_OWNER" {
		t.Errorf("the owner was replaced: %+v", left)
	}
	closed("in the end")
	if levels, err := admin.GetPermissionLevels(ctx, sql.GetWarehousePermissionLevelsRequest{WarehouseId: id}); err != nil || len(levels.PermissionLevels) != 5 {
		t.Errorf("levels: %+v, %v", levels, err)
	}
}

func TestBothNamesOfTheObjectTypeAreTheSame(t *testing.T) {
	w, _ := start(t, "ready")
	permissions := iam.NewPermissions(signIn(t, w, w.Admin()))
	for _, kind := range []string{"warehouses", "sql/warehouses"} {
		list, err := permissions.Get(ctx, iam.GetPermissionRequest{RequestObjectType: kind, RequestObjectId: finance})
		if err != nil || list.ObjectId != "/sql/warehouses/"+finance || list.ObjectType != "warehouses" {
			t.Errorf("%s: %+v, %v", kind, list, err)
		}
	}
}

func TestAWarehouseAlwaysHasOneOwner(t *testing.T) {
	w, _ := start(t, "ready")
	c := signIn(t, w, w.Admin())
	admin := warehouses(c)
	found, err := iam.NewUsersV2(c).ListAll(ctx, iam.ListUsersRequest{Filter: `userName eq "maria.lindqvist@contoso.example"`})
	if err != nil || len(found) != 1 {
		t.Fatal(err)
	}
	if err := iam.NewUsersV2(c).Delete(ctx, iam.DeleteUserRequest{Id: found[0].Id}); err != nil {
		t.Fatal(err)
	}
	const id = "a3f19c0d7be24418"
	_, err = admin.SetPermissions(ctx, sql.WarehousePermissionsRequest{WarehouseId: id, AccessControlList: canUse(demo.ConnectorID)})
	if !errors.Is(err, apierr.ErrInvalidParameterValue) || !strings.Contains(err.Error(), "PUT requests for warehouse "+id+" with no existing owner must provide a new owner.") {
		t.Errorf("without an owner: %v", err)
	}
	owner := sql.WarehouseAccessControlRequest{GroupName: "analysts", PermissionLevel: sql.WarehousePermissionLevelIsOwner}
	if _, err := admin.SetPermissions(ctx, sql.WarehousePermissionsRequest{WarehouseId: id, AccessControlList: []sql.WarehouseAccessControlRequest{owner}}); !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("owned by a group: %v", err)
	}
	owner = sql.WarehouseAccessControlRequest{ServicePrincipalName: demo.AdminID, PermissionLevel: sql.WarehousePermissionLevelIsOwner}
	if _, err := admin.SetPermissions(ctx, sql.WarehousePermissionsRequest{WarehouseId: id, AccessControlList: append(canUse(demo.ConnectorID), owner)}); err != nil {
		t.Errorf("with a new owner: %v", err)
	}
}

func TestAnIdleWarehouseStopsByItself(t *testing.T) {
	w, clock := start(t, "ready")
	ordinary := warehouses(signInWithToken(t, w, w.Connector()))
	const starter, classic = "a3f19c0d7be24418", "c81d4460af9e2b57"
	state := func(id string) sql.State {
		t.Helper()
		info, err := ordinary.GetById(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return info.State
	}
	clock.Advance(9 * time.Minute)
	if _, err := ordinary.Start(ctx, sql.StartRequest{Id: starter}); err != nil { // as a statement does
		t.Fatal(err)
	}
	clock.Advance(10*time.Minute - time.Second)
	if got := state(starter); got != sql.StateRunning {
		t.Errorf("used within ten minutes: %s", got)
	}
	clock.Advance(time.Second)
	if got := state(starter); got != sql.StateStopping {
		t.Errorf("after ten idle minutes: %s", got)
	}
	clock.Advance(2 * time.Second)
	if a, b := state(starter), state(classic); a != sql.StateStopped || b != sql.StateRunning {
		t.Errorf("then: %s, and the classic one %s", a, b)
	}
	if _, err := ordinary.Start(ctx, sql.StartRequest{Id: starter}); err != nil {
		t.Fatal(err)
	}
	if got := state(starter); got != sql.StateStarting {
		t.Errorf("started again: %s", got)
	}
}

func TestAWarehouseIsMadeAndDeleted(t *testing.T) {
	w, clock := start(t, "ready")
	admin, ordinary := warehouses(signIn(t, w, w.Admin())), warehouses(signIn(t, w, w.Connector()))
	request := sql.CreateWarehouseRequest{Name: "For a while", ClusterSize: "2X-Small", WarehouseType: "PRO", EnableServerlessCompute: true, AutoStopMins: 15}
	if _, err := ordinary.Create(ctx, request); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector made a warehouse: %v", err)
	}
	made, err := admin.Create(ctx, request)
	if err != nil || made.Id == "" {
		t.Fatalf("made %+v, %v", made, err)
	}
	if _, err := admin.Create(ctx, request); !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("another one of that name: %v", err)
	}
	clock.Advance(4 * time.Second)
	info, err := admin.GetById(ctx, made.Id)
	if err != nil || info.State != sql.StateRunning || !info.EnableServerlessCompute || info.AutoStopMins != 15 || info.CreatorName != demo.AdminID {
		t.Errorf("it is %+v, %v", info, err)
	}
	if err := ordinary.DeleteById(ctx, made.Id); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector deleted it: %v", err)
	}
	if err := admin.DeleteById(ctx, made.Id); err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		state  sql.State
		listed int
	}{{sql.StateDeleting, 5}, {sql.StateDeleted, 4}} {
		info, err := admin.GetById(ctx, made.Id)
		list, listErr := admin.ListAll(ctx, sql.ListWarehousesRequest{})
		if err != nil || listErr != nil || info.State != want.state || len(list) != want.listed {
			t.Errorf("%s: it is %s, %v; %d listed, %v", want.state, info.State, err, len(list), listErr)
		}
		if _, err := admin.Start(ctx, sql.StartRequest{Id: made.Id}); !errors.Is(err, apierr.ErrNotFound) {
			t.Errorf("%s: started: %v", want.state, err)
		}
		clock.Advance(2 * time.Second)
	}
}

func TestWhyAWarehouseIsUnhealthyIsForThoseWhoMonitorIt(t *testing.T) {
	s, err := demo.Find("warehouse-stopped")
	if err != nil {
		t.Fatal(err)
	}
	s.Warehouses[0].Failure = "Clusters are failing to launch."
	w, _ := startScenario(t, s)
	info, err := warehouses(signIn(t, w, w.Connector())).GetById(ctx, s.Warehouses[0].ID)
	if err != nil || info.Health == nil || info.Health.Status != sql.StatusFailed || info.Health.Message+info.Health.Summary != "" ||
		!strings.Contains(info.Health.Details, "not visible to users with the CAN_USE permission") {
		t.Errorf("with CAN_USE: %+v, %v", info.Health, err)
	}
	info, err = warehouses(signIn(t, w, w.Admin())).GetById(ctx, s.Warehouses[0].ID)
	if err != nil || info.Health == nil || info.Health.Message != "Clusters are failing to launch." || info.Health.Details != "" {
		t.Errorf("for an admin: %+v, %v", info.Health, err)
	}
}

func TestWhatSDKsReadBesidesTheBody(t *testing.T) {
	w, _ := start(t, "first-time")
	c := signIn(t, w, w.Connector())
	_, err := tables(c).GetByFullName(ctx, "inventory.assets.devices")
	var refused *apierr.APIError
	if !errors.As(err, &refused) || refused.ErrorDetails().RequestInfo == nil || refused.ErrorDetails().RequestInfo.RequestID == "" {
		t.Fatalf("a refusal without its request id: %v", err)
	}
	resp, err := (&http.Client{Transport: transport(t, w)}).Get("https://" + w.Host() + "/api/2.0/clusters/list")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.Header.Get("X-Request-Id") == "" || resp.Header.Get("X-Databricks-Org-Id") != "7405605741000000" {
		t.Errorf("headers %v", resp.Header)
	}
}
