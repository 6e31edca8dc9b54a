package check

import "time"

// The deadlines of the ladder. StartDeadline bounds the wait for a warehouse that a person asked to start. verdict bounds everything up
// to a sign-in that is known to be good or not, so that nobody waits for each stage in turn where nothing answers.
const (
	StartDeadline = 10 * time.Minute
	verdict       = 15 * time.Second
	short         = 3 * time.Second
	usual         = 5 * time.Second
	long          = 10 * time.Second
	sqlDeadline   = 30 * time.Second
)

// signedIn are the stages after which anything may be asked with credentials in hand: the host is proven to be the workspace, its network
// rules let this address in, and the sign-in is done.
var signedIn = []ID{"S05", "S06"}

// ladder is every stage. What a stage comes after is what it needs, not what is checked before it: Identity and the catalog are asked side
// by side. The exception are the stages up to S04, which prove where the secret would go, and are passed before it does.
var ladder = []Stage{
	{ID: "S00", Name: "Values", Within: verdict, Run: values},
	{ID: "S01", Name: "Address", Deadline: short, Within: verdict, After: []ID{"S00"}, Run: address},
	{ID: "S02", Name: "Connection", Deadline: usual, Within: verdict, After: []ID{"S01"}, Run: connection},
	{ID: "S03", Name: "Certificate", Deadline: usual, Within: verdict, After: []ID{"S02"}, Run: certificate},
	{ID: "S04", Name: "Workspace", Deadline: usual, Within: verdict, After: []ID{"S03"}, Run: answersAsWorkspace},
	{ID: "S05", Name: "Network rules", Deadline: usual, Within: verdict, After: []ID{"S04"}, Run: networkRules},
	{ID: "S06", Name: "Token", Deadline: long, Within: verdict, After: []ID{"S04"}, Run: token},
	{ID: "S07", Name: "Identity", Deadline: usual, Within: verdict, After: signedIn, Run: identity},
	{ID: "S08", Name: "SQL access", Deadline: usual, Within: verdict, After: []ID{"S07"}, Run: entitlement},
	{ID: "S09", Name: "Warehouse", Deadline: usual, After: signedIn, Run: warehouseVisible},
	{ID: "S10", Name: "CAN_USE", Deadline: long, After: []ID{"S09"}, Run: warehouseUse},
	{ID: "S11", Name: "State", Deadline: StartDeadline, After: []ID{"S07", "S09"}, Run: warehouseState, Late: notInTime},
	{ID: "S12", Name: "SQL", Deadline: sqlDeadline, After: []ID{"S07", "S10", "S11"}, Run: answersSQL},
	{ID: "S13", Name: "Catalog", Deadline: long, After: signedIn, Run: catalogUse},
	{ID: "S14", Name: "Schema", Deadline: long, After: signedIn, Run: schemaUse},
	{ID: "S15", Name: "Columns", Deadline: long, After: signedIn, Run: metadata},
	{ID: "S16", Name: "Rows", Deadline: sqlDeadline, After: []ID{"S11"}, Run: reading},
	{ID: "S17", Name: "Read-only", Deadline: 15 * time.Second, After: signedIn, Run: readOnly, Late: notShown},
	{ID: "S18", Name: "Lifetime", Deadline: usual, After: signedIn, Run: lifetime, Late: notShown},
}

// All is the whole ladder, from the values to the end of the secret.
func All() []Stage { return between("S00", "S18") }

// Reach is how far one comes without credentials: for a Subject whose Workspace was opened with workspace.OpenAnonymous.
func Reach() []Stage { return between("S00", "S05") }

// Connect proves that the connector can sign in: what Test connection runs.
func Connect() []Stage { return between("S00", "S08") }

// Warehouse proves that a SQL warehouse takes statements. It begins with the entitlement, which a warehouse alone shows to be missing.
func Warehouse() []Stage { return between("S08", "S12") }

// Namespace proves that the way to a schema is open.
func Namespace() []Stage { return between("S13", "S14") }

// Access proves that the chosen tables can be read, and looks at what else the principal may do.
func Access() []Stage { return between("S15", "S17") }

// Reading is Access with what it stands on: that the warehouse runs and takes statements.
func Reading() []Stage { return append(between("S11", "S12"), Access()...) }

func between(first, last ID) []Stage {
	var part []Stage
	for _, stage := range ladder {
		if stage.ID >= first && stage.ID <= last {
			stage.Gate = true
			part = append(part, stage)
		}
	}
	return part
}
