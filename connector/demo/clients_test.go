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
	"github.com/databricks/databricks-sdk-go/service/sql"

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
		"clean_room": {http.StatusNotFound, "ENDPOINT_NOT_FOUND"}, "CREDENTIAL": {http.StatusNotFound, "ENDPOINT_NOT_FOUND"},
		"pipeline": {http.StatusNotFound, "ENDPOINT_NOT_FOUND"}, "nonsense": {http.StatusBadRequest, "INVALID_PARAMETER_VALUE"},
		"model": {http.StatusBadRequest, "INVALID_PARAMETER_VALUE"}, // a model is a function to grants
	} {
		_, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: kind, FullName: "x"})
		var refused *apierr.APIError
		if !errors.As(err, &refused) || refused.StatusCode != want.status || refused.ErrorCode != want.code {
			t.Errorf("%s: %v", kind, err)
		}
	}
	_, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "pipeline", FullName: "x"})
	if err == nil || !strings.Contains(err.Error(), "No API found for 'GET /api/2.1/unity-catalog/permissions/pipeline/x'") {
		t.Errorf("it says %v", err)
	}
}

func TestWhatAClientSaysOfPrincipalsIsKept(t *testing.T) {
	_, admin, _ := people(t)
	made, err := servicePrincipals(admin).Create(ctx, iam.CreateServicePrincipalRequest{
		DisplayName: "from-terraform", ExternalId: "e-7", Entitlements: []iam.ComplexValue{{}}, Roles: []iam.ComplexValue{{Value: "r"}},
	})
	if err != nil || len(made.Entitlements) != 0 || made.ExternalId != "e-7" || len(made.Roles) != 1 {
		t.Fatalf("with an entitlement of nothing: %+v, %v", made, err)
	}
	var less iam.ServicePrincipal
	query := map[string]any{"attributes": "displayName,externalId"}
	err = admin.Do(ctx, http.MethodGet, "/api/2.0/preview/scim/v2/ServicePrincipals/"+made.Id, nil, query, nil, &less)
	if err != nil || less.ApplicationId != made.ApplicationId || less.Id != made.Id || len(less.Schemas) != 1 || less.DisplayName != "from-terraform" || less.Active {
		t.Errorf("with attributes: %+v, %v", less, err)
	}
	user, err := iam.NewUsersV2(admin).Create(ctx, iam.CreateUserRequest{
		UserName: "new@contoso.example", ExternalId: "e-8", Name: &iam.Name{GivenName: "New", FamilyName: "One"},
		Emails: []iam.ComplexValue{{Value: "new@home.example", Type: "home", Primary: true}},
	})
	if err != nil || user.ExternalId != "e-8" || user.Name == nil || user.Name.FamilyName != "One" || len(user.Emails) != 1 || user.Emails[0].Type != "home" {
		t.Errorf("a user: %+v, %v", user, err)
	}
}

func TestAGroupIsRenamedByPutAndByPatch(t *testing.T) {
	_, admin, ordinary := people(t)
	groups := iam.NewGroupsV2(admin)
	const readers = "210006"
	if err := give(admin, "catalog", "inventory", "inventory-readers", "USE_CATALOG", "USE_SCHEMA", "SELECT"); err != nil {
		t.Fatal(err)
	}
	if err := groups.Update(ctx, iam.UpdateGroupRequest{Id: readers, DisplayName: "those-who-read", Members: []iam.ComplexValue{{Value: connectorSCIM}}}); err != nil {
		t.Fatal(err)
	}
	if names, err := readable(ordinary); err != nil || len(names) != 12 {
		t.Errorf("through the renamed group the connector reads %d tables, %v", len(names), err)
	}
	if err := groups.Patch(ctx, iam.PatchGroupRequest{
		Id: readers, Operations: []iam.Patch{{Op: iam.PatchOpReplace, Path: "displayName", Value: "those-who-see"}},
	}); err != nil {
		t.Fatal(err)
	}
	g, err := groups.Get(ctx, iam.GetGroupRequest{Id: readers})
	if err != nil || g.DisplayName != "those-who-see" || len(g.Members) != 1 {
		t.Errorf("renamed to %+v, %v", g, err)
	}
	list, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "catalog", FullName: "inventory", Principal: "those-who-see"})
	if err != nil || len(list.PrivilegeAssignments) != 1 {
		t.Errorf("its grants: %+v, %v", list, err)
	}
}

