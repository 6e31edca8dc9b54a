package statement_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
)

const warehouse = "abc"

// open is an authority that lets everybody read the one table there is.
type open struct{ engine.Authority }

func (open) Read(_ string, n engine.Name) error {
	if n != engine.NewName("main", "sales", "big") {
		return engine.TableNotFound(n)
	}
	return nil
}

type client struct {
	t   testing.TB
	h   *statement.Handler
	who string
}

func newClient(t testing.TB, adjust func(*statement.Options)) *client {
	t.Helper()
	e, err := engine.New(open{}, engine.Options{Lookup: func(engine.Name) (engine.Table, bool) {
		return engine.Table{Columns: []engine.Column{{Name: "id", Type: engine.BigIntType}, {Name: "at", Type: engine.TimestampType}}, Rows: 25_000,
			Row: func(i int) []any { return []any{i, time.Unix(int64(i), 0)} }}, true
	}})
	if err != nil {
		t.Fatal(err)
	}
	opts := statement.Options{Principal: func(r *http.Request) (string, bool) {
		who := r.Header.Get("X-Test-Principal")
		return who, who != ""
	}}
	if adjust != nil {
		adjust(&opts)
	}
	h, err := statement.NewHandler(e, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		h.Close()
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return &client{t, h, "somebody"}
}

// answer is what any call may return.
type answer struct {
	code      int
	body      string // as it was sent
	ErrorCode any    `json:"error_code"`
	Message   string `json:"message"`
	ID        string `json:"statement_id"`
	Session   string `json:"session_id"`
	Status    struct {
		State    string `json:"state"`
		SQLState string `json:"sql_state"`
		Error    struct {
			Code    string `json:"error_code"`
			Message string `json:"message"`
		} `json:"error"`
	} `json:"status"`
	Manifest *struct {
		ChunkCount int  `json:"total_chunk_count"`
		RowCount   int  `json:"total_row_count"`
		Truncated  bool `json:"truncated"`
		Schema     struct {
			Columns []map[string]any `json:"columns"`
		} `json:"schema"`
	} `json:"manifest"`
	Result *chunk `json:"result"`
	chunk
}

type chunk struct {
	Index    int         `json:"chunk_index"`
	Offset   int         `json:"row_offset"`
	Next     int         `json:"next_chunk_index"`
	NextLink string      `json:"next_chunk_internal_link"`
	Data     [][]*string `json:"data_array"`
}

func (c *client) call(method, path, body string) answer {
	c.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("X-Test-Principal", c.who)
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	a := answer{code: w.Code, body: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Header().Get("Content-Type") != "application/json" {
		c.t.Fatalf("%s %s: %v\n%s", method, path, err, w.Body)
	}
	return a
}

// execute submits a statement with more fields, written as JSON.
func (c *client) execute(sql, more string) answer {
	c.t.Helper()
	text, err := json.Marshal(sql)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.call("POST", statement.Path, fmt.Sprintf(`{"warehouse_id":%q,"statement":%s%s}`, warehouse, text, more))
}

func (c *client) get(id string) answer { return c.call("GET", statement.Path+"/"+id, "") }

func cells(rows [][]*string) string {
	var lines []string
	for _, row := range rows {
		var texts []string
		for _, v := range row {
			if v == nil {
				texts = append(texts, "null")
			} else {
				texts = append(texts, *v)
			}
		}
		lines = append(lines, strings.Join(texts, "|"))
	}
	return strings.Join(lines, "\n")
}
