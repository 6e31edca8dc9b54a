package demo_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/sharing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// securable is one kind of object as the SDK lists and gets it.
type securable struct {
	list       func(*client.DatabricksClient) ([]string, error)
	get        func(*client.DatabricksClient, string) (owner string, err error)
	all, owned string // who sees what: the metastore admin, and a member of the group that owns most
	privilege  string // one that the owner grants on the first of theirs; empty where a kind has none for principals
}

// names are those of objects that the SDK lists.
func names[T any](list []T, err error, name func(T) string) ([]string, error) {
	var out []string
	for _, item := range list {
		out = append(out, name(item))
	}
	return out, err
}

// everyKind is the unmodified SDK's way to every kind of Unity Catalog object below schemas and below the metastore.
var everyKind = map[string]securable{
	"volume": {
		list: func(c *client.DatabricksClient) ([]string, error) {
			list, err := catalog.NewVolumes(c).ListAll(ctx, catalog.ListVolumesRequest{CatalogName: "inventory", SchemaName: "staging", MaxResults: 1})
			return names(list, err, func(v catalog.VolumeInfo) string { return v.FullName })
		},
		get: func(c *client.DatabricksClient, name string) (string, error) {
			v, err := catalog.NewVolumes(c).ReadByName(ctx, name)
			if err != nil {
				return "", err
			}
			return v.Owner, nil
		},
		all: "inventory.staging.exports", owned: "inventory.staging.exports", privilege: "READ_VOLUME",
	},
	"function": {
		list: func(c *client.DatabricksClient) ([]string, error) {
			list, err := catalog.NewFunctions(c).ListAll(ctx, catalog.ListFunctionsRequest{CatalogName: "inventory", SchemaName: "reference", MaxResults: 1})
			return names(list, err, func(f catalog.FunctionInfo) string { return f.FullName })
		},
		get: func(c *client.DatabricksClient, name string) (string, error) {
			f, err := catalog.NewFunctions(c).GetByName(ctx, name)
			if err != nil {
				return "", err
			}
			return f.Owner, nil
		},
		all:   "inventory.reference.days_in_service inventory.reference.finance_only inventory.reference.own_region",
		owned: "inventory.reference.days_in_service inventory.reference.finance_only inventory.reference.own_region", privilege: "EXECUTE",
	},
	"model": {
		list: func(c *client.DatabricksClient) ([]string, error) {
			list, err := catalog.NewRegisteredModels(c).ListAll(ctx, catalog.ListRegisteredModelsRequest{MaxResults: 1})
			return names(list, err, func(m catalog.RegisteredModelInfo) string { return m.FullName })
		},
		get: func(c *client.DatabricksClient, name string) (string, error) {
			m, err := catalog.NewRegisteredModels(c).GetByFullName(ctx, name)
			if err != nil {
				return "", err
			}
			return m.Owner, nil
		},
		all: "inventory.reference.failure_forecast sales.orders.return_risk", owned: "inventory.reference.failure_forecast", privilege: "EXECUTE",
	},
	"external_location": {
		list: func(c *client.DatabricksClient) ([]string, error) {
			list, err := catalog.NewExternalLocations(c).ListAll(ctx, catalog.ListExternalLocationsRequest{MaxResults: 1})
			return names(list, err, func(l catalog.ExternalLocationInfo) string { return l.Name })
		},
		get: func(c *client.DatabricksClient, name string) (string, error) {
			l, err := catalog.NewExternalLocations(c).GetByName(ctx, name)
			if err != nil {
				return "", err
			}
			return l.Owner, nil
		},
		all: "landing vendor_prices", owned: "landing", privilege: "READ_FILES",
	},
	"storage_credential": {
		list: func(c *client.DatabricksClient) ([]string, error) {
			list, err := catalog.NewStorageCredentials(c).ListAll(ctx, catalog.ListStorageCredentialsRequest{MaxResults: 1})
			return names(list, err, func(s catalog.StorageCredentialInfo) string { return s.Name })
		},
		get: func(c *client.DatabricksClient, name string) (string, error) {
			s, err := catalog.NewStorageCredentials(c).GetByName(ctx, name)
			if err != nil {
				return "", err
			}
			return s.Owner, nil
		},
		all: "contoso_lake partner_drop", owned: "partner_drop", privilege: "CREATE_EXTERNAL_TABLE",
	},
	"connection": {
		list: func(c *client.DatabricksClient) ([]string, error) {
			list, err := catalog.NewConnections(c).ListAll(ctx, catalog.ListConnectionsRequest{MaxResults: 1})
			return names(list, err, func(n catalog.ConnectionInfo) string { return n.Name })
		},
		get: func(c *client.DatabricksClient, name string) (string, error) {
			n, err := catalog.NewConnections(c).GetByName(ctx, name)
			if err != nil {
				return "", err
			}
			return n.Owner, nil
		},
		all: "cmdb hr_postgres", owned: "cmdb", privilege: "USE_CONNECTION",
	},
	"share": {
		list: func(c *client.DatabricksClient) ([]string, error) {
			list, err := sharing.NewShares(c).ListSharesAll(ctx, sharing.SharesListRequest{MaxResults: 1})
			return names(list, err, func(s sharing.ShareInfo) string { return s.Name })
		},
		get: func(c *client.DatabricksClient, name string) (string, error) {
			s, err := sharing.NewShares(c).GetByName(ctx, name)
			if err != nil {
				return "", err
			}
			return s.Owner, nil
		},
		all: "device_health yearly_audit", owned: "device_health",
	},
	"recipient": {
		list: func(c *client.DatabricksClient) ([]string, error) {
			list, err := sharing.NewRecipients(c).ListAll(ctx, sharing.ListRecipientsRequest{MaxResults: 1})
			return names(list, err, func(r sharing.RecipientInfo) string { return r.Name })
		},
		get: func(c *client.DatabricksClient, name string) (string, error) {
			r, err := sharing.NewRecipients(c).GetByName(ctx, name)
			if err != nil {
				return "", err
			}
			return r.Owner, nil
		},
		all: "auditors fabrikam_service", owned: "fabrikam_service",
	},
	"provider": {
		list: func(c *client.DatabricksClient) ([]string, error) {
			list, err := sharing.NewProviders(c).ListAll(ctx, sharing.ListProvidersRequest{MaxResults: 1})
			return names(list, err, func(p sharing.ProviderInfo) string { return p.Name })
		},
		get: func(c *client.DatabricksClient, name string) (string, error) {
			p, err := sharing.NewProviders(c).GetByName(ctx, name)
			if err != nil {
				return "", err
			}
			return p.Owner, nil
		},
		all: "northwind_prices", owned: "northwind_prices",
	},
}

