package engine_test

import (
	"strings"
	"testing"
)

// TestAKindOfObjectIsKnownByItsNoun has kinds of object of which the engine knows no more than the authority's nouns.
func TestAKindOfObjectIsKnownByItsNoun(t *testing.T) {
	e, w := newWorld(t)
	for sql, want := range map[string]string{
		"SHOW VOLUMES":                                                      "sales | my_volume",
		"SHOW VOLUMES IN main.sales LIKE 'my*'":                             "sales | my_volume",
		"SHOW VOLUMES IN main.default":                                      "",
		"SHOW FUNCTIONS IN main.sales LIKE 'abs|*my_*'":                     "abs\nmain.sales.my_function",
		"GRANT SELECT ON TABLE orders TO RECIPIENT `" + connector + "`":     "",
		"SHOW EXTERNAL LOCATIONS":                                           "landing | abfss://landing@lake/ | ",
		"SHOW GRANTS ON FUNCTION my_function":                               connector + " | USE CATALOG | FUNCTION | main.sales.my_function",
		"SHOW GRANTS ON EXTERNAL LOCATION `Lake`":                           connector + " | USE CATALOG | EXTERNAL_LOCATION | lake",
		"GRANT READ FILES ON EXTERNAL LOCATION lake TO `" + connector + "`": "",
		"SELECT * FROM main.information_schema.routines":                    "sales | my_function | FUNCTION | mine | NULL",
		"SELECT * FROM main.information_schema.routine_privileges":          connector + " | my_function | USE_CATALOG | NONE",
	} {
		if got, err := run(t, e, admin, sql); err != nil || got != want {
			t.Errorf("%s: %q, %v", sql, got, err)
		}
	}
	if !w.has(connector, "READ FILES", "lake") {
		t.Error("the grant did not reach the authority")
	}
	if _, err := run(t, e, admin, "SHOW EXTERNAL TABLES"); err == nil || !strings.Contains(err.Error(), "PARSE_SYNTAX_ERROR") {
		t.Errorf("words that begin as a noun's: %v", err)
	}
}
