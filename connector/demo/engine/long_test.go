package engine_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// TestLongResultsThatNobodyReadsStopNoOtherStatement leaves as many as there may be after their first pages.
func TestLongResultsThatNobodyReadsStopNoOtherStatement(t *testing.T) {
	e, _ := newWorld(t)
	ctx, leave := context.WithTimeout(t.Context(), time.Minute) // it does not take a moment, unless they stop each other
	defer leave()
	read, ended := make(chan struct{}), make(chan error)
	stream := func(first func()) error {
		return e.Stream(ctx, e.NewSession(admin, "", ""), "SELECT id FROM orders", engine.Pages{First: 10, Next: 10}, func(*engine.Result, bool) error {
			first()
			<-read
			return nil
		})
	}
	const most = 32
	for n := range most {
		given := make(chan struct{})
		go func() { ended <- stream(sync.OnceFunc(func() { close(given) })) }()
		select {
		case <-given:
		case err := <-ended:
			t.Fatalf("after %d: %v", n, err)
		}
	}
	if _, err := run(t, e, admin, "SELECT count(*) FROM orders"); err != nil {
		t.Errorf("a statement beside them: %v", err)
	}
	if _, err := run(t, e, admin, "CREATE VIEW v AS SELECT order_id FROM lines"); err != nil {
		t.Errorf("a view beside them: %v", err)
	}
	if err := stream(func() { t.Error("there is one more of them") }); err == nil || !strings.HasPrefix(err.Error(), "[UNSUPPORTED_FEATURE]") {
		t.Errorf("one more: %v", err)
	}
	close(read)
	for range most {
		if err := <-ended; err != nil {
			t.Errorf("one that was read at last: %v", err)
		}
	}
	if err := stream(func() {}); err != nil {
		t.Errorf("after them: %v", err)
	}
}
