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

// TestAParameterHasTheTypeThatItIsSentWith takes the answers from recordings, the types of numbers among them: a decimal has the digits of its
// value.
func TestAParameterHasTheTypeThatItIsSentWith(t *testing.T) {
	c := newClient(t, nil)
	for _, p := range []struct{ kind, value, want, text string }{
		{`"STRING"`, `"abc"`, "STRING", "abc"},
		{`""`, `"abc"`, "STRING", "abc"},
		{`"TINYINT"`, `"-128"`, "TINYINT", "-128"},
		{`"INT"`, `"7"`, "INT", "7"},
		{`"BIGINT"`, `"9223372036854775807"`, "BIGINT", "9223372036854775807"},
		{`"FLOAT"`, `"1.5"`, "FLOAT", "1.5"},
		{`"DOUBLE"`, `"1.5"`, "DOUBLE", "1.5"},
		{`"DECIMAL(10,2)"`, `"1.50"`, "DECIMAL(3,2)", "1.50"},
		{`"DECIMAL(38,18)"`, `"12345678901234567890.123456789012345678"`, "DECIMAL(38,18)", "12345678901234567890.123456789012345678"},
		{`"BOOLEAN"`, `"true"`, "BOOLEAN", "true"},
		{`"DATE"`, `"2024-01-02"`, "DATE", "2024-01-02"},
		{`"TIMESTAMP"`, `"2024-01-02 03:04:05.123456"`, "TIMESTAMP", "2024-01-02T03:04:05.123Z"},
		{`"TIMESTAMP"`, `"2024-01-02T03:04:05+05:30"`, "TIMESTAMP", "2024-01-01T21:34:05.000Z"},
		{`"TIMESTAMP_NTZ"`, `"2024-01-02T03:04:05.123456"`, "TIMESTAMP_NTZ", "2024-01-02T03:04:05.123"},
		{`"INT"`, `null`, "INT", "null"},
		{`"VOID"`, `null`, "STRING", "null"},
	} {
		for marker, name := range map[string]string{":p": `"name":"p",`, "?": "", ":`p`": `"name":"p",`} {
			a := c.execute("SELECT "+marker+" AS p", `,"parameters":[{`+name+`"type":`+p.kind+`,"value":`+p.value+`}]`)
			if a.Manifest == nil {
				t.Errorf("%s %s: %s", p.kind, marker, a.Status.Error.Message)
				continue
			}
			if got := a.Manifest.Schema.Columns[0]["type_text"]; got != p.want || cells(a.Result.Data) != p.text {
				t.Errorf("%s %s: %s, %s", p.kind, marker, got, cells(a.Result.Data))
			}
		}
	}
	for _, p := range []struct{ parameters, state, text string }{
		{`{"name":"p","value":"abc","type":"INT"}`, "22023", "[INVALID_PARAMETER_MARKER_VALUE.INVALID_VALUE_FOR_DATA_TYPE] An invalid parameter mapping was " +
			"provided: the value 'abc' for parameter 'p' cannot be cast to INT because it is malformed. SQLSTATE: 22023"},
		{`{"name":"p","value":"1","type":"INT"},{"name":"p","value":"2","type":"INT"}`, "22023", "[INVALID_PARAMETER_MARKER_VALUE.DUPLICATE_NAME] " +
			"An invalid parameter mapping was provided: multiple parameter mappings were given with the name 'p'. SQLSTATE: 22023"},
		{`{"name":"p","value":"x","type":"BINARY"}`, "22023", "the given data type 'BINARY' for parameter 'p' is not valid."},
		{`{"name":"p","value":"x","type":"ARRAY<INT>"}`, "22023", "INVALID_DATA_TYPE"},
		{`{"name":"p","value":"x","type":"MONEY"}`, "22023", "INVALID_DATA_TYPE"},
		{`{"name":"p","value":"128","type":"TINYINT"}`, "22023", "INVALID_VALUE_FOR_DATA_TYPE"},
		{`{"name":"p","value":"2023-02-29","type":"DATE"}`, "22023", "INVALID_VALUE_FOR_DATA_TYPE"},
		{`{"name":"p","value":"noon","type":"TIMESTAMP"}`, "22023", "INVALID_VALUE_FOR_DATA_TYPE"},
		{`{"name":"p","value":"maybe","type":"BOOLEAN"}`, "22023", "INVALID_VALUE_FOR_DATA_TYPE"},
		{`{"name":"p","value":"5","type":"INTERVAL DAY"}`, "0A000", "INTERVAL DAY"},
		{`{"name":"q","value":"1","type":"INT"}`, "42P02", "Found the unbound parameter: p."},
	} {
		if a := c.execute("SELECT :p AS p", `,"parameters":[`+p.parameters+`]`); a.Status.SQLState != p.state || !strings.Contains(a.Status.Error.Message, p.text) {
			t.Errorf("%s: %+v", p.parameters, a.Status)
		}
	}
	a := c.execute("SELECT ?, ?", `,"parameters":[{"ordinal":2,"value":"second"},{"ordinal":1,"value":"1","type":"INT"}]`)
	if cells(a.Result.Data) != "1|second" || a.Manifest.Schema.Columns[0]["name"] != "1" {
		t.Errorf("by place: %s %v", cells(a.Result.Data), a.Manifest.Schema.Columns)
	}
	if a := c.execute("SELECT ?, :p", `,"parameters":[{"value":"1"},{"name":"p","value":"2"}]`); a.Status.SQLState != "42613" {
		t.Errorf("by place and by name: %+v", a.Status)
	}
}
