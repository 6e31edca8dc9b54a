package rest

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// TestAnAddressIsReadOnceHoweverMuchIsListed asks for long listings by long addresses. What that takes grows with the one and with the other,
// and not with both multiplied.
func TestAnAddressIsReadOnceHoweverMuchIsListed(t *testing.T) {
	const many = 400
	w, _ := smallWorld(t)
	if err := w.AddSchema(model.Schema{Catalog: "a", Name: "s", Owner: "reader"}); err != nil {
		t.Fatal(err)
	}
	padding := url.Values{}
	for i := range many {
		padding.Set("p"+strconv.Itoa(i), "false")
		if err := w.AddTable(model.Table{Catalog: "a", Schema: "s", Name: "t" + strconv.Itoa(i), Owner: "reader"}); err != nil {
			t.Fatal(err)
		}
		w.NoteQuery(model.QueryRun{ID: strconv.Itoa(i), Principal: "reader", SQL: "SELECT 1"})
	}
	h := New(w, Options{})
	for name, path := range map[string]string{
		"queries": "/api/2.0/sql/history/queries?max_results=400&",
		"tables":  unityAPI + "tables?catalog_name=a&schema_name=s&",
		"jobs":    "/api/2.1/jobs/list?",
	} {
		asks := func() {
			if rec := ask(h, "GET", path+padding.Encode(), "token of reader", nil); rec.Code != 200 {
				t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
			}
		}
		if took := testing.AllocsPerRun(1, asks); took > many*many/2 {
			t.Errorf("%s: %.0f allocations", name, took)
		}
	}
}

// TestABodyOfEndlessFieldsIsRefused asks for a listing by a body with more fields than any listing has.
func TestABodyOfEndlessFieldsIsRefused(t *testing.T) {
	w, _ := smallWorld(t)
	h := New(w, Options{})
	for fields, status := range map[int]int{mostFields: 200, mostFields + 1: 400} {
		var body []string
		for i := range fields {
			body = append(body, fmt.Sprintf(`"f%d":false`, i))
		}
		r := httptest.NewRequest("POST", "/api/2.0/mlflow/experiments/search", strings.NewReader("{"+strings.Join(body, ",")+"}"))
		r.Header.Set("Authorization", "Bearer token of reader")
		rec := httptest.NewRecorder()
		if h.ServeHTTP(rec, r); rec.Code != status {
			t.Errorf("%d fields: %d %s", fields, rec.Code, rec.Body)
		}
	}
}
