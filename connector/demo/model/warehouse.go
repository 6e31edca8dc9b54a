package model

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// WarehouseType is the kind of a SQL warehouse.
type WarehouseType uint8

// The three kinds.
const (
	Classic WarehouseType = iota + 1
	Pro
	Serverless
)

// State is the state of a SQL warehouse, in the spelling of the REST API.
type State string

// The states that warehouses of this workspace go through.
const (
	Starting State = "STARTING"
	Running  State = "RUNNING"
	Stopping State = "STOPPING"
	Stopped  State = "STOPPED"
)

// Never is the start duration of a warehouse that stays STARTING.
const Never time.Duration = -1

// stopTakes is how long a warehouse is STOPPING.
const stopTakes = 2 * time.Second

// Level is what a principal may do with a warehouse. A higher level includes those below it.
type Level uint8

// The permission levels of warehouses. CAN_USE sees, starts and queries; CAN_MONITOR also watches others' queries; CAN_MANAGE also stops.
const (
	NoAccess Level = iota
	CanView
	CanUse
	CanMonitor
	CanManage
	IsOwner
)

var levelNames = [...]string{"", "CAN_VIEW", "CAN_USE", "CAN_MONITOR", "CAN_MANAGE", "IS_OWNER"}

// String is the level as the REST API writes it.
func (l Level) String() string { return levelNames[l] }

// Warehouse is a SQL warehouse.
type Warehouse struct {
	ID, Name, Size, Creator string
	Type                    WarehouseType
	AutoStop                time.Duration
	StartTakes              time.Duration // Never: stays STARTING
	InitiallyRunning        bool
	Access                  map[string]Level // by principal name; read by AddWarehouse only
}

// WarehouseEntry is one line of a warehouse's access control list.
type WarehouseEntry struct {
	Principal *Principal
	Level     Level
	Inherited bool // as a workspace admin, from the list of all warehouses
}

// WarehouseStatus is a warehouse at one moment.
type WarehouseStatus struct {
	Warehouse
	State State
	// ReadyIn is how long until a STARTING warehouse is RUNNING: zero when it runs, Never when it will not.
	ReadyIn time.Duration
}

// warehouseNode keeps what was asked of a warehouse and when; its state follows from that and the clock, so nothing has to tick.
type warehouseNode struct {
	Warehouse
	wanted bool
	since  time.Time
	acl    []WarehouseEntry
}

func (n *warehouseNode) status(now time.Time) WarehouseStatus {
	s := WarehouseStatus{Warehouse: n.Warehouse}
	s.Access = nil
	elapsed := now.Sub(n.since)
	switch {
	case !n.wanted && elapsed < stopTakes:
		s.State, s.ReadyIn = Stopping, Never
	case !n.wanted:
		s.State, s.ReadyIn = Stopped, Never
	case n.since.IsZero() || n.StartTakes != Never && elapsed >= n.StartTakes:
		s.State = Running
	case n.StartTakes == Never:
		s.State, s.ReadyIn = Starting, Never
	default:
		s.State, s.ReadyIn = Starting, n.StartTakes-elapsed
	}
	return s
}

// AddWarehouse adds v. It returns an error when its access list names somebody who does not exist.
func (w *World) AddWarehouse(v Warehouse) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := &warehouseNode{Warehouse: v, wanted: v.InitiallyRunning}
	for _, name := range slices.Sorted(maps.Keys(v.Access)) {
		p, ok := w.principal(name)
		if !ok {
			return fmt.Errorf("add warehouse %s: %w", v.Name, noPrincipal(name))
		}
		n.acl = append(n.acl, WarehouseEntry{Principal: p, Level: v.Access[name]})
	}
	w.warehouses = append(w.warehouses, n)
	return nil
}

// level is the highest level that the principal or one of its groups has. Workspace admins manage every warehouse.
func (w *World) level(who *Principal, n *warehouseNode) Level {
	highest := NoAccess
	a := w.access(who)
	if a.isOneOf(Admins) {
		highest = CanManage
	}
	for _, e := range n.acl {
		if a.isOneOf(e.Principal.Name) {
			highest = max(highest, e.Level)
		}
	}
	return highest
}

// Warehouses lists the warehouses that a principal has any permission on. The others exist without being listed.
func (w *World) Warehouses(who *Principal) []WarehouseStatus {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var out []WarehouseStatus
	for _, n := range w.warehouses {
		if w.level(who, n) >= CanView {
			out = append(out, n.status(w.clock.Now()))
		}
	}
	return out
}

// Warehouse gives one warehouse. It returns an *Error when there is none with this id or the principal has no permission on it.
func (w *World) Warehouse(who *Principal, id string) (WarehouseStatus, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	n, err := w.warehouse(who, id, CanView)
	if err != nil {
		return WarehouseStatus{}, err
	}
	return n.status(w.clock.Now()), nil
}

// CheckWarehouse tells whether a principal may run statements on a warehouse, which takes CAN_USE. It returns nil or an *Error.
func (w *World) CheckWarehouse(who *Principal, id string) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	_, err := w.warehouse(who, id, CanUse)
	return err
}

// StartWarehouse asks a warehouse to run and gives its state; CAN_USE is enough. One that runs or starts already is left alone.
// This is also what a statement does before it runs: a stopped warehouse starts for it, and the statement waits.
func (w *World) StartWarehouse(who *Principal, id string) (WarehouseStatus, error) {
	return w.want(who, id, CanUse, true)
}

// StopWarehouse asks a warehouse to stop and gives its state; it takes CAN_MANAGE.
func (w *World) StopWarehouse(who *Principal, id string) (WarehouseStatus, error) {
	return w.want(who, id, CanManage, false)
}

func (w *World) want(who *Principal, id string, need Level, running bool) (WarehouseStatus, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.warehouse(who, id, need)
	if err != nil {
		return WarehouseStatus{}, err
	}
	if n.wanted != running {
		n.wanted, n.since = running, w.clock.Now()
	}
	return n.status(w.clock.Now()), nil
}

// WarehouseACL gives the access control list of a warehouse; it takes CAN_MANAGE.
func (w *World) WarehouseACL(who *Principal, id string) ([]WarehouseEntry, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	n, err := w.warehouse(who, id, CanManage)
	if err != nil {
		return nil, err
	}
	list := slices.Clone(n.acl)
	if admins, ok := w.principal(Admins); ok {
		list = append(list, WarehouseEntry{Principal: admins, Level: CanManage, Inherited: true})
	}
	return list, nil
}

func (w *World) warehouse(who *Principal, id string, need Level) (*warehouseNode, error) {
	for _, n := range w.warehouses {
		if n.ID != id {
			continue
		}
		if w.level(who, n) < need {
			return nil, &Error{
				Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
				Message: who.Name + " is not authorized to use or monitor this SQL Endpoint. Please contact the administrator.",
			}
		}
		return n, nil
	}
	return nil, &Error{
		Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound,
		Message: "SQL warehouse " + id + " does not exist.",
	}
}
