package model

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// keptText is how much is remembered of one text, in bytes.
const keptText = 64 << 10

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

func TestStatementsAreRememberedUntilTooManyOrTooLongOnesFollow(t *testing.T) {
	for _, row := range []struct {
		after int // statements that follow
		long  string
		known int // of them
	}{{9_999, "", 10_000}, {10_000, "", 10_000}, {1_023, strings.Repeat("a", keptText), 1_024}, {3_000, strings.Repeat("a", keptText), 1_024}} {
		w, _ := company(t)
		for n := range 1 + row.after {
			w.NoteQuery(QueryRun{Principal: "reader", Rows: n, SQL: row.long})
		}
		all := w.Queries(principal(t, w, "reader"))
		if len(all) != row.known || all[0].Rows != row.after || all[row.known-1].Rows != row.after+1-row.known {
			t.Errorf("%d statements of %d bytes: %d are known, from %d to %d", 1+row.after, len(row.long), len(all), all[len(all)-1].Rows, all[0].Rows)
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
