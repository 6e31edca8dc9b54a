package check

import "time"

// ID names a stage for good, S00 to S18 so far. Support engineers say it aloud, and programs read it in JSON; code says the constant.
type ID string

// The stages, each with what it proves.
const (
	StageValues       ID = "S00" // what was entered reads as a host and as credentials
	StageAddress      ID = "S01" // the host's name resolves, or is left to a proxy
	StageConnection   ID = "S02" // something accepts connections there
	StageCertificate  ID = "S03" // its certificate is the host's, and this machine trusts it
	StageWorkspace    ID = "S04" // it answers as a Databricks workspace does
	StageNetworkRules ID = "S05" // the workspace's network rules let this address in
	StageToken        ID = "S06" // the client ID and the OAuth secret are good for a token
	StageIdentity     ID = "S07" // the workspace knows who is signed in, and it is who the client ID names
	StageSQLAccess    ID = "S08" // the principal has an entitlement for Databricks SQL
	StageWarehouse    ID = "S09" // the chosen SQL warehouse exists and is visible
	StageCanUse       ID = "S10" // the principal holds CAN_USE on it
	StageState        ID = "S11" // the warehouse runs
	StageSQL          ID = "S12" // it answers a statement, as the principal that REST knows
	StageCatalog      ID = "S13" // the principal may use the catalog
	StageSchema       ID = "S14" // the principal may use the schema
	StageColumns      ID = "S15" // the catalog describes every chosen table to it
	StageRead         ID = "S16" // rows of every chosen table were read through the warehouse
	StageReadOnly     ID = "S17" // no privilege beyond reading is seen; it advises
	StageLifetime     ID = "S18" // the credentials do not end soon; it advises
)

// signedIn are the stages after which anything may be asked with credentials in hand: the host is proven to be the workspace, its network
// rules let this address in, and the sign-in is done.
var signedIn = []ID{StageNetworkRules, StageToken}

// ladder is every stage. What a stage comes after is what it needs, not what is checked before it: Identity and the catalog are asked side
// by side. The exception are the stages up to Workspace, which prove where the secret would go, and are passed before it does.
var ladder = []Stage{
	{ID: StageValues, Name: "Values", Within: verdict, Run: values},
	{ID: StageAddress, Name: "Address", Deadline: short, Within: verdict, After: []ID{StageValues}, Run: address},
	{ID: StageConnection, Name: "Connection", Deadline: usual, Within: verdict, After: []ID{StageAddress}, Run: connection},
	{ID: StageCertificate, Name: "Certificate", Deadline: usual, Within: verdict, After: []ID{StageConnection}, Run: certificate},
	{ID: StageWorkspace, Name: "Workspace", Deadline: usual, Within: verdict, After: []ID{StageCertificate}, Run: answersAsWorkspace},
	{ID: StageNetworkRules, Name: "Network rules", Deadline: usual, Within: verdict, After: []ID{StageWorkspace}, Run: networkRules},
	{ID: StageToken, Name: "Token", Deadline: long, Within: verdict, After: []ID{StageWorkspace}, Run: token},
	{ID: StageIdentity, Name: "Identity", Deadline: usual, Within: verdict, After: signedIn, Run: identity},
	{ID: StageSQLAccess, Name: "SQL access", Deadline: usual, Within: verdict, After: []ID{StageIdentity}, Run: entitlement},
	{ID: StageWarehouse, Name: "Warehouse", Deadline: usual, After: signedIn, Run: warehouseVisible},
	{ID: StageCanUse, Name: "CAN_USE", Deadline: long, After: []ID{StageWarehouse}, Run: warehouseUse},
	{ID: StageState, Name: "State", Deadline: StartDeadline, After: []ID{StageIdentity, StageWarehouse}, Run: warehouseState, Late: notInTime},
	{ID: StageSQL, Name: "SQL", Deadline: sqlDeadline, After: []ID{StageIdentity, StageCanUse, StageState}, Run: answersSQL},
	{ID: StageCatalog, Name: "Catalog", Deadline: long, After: signedIn, Run: catalogUse},
	{ID: StageSchema, Name: "Schema", Deadline: long, After: signedIn, Run: schemaUse},
	{ID: StageColumns, Name: "Columns", Deadline: long, After: signedIn, Run: metadata},
	{ID: StageRead, Name: "Rows", Deadline: sqlDeadline, After: []ID{StageState}, Run: reading},
	{ID: StageReadOnly, Name: "Read-only", Deadline: 15 * time.Second, After: signedIn, Run: readOnly, Late: notShown, Advisory: true},
	{ID: StageLifetime, Name: "Lifetime", Deadline: usual, After: signedIn, Run: lifetime, Late: notShown, Advisory: true},
}

// found are what the stages find by comparing and counting, where no error says anything. The table says of them what is always true; a
// stage says more when it knows more.
var found = []pattern{
	{id: "proxy-setting", stage: StageAddress, cause: Unreachable, exit: ExitNetwork},
	{id: "proxy-name", stage: StageAddress, cause: Unreachable, exit: ExitNetwork},
	{id: "proxy-silent", stage: StageConnection, cause: Unreachable, exit: ExitNetwork},
	{id: "proxy-plain", stage: StageConnection, cause: Unreachable, exit: ExitNetwork},
	{id: "proxy-untrusted", stage: StageConnection, cause: Unreachable, exit: ExitNetwork},
	{id: "private-authority", stage: StageCertificate, cause: Unreachable, exit: ExitTLS},
	{id: "identity-refused", stage: StageIdentity, cause: AuthenticationFailed, exit: ExitIdentity},
	{id: "warehouse-refused", stage: StageCanUse, cause: WarehouseAccess, exit: ExitWarehouse},
	{id: "object-refused", stage: StageCatalog, cause: MissingPermissions, exit: ExitPermissions},
	{id: "admin-refused", stage: StageIdentity, cause: AdminRights, exit: ExitPermissions},
	{id: "admin-not-admitted", stage: StageIdentity, cause: AdminRights, exit: ExitPermissions},
	{id: "values", stage: StageValues, cause: AuthenticationFailed, exit: ExitAuth},
	{id: "host-not-accepted", stage: StageValues, cause: Unreachable, exit: ExitNotWorkspace},
	{id: "other-principal", stage: StageIdentity, cause: AuthenticationFailed, exit: ExitIdentity},
	{id: "other-sql-user", stage: StageSQL, cause: AuthenticationFailed, exit: ExitIdentity},
	{id: "expiring", stage: StageLifetime, cause: AuthenticationFailed, exit: ExitExpiring},
	{id: "no-warehouses", stage: StageWarehouse, cause: WarehouseAccess, exit: ExitWarehouse},
	{id: "browse-only", stage: StageCatalog, cause: MissingPermissions, exit: ExitPermissions},
	{id: "warehouse-between", stage: StageState, cause: WarehouseNotRunning, exit: ExitNotRunning},
	{id: "start-late", stage: StageState, cause: WarehouseNotRunning, exit: ExitNotRunning},
	{id: "beyond-read-only", stage: StageReadOnly, cause: BeyondReadOnly, exit: ExitBeyond},
}
