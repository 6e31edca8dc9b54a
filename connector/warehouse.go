package connector

import "time"

// WarehouseType is the kind of a SQL warehouse as Databricks names it.
type WarehouseType string

// The three types. The documented set for Draftt is serverless and pro.
const (
	Serverless  WarehouseType = "serverless"
	Pro         WarehouseType = "pro"
	Classic     WarehouseType = "classic"
	UnknownType WarehouseType = "unknown type"
)

// Documented reports whether the type is in the set that Draftt's documentation names.
func (t WarehouseType) Documented() bool { return t == Serverless || t == Pro }

// NotAdvised is said of a warehouse whose type is not Documented.
const NotAdvised = "not advised"

// TypicalStart says how long a cold start usually takes. Serverless is Databricks' own figure; the others are commonly seen.
func (t WarehouseType) TypicalStart() string {
	switch t {
	case Serverless:
		return "a few seconds"
	case Classic:
		return "4–8 minutes"
	}
	return "3–6 minutes"
}

// UsualStart is about how long a cold start takes, to hold a wait against. It is the middle of TypicalStart and promises nothing.
func (t WarehouseType) UsualStart() time.Duration {
	switch t {
	case Serverless:
		return 10 * time.Second
	case Classic:
		return 5 * time.Minute
	}
	return 4 * time.Minute
}

// WarehouseState is the state that the REST API gives.
type WarehouseState string

// The states of the SQL warehouses API.
const (
	Running  WarehouseState = "RUNNING"
	Starting WarehouseState = "STARTING"
	Stopping WarehouseState = "STOPPING"
	Stopped  WarehouseState = "STOPPED"
	Deleting WarehouseState = "DELETING"
	Deleted  WarehouseState = "DELETED"
)

var stateWords = map[WarehouseState]string{
	Running: "running", Starting: "starting", Stopping: "stopping", Stopped: "stopped", Deleting: "being deleted", Deleted: "deleted",
}

// Word is the state in lower case, as shown beside a warehouse. A state outside the documented set is shown as the workspace writes it.
func (s WarehouseState) Word() string {
	if w, ok := stateWords[s]; ok {
		return w
	}
	if shown := CleanLine(string(s), 40); shown != "" {
		return "in state " + shown
	}
	return "in no state that shows"
}

// Documented reports whether the state is one that the API documents. Any other is a state in between, such as UPDATING.
func (s WarehouseState) Documented() bool { return stateWords[s] != "" }

// Warehouse is a SQL warehouse as the principal sees it.
type Warehouse struct {
	ID       WarehouseID
	Name     Remote
	Type     WarehouseType
	Size     Remote
	State    WarehouseState
	AutoStop time.Duration // zero: never stops by itself
	HTTPPath string
	Health   Remote // what the workspace reports when the warehouse is degraded or failed, the bare status where it hides why; else empty
}

// Identity is what the warehouse goes by in a listing.
func (w Warehouse) Identity() string { return string(w.ID) }

// Ref is the part of the warehouse that a saved connection keeps.
func (w Warehouse) Ref() WarehouseRef {
	return WarehouseRef{ID: w.ID, Name: w.Name, Type: w.Type, HTTPPath: w.HTTPPath}
}
