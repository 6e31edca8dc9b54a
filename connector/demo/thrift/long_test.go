package thrift_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// numbers is a query for the numbers from 1 on, as long as a condition holds, of those that another one keeps.
func numbers(while, keep string) string {
	return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE " + while + ") SELECT i FROM n WHERE " + keep
}

// stuck never gives the rows that follow those of its first part.
var stuck = numbers("true", "i <= 60000")

// next fetches the rows that follow: whether that succeeded, and whether there are more.
func (c *client) next(op id) (status int32, more bool) {
	c.t.Helper()
	reply := c.call("FetchResults", fetching(op))
	status, _ = reply.at(1, wire.StatusCode).(int32)
	more, _ = reply.at(wire.FetchResultsRespMoreRows).(bool)
	return status, more
}

func fetching(op id) func(*wire.Writer) {
	return func(w *wire.Writer) {
		op.write(w)
		w.I64(wire.FetchResultsReqMaxRows, 100_000)
	}
}

// heard is a client with what the history was told.
func heard(t *testing.T) (*client, <-chan engine.Ran) {
	history := make(chan engine.Ran, 8)
	return newClient(t, func(o *thrift.Options) { o.Ended = func(ran engine.Ran) { history <- ran } }), history
}

// TestALongResultThatWasCutSaysSoEachTime ends statements of which some rows were given out.
func TestALongResultThatWasCutSaysSoEachTime(t *testing.T) {
	for name, end := range map[string]func(*client, id){
		"cancelled": func(c *client, op id) { c.call("CancelOperation", op.write) },
		"too long":  func(*client, id) { time.Sleep(time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, history := heard(t)
				reply := c.call("ExecuteStatement", func(w *wire.Writer) {
					statement(c.open(), numbers("i < 100000", "true"), 10)(w)
					w.I64(wire.ExecuteStatementReqQueryTimeout, 30)
				})
				op := reply.id(wire.ExecuteStatementRespOperationHandle, wire.OperationHandleOperationID)
				if status, more := c.next(op); status != int32(wire.StatusSuccess) || !more {
					t.Fatalf("the first rows: %d, more %v", status, more)
				}
				end(c, op)
				if ran := <-history; ran.Err == nil {
					t.Errorf("the history has it as finished: %+v", ran)
				}
				for range 8 {
					if status, more := c.next(op); status != int32(wire.StatusError) {
						t.Fatalf("the rest is answered with %d, more %v", status, more)
					}
				}
			})
		})
	}
}

// TestALongResultUpToTheRowLimitIsFinished takes a part of what a statement would give.
func TestALongResultUpToTheRowLimitIsFinished(t *testing.T) {
	for _, limit := range []int64{40_000, 60_000} {
		c, history := heard(t)
		reply := c.call("ExecuteStatement", func(w *wire.Writer) {
			statement(c.open(), numbers("true", "true"), 10)(w)
			w.I64(wire.ExecuteStatementReqResultRowLimit, limit)
		})
		op := reply.id(wire.ExecuteStatementRespOperationHandle, wire.OperationHandleOperationID)
		for more := true; more; {
			var status int32
			if status, more = c.next(op); status != int32(wire.StatusSuccess) {
				t.Fatalf("a page up to row %d: %d", limit, status)
			}
		}
		if ran := <-history; ran.Err != nil || int64(ran.Rows) != limit {
			t.Errorf("the history has %d rows, %v", ran.Rows, ran.Err)
		}
	}
}

// TestAResultThatEndsAtItsRowLimitIsNoLongOne has all the long results open that there may be.
func TestAResultThatEndsAtItsRowLimitIsNoLongOne(t *testing.T) {
	c := newClient(t, nil)
	session := c.open()
	limited := func(rows int64) any {
		reply := c.call("ExecuteStatement", func(w *wire.Writer) {
			statement(session, numbers("i < 100000", "true"), 10)(w)
			w.I64(wire.ExecuteStatementReqResultRowLimit, rows)
		})
		return c.state(reply.id(wire.ExecuteStatementRespOperationHandle, wire.OperationHandleOperationID))[wire.OperationStatusState]
	}
	for n := range 32 {
		if got := limited(50_001); got != state(wire.StateFinished) {
			t.Fatalf("after %d long results: %v", n, got)
		}
	}
	if got := limited(50_001); got != state(wire.StateError) {
		t.Errorf("one more long one: %v", got)
	}
	for _, rows := range []int64{20, 50_000} {
		if got := limited(rows); got != state(wire.StateFinished) {
			t.Errorf("%d rows beside them: %v", rows, got)
		}
	}
}

// TestNobodyWaitsForWhoWaitsForRows asks for rows that never come, and meanwhile for other things.
func TestNobodyWaitsForWhoWaitsForRows(t *testing.T) {
	c := newClient(t, nil)
	_, op := c.execute(c.open(), stuck, 10)
	c.next(op)
	ctx, leave := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer leave()
	left, waits := make(chan struct{}), make(chan int32)
	go func() {
		c.send(ctx, "FetchResults", fetching(op))
		close(left)
	}()
	if got := c.state(op)[wire.OperationStatusState]; got != state(wire.StateFinished) {
		t.Errorf("state %v", got)
	}
	<-left // the client gave up
	go func() {
		status, _ := c.next(op)
		waits <- status
	}()
	c.call("CancelOperation", op.write)
	if status := <-waits; status != int32(wire.StatusError) {
		t.Errorf("the rows after it was cancelled: %d", status)
	}
}
