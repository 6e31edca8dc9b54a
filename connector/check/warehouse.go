package check

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// pollEvery is how often a starting warehouse is asked for its state.
const pollEvery = time.Second

func warehouseVisible(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Warehouse.ID == "" {
		return noWarehouse(ctx, s)
	}
	found, err := s.warehouse(ctx)
	switch {
	case err == nil:
		result := passed(kindOf(found))
		if isGone(found) {
			result = failed(gone(), found.State.Word())
		}
		return result.keeping(func(s *Subject) {
			s.Current, s.refusal = found, nil
			s.Warehouse = found.Ref()
		})
	case errors.Is(err, apierr.ErrNotFound), errors.Is(err, apierr.ErrResourceDoesNotExist):
		return notThere(ctx, s, err)
	case judged(err, StageWarehouse).Pattern == "no-can-use":
		return passed("it exists; its details are refused").keeping(func(s *Subject) { s.refusal = err })
	}
	return failure(err, StageWarehouse)
}

// kindOf says what a warehouse is. One outside the documented set works as well, and a person should know that it is.
func kindOf(w connector.Warehouse) string {
	text := fmt.Sprintf("%s, %s, %s", w.Name, w.Type, w.Size)
	if !w.Type.Documented() {
		text += "; Draftt documents serverless and pro"
	}
	return text
}

// notThere tells a warehouse that is gone from a principal that sees none at all.
func notThere(ctx context.Context, s *Subject, err error) Result {
	f, seen := gone(), evidence(err)
	if page, listErr := s.someWarehouses(ctx); listErr == nil && page.Next == "" {
		if len(page.Items) == 0 {
			f = NoWarehouses()
		}
		seen += fmt.Sprintf("; %s visible", words.Count(len(page.Items), "SQL warehouse"))
	}
	result := failed(f, seen)
	result.Detail = said(err)
	return result
}

func gone() Finding {
	f := findingOf("warehouse-gone")
	f.Reason = "There is no such SQL warehouse in this workspace any more."
	return f
}

// noWarehouse is the case of a person who has nothing to choose from: an empty list is the usual look of a missing CAN_USE.
func noWarehouse(ctx context.Context, s *Subject) Result {
	var listing workspace.Listing[connector.Warehouse]
	first := func(ctx context.Context, _ string) (workspace.Page[connector.Warehouse], error) {
		return s.someWarehouses(ctx)
	}
	page, err := listing.Ask(ctx, first, "")
	for ; ; page, err = listing.Ask(ctx, s.Workspace.Warehouses, page.Next) {
		if err != nil {
			return failure(err, StageWarehouse)
		}
		if len(page.Items) > 0 {
			return skipped("no SQL warehouse is chosen yet")
		}
		if page.Next == "" {
			return failed(NoWarehouses(), "0 warehouses are visible")
		}
	}
}

// NoWarehouses is the finding for an empty list of warehouses: the workspace lists only those that the principal has access to.
func NoWarehouses() Finding { return findingOf("no-warehouses") }

// warehouseState waits until the warehouse runs, and starts it where a person agreed to that.
func warehouseState(ctx context.Context, s *Subject, note func(string)) Result {
	if s.Warehouse.ID == "" {
		return skipped("no SQL warehouse is chosen yet")
	}
	start := &start{began: time.Now()}
	now, err := s.warehouse(ctx)
	for ; ; now, err = s.Workspace.Warehouse(ctx, s.Warehouse.ID) {
		if err != nil {
			return notRunningOr(err, start.last)
		}
		if result, ended := start.step(ctx, s, now); ended {
			return result.keeping(func(s *Subject) { s.Current = now })
		}
		note(fmt.Sprintf("%s, %s so far, usually %s", now.State.Word(), time.Since(start.began).Round(time.Second), now.Type.TypicalStart()))
		if err := pause(ctx, pollEvery); err != nil {
			seen := fmt.Sprintf("still %s after %s", now.State.Word(), time.Since(start.began).Round(time.Second))
			return failed(notRunning(now), seen).keeping(func(s *Subject) { s.Current = now })
		}
	}
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
