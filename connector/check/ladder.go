package check

import "time"

// The deadlines of the ladder. StartDeadline bounds the wait for a warehouse that a person asked to start.
const (
	StartDeadline = 10 * time.Minute
	short         = 3 * time.Second
	usual         = 5 * time.Second
	long          = 10 * time.Second
	sqlDeadline   = 30 * time.Second
)

var ladder = []Stage{
	{ID: "S00", Name: "Values", Run: values},
	{ID: "S01", Name: "Address", Deadline: short, Needs: []ID{"S00"}, Run: address},
	{ID: "S02", Name: "Connection", Deadline: usual, Needs: []ID{"S01"}, Run: connection},
	{ID: "S03", Name: "Certificate", Deadline: usual, Needs: []ID{"S02"}, Run: certificate},
	{ID: "S04", Name: "Workspace", Deadline: usual, Needs: []ID{"S03"}, Run: answersAsWorkspace},
	{ID: "S05", Name: "Network rules", Deadline: usual, Needs: []ID{"S04"}, Run: networkRules},
	{ID: "S06", Name: "Token", Deadline: long, Needs: []ID{"S05"}, Run: token},
	{ID: "S07", Name: "Identity", Deadline: usual, Needs: []ID{"S06"}, Run: identity},
	{ID: "S08", Name: "SQL access", Deadline: usual, Needs: []ID{"S07"}, Run: entitlement},
	{ID: "S09", Name: "Warehouse", Deadline: usual, Needs: []ID{"S08"}, Run: warehouseVisible},
	{ID: "S10", Name: "CAN_USE", Deadline: long, Needs: []ID{"S09"}, Run: warehouseUse},
	{ID: "S11", Name: "State", Deadline: StartDeadline, Needs: []ID{"S10"}, Run: warehouseState},
	{ID: "S12", Name: "SQL", Deadline: sqlDeadline, Needs: []ID{"S11"}, Run: answersSQL},
	{ID: "S13", Name: "Catalog", Deadline: long, Needs: []ID{"S07"}, Run: catalogUse},
	{ID: "S14", Name: "Schema", Deadline: long, Needs: []ID{"S13"}, Run: schemaUse},
	{ID: "S15", Name: "Columns", Deadline: long, Needs: []ID{"S14"}, Run: metadata},
	{ID: "S16", Name: "Rows", Deadline: sqlDeadline, Needs: []ID{"S12", "S15"}, Run: reading},
	{ID: "S17", Name: "Read-only", Deadline: 15 * time.Second, Needs: []ID{"S14"}, Run: readOnly},
}

// All is the whole ladder, from the values to the read-only promise.
func All() []Stage { return between("S00", "S17") }

// Connect proves that the connector can sign in: what Test connection runs.
func Connect() []Stage { return between("S00", "S08") }

// Warehouse proves that a SQL warehouse takes statements.
func Warehouse() []Stage { return between("S09", "S12") }

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
			part = append(part, stage)
		}
	}
	return part
}
