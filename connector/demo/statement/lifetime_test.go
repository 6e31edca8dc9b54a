package statement_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
)

func TestAStatementBelongsToWhoSubmittedIt(t *testing.T) {
	c := newClient(t, nil)
	a := c.execute("SELECT 1", "")
	other := *c
	other.who = "somebody else"
	for _, call := range []struct{ method, path string }{{"GET", ""}, {"GET", "/result/chunks/0"}, {"DELETE", ""}} {
		if got := other.call(call.method, statement.Path+"/"+a.ID+call.path, ""); got.code != 404 || got.ErrorCode != "NOT_FOUND" {
			t.Errorf("%s %s: %d %v", call.method, call.path, got.code, got.ErrorCode)
		}
	}
	endless := c.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", `,"wait_timeout":"0s"`)
	if got := other.call("POST", statement.Path+"/"+endless.ID+"/cancel", ""); got.code != 200 || c.get(endless.ID).Status.State == "CANCELED" {
		t.Errorf("canceled by somebody else: %d", got.code)
	}
	if got := c.call("DELETE", statement.Path+"/"+a.ID, ""); got.code != 200 || c.get(a.ID).Status.State != "CLOSED" {
		t.Errorf("closed by who submitted it: %d %s", got.code, c.get(a.ID).Status.State)
	}
}

func TestAWarehouseMayBeRefused(t *testing.T) {
	c := newClient(t, func(o *statement.Options) {
		o.Warehouse = func(id, who string) error {
			return &statement.Error{Status: 403, Code: "PERMISSION_DENIED", Message: who + " may not use " + id}
		}
	})
	if a := c.execute("SELECT 1", ""); a.code != 403 || a.ErrorCode != "PERMISSION_DENIED" || a.Message != "somebody may not use abc" {
		t.Errorf("%d %v %s", a.code, a.ErrorCode, a.Message)
	}
}

func TestAStatementWaitsForItsWarehouseAndForItsClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		c := newClient(t, func(o *statement.Options) {
			o.Ready = func(string, string) (bool, error) { return time.Since(begin) > 20*time.Second, nil }
		})
		async := c.execute("SELECT 1", `,"wait_timeout":"0s"`)
		if async.Status.State != "PENDING" || time.Since(begin) != 0 {
			t.Errorf("without waiting: %s after %v", async.Status.State, time.Since(begin))
		}
		hybrid := c.execute("SELECT 2", "")
		if hybrid.Status.State != "PENDING" || time.Since(begin) != 10*time.Second {
			t.Errorf("with the usual wait: %s after %v", hybrid.Status.State, time.Since(begin))
		}
		given := c.execute("SELECT 3", `,"wait_timeout":"5s","on_wait_timeout":"CANCEL"`)
		if given.Status.State != "CANCELED" || time.Since(begin) != 15*time.Second {
			t.Errorf("given up: %s after %v", given.Status.State, time.Since(begin))
		}
		done := c.execute("SELECT 4", `,"wait_timeout":"50s"`)
		if done.Status.State != "SUCCEEDED" || cells(done.Result.Data) != "4" {
			t.Errorf("with a long wait: %s", done.Status.State)
		}
		synctest.Wait()
		for id, want := range map[string]string{async.ID: "1", hybrid.ID: "2"} {
			if a := c.get(id); a.Status.State != "SUCCEEDED" || cells(a.Result.Data) != want {
				t.Errorf("polled: %s", a.Status.State)
			}
		}
	})
}

// TestAStatementEndsThatNobodyWaitsFor leaves one that never gets its warehouse.
func TestAStatementEndsThatNobodyWaitsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, func(o *statement.Options) { o.Ready = func(string, string) (bool, error) { return false, nil } })
		left := c.execute("SELECT 1", `,"wait_timeout":"0s"`)
		time.Sleep(59 * time.Minute)
		if a := c.get(left.ID); a.Status.State != "PENDING" {
			t.Errorf("within the hour: %+v", a.Status)
		}
		time.Sleep(2 * time.Minute)
		if a := c.get(left.ID); a.Status.State != "FAILED" || a.Status.SQLState != "HY008" {
			t.Errorf("after more than an hour: %+v", a.Status)
		}
		c.h.Close()
		synctest.Wait()
	})
}

