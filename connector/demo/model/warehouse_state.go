package model

import (
	"cmp"
	"time"
)

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
	Level Level
}

// warehouseNode keeps what was asked of a warehouse and when; its state follows from that and the clock, so nothing has to tick.
type warehouseNode struct {
	Warehouse
	wanted  bool      // asked to run, or to stop
	since   time.Time // when it was asked; zero for what it began with
	used    time.Time // when somebody last needed it to run
	deleted time.Time
}

// begin puts the warehouse in the state it is added in.
func (n *warehouseNode) begin(now time.Time) {
	switch n.Initially {
	case Starting:
		n.wanted, n.since = true, now
	case Stopping:
		n.wanted, n.since = false, now
	case Deleted:
		n.deleted = now.Add(-stopTakes)
	}
}

// want notes that the warehouse should run or stop.
func (n *warehouseNode) want(running bool, now time.Time) {
	state := n.status(now).State
	isUp := state == Running || state == Starting
	switch {
	case running:
		if !isUp {
			n.wanted, n.since = true, now
		}
		n.used = now
	case isUp:
		n.wanted, n.since = false, now
	}
}

// isGone reports whether the warehouse was deleted and is done deleting.
func (n *warehouseNode) isGone(now time.Time) bool {
	return !n.deleted.IsZero() && now.Sub(n.deleted) >= stopTakes
}

func (n *warehouseNode) status(now time.Time) WarehouseStatus {
	s := WarehouseStatus{Warehouse: n.Warehouse, ReadyIn: Never}
	s.State = n.state(now)
	switch {
	case s.State == Running:
		s.ReadyIn = 0
	case s.State == Starting && n.StartTakes != Never:
		s.ReadyIn = n.StartTakes - now.Sub(n.since)
	}
	return s
}

func (n *warehouseNode) state(now time.Time) State {
	switch {
	case n.isGone(now):
		return Deleted
	case !n.deleted.IsZero():
		return Deleting
	case !n.wanted:
		return n.stoppingSince(n.since, now)
	}
	ready := n.since
	if !n.since.IsZero() {
		if n.StartTakes == Never || now.Sub(n.since) < n.StartTakes {
			return Starting
		}
		if n.StartFails {
			return Stopped
		}
		ready = n.since.Add(n.StartTakes)
	}
	if n.AutoStop == 0 {
		return Running
	}
	idle := n.used
	if ready.After(idle) {
		idle = ready
	}
	if stop := idle.Add(n.AutoStop); !now.Before(stop) {
		return n.stoppingSince(stop, now)
	}
	return Running
}

func (n *warehouseNode) stoppingSince(since, now time.Time) State {
	if now.Sub(since) < cmp.Or(n.StopTakes, stopTakes) {
		return Stopping
	}
	return Stopped
}
