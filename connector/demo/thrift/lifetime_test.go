package thrift_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

func TestAStatementIsPendingWhileItsWarehouseStarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		c := newClient(t, func(o *thrift.Options) {
			o.Ready = func(string, string) (bool, error) { return time.Since(begin) > 20*time.Second, nil }
		})
		reply, op := c.execute(c.open(), "SELECT 1", 10)
		if took := time.Since(begin); took != 5*time.Second {
			t.Errorf("the reply was held for %v", took)
		}
		if got := reply.at(wire.ExecuteStatementRespDirectResults, wire.DirectResultsOperationStatus, wire.OperationStatusState); got != state(wire.StatePending) {
			t.Errorf("state %v", got)
		}
		time.Sleep(10 * time.Second)
		if got := c.state(op)[wire.OperationStatusState]; got != state(wire.StatePending) {
			t.Errorf("after 15 s: state %v", got)
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if got := c.state(op)[wire.OperationStatusState]; got != state(wire.StateFinished) {
			t.Errorf("after 25 s: state %v", got)
		}
	})
}

func TestAWaitingStatementEndsWhenItIsCanceledOrTimesOut(t *testing.T) {
	for name, end := range map[string]func(*client, id){
		"canceled":  func(c *client, op id) { c.call("CancelOperation", op.write) },
		"timed out": func(*client, id) { time.Sleep(time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := newClient(t, func(o *thrift.Options) { o.Ready = func(string, string) (bool, error) { return false, nil } })
				s := c.open()
				reply := c.call("ExecuteStatement", func(w *wire.Writer) {
					statement(s, "SELECT 1", 10)(w)
					w.I64(wire.ExecuteStatementReqQueryTimeout, 30)
				})
				op := reply.id(wire.ExecuteStatementRespOperationHandle, wire.OperationHandleOperationID)
				end(c, op)
				synctest.Wait()
				want := map[string]wire.OperationState{"canceled": wire.StateCanceled, "timed out": wire.StateTimedOut}[name]
				if got := c.state(op)[wire.OperationStatusState]; got != state(want) {
					t.Errorf("state %v, want %v", got, want)
				}
			})
		})
	}
}

func TestAStatementEndsWithTheRequestThatNobodyWaitsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		c := newClient(t, func(o *thrift.Options) {
			o.Ready = func(string, string) (bool, error) { asked.Add(1); return false, nil }
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		c.send(ctx, "ExecuteStatement", statement(c.open(), "SELECT 1", 10))
		synctest.Wait()
		before := asked.Load()
		time.Sleep(time.Minute)
		if asked.Load() != before {
			t.Error("the statement is still waiting")
		}
	})
}

func TestSessionsAreBoundedAndIdleOnesMakeRoom(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := newClient(t, func(o *thrift.Options) {
		o.MaxSessions = 2
		o.Now = func() time.Time { return now }
	})
	first, _ := c.open(), c.open()
	if answer := c.send(t.Context(), "OpenSession", func(*wire.Writer) {}); answer.Code != http.StatusTooManyRequests {
		t.Errorf("a third session: %d", answer.Code)
	}
	now = now.Add(31 * time.Minute)
	if answer := c.send(t.Context(), "ExecuteStatement", statement(first, "SELECT 1", 1)); answer.Code != http.StatusNotFound {
		t.Errorf("an idle session still works: %d", answer.Code)
	}
	c.open()
	c.open()
}

func TestASessionInACatalogOfAnEndlessNameIsRefused(t *testing.T) {
	c := newClient(t, func(o *thrift.Options) { o.MaxSessions = 1 })
	for length, want := range map[int]int32{256: wire.StatusError, 255: wire.StatusSuccess} {
		reply := c.call("OpenSession", func(w *wire.Writer) {
			w.Begin(wire.OpenSessionReqInitialNamespace)
			w.String(wire.NamespaceCatalogName, strings.Repeat("x", length))
			w.End()
		})
		if got := reply.at(wire.OpenSessionRespStatus, wire.StatusCode); got != want {
			t.Errorf("%d characters: %v", length, got)
		}
	}
}

// TestASessionThatNobodyUsesIsSweptByTheNextCall leaves a long result half read, while another session goes on.
func TestASessionThatNobodyUsesIsSweptByTheNextCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, history := heard(t)
		left, other := c.open(), c.open()
		c.execute(left, numbers("i < 100000", "true"), 10)
		for range 4 {
			time.Sleep(10 * time.Minute)
			c.execute(other, "SELECT 1", 10)
		}
		synctest.Wait()
		ended := 0
		for range len(history) {
			if ran := <-history; ran.SQL != "SELECT 1" && ran.Err != nil {
				ended++
			}
		}
		if ended != 1 {
			t.Errorf("%d long results were ended", ended)
		}
	})
}

func TestFailedStatementsDoNotFillASession(t *testing.T) {
	c := newClient(t, nil)
	s := c.open()
	var ops []id
	for range 100 {
		_, op := c.execute(s, "SELEC", 1)
		ops = append(ops, op)
	}
	gone := slices.IndexFunc(ops, func(op id) bool { return c.state(op).at(1, wire.StatusCode) == int32(wire.StatusSuccess) })
	if gone != 36 {
		t.Errorf("%d of the oldest were forgotten, want 36", gone)
	}
}

func TestARowLimitCutsTheResult(t *testing.T) {
	c := newClient(t, nil)
	s := c.open()
	reply := c.call("ExecuteStatement", func(w *wire.Writer) {
		statement(s, "SELECT id FROM main.sales.big", 5)(w)
		w.I64(wire.ExecuteStatementReqResultRowLimit, 5)
	})
	if more := reply.at(wire.ExecuteStatementRespDirectResults, wire.DirectResultsResultSet, wire.FetchResultsRespMoreRows); more != false {
		t.Errorf("more rows: %v", more)
	}
}