// TestEveryKindShowsToTheAdminToItsOwnerAndToNobodyElse asks as the metastore admin, as a member of the group that owns most of the objects,
// and as a principal that was granted nothing.
func TestEveryKindShowsToTheAdminToItsOwnerAndToNobodyElse(t *testing.T) {
	_, admin, stranger := people(t)
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	s.Standing.MemberOf = []string{"data-governance"}
	w, _ := startScenario(t, s)
	owner := signIn(t, w, w.Connector())
	for kind, k := range everyKind {
		t.Run(kind, func(t *testing.T) {
			for who, want := range map[*client.DatabricksClient]string{admin: k.all, owner: k.owned} {
				list, err := k.list(who)
				if got := strings.Join(list, " "); err != nil || got != want {
					t.Errorf("listed %q, %v, want %q", got, err, want)
				}
				for _, name := range list {
					if by, err := k.get(who, name); err != nil || by == "" {
						t.Errorf("%s, owned by %q: %v", name, by, err)
					}
				}
			}
			if list, err := k.list(stranger); len(list) != 0 || err != nil && !errors.Is(err, apierr.ErrPermissionDenied) {
				t.Errorf("a stranger lists %v, %v", list, err)
			}
			first, _, _ := strings.Cut(k.owned, " ")
			if _, err := k.get(stranger, first); !errors.Is(err, apierr.ErrPermissionDenied) {
				t.Errorf("a stranger gets one: %v", err)
			}
			nowhere := strings.Replace(first, first[strings.LastIndexByte(first, '.')+1:], "nowhere", 1)
			if _, err := k.get(admin, nowhere); !errors.Is(err, apierr.ErrNotFound) {
				t.Errorf("one that is not there: %v", err)
			}
			if k.privilege != "" {
				grantOne(t, owner, stranger, kind, first, k.privilege)
			}
		})
	}
}

