package statement_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
)

// TestAResultIsAttachedByTheBytesThatAreSent has results that are small as texts, which nobody is sent, and large as the file.
func TestAResultIsAttachedByTheBytesThatAreSent(t *testing.T) {
	c := newClient(t, func(o *statement.Options) {
		o.Offer = func(_, key, _ string, _ func() ([]byte, error)) (string, time.Time) {
			return "https://storage/" + key, time.Now()
		}
	})
	nulls := func(columns int) string {
		return "SELECT " + strings.TrimSuffix(strings.Repeat("NULL, ", columns), ", ") + " FROM main.sales.big LIMIT 20000"
	}
	for sql, attached := range map[string]bool{
		"SELECT 1": true, nulls(1): true, nulls(12): false, nulls(60): false,
		"SELECT '" + strings.Repeat("x", 700_000) + "' AS x": true, "SELECT '" + strings.Repeat("x", 900_000) + "' AS x": false,
	} {
		a := c.execute(sql, `,"disposition":"INLINE_OR_EXTERNAL_LINKS","format":"ARROW_STREAM","wait_timeout":"50s"`)
		var got struct {
			Result struct {
				Rows       int    `json:"row_count"`
				Attachment []byte `json:"attachment"`
				Links      []any  `json:"external_links"`
			} `json:"result"`
		}
		if err := json.Unmarshal([]byte(a.body), &got); err != nil || a.Status.State != "SUCCEEDED" {
			t.Fatalf("%.100s: %v %s", sql, err, a.Status.State)
		}
		if r := got.Result; len(r.Attachment) > 0 != attached || len(r.Links) > 0 == attached || attached && r.Rows != a.Manifest.RowCount {
			t.Errorf("%.100s: attached %d bytes, and %d links", sql, len(r.Attachment), len(r.Links))
		}
		if part := c.call("GET", statement.Path+"/"+a.ID+"/result/chunks/0", ""); strings.Contains(part.body, `"attachment"`) != attached {
			t.Errorf("%.100s: the part by itself is %.200s", sql, part.body)
		}
	}
}
