package engine_test

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

func TestLikeMatchesAsItsPatternSays(t *testing.T) {
	e, _ := newWorld(t)
	for _, c := range []struct{ text, like, want string }{
		{"abc", `'abc'`, "true"}, {"abc", `'a%'`, "true"}, {"abc", `'%c'`, "true"}, {"abc", `'%b%'`, "true"}, {"abc", `'_b_'`, "true"},
		{"abc", `'a_'`, "false"}, {"abc", `'ABC'`, "false"}, {"abc", `'%%%'`, "true"}, {"", `''`, "true"}, {"", `'%'`, "true"}, {"", `'_'`, "false"},
		{"aab", `'%ab'`, "true"}, {"abab", `'%ab_'`, "false"}, {"aXbXc", `'a%X_'`, "true"}, {"naïve", `'na_ve'`, "true"}, {"日本", `'_本'`, "true"},
		{"a_b", `'a\_b'`, "true"}, {"axb", `'a\_b'`, "false"}, {"a%b", `r'a\%b'`, "true"}, {"axb", `r'a\%b'`, "false"}, {`a\b`, `r'a\\b'`, "true"},
		{"a%b", `'a!%b' ESCAPE '!'`, "true"}, {"axb", `'a!%b' ESCAPE '!'`, "false"}, {`a\b`, `r'a\_' ESCAPE '!'`, "true"}, {"a!", `'a!!' ESCAPE '!'`, "true"},
		{"abc", `NULL`, "NULL"},
	} {
		got, err := run(t, e, admin, "SELECT :text LIKE "+c.like, engine.Param{Name: "text", Value: c.text})
		if err != nil || strings.NewReplacer("1", "true", "0", "false").Replace(got) != c.want {
			t.Errorf("%q LIKE %s: %v %v", c.text, c.like, got, err)
		}
	}
	for like, want := range map[string]string{
		`r'a\b'`: "[INVALID_FORMAT.ESC_IN_THE_MIDDLE]", `'a!' ESCAPE '!'`: "[INVALID_FORMAT.ESC_AT_THE_END]",
		`'a' ESCAPE 'ab'`: "[INVALID_ESCAPE_CHAR]", `'a' ESCAPE ''`: "[INVALID_ESCAPE_CHAR]",
	} {
		if _, err := run(t, e, admin, "SELECT 'x' LIKE "+like); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", like, err)
		}
	}
}

// TestAPatternOfManyStarsIsSoonMatched has patterns that take longer than anybody waits, where each star begins all over again.
func TestAPatternOfManyStarsIsSoonMatched(t *testing.T) {
	e, w := newWorld(t)
	name := strings.Repeat("a", 200)
	if err := e.CreateTable(engine.Table{Name: engine.NewName("main", "sales", name), Columns: columns(t, name+" bigint"), Row: func(int) []any { return nil }}); err != nil {
		t.Fatal(err)
	}
	w.tables[engine.NewName("main", "sales", name)] = true
	stars := strings.Repeat("a*", 50) + "b"
	for _, sql := range []string{
		"SELECT '" + name + "' LIKE '" + strings.Repeat("%a", 50) + "%b'",
		"SHOW CATALOGS LIKE '" + stars + "'", "SHOW COLUMNS IN ALL CATALOGS LIKE '" + stars + "'",
	} {
		if got, err := run(t, e, admin, sql); err != nil || got != "" && got != "false" {
			t.Errorf("%s: %q %v", sql, got, err)
		}
	}
	list, err := e.List(t.Context(), e.NewSession(admin, "", ""), engine.Metadata{Kind: engine.ListColumns, Column: new(strings.Repeat("%a", 50) + "%b")})
	if err != nil || list.Rows != 0 {
		t.Errorf("%v %v", list, err)
	}
}