func TestAWarehouseKeepsWhatItIsSetTo(t *testing.T) {
	_, admin, ordinary := people(t)
	tags := &sql.EndpointTags{CustomTags: []sql.EndpointTagPair{{Key: "team", Value: "assets"}}}
	made, err := warehouses(admin).Create(ctx, sql.CreateWarehouseRequest{
		Name: "Assets", ClusterSize: "X-Small", MinNumClusters: 2, MaxNumClusters: 5, AutoStopMins: 30, EnablePhoton: false, Tags: tags,
		Channel: &sql.Channel{Name: sql.ChannelNameChannelNamePreview}, SpotInstancePolicy: sql.SpotInstancePolicyReliabilityOptimized,
		WarehouseType: sql.CreateWarehouseRequestWarehouseTypePro, ForceSendFields: []string{"EnablePhoton"},
	})
	if err != nil {
		t.Fatal(err)
	}
	now, err := warehouses(admin).GetById(ctx, made.Id)
	if err != nil || now.MinNumClusters != 2 || now.MaxNumClusters != 5 || now.EnablePhoton || now.Channel.Name != sql.ChannelNameChannelNamePreview ||
		now.SpotInstancePolicy != sql.SpotInstancePolicyReliabilityOptimized || now.Tags.CustomTags[0].Value != "assets" || now.EnableServerlessCompute {
		t.Errorf("made as %+v, %v", now, err)
	}
	if _, err := warehouses(admin).Edit(ctx, sql.EditWarehouseRequest{
		Id: made.Id, Name: "Assets 2", ClusterSize: "Large", MaxNumClusters: 7, EnableServerlessCompute: true, EnablePhoton: true, Tags: &sql.EndpointTags{},
	}); err != nil {
		t.Fatal(err)
	}
	now, err = warehouses(admin).GetById(ctx, made.Id)
	if err != nil || now.Name != "Assets 2" || now.ClusterSize != "Large" || now.MinNumClusters != 2 || now.MaxNumClusters != 7 || !now.EnablePhoton ||
		!now.EnableServerlessCompute || len(now.Tags.CustomTags) != 0 || now.SpotInstancePolicy != sql.SpotInstancePolicyReliabilityOptimized || now.AutoStopMins != 30 {
		t.Errorf("edited to %+v, %v", now, err)
	}
	for name, edit := range map[string]sql.EditWarehouseRequest{
		"a size of its own": {ClusterSize: "Gigantic"}, "no clusters": {ForceSendFields: []string{"MaxNumClusters"}}, "more at least than at most": {MinNumClusters: 9, MaxNumClusters: 3},
		"a policy that is none": {SpotInstancePolicy: "CHEAPEST"}, "a type that is none": {WarehouseType: "HUGE"}, "a channel that is none": {Channel: &sql.Channel{Name: "LATEST"}},
		"a role of another cloud": {InstanceProfileArn: "arn:aws:iam::1:instance-profile/x"}, "another creator": {CreatorName: "somebody"}, "a name that is taken": {Name: "Finance"},
		"serverless and classic": {EnableServerlessCompute: true, WarehouseType: sql.EditWarehouseRequestWarehouseTypeClassic},
	} {
		edit.Id = made.Id
		if _, err := warehouses(admin).Edit(ctx, edit); !errors.Is(err, apierr.ErrBadRequest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := admin.Do(ctx, http.MethodPost, "/api/2.0/sql/warehouses/"+made.Id+"/edit", nil, nil, map[string]any{"colour": "red"}, nil); !errors.Is(err, apierr.ErrBadRequest) ||
		!strings.Contains(err.Error(), `"colour"`) {
		t.Errorf("a field that nobody knows: %v", err)
	}
	if _, err := warehouses(ordinary).Edit(ctx, sql.EditWarehouseRequest{Id: "a3f19c0d7be24418", Name: "Mine"}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("with CAN_USE: %v", err)
	}
}

func TestAWarehouseIsADataSource(t *testing.T) {
	_, admin, ordinary := people(t)
	list, err := sql.NewDataSources(ordinary).List(ctx)
	if err != nil || len(list) != 4 || list[0].WarehouseId != "a3f19c0d7be24418" || list[0].Id == "" || list[0].ViewOnly || !list[3].ViewOnly {
		t.Errorf("for the connector: %+v, %v", list, err)
	}
	again, err := sql.NewDataSources(admin).List(ctx)
	if err != nil || len(again) != 4 || again[0].Id != list[0].Id || again[3].ViewOnly {
		t.Errorf("for an admin: %+v, %v", again, err)
	}
}

func TestAWarehouseIsWrittenAsTheServiceDoes(t *testing.T) {
	_, _, ordinary := people(t)
	var one map[string]any
	if err := ordinary.Do(ctx, http.MethodGet, "/api/2.0/sql/warehouses/a3f19c0d7be24418", nil, nil, nil, &one); err != nil {
		t.Fatal(err)
	}
	jdbc, _ := one["jdbc_url"].(string)
	if one["size"] != "XXSMALL" || one["cluster_size"] != "2X-Small" || one["auto_resume"] != true || one["creator_id"] == nil || one["tags"] == nil ||
		one["num_active_sessions"] == nil || !strings.HasPrefix(jdbc, "jdbc:spark://") {
		t.Errorf("one: %v", one)
	}
	var list struct{ Warehouses []map[string]any }
	if err := ordinary.Do(ctx, http.MethodGet, "/api/2.0/sql/warehouses", nil, nil, nil, &list); err != nil || len(list.Warehouses) == 0 {
		t.Fatal(list, err)
	}
	if _, told := list.Warehouses[0]["num_active_sessions"]; told {
		t.Errorf("in a list: %v", list.Warehouses[0])
	}
}

func TestObjectsSayWhereTheyComeFrom(t *testing.T) {
	w, admin, _ := people(t)
	devices, err := tables(admin).GetByFullName(ctx, "inventory.assets.devices")
	if err != nil {
		t.Fatal(err)
	}
	if devices.CreatedAt == 0 || devices.UpdatedAt != devices.CreatedAt || devices.CreatedBy == "" ||
		devices.UpdatedBy != devices.CreatedBy || devices.TableId == "" || devices.MetastoreId == "" || devices.FullName != "inventory.assets.devices" ||
		!strings.HasPrefix(devices.StorageLocation, "abfss://") || !strings.HasSuffix(devices.StorageLocation, devices.TableId) {
		t.Errorf("a table: %+v", devices)
	}
	schema, err := catalog.NewSchemas(admin).GetByFullName(ctx, "inventory.assets")
	if err != nil || schema.SchemaId == "" || schema.SchemaId == devices.TableId || schema.CreatedAt == 0 || schema.CatalogType != catalog.CatalogTypeManagedCatalog {
		t.Errorf("a schema: %+v, %v", schema, err)
	}
	whole, err := catalog.NewCatalogs(admin).GetByName(ctx, "inventory")
	if err != nil || whole.CreatedBy == "data-governance" || whole.CreatedAt == 0 || whole.StorageLocation == "" || whole.SecurableType != catalog.SecurableTypeCatalog {
		t.Errorf("a catalog, which a group owns and somebody made: %+v, %v", whole, err)
	}
	if err := tables(admin).Update(ctx, catalog.UpdateTableRequest{FullName: "inventory.assets.devices", Owner: "analysts"}); err != nil {
		t.Fatal(err)
	}
	again, err := tables(admin).GetByFullName(ctx, "inventory.assets.devices")
	if err != nil || again.CreatedAt != devices.CreatedAt || again.CreatedBy != devices.CreatedBy || again.UpdatedAt <= devices.UpdatedAt ||
		again.UpdatedBy != string(w.Admin().ClientID) || again.TableId != devices.TableId || again.Owner != "analysts" {
		t.Errorf("after it was given away: %+v, %v", again, err)
	}
	var raw map[string]any
	if err := admin.Do(ctx, http.MethodGet, "/api/2.1/unity-catalog/tables/inventory.assets.components", nil, nil, nil, &raw); err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"row_filters", "column_masks", "properties", "etag", "securable_kind", "browse_only", "securable_type"} {
		if _, there := raw[field]; !there {
			t.Errorf("a table without %s: %v", field, raw)
		}
	}
}

func TestNestedTypesAreWrittenAsSparkDoes(t *testing.T) {
	_, admin, _ := people(t)
	table, err := tables(admin).GetByFullName(ctx, "inventory.reference.data_types")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, c := range table.Columns {
		got[c.Name] = c.TypeJson
	}
	for name, want := range map[string]string{
		"id":    `{"name":"id","type":"long","nullable":false,"metadata":{}}`,
		"tiny":  `{"name":"tiny","type":"byte","nullable":true,"metadata":{}}`,
		"price": `{"name":"price","type":"decimal(10,2)","nullable":true,"metadata":{}}`,
		"matrix": `{"name":"matrix","type":{"containsNull":true,"elementType":{"containsNull":true,"elementType":"integer","type":"array"},"type":"array"},` +
			`"nullable":true,"metadata":{}}`,
		"counts": `{"name":"counts","type":{"keyType":"string","type":"map","valueContainsNull":true,"valueType":"integer"},"nullable":true,"metadata":{}}`,
		"reading": `{"name":"reading","type":{"fields":[{"name":"id","type":"long","nullable":true,"metadata":{}},` +
			`{"name":"taken_at","type":"timestamp","nullable":true,"metadata":{}},` +
			`{"name":"readings","type":{"containsNull":true,"elementType":"double","type":"array"},"nullable":true,"metadata":{}},` +
			`{"name":"price","type":"decimal(10,2)","nullable":true,"metadata":{}}],"type":"struct"},"nullable":true,"metadata":{}}`,
	} {
		if got[name] != want {
			t.Errorf("%s: %s", name, got[name])
		}
	}
}
