package compute

import (
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// WarehouseType is the kind of a SQL warehouse.
type WarehouseType uint8

// The three kinds.
const (
	Classic WarehouseType = iota + 1
	Pro
	Serverless
)

// Never is the start duration of a warehouse that stays STARTING.
const Never time.Duration = -1

// Warehouse is a SQL warehouse.
type Warehouse struct {
	ID, Name, Size, Creator string // Creator owns it, unless Access names another owner
	Type                    WarehouseType
	AutoStop                time.Duration // 0: it never stops by itself
	StartTakes              time.Duration // Never: stays STARTING
	StopTakes               time.Duration // 0: two seconds
	InitiallyRunning        bool
	Initially               State                     // STARTING, STOPPING or DELETED from the moment it is added; empty: as InitiallyRunning says
	StartFails              bool                      // a start ends in STOPPED rather than in RUNNING, and Failure says why
	Failure                 string                    // why it is unhealthy while it is not RUNNING, if it is
	Access                  map[string]registry.Level // by principal name; read when it is added only
	Compute                 Config
}

// Config is what a warehouse is set to besides, and nothing here depends on. The zero Config is what a warehouse has that is not given any
// of it.
type Config struct {
	MinClusters, MaxClusters int // 0: one
	WithoutPhoton            bool
	Channel, ChannelVersion  string // CHANNEL_NAME_CURRENT when empty
	SpotPolicy               string // COST_OPTIMIZED when empty
	Tags                     []Tag
}

// Tag is a tag of a warehouse.
type Tag struct{ Key, Value string }

// State is the state of a SQL warehouse, in the spelling of the REST API.
type State string

// The states that warehouses go through.
const (
	Starting State = "STARTING"
	Running  State = "RUNNING"
	Stopping State = "STOPPING"
	Stopped  State = "STOPPED"
	Deleting State = "DELETING"
	Deleted  State = "DELETED"
)

// stopTakes is how long a warehouse is DELETING, and STOPPING unless it says otherwise.
const stopTakes = 2 * time.Second

// WarehouseStatus is a warehouse at one moment.
type WarehouseStatus struct {
	Warehouse
	State State
	// ReadyIn is how long until a STARTING warehouse is RUNNING: zero when it runs, Never when it will not.
	ReadyIn time.Duration
	// Level is what the principal who asked may do with it. What it takes CAN_MONITOR to see is not told below that.
	Level registry.Level
}
