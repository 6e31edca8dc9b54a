package thrift_test

import (
	"database/sql"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	dbsql "github.com/databricks/databricks-sql-go"
	dbsqllog "github.com/databricks/databricks-sql-go/logger"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
)

// TestMain keeps the driver's and the HTTP client's chatter out of the output.
func TestMain(m *testing.M) {
	_ = dbsqllog.SetLogLevel("disabled")
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}

const (
	admin     = "admin@example.com"
	connector = "6d1a7c2e-52d3-4a7a-9d0e-0c7f0b6f5a11"
)

// grants is an authority that knows tables and who may select from them.
type grants struct {
	engine.Authority // what is made and dropped, which nobody does here
	mu               sync.Mutex
	tables           map[engine.Name]bool
	allowed          map[string]bool // "principal c.s.t"
}

func (*grants) Metastore() engine.Object { return engine.Object{Name: "primary"} }

func (g *grants) Read(who string, t engine.Name) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case !g.tables[t]:
		return engine.TableNotFound(t)
	case who != admin && !g.allowed[who+" "+t.String()]:
		return engine.InsufficientPermissions("SELECT", "Table", t.String())
	}
	return nil
}

func (g *grants) Describe(who string, t engine.Name) error { return g.Read(who, t) }

func (g *grants) Write(_ string, t engine.Name) error {
	return engine.InsufficientPermissions("MODIFY", "Table", t.String())
}
func (g *grants) UseCatalog(string, string) error { return nil }
func (g *grants) Catalogs(string) ([]engine.Object, error) {
	return []engine.Object{{Name: "main"}}, nil
}
func (g *grants) Schemas(string, string) ([]engine.Object, error) {
	return []engine.Object{{Name: "sales"}}, nil
}
func (g *grants) Tables(string, string, string) ([]engine.Object, error) {
	return []engine.Object{{Name: "big", Kind: "MANAGED", Comment: "A long one"}, {Name: "totals", Kind: "VIEW"}, {Name: "types", Kind: "MANAGED"}}, nil
}
func (g *grants) Nouns() []engine.Noun {
	return []engine.Noun{{Words: "TABLE", Type: "TABLE", Parts: 3}, {Words: "FUNCTION", Type: "FUNCTION", Parts: 3}}
}

func (g *grants) Objects(_ string, noun engine.Noun, _, _ string) ([]engine.Object, error) {
	if noun.Type == "FUNCTION" {
		return []engine.Object{{Name: "mask_email", Comment: "Hides it"}, {Name: "region_of"}}, nil
	}
	return nil, nil
}

func (g *grants) Grants(string, engine.Securable, string) ([]engine.Grant, error) {
	return nil, nil
}

func (g *grants) Change(by string, c engine.Change) error {
	if by != admin {
		return engine.InsufficientPermissions("MANAGE", "Table", strings.Join(c.On.Name, "."))
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.allowed[c.Principal+" "+strings.Join(c.On.Name, ".")] = !c.Revoke
	return nil
}

// server is a warehouse on loopback. The bearer token of a request is taken
// for its principal.
type server struct {
	*httptest.Server
	handler *thrift.Handler
	engine  *engine.Engine
	mu      sync.Mutex
	calls   int
}

func column(t testing.TB, name, text string) engine.Column {
	typed, err := engine.ParseType(text)
	if err != nil {
		t.Fatal(err)
	}
	return engine.Column{Name: name, Type: typed}
}

func newEngine(t testing.TB) *engine.Engine {
	t.Helper()
	g := &grants{tables: map[engine.Name]bool{}, allowed: map[string]bool{}}
	e, err := engine.New(g, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	at := time.Date(2024, 2, 29, 13, 14, 15, 123456000, time.UTC)
	for _, def := range []engine.Table{
		{Name: engine.NewName("main", "sales", "big"), Rows: 25_000,
			Columns: []engine.Column{column(t, "id", "bigint"), column(t, "name", "string"), column(t, "amount", "decimal(12,2)"),
				column(t, "at", "timestamp"), column(t, "maybe", "int")},
			Row: func(i int) []any {
				row := []any{i, fmt.Sprintf("row %d", i), fmt.Sprintf("%d.25", i), at.Add(time.Duration(i) * time.Second), i}
				if i%3 == 0 {
					row[4] = nil
				}
				return row
			}},
		{Name: engine.NewName("main", "sales", "types"), Rows: 2,
			Columns: []engine.Column{column(t, "flag", "boolean"), column(t, "small", "int"), column(t, "big", "bigint"), column(t, "ratio", "double"),
				column(t, "price", "decimal(38,18)"), column(t, "note", "string"), column(t, "day", "date"), column(t, "at", "timestamp"),
				column(t, "raw", "binary"), column(t, "tiny", "tinyint"), column(t, "short", "smallint"), column(t, "tags", "array<string>")},
			Row: func(i int) []any {
				if i == 1 {
					return nil
				}
				return []any{true, -7, int64(1) << 60, 0.5, "12345678901234567890.123456789012345678", "grüße", "2024-02-29", at, []byte{0, 255}, 1, 2, `["a"]`}
			}},
		{Name: engine.NewName("main", "sales", "nested"), Rows: len(nestedRows),
			Columns: []engine.Column{column(t, "tags", "array<string>"), column(t, "counts", "map<string,int>"),
				column(t, "reading", "struct<id:bigint,at:timestamp,readings:array<double>,price:decimal(10,2),raw:binary>")},
			Row: func(i int) []any {
				var row []any
				for _, cell := range strings.Split(nestedRows[i], "|") {
					if cell == "<nil>" {
						row = append(row, nil)
					} else {
						row = append(row, cell)
					}
				}
				return row
			}},
	} {
		g.tables[def.Name] = true
		if err := e.CreateTable(def); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

func bearer(r *http.Request) (string, bool) {
	return strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
}

func newServer(t testing.TB, adjust func(*thrift.Options)) *server {
	t.Helper()
	opts := thrift.Options{Principal: bearer}
	if adjust != nil {
		adjust(&opts)
	}
	s := &server{engine: newEngine(t)}
	var err error
	if s.handler, err = thrift.NewHandler(s.engine, opts); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /sql/1.0/", func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.calls++
		s.mu.Unlock()
		s.handler.ServeHTTP(w, r)
	})
	s.Server = httptest.NewTLSServer(mux)
	t.Cleanup(func() {
		s.handler.Close()
		s.Server.Close()
	})
	return s
}

// token authenticates the driver's requests.
type token string

func (a token) Authenticate(r *http.Request) error {
	r.Header.Set("Authorization", "Bearer "+string(a))
	return nil
}

// open connects the unmodified Databricks driver.
func (s *server) open(t testing.TB, who string, more ...dbsql.ConnOption) *sql.DB {
	t.Helper()
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	options := append([]dbsql.ConnOption{
		dbsql.WithServerHostname(u.Hostname()), dbsql.WithPort(port), dbsql.WithHTTPPath("/sql/1.0/warehouses/abc"),
		dbsql.WithTransport(s.Client().Transport), dbsql.WithAuthenticator(token(who)), dbsql.WithRetries(-1, 0, 0),
	}, more...)
	c, err := dbsql.NewConnector(options...)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(c)
	t.Cleanup(func() { db.Close() })
	return db
}
