package model

import (
	"fmt"
	"net/http"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
)

// OnWarehouse names the access control list of the warehouse with this id.
func OnWarehouse(id string) Controlled { return Controlled{Kind: WarehouseAccess, ID: id} }

// AddWarehouse adds v. It returns an error when its access list names somebody who does not exist.
func (w *World) AddWarehouse(v compute.Warehouse) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := compute.NewNode(v, w.clock.Now())
	if err := w.addList(OnWarehouse(v.ID), v.Creator, v.Access); err != nil {
		return fmt.Errorf("add warehouse %s: %w", v.Name, err)
	}
	w.warehouses = append(w.warehouses, n)
	return nil
}

// CreateWarehouse adds v, which by then owns and which starts at once, and gives its id, which is made here. It takes the entitlement to
// create clusters or a workspace admin.
func (w *World) CreateWarehouse(by *Principal, v compute.Warehouse) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.workspaceAdmin(by) && !w.entitled(by, ClusterCreate) {
		return "", &Error{Code: "PERMISSION_DENIED", Status: http.StatusForbidden, Message: by.Name + " is not authorized to create SQL warehouses."}
	}
	if err := w.checkWarehouseName("", v.Name); err != nil {
		return "", err
	}
	v.ID, v.Creator = randomHex()[:16], by.Name
	w.warehouses = append(w.warehouses, compute.StartedNode(v, w.clock.Now()))
	w.lists[OnWarehouse(v.ID)] = acl{by.Name: IsOwner}
	return v.ID, nil
}

// checkWarehouseName refuses a name that another warehouse has.
func (w *World) checkWarehouseName(id, name string) error {
	for _, n := range w.warehouses {
		if n.ID != id && n.Name == name && !n.IsGone(w.clock.Now()) {
			return invalidParameter("SQL warehouse with name `%s` already exists", name)
		}
	}
	return nil
}

// EditWarehouse makes all of a change to the name, size, type, stopping and compute of a warehouse, or nothing; it takes CAN_MANAGE. The
// change is made while the world stands still, so it must not ask the world for anything. The error is the change's own or an *Error.
func (w *World) EditWarehouse(by *Principal, id string, change func(*compute.Warehouse) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.warehouse(by, id, CanManage)
	if err != nil {
		return err
	}
	draft := n.Warehouse
	if err := change(&draft); err != nil {
		return err
	}
	if err := w.checkWarehouseName(id, draft.Name); err != nil {
		return err
	}
	n.Warehouse = draft
	return nil
}

// Warehouses lists the warehouses that a principal has any permission on. The others exist without being listed, and those that are
// deleted do not exist any more.
func (w *World) Warehouses(who *Principal) []compute.WarehouseStatus {
	w.mu.RLock()
	defer w.mu.RUnlock()
	now := w.clock.Now()
	var out []compute.WarehouseStatus
	for _, n := range w.warehouses {
		if !n.IsGone(now) && w.level(who, OnWarehouse(n.ID)) >= CanView {
			out = append(out, w.statusFor(who, n, now))
		}
	}
	return out
}

// Warehouse gives one warehouse, also one that was deleted. It returns an *Error when there is none with this id or the principal has no
// permission on it.
func (w *World) Warehouse(who *Principal, id string) (compute.WarehouseStatus, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	n, err := w.find(who, id, CanView)
	if err != nil {
		return compute.WarehouseStatus{}, err
	}
	return w.statusFor(who, n, w.clock.Now()), nil
}

// statusFor is the status of a warehouse with what the principal may do with it.
func (w *World) statusFor(who *Principal, n *compute.Node, now time.Time) compute.WarehouseStatus {
	s := n.Status(now)
	s.Level = w.level(who, OnWarehouse(n.ID))
	return s
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
func (w *World) StartWarehouse(who *Principal, id string) (compute.WarehouseStatus, error) {
	return w.want(who, id, CanUse, true)
}

// StopWarehouse asks a warehouse to stop and gives its state; it takes CAN_MANAGE.
func (w *World) StopWarehouse(who *Principal, id string) (compute.WarehouseStatus, error) {
	return w.want(who, id, CanManage, false)
}

func (w *World) want(who *Principal, id string, need Level, running bool) (compute.WarehouseStatus, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.warehouse(who, id, need)
	if err != nil {
		return compute.WarehouseStatus{}, err
	}
	now := w.clock.Now()
	n.Want(running, now)
	return n.Status(now), nil
}

// DeleteWarehouse deletes a warehouse; it takes CAN_MANAGE.
func (w *World) DeleteWarehouse(who *Principal, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.warehouse(who, id, CanManage)
	if err != nil {
		return err
	}
	n.Delete(w.clock.Now())
	return nil
}

// warehouse finds a warehouse that was not deleted.
func (w *World) warehouse(who *Principal, id string, need Level) (*compute.Node, error) {
	n, err := w.find(who, id, need)
	if err == nil && n.IsDeleted() {
		return nil, noWarehouse(id)
	}
	return n, err
}

func (w *World) find(who *Principal, id string, need Level) (*compute.Node, error) {
	for _, n := range w.warehouses {
		if n.ID != id {
			continue
		}
		if w.level(who, OnWarehouse(n.ID)) < need {
			return nil, &Error{
				Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
				Message: who.Name + " is not authorized to use or monitor this SQL Endpoint. Please contact the administrator.",
			}
		}
		return n, nil
	}
	return nil, noWarehouse(id)
}

func noWarehouse(id string) *Error { return noResource("SQL warehouse %s does not exist.", id) }
