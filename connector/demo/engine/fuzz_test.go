package engine

import (
	"strings"
	"testing"
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
	e, err := New(open{}, Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		tokens, err := lex(sql)
		if err != nil {
			return
		}
		q, err := rewrite(tokens, "main", "default")
		if err != nil {
			return
		}
		for _, name := range q.tables {
			if !strings.Contains(q.sql, sqlIdentifier(name.key())) {
				t.Errorf("table %s is not in %q", name, q.sql)
			}
		}
		if err := balanced(q.sql); err != "" {
			t.Errorf("%s in %q from %q", err, q.sql, sql)
		}
		if len(tokens) > 0 && (tokens[0].is("SELECT") || tokens[0].is("WITH")) {
			checkWithSQLite(t, e, q.sql)
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
func checkWithSQLite(t *testing.T, e *Engine, sql string) {
	c, err := e.acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer e.release(c)
	c.run = &run{ctx: t.Context(), auth: open{}, session: e.NewSession("x", "", ""), decided: map[readKey]error{}}
	defer func() { c.run = nil }()
	if s, err := c.sqlite.Prepare(sql); err == nil {
		s.Close()
	}
}
