package statement_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
)

func TestAStatementReturnsItsResultAsTexts(t *testing.T) {
	c := newClient(t, nil)
	a := c.execute("SELECT 1, 2L, 1.50, 1e9, true, DATE '2024-02-29', TIMESTAMP '2024-02-29 01:02:03.5', 'x', NULL, CAST('ab' AS BINARY), :n + 1",
		`,"parameters":[{"name":"n","value":"41","type":"INT"}]`)
	if a.code != 200 || a.Status.State != "SUCCEEDED" || cells(a.Result.Data) != "1|2|1.50|1.0E9|true|2024-02-29|2024-02-29T01:02:03.500Z|x|null|YWI=|42" {
		t.Errorf("%+v\n%s", a, cells(a.Result.Data))
	}
	var types []string
	for i, col := range a.Manifest.Schema.Columns {
		types = append(types, fmt.Sprint(col["type_name"], "/", col["type_text"]))
		if col["position"] != float64(i) {
			t.Errorf("column %d is at %v", i, col["position"])
		}
	}
	if got := strings.Join(types, " "); got != "INT/INT LONG/BIGINT DECIMAL/DECIMAL(3,2) DOUBLE/DOUBLE BOOLEAN/BOOLEAN DATE/DATE TIMESTAMP/TIMESTAMP STRING/STRING STRING/STRING BINARY/BINARY LONG/BIGINT" {
		t.Error(got)
	}
}

func TestALongResultComesInChunks(t *testing.T) {
	c := newClient(t, nil)
	a := c.execute("SELECT id FROM big", `,"catalog":"main","schema":"sales"`)
	if a.Manifest.ChunkCount != 3 || a.Manifest.RowCount != 25_000 || len(a.Result.Data) != 10_000 || a.Result.Next != 1 {
		t.Fatalf("%d chunks, %d rows", a.Manifest.ChunkCount, a.Manifest.RowCount)
	}
	n, link := 10_000, a.Result.NextLink
	for link != "" {
		part := c.call("GET", link, "")
		if part.code != 200 || part.Offset != n || *part.Data[0][0] != fmt.Sprint(n) {
			t.Fatalf("%s: %d, offset %d", link, part.code, part.Offset)
		}
		n += len(part.Data)
		link = part.NextLink
	}
	if n != 25_000 {
		t.Errorf("%d rows", n)
	}
	for path, code := range map[string]int{"/result/chunks/3": 400, "/result/chunks/-1": 400, "/result/chunks/x": 400, "/result/chunks": 404} {
		if got := c.call("GET", statement.Path+"/"+a.ID+path, ""); got.code != code {
			t.Errorf("%s: %d %s", path, got.code, got.Message)
		}
	}
}

func TestLimitsCutTheResultAndSaySo(t *testing.T) {
	c := newClient(t, nil)
	for more, want := range map[string]struct {
		rows int
		cut  bool
	}{
		`,"row_limit":10`: {10, true}, `,"row_limit":25000`: {25_000, false}, `,"byte_limit":15`: {12, true}, ``: {25_000, false},
	} {
		a := c.execute("SELECT id FROM main.sales.big", more)
		if a.Manifest.RowCount != want.rows || a.Manifest.Truncated != want.cut {
			t.Errorf("%s: %d rows, truncated %v", more, a.Manifest.RowCount, a.Manifest.Truncated)
		}
	}
	long := "WITH one AS (SELECT string_agg(at, ',') AS t FROM main.sales.big) SELECT t" + strings.Repeat(" || t", 60) + " FROM one"
	a := c.execute(long, `,"wait_timeout":"50s"`)
	if a.Status.State != "FAILED" || !strings.Contains(a.Status.Error.Message, "Inline byte limit exceeded") || a.Manifest != nil {
		t.Errorf("more than 25 MiB: %s %s", a.Status.State, a.Status.Error.Message)
	}
}

func TestAFailedStatementIsAnAnswerAndNotAnHTTPError(t *testing.T) {
	c := newClient(t, nil)
	for sql, state := range map[string]string{
		"SELECT * FROM main.sales.nothing": "42P01", "SELEC": "42601", "SELECT 1/0": "22012", "SELECT nope(1)": "42883", "SELECT nope": "42703",
	} {
		a := c.execute(sql, "")
		if a.code != 200 || a.Status.State != "FAILED" || a.Status.SQLState != state || a.Status.Error.Code != "BAD_REQUEST" ||
			!strings.Contains(a.Status.Error.Message, "SQLSTATE: "+state) || a.Result != nil {
			t.Errorf("%s: %+v", sql, a)
		}
		if again := c.get(a.ID); again.Status != a.Status {
			t.Errorf("%s: later %+v", sql, again)
		}
		if part := c.call("GET", statement.Path+"/"+a.ID+"/result/chunks/0", ""); part.code != 404 {
			t.Errorf("%s: its result: %d", sql, part.code)
		}
	}
	a := c.execute("SELECT :n", `,"parameters":[{"name":"n","value":"abc","type":"INT"}]`)
	if a.Status.SQLState != "22023" {
		t.Errorf("a parameter of the wrong type: %+v", a.Status)
	}
}

func TestRequestsThatMakeNoSenseAreRefused(t *testing.T) {
	c := newClient(t, nil)
	for body, code := range map[string]any{
		`{`:                        "MALFORMED_REQUEST",
		`{"statement":7}`:          "MALFORMED_REQUEST",
		`{"statement":"SELECT 1"}`: "BAD_REQUEST",
		`{"warehouse_id":"abc"}`:   "BAD_REQUEST",
	} {
		if a := c.call("POST", statement.Path, body); a.code != 400 || a.ErrorCode != code || a.Message == "" {
			t.Errorf("%s: %d %v %s", body, a.code, a.ErrorCode, a.Message)
		}
	}
	for _, more := range []string{
		`,"wait_timeout":"3s"`, `,"wait_timeout":"51s"`, `,"wait_timeout":"10"`, `,"on_wait_timeout":"STOP"`, `,"disposition":"EXTERNAL_LINKS"`,
		`,"format":"CSV"`, `,"row_limit":-1`,
	} {
		if a := c.execute("SELECT 1", more); a.code != 400 || a.ErrorCode != "INVALID_PARAMETER_VALUE" {
			t.Errorf("%s: %d %v", more, a.code, a.ErrorCode)
		}
	}
	if a := c.call("DELETE", statement.Path, ""); a.code != 404 || a.ErrorCode != "ENDPOINT_NOT_FOUND" {
		t.Errorf("another method: %d %v", a.code, a.ErrorCode)
	}
	nobody := *c
	nobody.who = ""
	if a := nobody.execute("SELECT 1", ""); a.code != 401 || a.ErrorCode != float64(401) {
		t.Errorf("nobody: %d %v", a.code, a.ErrorCode)
	}
}
