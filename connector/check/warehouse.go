package check

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
)

// pollEvery is how often a starting warehouse is asked for its state.
const pollEvery = time.Second

var warehouseAccess = Finding{
	Cause: WarehouseAccess, Exit: ExitWarehouse,
	Reason: "The SQL warehouse could not be used.",
	Remedy: Remedy{Text: "Verify that the warehouse exists and that the service principal has CAN_USE on it."},
}

func warehouseVisible(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Warehouse.ID == "" {
		return noWarehouse(ctx, s)
	}
	found, err := s.Workspace.Warehouse(ctx, s.Warehouse.ID)
	switch {
	case err == nil:
		s.Current, s.refusal = found, nil
		s.Warehouse = connector.WarehouseRef{ID: found.ID, Name: found.Name, Type: found.Type, HTTPPath: found.HTTPPath}
		if found.State == connector.Deleting || found.State == connector.Deleted {
			return failed(gone(), found.State.Word())
		}
		return passed(fmt.Sprintf("%s, %s, %s", found.Name, found.Type, found.Size))
	case errors.Is(err, apierr.ErrNotFound), errors.Is(err, apierr.ErrResourceDoesNotExist):
		result := failed(gone(), evidence(err))
		result.Detail = said(err)
		return result
	case explain(err, warehouseAccess).Pattern == "no-can-use":
		s.refusal = err
		return passed("it exists; its details are refused")
	}
	return failure(err, warehouseAccess)
}

func gone() Finding {
	return Finding{
		Cause: WarehouseAccess, Exit: ExitWarehouse, Pattern: "warehouse-gone",
		Reason: "There is no such SQL warehouse in this workspace any more.",
		Remedy: Remedy{Text: "Choose another SQL warehouse."},
	}
}

// noWarehouse is the case of a person who has nothing to choose from: an empty list is the usual look of a missing CAN_USE.
func noWarehouse(ctx context.Context, s *Subject) Result {
	for next := ""; ; {
		page, err := s.Workspace.Warehouses(ctx, next)
		if err != nil {
			return failure(err, warehouseAccess)
		}
		if len(page.Items) > 0 {
			return skipped("no SQL warehouse is chosen yet")
		}
		if next = page.Next; next == "" {
			return failed(NoWarehouses(), "0 warehouses are visible")
		}
	}
}

// NoWarehouses is the finding for an empty list of warehouses: the workspace lists only those that the principal has access to.
func NoWarehouses() Finding {
	return Finding{
		Cause: WarehouseAccess, Exit: ExitWarehouse, Pattern: "no-warehouses",
		Reason: "The workspace shows this principal no SQL warehouse. Most often it has CAN_USE on none.",
		Remedy: Remedy{Text: "Grant CAN_USE under SQL Warehouses › your warehouse › Permissions, then refresh."},
	}
}

// warehouseUse proves CAN_USE where that is possible without starting anything: the principal cannot read the warehouse's permissions.
func warehouseUse(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.refusal != nil {
		return failure(s.refusal, warehouseAccess)
	}
	if s.Warehouse.ID == "" {
		return skipped("no SQL warehouse is chosen yet")
	}
	if s.Current.State != connector.Running {
		return unknown("shows once the warehouse runs")
	}
	session, err := s.Session()
	if err != nil {
		return failure(err, warehouseAccess)
	}
	if _, err := session.Ping(ctx); err != nil {
		return failure(err, warehouseAccess)
	}
	return passed("CAN_USE holds: the warehouse took a statement")
}

func warehouseState(ctx context.Context, s *Subject, note func(string)) Result {
	if s.Warehouse.ID == "" {
		return skipped("no SQL warehouse is chosen yet")
	}
	began := time.Now()
	asked := false
	for {
		now, err := s.Workspace.Warehouse(ctx, s.Warehouse.ID)
		if err != nil {
			return notRunningOr(err, s.Current)
		}
		s.Current = now
		switch {
		case now.State == connector.Running:
			return passed(runningFor(asked, time.Since(began)))
		case now.State == connector.Deleting, now.State == connector.Deleted:
			return failed(gone(), now.State.Word())
		case !s.Start:
			return failed(notRunning(now), now.State.Word())
		case !asked && now.State == connector.Stopped:
			if err := s.Workspace.StartWarehouse(ctx, now.ID); err != nil {
				return failure(err, notRunning(now))
			}
			asked = true
		}
		note(fmt.Sprintf("%s, %s so far, usually %s", now.State.Word(), time.Since(began).Round(time.Second), now.Type.TypicalStart()))
		if err := pause(ctx, pollEvery); err != nil {
			return failed(notRunning(now), fmt.Sprintf("still %s after %s", now.State.Word(), time.Since(began).Round(time.Second)))
		}
	}
}

func runningFor(started bool, waited time.Duration) string {
	if started {
		return fmt.Sprintf("running, started in %s", waited.Round(time.Second))
	}
	return "running"
}

// notRunningOr keeps the last known state in view when the deadline, rather than an answer, ended the wait.
func notRunningOr(err error, last connector.Warehouse) Result {
	if errors.Is(err, context.DeadlineExceeded) && last.State != "" && last.State != connector.Running {
		return failed(notRunning(last), "still "+last.State.Word())
	}
	return failure(err, warehouseAccess)
}

func notRunning(w connector.Warehouse) Finding {
	f := Finding{Cause: WarehouseNotRunning, Exit: ExitNotRunning, Pattern: "warehouse-" + strings.ReplaceAll(w.State.Word(), " ", "-")}
	switch w.State {
	case connector.Starting:
		f.Reason = fmt.Sprintf("The SQL warehouse is starting. A %s warehouse usually takes %s.", w.Type, w.Type.TypicalStart())
		f.Remedy.Text = "Wait for it to run, then test again."
	case connector.Stopping:
		f.Reason = "The SQL warehouse is stopping."
		f.Remedy.Text = "Wait until it has stopped, then start it."
	default:
		f.Reason = fmt.Sprintf("The SQL warehouse is %s.", w.State.Word())
		f.Remedy.Text = fmt.Sprintf("Start it; a %s warehouse usually takes %s and costs money while it runs.", w.Type, w.Type.TypicalStart())
	}
	if w.Health.Raw() != "" {
		f.Reason += " It reports: " + w.Health.String()
	}
	return f
}

func answersSQL(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Warehouse.ID == "" {
		return skipped("no SQL warehouse is chosen yet")
	}
	session, err := s.Session()
	if err != nil {
		return failure(err, warehouseAccess)
	}
	who, err := session.Ping(ctx)
	if err != nil {
		return failure(err, warehouseAccess)
	}
	if want := s.Principal.Name.Raw(); want != "" && !strings.EqualFold(who.User.Raw(), want) {
		return failed(Finding{
			Cause: AuthenticationFailed, Exit: ExitIdentity, Pattern: "other-sql-user",
			Reason: "SQL runs as another principal than REST.",
			Remedy: Remedy{Text: "Test again; if it repeats, create a new secret for the principal."},
		}, "current_user() is "+who.User.String())
	}
	return passed("SELECT 1 answered")
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
