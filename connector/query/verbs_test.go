package query_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// sqlText is what a string looks like that is, or becomes, a statement: a verb and the word or sign that the grammar puts after it.
// "SELECT on the schema" is prose, "SELECT " ends where a name would be appended.
var sqlText = regexp.MustCompile(`(?i)^\s*(` + strings.Join([]string{
	`SELECT\s*(\*|%|$|DISTINCT\b|.*\bFROM\b|\d+\s*(AS\b|;|$))`, `WITH\s+\S+\s+AS\s*\(`, `INSERT\s+(INTO|OVERWRITE)\b`, `UPDATE\s+\S+\s+SET\b`, `DELETE\s+FROM\b`, `MERGE\s+INTO\b`,
	`(GRANT|REVOKE|DENY)\s+(%|$|.*\bON\s+(CATALOG|SCHEMA|TABLE|VIEW|%))`, `(CREATE|DROP|ALTER|TRUNCATE|COMMENT\s+ON)\s+(OR\s+REPLACE\s+)?(CATALOG|SCHEMA|TABLE|VIEW|FUNCTION|%)`,
	`DESCRIBE\s+(TABLE|SCHEMA|CATALOG|EXTENDED|HISTORY|DETAIL|%)`, `SHOW\s+(CATALOGS|SCHEMAS|TABLES|GRANTS|COLUMNS)\b`, `USE\s+(CATALOG|SCHEMA)\s+[%` + "`" + `]`, `COPY\s+INTO\b`, `CALL\s+\S+\(`, `EXECUTE\s+IMMEDIATE\b`,
}, "|") + `)`)

func TestWhatCountsAsSQL(t *testing.T) {
	for text, want := range map[string]bool{
		"SELECT * FROM t": true, "select a from t": true, "SELECT ": true, "SELECT 1": true, "SELECT %s": true, "\n\tINSERT INTO t": true, "GRANT %s ON": true, "GRANT ": true,
		"GRANT SELECT ON TABLE `a`": true, "DROP TABLE x": true, "DESCRIBE TABLE ": true, "USE CATALOG `x`": true,
		"SELECT": false, "SELECT on the schema": false, "SELECT 1 answered": false, "SELECT holds": false, "USE CATALOG and USE SCHEMA on %s": false, "GRANT": false, "Create a new secret": false,
	} {
		if got := isSQL(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// isSQL leaves a lone word out: that is the name of a privilege or of a key.
func isSQL(text string) bool {
	return strings.ContainsAny(strings.TrimLeft(text, " \t\n"), " \t\n") && sqlText.MatchString(text)
}

func TestNoOtherPackageMakesSQL(t *testing.T) {
	const module = "../.."
	// The store of inventories speaks to a file of its own, and knows no workspace.
	makers := []string{"connector/query/", "connector/grants/sql.go", "connector/demo/", "connector/estate/store/"}
	inMakers, files := 0, 0
	err := filepath.WalkDir(module, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		name, err := filepath.Rel(module, path)
		if err != nil {
			return err
		}
		files++
		name = filepath.ToSlash(name)
		maker := false
		for _, prefix := range makers {
			maker = maker || strings.HasPrefix(name, prefix)
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			switch {
			case err != nil || !isSQL(text):
			case maker:
				inMakers++
			default:
				t.Errorf("%s:%d makes SQL: %s", name, set.Position(literal.Pos()).Line, literal.Value)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if inMakers < 4 || files < 50 {
		t.Errorf("%d statements in the makers, of %d files: the search finds nothing", inMakers, files)
	}
}
