package demo

// Who the demo signs in as. The application IDs are fixed, so that the statements on screen are the same in every run; the secrets are
// new in every run.
const (
	ConnectorID   = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	ConnectorName = "draftt-connector"
	AdminID       = "c2a4d9b6-1e37-4b80-9f6d-50e8a7c3d914"
	AdminName     = "platform-admin"
	// The account's admin is in no workspace.
	AccountAdminID   = "a91e40b7-53d8-4c1f-8b26-e07f5d2c6a18"
	AccountAdminName = "account-admin"
)

// fivetranID is the service principal that a data tool was connected with through Partner Connect, long before this demo begins.
const fivetranID = "1d7be0a4-6c52-4f39-8e1a-b90c4d27f863"

// Whom the scenarios name, of the people and groups in demo-people.yaml.
const (
	platformLead    = "maria.lindqvist@contoso.example"
	metastoreAdmins = "metastore-admins"
	governance      = "data-governance"
	analysts        = "analysts"
	assetReaders    = "inventory-readers"
)