// grantOne has the owner grant a privilege and read it back, and somebody else refused to.
func grantOne(t *testing.T, owner, stranger *client.DatabricksClient, kind, name, privilege string) {
	t.Helper()
	if kind == "model" {
		kind = "function" // which it is to grants
	}
	change := catalog.UpdatePermissions{SecurableType: kind, FullName: name, Changes: []catalog.PermissionsChange{
		{Principal: "analysts", Add: []catalog.Privilege{catalog.Privilege(privilege)}},
	}}
	if _, err := grants(stranger).Update(ctx, change); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("a stranger grants: %v", err)
	}
	if _, err := grants(owner).Update(ctx, change); err != nil {
		t.Errorf("the owner grants: %v", err)
	}
	held, err := grants(owner).GetEffective(ctx, catalog.GetEffectiveRequest{SecurableType: kind, FullName: name, Principal: "analysts"})
	if err != nil || len(held.PrivilegeAssignments) != 1 || string(held.PrivilegeAssignments[0].Privileges[0].Privilege) != privilege {
		t.Errorf("granted %+v, %v", held, err)
	}
	change.Changes[0].Add = []catalog.Privilege{catalog.PrivilegeCreateCatalog}
	if _, err := grants(owner).Update(ctx, change); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a privilege of another kind is granted: %v", err)
	}
}

func TestAModelListsItsVersionsToWhoSeesIt(t *testing.T) {
	_, admin, stranger := people(t)
	ask := catalog.ListModelVersionsRequest{FullName: "inventory.reference.failure_forecast"}
	if list, err := catalog.NewModelVersions(admin).ListAll(ctx, ask); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
	if _, err := catalog.NewModelVersions(stranger).ListAll(ctx, ask); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("to a stranger: %v", err)
	}
	ask.FullName = "inventory.reference.nowhere"
	if _, err := catalog.NewModelVersions(admin).ListAll(ctx, ask); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("of a model that is not there: %v", err)
	}
}

func TestNoCredentialShowsAValue(t *testing.T) {
	_, admin, _ := people(t)
	list, err := catalog.NewStorageCredentials(admin).ListAll(ctx, catalog.ListStorageCredentialsRequest{})
	if err != nil || len(list) != 2 {
		t.Fatalf("%v, %v", list, err)
	}
	if id := list[0].AzureManagedIdentity; id == nil || id.AccessConnectorId == "" || list[0].Id == "" {
		t.Errorf("a managed identity: %+v", list[0])
	}
	if sp := list[1].AzureServicePrincipal; sp == nil || sp.ApplicationId == "" || sp.ClientSecret != "" {
		t.Errorf("a service principal: %+v", sp)
	}
	connections, err := catalog.NewConnections(admin).ListAll(ctx, catalog.ListConnectionsRequest{})
	if err != nil || len(connections) != 2 || connections[0].Options["host"] == "" || connections[0].Options["password"] != "" {
		t.Errorf("connections: %+v, %v", connections, err)
	}
	location, err := catalog.NewExternalLocations(admin).GetByName(ctx, "landing")
	if err != nil || location.CredentialId != list[0].Id || location.CredentialName != list[0].Name {
		t.Errorf("a location refers to %+v, %v", location, err)
	}
}

