package check

import "github.com/draftt-io/draftt-databricks/connector/grants"

// foundRows are what the ladder finds by comparing and counting, where no error says anything. They have no text, so explain never gives
// them; their sentences are the general ones, of which a stage says more when it knows more.
var foundRows = []Entry{
	privateAuthority,
	{
		ID: "values", Stage: StageValues, Cause: AuthenticationFailed, Exit: ExitAuth,
		Reason: "A value that was entered cannot be what it should be, such as a client ID that is no application ID.",
		Remedy: "Enter it again; the finding says what it should look like.",
	},
	{
		ID: "other-principal", Stage: StageIdentity, Cause: AuthenticationFailed, Exit: ExitIdentity,
		Reason: "The workspace signed in another principal than the client ID names.",
		Remedy: "Check the client ID, and paste both values again.",
	},
	{
		ID: "other-sql-user", Stage: StageSQL, Cause: AuthenticationFailed, Exit: ExitIdentity,
		Reason: "SQL runs as another principal than REST.",
		Remedy: "Test again; if it repeats, create a new secret for the principal.",
	},
	{
		ID: "expiring", Stage: StageLifetime, Cause: AuthenticationFailed, Exit: ExitExpiring,
		Reason: "Everything works, and the secret or the token ends soon.",
		Remedy: "Create a new one and save it in this connection before then.",
	},
	{
		ID: "no-warehouses", Stage: StageWarehouse, Cause: WarehouseAccess, Exit: ExitWarehouse,
		Reason: "The workspace shows this principal no SQL warehouse. Most often it has CAN_USE on none.",
		Remedy: "Grant CAN_USE under SQL Warehouses › your warehouse › Permissions, then refresh.",
	},
	{
		ID: "browse-only", Stage: StageCatalog, Cause: MissingPermissions, Exit: ExitPermissions,
		Reason: "The catalog or schema is visible through BROWSE alone, which opens nothing in it.",
		Remedy: belowGrant, Grant: grants.UseCatalogExample,
	},
	{
		ID: "start-late", Stage: StageState, Cause: WarehouseNotRunning, Exit: ExitNotRunning,
		Reason: "The SQL warehouse was started and did not run within ten minutes.",
		Remedy: "Look at the warehouse in the workspace, then test again or choose another.",
	},
	{
		ID: "beyond-read-only", Stage: StageReadOnly, Cause: BeyondReadOnly, Exit: ExitBeyond,
		Reason: "The principal holds privileges that reading does not need.",
		Remedy: "Have the owner revoke them, or use a principal of its own for Draftt.",
	},
}

// privateAuthority is met at a host that was allowed by name. Its owner may well run an authority of its own, so the network is not the
// only one who can have shown such a certificate.
var privateAuthority = Entry{
	ID: "private-authority", Stage: StageCertificate, Cause: Unreachable, Exit: ExitTLS,
	Reason: "The host was allowed by name, and this machine does not trust its certificate. Its owner may have an authority of its own, or your network may replace certificates.",
	Remedy: "Ask the host's owner which authority it uses, then start again with --ca-file and that CA certificate in PEM form.",
}