func TestARunningStatementCanBeCanceled(t *testing.T) {
	c := newClient(t, nil)
	a := c.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", `,"wait_timeout":"0s"`)
	if got := c.call("POST", statement.Path+"/"+a.ID+"/cancel", ""); got.code != 200 {
		t.Fatalf("cancel: %d", got.code)
	}
	for {
		switch got := c.get(a.ID).Status.State; got {
		case "PENDING", "RUNNING":
			continue
		case "CANCELED":
		default:
			t.Errorf("state %s", got)
		}
		break
	}
	done := c.execute("SELECT 1", "")
	c.call("POST", statement.Path+"/"+done.ID+"/cancel", "")
	if got := c.get(done.ID); got.Status.State != "SUCCEEDED" {
		t.Errorf("canceled after its end: %s", got.Status.State)
	}
}

func TestAResultIsKeptForAnHour(t *testing.T) {
	var offset atomic.Int64
	begin := time.Now()
	c := newClient(t, func(o *statement.Options) {
		o.Now = func() time.Time { return begin.Add(time.Duration(offset.Load())) }
	})
	a := c.execute("SELECT 1", "")
	for _, step := range []struct {
		after time.Duration
		state string
		code  int
	}{{59 * time.Minute, "SUCCEEDED", 200}, {61 * time.Minute, "CLOSED", 404}, {121 * time.Minute, "", 404}} {
		offset.Store(int64(step.after))
		got, part := c.get(a.ID), c.call("GET", statement.Path+"/"+a.ID+"/result/chunks/0", "")
		if got.Status.State != step.state || part.code != step.code {
			t.Errorf("after %v: %s, chunk %d", step.after, got.Status.State, part.code)
		}
	}
}

func TestStatementsAreBoundedAndEndedOnesMakeRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running atomic.Bool
		running.Store(true)
		c := newClient(t, func(o *statement.Options) {
			o.Ready = func(string, string) (bool, error) { return running.Load(), nil }
		})
		first := c.execute("SELECT 1", "")
		running.Store(false)
		for range 1000 {
			if a := c.execute("SELECT 1", `,"wait_timeout":"0s"`); a.code != 200 {
				t.Fatalf("%d %s", a.code, a.Message)
			}
		}
		if a := c.get(first.ID); a.code != 404 {
			t.Errorf("the oldest that ended: %d", a.code)
		}
		if a := c.execute("SELECT 1", ""); a.code != 429 || a.ErrorCode != "RESOURCE_EXHAUSTED" {
			t.Errorf("one too many: %d %v", a.code, a.ErrorCode)
		}
		c.h.Close()
		synctest.Wait()
	})
}

// TestALinkEndsWithAStatementThatMadeRoom runs so many statements after one that it is forgotten.
func TestALinkEndsWithAStatementThatMadeRoom(t *testing.T) {
	var fetch func() ([]byte, error)
	c := newClient(t, func(o *statement.Options) {
		o.Offer = func(_, _, _ string, body func() ([]byte, error)) (string, time.Time) {
			fetch = body
			return "https://storage/1", time.Now().Add(time.Hour)
		}
	})
	c.execute("SELECT 1", `,"disposition":"EXTERNAL_LINKS"`)
	if fetch == nil {
		t.Fatal("there is no link")
	}
	if _, err := fetch(); err != nil {
		t.Fatalf("the link leads to %v", err)
	}
	for range 1000 {
		if a := c.execute("SELECT 1", ""); a.code != 200 {
			t.Fatalf("%d %s", a.code, a.Message)
		}
	}
	if file, err := fetch(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a thousand statements later it leads to %q, %v", file, err)
	}
}

// FuzzRequest reads arbitrary bytes as a request. It must be answered, and as
// the client's mistake where it is one.
func FuzzRequest(f *testing.F) {
	f.Add(`{"warehouse_id":"abc","statement":"SELECT 1","wait_timeout":"0s"}`)
	f.Add(`{"warehouse_id":"abc","statement":"SELECT :x","parameters":[{"name":"x","type":"DECIMAL(10,2)","value":"1.5"}],"row_limit":1}`)
	f.Add(`[]`)
	c := newClient(f, func(o *statement.Options) {
		o.Warehouse = func(string, string) error { return &statement.Error{Status: 404, Code: "X"} }
	})
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequestWithContext(context.Background(), "POST", statement.Path, strings.NewReader(body))
		r.Header.Set("X-Test-Principal", "somebody")
		w := httptest.NewRecorder()
		c.h.ServeHTTP(w, r)
		if w.Code != 400 && w.Code != 404 || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}
