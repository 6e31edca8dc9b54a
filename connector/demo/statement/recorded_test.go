package statement_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
)

// TestAnswersAreAsThoseThatWereRecorded compares whole bodies with answers of a live workspace, but for what is new in every answer.
func TestAnswersAreAsThoseThatWereRecorded(t *testing.T) {
	c := newClient(t, nil)
	id := regexp.MustCompile(`"statement_id":"[^"]+"`)
	for _, call := range []struct{ name, body, want string }{
		{"a row", `{"warehouse_id":"abc","statement":"SELECT 1"}`,
			`{"statement_id":"","status":{"state":"SUCCEEDED"},"manifest":{"format":"JSON_ARRAY","schema":{"column_count":1,"columns":[` +
				`{"name":"1","type_text":"INT","type_name":"INT","position":0}]},"total_chunk_count":1,"chunks":[{"chunk_index":0,"row_offset":0,"row_count":1}],` +
				`"total_row_count":1,"truncated":false},"result":{"chunk_index":0,"row_offset":0,"row_count":1,"data_array":[["1"]]}}`},
		{"a statement that returns nothing", `{"warehouse_id":"abc","statement":"RESET"}`,
			`{"statement_id":"","status":{"state":"SUCCEEDED"},"manifest":{"format":"JSON_ARRAY","schema":{"column_count":0},` +
				`"total_chunk_count":0,"total_row_count":0,"truncated":false},"result":{}}`},
		{"no statement in the text", `{"warehouse_id":"abc","statement":""}`,
			`{"statement_id":"","status":{"state":"FAILED","error":{"error_code":"BAD_REQUEST","message":"[PARSE_EMPTY_STATEMENT] Syntax error, ` +
				`unexpected empty statement. SQLSTATE: 42617 (line 1, pos 0)\n\n== SQL ==\n\n^^^\n"},"sql_state":"42617"}}`},
		{"no warehouse", `{"statement":"SELECT 1"}`, `{"error_code":"BAD_REQUEST","message":"Required field is not specified: warehouse_id.","details":[` +
			`{"@type":"type.googleapis.com/google.rpc.BadRequest","field_violations":[{"field":"warehouse_id","description":"field is not specified"}]}]}`},
		{"no JSON", `this is not json`, `{"error_code":"MALFORMED_REQUEST","message":"Invalid JSON given in the body of the request - failed to parse given JSON"}`},
		{"a wait that is too long", `{"warehouse_id":"abc","statement":"SELECT 1","wait_timeout":"51s"}`,
			`{"error_code":"INVALID_PARAMETER_VALUE","message":"The wait_timeout field must be 0 seconds (disables wait), or between 5 seconds and 50 seconds.",` +
				`"details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","field_violations":[{"field":"wait_timeout",` +
				`"description":"The wait_timeout field must be 0 seconds (disables wait), or between 5 seconds and 50 seconds."}]}]}`},
	} {
		for _, slash := range []string{"", "/"} {
			got := id.ReplaceAllString(c.call("POST", statement.Path+slash, call.body).body, `"statement_id":""`)
			if got != call.want {
				t.Errorf("%s:\n%s\nwant\n%s", call.name, got, call.want)
			}
		}
	}
}

func TestAStatementIsKnownByItsIdAlone(t *testing.T) {
	c := newClient(t, nil)
	a := c.execute("SELECT 1", "")
	if id, err := uuid.Parse(a.ID); err != nil || id.Version() != 1 {
		t.Errorf("the id %s is of version %d, %v", a.ID, id.Version(), err)
	}
	for _, call := range []struct {
		method, path string
		code         int
		text         string
	}{
		{"GET", "/nosuch", 400, "Error while parsing type: statement_id."},
		{"POST", "/nosuch/cancel", 400, "Error while parsing type: statement_id."},
		{"GET", "/01f1c46b-0000-1000-8000-000000000000", 404, "was not found"},
		{"POST", "/01f1c46b-0000-1000-8000-000000000000/cancel", 200, ""},
		{"GET", "/" + a.ID + "/result/chunks/1", 400, "The chunk_index 1 is out of bounds."},
		{"GET", "/" + a.ID + "/result/chunks/0", 200, ""},
	} {
		if got := c.call(call.method, statement.Path+call.path, ""); got.code != call.code || !strings.Contains(got.Message, call.text) {
			t.Errorf("%s %s: %d %s", call.method, call.path, got.code, got.Message)
		}
	}
}
