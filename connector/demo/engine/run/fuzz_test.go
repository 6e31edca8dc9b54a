package run

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
)

// FuzzFrontEnd feeds arbitrary text to the lexer, the rewriter and the parser.
// What they accept must be one closed statement in SQLite's dialect too: no
// literal or name may break out of its quotes, and no comment may appear.
func FuzzFrontEnd(f *testing.F) {
	for _, seed := range []string{
		"SELECT 1", "SELECT * FROM `a`.`b``c`.d x, y WHERE z = 'it''s' -- end", "WITH a(b) AS (SELECT 1) SELECT b FROM a",
		"SELECT CAST(x AS STRING), DATE '2024-01-01', \"q\\\"\" FROM t", "GRANT SELECT ON TABLE a.b.c TO `x`", "SHOW TABLES LIKE '*'",
		"SELECT 1.5e-3L, .5, 1., t.1, /* /* */ */ r'\\n', :p, ?", "SELECT '\\0' / 2 <=> NULL", "SELECT current_date(), max(t.a.b.c) FROM LATERAL x",
	} {
		f.Add(seed)
	}
	d := New(Options{Authority: open{}, Connections: 1})
	f.Fuzz(func(t *testing.T, sql string) {
		tokens, err := dialect.Lex(sql)
		if err != nil {
			return
		}
		q, err := dialect.Rewrite(tokens, "main", "default", func(dialect.Name) ([]string, bool) { return []string{"a", "b`\"c"}, true })
		if err != nil {
			return
		}
		for _, name := range q.Tables {
			if !strings.Contains(q.SQL, dialect.SQLIdentifier(name.Key())) {
				t.Errorf("table %s is not in %q", name, q.SQL)
			}
		}
		if err := balanced(q.SQL); err != "" {
			t.Errorf("%s in %q from %q", err, q.SQL, sql)
		}
		if len(tokens) > 0 && (tokens[0].Is("SELECT") || tokens[0].Is("WITH")) {
			checkWithSQLite(t, d, q.SQL)
		}
	})
}

// balanced reads text as SQLite does and reports what is left open, or a
// semicolon outside quotes.
func balanced(sql string) string {
	for i := 0; i < len(sql); i++ {
		switch c := sql[i]; c {
		case '\'', '"', '`':
			end := strings.IndexByte(sql[i+1:], c)
			if end < 0 {
				return "an open quote"
			}
			i += end + 1
		case ';', 0:
			return "a statement's end"
		case '-', '/':
			if i+1 < len(sql) && (sql[i:i+2] == "--" || sql[i:i+2] == "/*") {
				return "a comment"
			}
		}
	}
	return ""
}

// checkWithSQLite compiles the statement: it may fail, but not by changing
// anything or crashing.
func checkWithSQLite(t *testing.T, d *Database, sql string) {
	c, err := d.acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer d.release(c)
	c.run = &statement{ctx: t.Context(), auth: open{}, session: objects.NewSession("x", "main", "default"), decided: map[readKey]error{}}
	defer func() { c.run = nil }()
	if s, err := c.sqlite.Prepare(sql); err == nil {
		s.Close()
	}
}
