package connector

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// The identifiers of Databricks, each a type of its own, so that none is taken for another. A value is the text as a request takes it; its
// String is cleaned for a terminal. One from an answer of the workspace is converted where the answer is decoded; one that was typed is read
// by ParseHost, ParseClientID and ParseWarehouse.

// WarehouseID identifies a SQL warehouse within its workspace: 16 hexadecimal digits in lower case. The SQL warehouses API
// (/api/2.0/sql/warehouses) gives and takes it, the permissions API takes it, and it ends the HTTP path of the SQL driver.
type WarehouseID string

// WorkspaceID is the number of a workspace, which the hosts of Azure carry and ?o= names on the others. Every REST request may carry it, as
// the header X-Databricks-Workspace-Id.
type WorkspaceID string

// ReadWorkspaceID reads the header X-Databricks-Org-Id, which is on the answers of a workspace, and the ?o= of an address. It is empty for what
// is no number, and for zero, which stands there for a workspace that has its host to itself.
func ReadWorkspaceID(given string) WorkspaceID {
	if !workspaceForm().MatchString(given) || strings.Trim(given, "0") == "" {
		return ""
	}
	return WorkspaceID(given)
}

// ClientID is the application ID of a service principal, a UUID in lower case. The SCIM API gives it as applicationId, and as the userName
// of whoever signs in as the principal. The token endpoint (/oidc/v1/token) takes it, and GRANT and access lists name the principal by it.
type ClientID string

// SCIMID is the number that the SCIM API (/api/2.0/preview/scim/v2) gives a principal of a workspace as its id. That API and the one of
// OAuth secrets take it. It is no ClientID, and does not sign in.
type SCIMID string

// MetastoreID identifies a metastore of Unity Catalog, a UUID. /api/2.1/unity-catalog/metastore_summary gives it, and the permissions of
// Unity Catalog take it as the name of the metastore.
type MetastoreID string

// longestID is how many characters of an identifier are ever printed.
const longestID = 64

// String is the identifier cleaned for a terminal.
func (id WarehouseID) String() string { return CleanLine(string(id), longestID) }

// HTTPPath is where the SQL driver reaches the warehouse.
func (id WarehouseID) HTTPPath() string { return "/sql/1.0/warehouses/" + PathSegment(string(id)) }

// String is the number cleaned for a terminal.
func (id WorkspaceID) String() string { return CleanLine(string(id), longestID) }

// String is the identifier cleaned for a terminal.
func (id ClientID) String() string { return CleanLine(string(id), longestID) }

// Name is the principal of this ID as SCIM, a GRANT and an access list name it.
func (id ClientID) Name() Remote { return FromRemote(string(id)) }

// String is the number cleaned for a terminal.
func (id SCIMID) String() string { return CleanLine(string(id), longestID) }

// String is the identifier cleaned for a terminal.
func (id MetastoreID) String() string { return CleanLine(string(id), longestID) }

var (
	warehouseForm = pattern.New(`^[0-9a-f]{16}$`)
	workspaceForm = pattern.New(`^\d{1,20}$`)
	digitsOnly    = pattern.New(`^\d+$`)
	uuidForm      = pattern.New(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
)
