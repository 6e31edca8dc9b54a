package demo_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/settings"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// What is asked in this file is what clients ask that were not written for the embedded workspace.

func TestAServicePrincipalIsAlsoAUserNameInPermissions(t *testing.T) {
	_, admin, _ := people(t)
	list, err := iam.NewPermissions(admin).Update(ctx, iam.UpdateObjectPermissions{
		RequestObjectType: "sql/warehouses", RequestObjectId: "09fb6a7d35c2e184",
		AccessControlList: []iam.AccessControlRequest{{UserName: demo.ConnectorID, PermissionLevel: iam.PermissionLevelCanMonitor}},
	})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list.AccessControlList, func(e iam.AccessControlResponse) bool { return e.ServicePrincipalName == demo.ConnectorID })
	if i < 0 || list.AccessControlList[i].UserName != "" || list.AccessControlList[i].AllPermissions[0].PermissionLevel != iam.PermissionLevelCanMonitor {
		t.Errorf("listed as %+v", list.AccessControlList)
	}
}

func TestTheWorkspaceKnowsItsSettings(t *testing.T) {
	_, admin, ordinary := people(t)
	conf := settings.NewWorkspaceConf(admin)
	keys := settings.GetStatusRequest{Keys: "enableIpAccessLists,enableWebTerminal,maxUserInactiveDays"}
	now, err := conf.GetStatus(ctx, keys)
	if err != nil || (*now)["enableIpAccessLists"] != "false" || (*now)["enableWebTerminal"] != "true" || (*now)["maxUserInactiveDays"] != "" {
		t.Fatalf("at first: %v, %v", now, err)
	}
	if err := conf.SetStatus(ctx, settings.WorkspaceConf{"enableIpAccessLists": "true", "maxUserInactiveDays": "30"}); err != nil {
		t.Fatal(err)
	}
	now, err = conf.GetStatus(ctx, keys)
	if err != nil || (*now)["enableIpAccessLists"] != "true" || (*now)["enableWebTerminal"] != "true" || (*now)["maxUserInactiveDays"] != "30" {
		t.Errorf("after the change: %v, %v", now, err)
	}
	for name, change := range map[string]settings.WorkspaceConf{
		"a word that is no truth": {"enableIpAccessLists": "perhaps"}, "a key that nobody has": {"enableEverything": "true"},
		"one good, one bad": {"enableWebTerminal": "false", "enableEverything": "true"},
	} {
		if err := conf.SetStatus(ctx, change); !errors.Is(err, apierr.ErrBadRequest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if now, err = conf.GetStatus(ctx, keys); err != nil || (*now)["enableWebTerminal"] != "true" {
		t.Errorf("half a change was made: %v, %v", now, err)
	}
	if _, err := settings.NewWorkspaceConf(ordinary).GetStatus(ctx, keys); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("the connector read settings: %v", err)
	}
}

func TestGrantsOnWhatIsNotThereAreNotCovered(t *testing.T) {
	_, admin, _ := people(t)
	for kind, want := range map[string]struct {
		status int
		code   string
	}{
		"volume": {http.StatusNotFound, "ENDPOINT_NOT_FOUND"}, "EXTERNAL_LOCATION": {http.StatusNotFound, "ENDPOINT_NOT_FOUND"},
		"share": {http.StatusNotFound, "ENDPOINT_NOT_FOUND"}, "nonsense": {http.StatusBadRequest, "INVALID_PARAMETER_VALUE"},
	} {
		_, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: kind, FullName: "x"})
		var refused *apierr.APIError
		if !errors.As(err, &refused) || refused.StatusCode != want.status || refused.ErrorCode != want.code {
			t.Errorf("%s: %v", kind, err)
		}
	}
	_, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "volume", FullName: "x"})
	if err == nil || !strings.Contains(err.Error(), "No API found for 'GET /api/2.1/unity-catalog/permissions/volume/x'") {
		t.Errorf("it says %v", err)
	}
}
