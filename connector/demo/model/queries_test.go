package model

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAStatementIsOfTheKindThatItsFirstWordSays(t *testing.T) {
	for sql, want := range map[string]string{
		"SELECT 1": "SELECT", "select\n1": "SELECT", "select(1)": "SELECT", " ((SELECT\t1))": "SELECT", "with a AS (SELECT 1) SELECT * FROM a": "SELECT",
		"VALUES(1)": "SELECT", "desc\tt": "DESCRIBE", "SHOW\r\nTABLES": "SHOW", "selecting 1": "OTHER", "": "OTHER", "(": "OTHER", "vacuum t": "OTHER",
	} {
		if got := (QueryRun{SQL: sql}).StatementType(); got != want {
			t.Errorf("%q is %s, not %s", sql, got, want)
		}
	}
}

func TestOfALongStatementTheBeginningIsRemembered(t *testing.T) {
	w, _ := company(t)
	long := "SELECT '" + strings.Repeat("é", keptText) + "'" // a cut after so many bytes would go through one of these
	w.NoteQuery(QueryRun{Principal: "reader", SQL: "x" + long, Failure: long})
	w.NoteQuery(QueryRun{Principal: "reader", SQL: "SELECT 1"})
	all := w.Queries(principal(t, w, "reader"))
	if len(all) != 2 || all[0].SQL != "SELECT 1" {
		t.Fatalf("remembered %d", len(all))
	}
	for what, got := range map[string]string{"x" + long: all[1].SQL, long: all[1].Failure} {
		if len(got) > keptText || len(got) < keptText-utf8.UTFMax || !strings.HasPrefix(what, got) || !utf8.ValidString(got) {
			t.Errorf("%d bytes of %d, ending in %q", len(got), len(what), got[len(got)-4:])
		}
	}
}
