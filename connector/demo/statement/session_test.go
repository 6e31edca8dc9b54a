package statement_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
)

// openSession opens a session with more fields, written as JSON.
func (c *client) openSession(more string) string {
	c.t.Helper()
	a := c.call("POST", statement.SessionPath+"/", fmt.Sprintf(`{"warehouse_id":%q%s}`, warehouse, more))
	if a.code != 200 || a.Session == "" {
		c.t.Fatalf("%d %s", a.code, a.body)
	}
	return a.Session
}

// in submits a statement in a session.
func (c *client) in(session, sql string) answer {
	c.t.Helper()
	return c.execute(sql, fmt.Sprintf(`,"session_id":%q`, session))
}

func TestASessionKeepsItsNamespaceAndItsParameters(t *testing.T) {
	c := newClient(t, nil)
	id := c.openSession(`,"catalog":"main","schema":"sales","session_confs":{"TIMEZONE":"UTC"},"execution_mode":"FAST"`)
	for _, step := range []struct{ sql, want string }{
		{"SELECT count(*) FROM big", "25000"},
		{"SET timezone", "timezone|UTC"},
		{"SET use_cached_result = false", "use_cached_result|false"},
		{"SET use_cached_result", "use_cached_result|false"},
	} {
		if a := c.in(id, step.sql); a.Status.State != "SUCCEEDED" || cells(a.Result.Data) != step.want {
			t.Errorf("%s: %s", step.sql, a.body)
		}
	}
	if a := c.execute("SET use_cached_result", ""); cells(a.Result.Data) != "use_cached_result|<undefined>" {
		t.Errorf("outside of the session: %s", a.body)
	}
	if a := c.execute("SELECT count(*) FROM big", fmt.Sprintf(`,"session_id":%q,"catalog":"other","schema":"other"`, id)); a.Status.State != "SUCCEEDED" {
		t.Errorf("with another namespace in the request: %s", a.body)
	}
}

func TestASessionIsOpenedBelowItsWarehouseToo(t *testing.T) {
	c := newClient(t, nil)
	a := c.call("POST", "/api/2.0/sql/warehouses/"+warehouse+"/sessions", `{"catalog":"main","schema":"sales"}`)
	if a.code != 200 {
		t.Fatal(a.body)
	}
	if a = c.in(a.Session, "SELECT count(*) FROM big"); a.Status.State != "SUCCEEDED" {
		t.Error(a.body)
	}
}

func TestASessionThatIsClosedIsNotFound(t *testing.T) {
	c := newClient(t, nil)
	id := c.openSession("")
	if a := c.call("DELETE", statement.SessionPath+"/"+id+"?warehouse_id="+warehouse, ""); a.code != 200 || a.body != "{}" {
		t.Errorf("%d %s", a.code, a.body)
	}
	for what, a := range map[string]answer{
		"a statement in it":          c.in(id, "SELECT 1"),
		"closing it again":           c.call("DELETE", statement.SessionPath+"/"+id, ""),
		"a session there never was":  c.in("01f0b1c2-0000-1000-8000-000000000000", "SELECT 1"),
		"an id that is not even one": c.in("it", "SELECT 1"),
	} {
		code, status := any("NOT_FOUND"), 404
		if what == "an id that is not even one" {
			code, status = "INVALID_PARAMETER_VALUE", 400
		}
		if a.code != status || a.ErrorCode != code {
			t.Errorf("%s: %s", what, a.body)
		}
	}
}

func TestASessionBelongsToWhoOpenedItAndToItsWarehouse(t *testing.T) {
	c := newClient(t, nil)
	id := c.openSession("")
	other := *c
	other.who = "somebody else"
	elsewhere := c.call("POST", statement.Path, fmt.Sprintf(`{"warehouse_id":"def","statement":"SELECT 1","session_id":%q}`, id))
	for what, a := range map[string]answer{
		"somebody else's statement": other.in(id, "SELECT 1"), "another warehouse": elsewhere,
		"closed by somebody else": other.call("DELETE", statement.SessionPath+"/"+id, ""),
	} {
		if a.code != 404 || a.ErrorCode != "NOT_FOUND" {
			t.Errorf("%s: %s", what, a.body)
		}
	}
	if a := c.in(id, "SELECT 1"); a.Status.State != "SUCCEEDED" {
		t.Errorf("by who opened it: %s", a.body)
	}
}

func TestSessionsAreRefusedLikeStatements(t *testing.T) {
	c := newClient(t, func(o *statement.Options) {
		o.MaxSessions = 1
		o.Warehouse = func(id, who string) error {
			if id != warehouse {
				return &statement.Error{Status: 403, Code: "PERMISSION_DENIED", Message: who + " may not use " + id}
			}
			return nil
		}
	})
	c.openSession("")
	for body, want := range map[string]struct {
		code  int
		class any
	}{
		`{`: {400, "MALFORMED_REQUEST"}, `{"catalog":"main"}`: {400, "BAD_REQUEST"}, `{"warehouse_id":"def"}`: {403, "PERMISSION_DENIED"},
		`{"warehouse_id":"abc"}`: {429, "RESOURCE_EXHAUSTED"},
	} {
		if a := c.call("POST", statement.SessionPath, body); a.code != want.code || a.ErrorCode != want.class {
			t.Errorf("%s: %s", body, a.body)
		}
	}
}

func TestASessionThatWouldKeepTooMuchIsRefused(t *testing.T) {
	c := newClient(t, func(o *statement.Options) { o.MaxSessions = 1 })
	var many []string
	for i := range 257 {
		many = append(many, fmt.Sprintf(`"a%d":""`, i))
	}
	long := strings.Repeat("x", 65_537)
	for what, more := range map[string]string{
		"settings": `,"session_confs":{` + strings.Join(many, ",") + `}`, "bytes": `,"session_confs":{"a":"` + long + `"}`,
		"a catalog": `,"catalog":"` + long + `"`, "a schema": `,"schema":"` + long + `"`,
	} {
		a := c.call("POST", statement.SessionPath, fmt.Sprintf(`{"warehouse_id":%q%s}`, warehouse, more))
		if a.code != 400 || a.ErrorCode != "INVALID_PARAMETER_VALUE" || !strings.Contains(a.Message, "at most") {
			t.Errorf("too much of %s: %s", what, a.body)
		}
	}
	if a := c.execute("SELECT 1", `,"catalog":"`+long+`"`); a.code != 400 {
		t.Errorf("a statement in such a catalog: %s", a.body)
	}
	c.openSession(`,"session_confs":{` + strings.Join(many[:256], ",") + `}`)
}

func TestASessionEndsThatNobodyUses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, nil)
		id := c.openSession("")
		for range 3 {
			time.Sleep(20 * time.Minute)
			if a := c.in(id, "SELECT 1"); a.Status.State != "SUCCEEDED" {
				t.Fatalf("used every 20 minutes: %s", a.body)
			}
		}
		time.Sleep(31 * time.Minute)
		if a := c.in(id, "SELECT 1"); a.code != 404 {
			t.Errorf("half an hour later: %s", a.body)
		}
	})
}

func TestClosingASessionCancelsWhatRunsInIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, func(o *statement.Options) { o.Ready = func(string, string) (bool, error) { return false, nil } })
		id := c.openSession("")
		waiting := c.execute("SELECT 1", fmt.Sprintf(`,"session_id":%q,"wait_timeout":"0s"`, id))
		c.call("DELETE", statement.SessionPath+"/"+id, "")
		synctest.Wait()
		if a := c.get(waiting.ID); a.Status.State != "CANCELED" {
			t.Error(a.body)
		}
	})
}