func TestAShareIsForItsRecipients(t *testing.T) {
	w, admin, stranger := people(t)
	shares := sharing.NewShares(admin)
	before, err := shares.SharePermissions(ctx, sharing.SharePermissionsRequest{Name: "device_health"})
	if err != nil || len(before.PrivilegeAssignments) != 1 || before.PrivilegeAssignments[0].Principal != "fabrikam_service" {
		t.Fatalf("%+v, %v", before, err)
	}
	db := open(t, w, w.Admin(), starter)
	exec(t, db, "GRANT SELECT ON SHARE device_health TO RECIPIENT auditors")
	out, err := sharing.NewRecipients(admin).SharePermissions(ctx, sharing.SharePermissionsRequest{Name: "auditors"})
	if err != nil || len(out.PermissionsOut) != 2 || out.PermissionsOut[0].ShareName != "device_health" {
		t.Errorf("shared with the auditors: %+v, %v", out, err)
	}
	view := "SELECT recipient_name || ' ' || share_name FROM system.information_schema.share_recipient_privileges ORDER BY 1"
	if got := strings.Join(lines(t, db, view), ", "); got != "auditors device_health, auditors yearly_audit, fabrikam_service device_health" {
		t.Errorf("in SQL: %s", got)
	}
	_, err = shares.UpdatePermissions(ctx, sharing.UpdateSharePermissions{Name: "device_health", Changes: []sharing.PermissionsChange{
		{Principal: "analysts", Add: []string{"SELECT"}},
	}})
	if !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("a share for a group: %v", err)
	}
	if _, err := shares.GetByName(ctx, "device_health"); err != nil {
		t.Error(err)
	}
	if _, err := sharing.NewShares(stranger).GetByName(ctx, "device_health"); missing(err) != "USE SHARE" {
		t.Errorf("without USE SHARE: %v", err)
	}
	exec(t, db, "GRANT USE SHARE ON METASTORE TO `"+demo.ConnectorID+"`")
	if list, err := sharing.NewShares(stranger).ListSharesAll(ctx, sharing.SharesListRequest{}); err != nil || len(list) != 2 {
		t.Errorf("with USE SHARE: %+v, %v", list, err)
	}
	if _, err := sharing.NewRecipients(stranger).GetByName(ctx, "auditors"); missing(err) != "USE RECIPIENT" {
		t.Errorf("with USE SHARE, a recipient: %v", err)
	}
}

func TestSharesAndRecipientsAreFoundHoweverTheirNamesAreWritten(t *testing.T) {
	_, admin, _ := people(t)
	shares := sharing.NewShares(admin)
	held, err := shares.SharePermissions(ctx, sharing.SharePermissionsRequest{Name: "Device_Health"})
	if err != nil || len(held.PrivilegeAssignments) != 1 {
		t.Errorf("a share: %+v, %v", held, err)
	}
	_, err = shares.UpdatePermissions(ctx, sharing.UpdateSharePermissions{Name: "DEVICE_HEALTH", Changes: []sharing.PermissionsChange{
		{Principal: "auditors", Add: []string{"SELECT"}},
	}})
	if err != nil {
		t.Errorf("a share that is changed: %v", err)
	}
	out, err := sharing.NewRecipients(admin).SharePermissions(ctx, sharing.SharePermissionsRequest{Name: "Auditors"})
	if err != nil || len(out.PermissionsOut) != 2 {
		t.Errorf("a recipient: %+v, %v", out, err)
	}
}

