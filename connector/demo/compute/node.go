package compute

import (
	"cmp"
	"time"
)

// Node keeps what was asked of a warehouse and when; its state follows from that and the clock, so nothing has to tick.
type Node struct {
	Warehouse
	wanted  bool      // asked to run, or to stop
	since   time.Time // when it was asked; zero for what it began with
	used    time.Time // when somebody last needed it to run
	deleted time.Time
}

// NewNode is a warehouse in the state that it is added in. Who may do what with it is kept elsewhere.
func NewNode(v Warehouse, now time.Time) *Node {
	n := &Node{Warehouse: v, wanted: v.InitiallyRunning, used: now}
	n.begin(now)
	n.Access = nil
	return n
}

// StartedNode is a warehouse that somebody has just made: it starts at once.
func StartedNode(v Warehouse, now time.Time) *Node {
	return &Node{Warehouse: v, wanted: true, since: now, used: now}
}

// begin puts the warehouse in the state it is added in.
func (n *Node) begin(now time.Time) {
	switch n.Initially {
	case Starting:
		n.wanted, n.since = true, now
	case Stopping:
		n.wanted, n.since = false, now
	case Deleted:
		n.deleted = now.Add(-stopTakes)
	}
}

// Want notes that the warehouse should run or stop.
func (n *Node) Want(running bool, now time.Time) {
	state := n.Status(now).State
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

// Delete notes that the warehouse should be deleted.
func (n *Node) Delete(now time.Time) { n.deleted = now }

// IsDeleted reports whether the warehouse was deleted, also while it is deleting.
func (n *Node) IsDeleted() bool { return !n.deleted.IsZero() }

// IsGone reports whether the warehouse was deleted and is done deleting.
func (n *Node) IsGone(now time.Time) bool {
	return !n.deleted.IsZero() && now.Sub(n.deleted) >= stopTakes
}

// Status is the warehouse as it is now, but for what somebody may do with it.
func (n *Node) Status(now time.Time) WarehouseStatus {
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

func (n *Node) state(now time.Time) State {
	switch {
	case n.IsGone(now):
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

func (n *Node) stoppingSince(since, now time.Time) State {
	if now.Sub(since) < cmp.Or(n.StopTakes, stopTakes) {
		return Stopping
	}
	return Stopped
}
