package connector

import "regexp"

// The identifiers of Databricks, each a type of its own, so that none is taken for another. A value is the text as a request takes it; its
// String is cleaned for a terminal. One from an answer of the workspace is converted where the answer is decoded; one that was typed is
// parsed.

// WarehouseID identifies a SQL warehouse within its workspace: 16 hexadecimal digits in lower case. The SQL warehouses API
// (/api/2.0/sql/warehouses) gives and takes it, the permissions API takes it, and it ends the HTTP path of the SQL driver.
type WarehouseID string

// WorkspaceID is the number of a workspace, which the hosts of Azure carry and ?o= names on the others. Every REST request may carry it, as
// the header X-Databricks-Workspace-Id.
type WorkspaceID string

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
	warehouseForm = regexp.MustCompile(`^[0-9a-f]{16}$`)
	workspaceForm = regexp.MustCompile(`^\d{1,20}$`)
	digitsOnly    = regexp.MustCompile(`^\d+$`)
	uuidForm      = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
)

// ParseWarehouseID takes the ID of a warehouse as it is written in an address or an HTTP path, and notes it for share mode. It returns an
// *Error of kind ErrInput for anything else, a warehouse's name above all.
func ParseWarehouseID(text string) (WarehouseID, error) {
	if !warehouseForm.MatchString(text) {
		return "", &Error{
			Kind: ErrInput, What: "That is no ID of a SQL warehouse.", Remedy: "Give its 16 hexadecimal digits, as the end of its HTTP path shows them.",
		}
	}
	Known().Note(KindWarehouse, text)
	return WarehouseID(text), nil
}

// ParseWorkspaceID takes the number of a workspace and notes it for share mode. It returns an *Error of kind ErrInput for anything else.
func ParseWorkspaceID(text string) (WorkspaceID, error) {
	if !workspaceForm.MatchString(text) {
		return "", &Error{
			Kind: ErrInput, What: "That is no ID of a workspace.", Remedy: "Give the number after ?o= in the address bar of the workspace.",
		}
	}
	Known().Note(KindWorkspace, text)
	return WorkspaceID(text), nil
}

// ParseSCIMID takes the number of a principal and notes it for share mode. It returns an *Error of kind ErrInput for anything else, a
// client ID above all.
func ParseSCIMID(text string) (SCIMID, error) {
	if !digitsOnly.MatchString(text) {
		return "", &Error{
			Kind: ErrInput, What: "That is no SCIM id, which is a number.", Remedy: "Give the id that the workspace shows for the principal.",
		}
	}
	Known().Note(KindSP, text)
	return SCIMID(text), nil
}

// ParseMetastoreID takes the ID of a metastore and notes it for share mode. It returns an *Error of kind ErrInput for anything else.
func ParseMetastoreID(text string) (MetastoreID, error) {
	if !uuidForm.MatchString(text) {
		return "", &Error{Kind: ErrInput, What: "That is no ID of a metastore.", Remedy: "Give the UUID that Catalog shows for the metastore."}
	}
	Known().Note(KindID, text)
	return MetastoreID(text), nil
}
