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

// Word is the state in lower case, as shown beside a warehouse.
func (s WarehouseState) Word() string {
	words := map[WarehouseState]string{Running: "running", Starting: "starting", Stopping: "stopping", Stopped: "stopped", Deleting: "being deleted", Deleted: "deleted"}
	if w, ok := words[s]; ok {
		return w
	}
	return "in an unknown state"
}

// Warehouse is a SQL warehouse as the principal sees it.
type Warehouse struct {
	ID       WarehouseID
	Name     Remote
	Type     WarehouseType
	Size     Remote
	State    WarehouseState
	AutoStop time.Duration // zero: never stops by itself
	HTTPPath string
	Health   Remote // a message from the workspace when the warehouse is degraded or failed, else empty
}

// Identity is what the warehouse goes by in a listing.
func (w Warehouse) Identity() string { return string(w.ID) }

// Ref is the part of the warehouse that a saved connection keeps.
func (w Warehouse) Ref() WarehouseRef {
	return WarehouseRef{ID: w.ID, Name: w.Name, Type: w.Type, HTTPPath: w.HTTPPath}
}
