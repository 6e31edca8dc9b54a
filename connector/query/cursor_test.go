package query_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
)

func TestAValueIsOfTheTypeOfItsColumn(t *testing.T) {
	name, err := connector.ParseTable("a.b.c", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ columnType, text, want string }{
		{"bigint", "-9223372036854775808", "-9223372036854775808"}, {"INT", "7", "7"}, {"int", "7 OR 1=1", ""}, {"int", "7.5", ""}, {"bigint", "9223372036854775808", ""},
		{"decimal(38,0)", "12345678901234567890123456789012345678", "12345678901234567890123456789012345678"}, {"decimal(5,2)", "1e5", ""}, {"decimal(5,2)", "1.", ""},
		{"date", "2026-02-28", "DATE'2026-02-28'"}, {"date", "2026-02-30", ""}, {"date", "12026-02-03", ""}, {"date", "2026-02-28'", ""},
		{"timestamp", "2026-01-01T02:00:00.000001+02:00", "TIMESTAMP'2026-01-01 00:00:00.000001Z'"}, {"timestamp", "2026-01-01", "TIMESTAMP'2026-01-01 00:00:00Z'"},
		{"timestamp", "0001-01-01T00:00:00+02:00", ""}, {"timestamp_ntz", "2026-01-01 02:00", "TIMESTAMP_NTZ'2026-01-01 02:00:00'"}, {"timestamp_ntz", "2026-01-01T02:00:00Z", ""},
		{"string", `it's \`, `'it\'s \\'`}, {"string", "", "''"}, {"varchar(10)", "a", "'a'"}, {"string", "a\x00b", ""}, {"string", "a\xff", ""},
	} {
		value, err := query.Parse(c.columnType, c.text)
		if (err != nil) != (c.want == "") || errors.Is(err, query.ErrUnordered) {
			t.Errorf("%s %q: %v", c.columnType, c.text, err)
		}
		sql := query.Scan{Table: name, At: query.NoVersion, Since: query.Floor{By: "d", From: value}}.Statement().SQL()
		want := "SELECT * FROM `a`.`b`.`c`"
		if c.want != "" {
			want += " WHERE (`d` >= " + c.want + " OR `d` IS NULL)"
		}
		if sql != want {
			t.Errorf("%s %q: %s", c.columnType, c.text, sql)
		}
	}
	for _, unordered := range []string{"binary", "double", "float", "boolean", "variant", "array<int>", "map<string,int>", "struct<a:int>", "interval day to second", "string collate UNICODE_CI", "char(3)", "void", ""} {
		if _, err := query.Parse(unordered, "1"); !errors.Is(err, query.ErrUnordered) || query.Ordered(unordered) || query.Takes(unordered) != "" {
			t.Errorf("%s: %v", unordered, err)
		}
	}
}

// TestTheRowsFromAValueOnAreOfOneSlice has both conditions bind as they are meant to: an OR is within brackets of its own.
func TestTheRowsFromAValueOnAreOfOneSlice(t *testing.T) {
	name, err := connector.ParseTable("a.b.c", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	since, err := query.Parse("int", "5")
	if err != nil {
		t.Fatal(err)
	}
	to := query.Number(9)
	scan := query.Scan{Table: name, At: 3, Within: query.Range{By: "id", To: &to, Nulls: true}, Since: query.Floor{By: "d", From: since}}
	if got := scan.Statement().SQL(); !strings.HasSuffix(got, " VERSION AS OF 3 WHERE (`id` < 9 OR `id` IS NULL) AND (`d` >= 5 OR `d` IS NULL)") {
		t.Error(got)
	}
}