func TestTheMetastoreIsForThoseWhoRuleIt(t *testing.T) {
	w, admin, stranger := people(t)
	list, err := catalog.NewMetastores(admin).ListAll(ctx, catalog.ListMetastoresRequest{})
	if err != nil || len(list) != 1 || list[0].Owner != "metastore-admins" || list[0].StorageRoot == "" {
		t.Fatalf("%+v, %v", list, err)
	}
	id := list[0].MetastoreId
	if one, err := catalog.NewMetastores(admin).GetById(ctx, id); err != nil || one.Name != list[0].Name {
		t.Errorf("%+v, %v", one, err)
	}
	if _, err := catalog.NewMetastores(stranger).GetById(ctx, id); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("a stranger gets it: %v", err)
	}
	if _, err := catalog.NewMetastores(admin).GetById(ctx, "00000000-0000-0000-0000-000000000001"); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("another metastore: %v", err)
	}
	schemas, err := catalog.NewSystemSchemas(admin).ListAll(ctx, catalog.ListSystemSchemasRequest{MetastoreId: id, MaxResults: 2})
	if err != nil || len(schemas) < 4 || schemas[0].Schema != "access" || schemas[0].State != "ENABLE_COMPLETED" {
		t.Errorf("system schemas: %+v, %v", schemas, err)
	}
	exec(t, open(t, w, w.Admin(), starter), "GRANT CREATE CATALOG ON METASTORE TO analysts")
	held, err := grants(admin).Get(ctx, catalog.GetGrantRequest{SecurableType: "metastore", FullName: id})
	if err != nil || len(held.PrivilegeAssignments) != 1 || held.PrivilegeAssignments[0].Privileges[0] != catalog.PrivilegeCreateCatalog {
		t.Errorf("granted in SQL: %+v, %v", held, err)
	}
}

// TestSQLListsEveryKind compares what statements and the information schema list with what REST does.
func TestSQLListsEveryKind(t *testing.T) {
	w, _, _ := people(t)
	db, stranger := open(t, w, w.Admin(), starter), open(t, w, w.Connector(), starter)
	for query, want := range map[string]string{
		"SHOW VOLUMES IN inventory.staging":                       "staging exports",
		"SHOW USER FUNCTIONS IN inventory.reference LIKE '*own*'": "inventory.reference.own_region",
		"SHOW CONNECTIONS LIKE 'cm*'":                             "cmdb SQLSERVER USERNAME_PASSWORD The configuration database",
		"SHOW STORAGE CREDENTIALS LIKE 'p*'":                      "partner_drop Where vendors leave their price lists",
		"SELECT volume_type, volume_owner FROM system.information_schema.volumes WHERE volume_name = 'exports'":                   "EXTERNAL data-governance",
		"SELECT storage_credential_name, read_only, url LIKE 'abfss:%' FROM system.information_schema.external_locations LIMIT 1": "contoso_lake NO true",
		"SELECT l.external_location_name FROM system.information_schema.external_locations l JOIN " +
			"system.information_schema.storage_credentials c USING (storage_credential_id) WHERE c.used_for_managed_storage = 'YES'": "landing",
		"SELECT grantee, privilege_type FROM system.information_schema.volume_privileges WHERE volume_name = 'manuals' AND inherited_from = 'NONE'": "account users READ_VOLUME",
		"SELECT connection_options FROM system.information_schema.connections WHERE connection_name = 'cmdb'":                                       `{"host":"cmdb.contoso.example","port":"1433"}`,
		"SELECT privilege_type FROM system.information_schema.connection_privileges":                                                                "USE_CONNECTION",
		"SELECT privilege_type FROM system.information_schema.storage_credential_privileges":                                                        "CREATE_EXTERNAL_LOCATION",
		"SELECT recipient_name, region FROM system.information_schema.recipients WHERE authentication_type = 'DATABRICKS'":                          "fabrikam_service northeurope",
		"SELECT provider_name FROM system.information_schema.providers":                                                                             "northwind_prices",
		"SHOW GRANTS ON VOLUME inventory.reference.manuals":                                                                                         "account users READ VOLUME VOLUME inventory.reference.manuals",
	} {
		got := strings.Join(strings.Fields(strings.Join(lines(t, db, query), " ")), " ")
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", query, got)
		}
	}
	for _, view := range []string{"connections", "connection_privileges", "storage_credentials", "shares", "recipients", "providers"} {
		if n, err := count(stranger, "SELECT count(*) FROM system.information_schema."+view); err != nil || n != 0 {
			t.Errorf("%s shows a stranger %d, %v", view, n, err)
		}
	}
}
