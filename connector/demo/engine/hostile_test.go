package engine_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// around puts a text into so many of what opens and closes.
func around(open, inside, end string, n int) string {
	return strings.Repeat(open, n) + inside + strings.Repeat(end, n)
}

// TestAStatementThatIsTooComplexSaysSo has what would take long to rewrite, or more than SQLite reads, and as much of it as is run.
func TestAStatementThatIsTooComplexSaysSo(t *testing.T) {
	e, _ := newWorld(t)
	for name, c := range map[string]struct {
		sql  func(n int) string
		runs int
		not  int
	}{
		"parentheses":         {func(n int) string { return "SELECT " + around("(", "1", ")", n) }, 90, 501},
		"casts":               {func(n int) string { return "SELECT 1" + strings.Repeat("::INT", n) }, 90, 6000},
		"casts in each other": {func(n int) string { return "SELECT " + around("(", "1", "::INT)", n) }, 45, 3000},
		"queries":             {func(n int) string { return around("SELECT * FROM (", "SELECT 1 AS x", ") AS t(a)", n) }, 10, 1900},
		"unions":              {func(n int) string { return "SELECT 1" + strings.Repeat(" UNION SELECT 1", n) }, 400, 3000},
		"GROUP BY ALL": {func(n int) string {
			return "SELECT 1" + strings.Repeat(" UNION SELECT id FROM orders WHERE id = 1 GROUP BY ALL", n)
		}, 100, 1500},
		"operators":    {func(n int) string { return "SELECT 1" + strings.Repeat(" + 1", n) }, 900, 9000},
		"joins":        {func(n int) string { return "SELECT count(*) FROM range(1)" + strings.Repeat(", range(1)", n) }, 60, 300},
		"constructors": {func(n int) string { return "SELECT " + around("array(", "1", ")", n) }, 15, 4900},
		"words":        {func(n int) string { return "SELECT 1 IN (1" + strings.Repeat(",1", n) + ")" }, 9900, 10_000},
	} {
		if _, err := run(t, e, admin, c.sql(c.runs)); err != nil {
			t.Errorf("%d %s: %.200s", c.runs, name, err)
		}
		_, err := run(t, e, admin, c.sql(c.not))
		var failed *engine.Error
		if !errors.As(err, &failed) || failed.Class != "FAILED_TO_PARSE_TOO_COMPLEX" || failed.SQLState != "54001" {
			t.Errorf("%d %s: %.200v", c.not, name, err)
		}
	}
}

// TestAValueThatIsTooLongIsRefused makes values out of few words that would fill the memory of any machine.
func TestAValueThatIsTooLongIsRefused(t *testing.T) {
	e, _ := newWorld(t)
	mega := "printf('%.*c', 1000000, '\"')"
	for name, sql := range map[string]string{
		"padded":    "SELECT length(printf('%900000000d', 1))",
		"replaced":  "SELECT length(replace(" + mega + ", '\"', " + mega + "))",
		"gathered":  "SELECT string_agg(" + mega + ", '') FROM orders",
		"doubled":   "WITH RECURSIVE t(x) AS (SELECT 'aaaaaaaaaa' UNION ALL SELECT x || x FROM t) SELECT max(length(x)) FROM t",
		"quoted":    "SELECT " + around("array(", "CAST("+mega+" AS STRING)", ")", 15),
		"in arrays": "SELECT array(" + strings.TrimSuffix(strings.Repeat("CAST("+mega+" AS STRING),", 40), ",") + ")",
	} {
		_, err := run(t, e, admin, sql)
		var failed *engine.Error
		if !errors.As(err, &failed) || failed.Class != "RESULT_SIZE_EXCEEDED" || !strings.Contains(failed.Message, "33554432 bytes") {
			t.Errorf("%s: %.200v", name, err)
		}
	}
}

// TestAResultOfTooManyBytesIsRefusedOrComesInMorePages has few rows that are long.
func TestAResultOfTooManyBytesIsRefusedOrComesInMorePages(t *testing.T) {
	_, w := newWorld(t)
	e, err := engine.New(w, engine.Options{MaxBytes: 8000})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	query := func(rows int) string { return fmt.Sprintf("SELECT printf('%%.*c', 400, 'x') FROM range(%d)", rows) }
	if _, err := run(t, e, admin, query(20)); err != nil {
		t.Errorf("what fits: %v", err)
	}
	if _, err := run(t, e, admin, query(21)); err == nil || !strings.HasPrefix(err.Error(), "[RESULT_SIZE_EXCEEDED] The result has more than 8000 bytes") {
		t.Errorf("what does not: %v", err)
	}
	if _, err := run(t, e, admin, "SELECT printf('%.*c', 9000, 'x')"); err != nil {
		t.Errorf("one row, however long: %v", err)
	}
	var pages []int
	err = e.Stream(t.Context(), e.NewSession(admin, "", ""), query(45), engine.Pages{First: 40, Next: 20}, func(page *engine.Result, more bool) error {
		if pages = append(pages, page.Rows); more == (len(pages) == 23) {
			t.Errorf("page %d: more %t", len(pages), more)
		}
		return nil
	})
	if want := strings.Repeat("2 ", 22) + "1"; err != nil || strings.Trim(fmt.Sprint(pages), "[]") != want {
		t.Errorf("pages of %v rows, %v", pages, err)
	}
}

// TestLongTextsAreSearchedOnce runs what takes minutes where a pattern is tried at every place of a text, and nothing stops that.
func TestLongTextsAreSearchedOnce(t *testing.T) {
	e, _ := newWorld(t)
	a := func(n int) string { return fmt.Sprintf("printf('%%.*c', %d, 'a')", n) }
	for sql, want := range map[string]string{
		"SELECT instr(" + a(3_000_000) + ", " + a(1_500_000) + " || 'b')":                                "0",
		"SELECT length(replace(" + a(3_000_000) + ", " + a(1_500_000) + " || 'b', 'x'))":                 "3000000",
		"SELECT length(trim(" + a(3_000_000) + ", " + "replace(" + a(1_500_000) + ", 'a', 'b') || 'a'))": "0",
		"SELECT 1" + strings.Repeat(",1", 1000) + ", length('" + strings.Repeat("x", 8<<20) + "')":       strings.Repeat("1 | ", 1001) + "8388608",
	} {
		if got, err := run(t, e, admin, sql); err != nil || got != want {
			t.Errorf("%.100s: %.100s %.200v", sql, got, err)
		}
	}
}

func TestFunctionsOverTextsCountCharacters(t *testing.T) {
	e, _ := newWorld(t)
	for sql, want := range map[string]string{
		"instr('naïve', 'v')": "4", "instr('abc', '')": "1", "instr('abc', 'd')": "0", "instr(NULL, 'a')": "NULL", "instr(1234, 3)": "3",
		"replace('aXbX', 'X', '--')": "a--b--", "replace('abc', '', 'x')": "abc", "replace('abc', 'b', NULL)": "NULL",
		"trim('  a b ') || '.'": "a b.", "ltrim('xxaxx', 'x')": "axx", "rtrim('xxaxx', 'x')": "xxa", "trim('äöaöä', 'öä')": "a", "trim('  a', '')": "  a",
		"trim(NULL)": "NULL",
	} {
		if got, err := run(t, e, admin, "SELECT "+sql); err != nil || got != want {
			t.Errorf("%s: %q %v", sql, got, err)
		}
	}
	for _, call := range []string{"instr('a')", "replace('a', 'b')", "trim('a', 'b', 'c')", "like('a')"} {
		if _, err := run(t, e, admin, "SELECT "+call); err == nil || !strings.HasPrefix(err.Error(), "[WRONG_NUM_ARGS.WITHOUT_SUGGESTION]") {
			t.Errorf("%s: %v", call, err)
		}
	}
}

// TestNumbersOfEndlessDigitsAreNone has texts that take long to read as numbers.
func TestNumbersOfEndlessDigitsAreNone(t *testing.T) {
	e, _ := newWorld(t)
	for _, sql := range []string{"SELECT sum(%s) FROM orders", "SELECT CAST('0.' || %s AS DECIMAL(38,2))", "SELECT CAST(%s AS INT)"} {
		_, err := run(t, e, admin, fmt.Sprintf(sql, "printf('%.*c', 4000000, '1')"))
		if err == nil || !strings.HasPrefix(err.Error(), "[CAST_INVALID_INPUT]") || len(err.Error()) > 2000 {
			t.Errorf("%s: %.200v", sql, err)
		}
	}
	if _, err := run(t, e, admin, "SELECT `"+strings.Repeat("a", 1<<20)+"`"); err == nil || len(err.Error()) > 10_000 {
		t.Errorf("what an error says of a long name: %.200v", err)
	}
}

func TestATableIsNotMadeOfTooMuchText(t *testing.T) {
	e, w := newWorld(t)
	for _, sql := range []string{"CREATE TABLE heavy AS ", "INSERT INTO lines (sku) "} {
		_, err := run(t, e, admin, sql+"SELECT printf('%.*c', 30000000, 'x') FROM range(3)")
		if err == nil || !strings.HasPrefix(err.Error(), "[RESULT_SIZE_EXCEEDED] The result has more than 67108864 bytes") {
			t.Errorf("%s: %.200v", sql, err)
		}
	}
	if len(w.made)+len(w.inserted) > 0 {
		t.Errorf("made %v, inserted %v", w.made, w.inserted)
	}
}

// TestViewsThatNameOthersManyTimesAreTooComplex has few views, of which the last stands for a trillion queries.
func TestViewsThatNameOthersManyTimesAreTooComplex(t *testing.T) {
	e, w := newWorld(t)
	below := "orders"
	for i := range 6 {
		name := engine.NewName("main", "sales", fmt.Sprintf("tower_%d", i))
		sql := "SELECT 1 AS id WHERE 1 IN (SELECT max(id) FROM " + below + ")" + strings.Repeat(" OR 1 IN (SELECT max(id) FROM "+below+")", 99)
		if err := e.CreateTable(engine.Table{Name: name, Kind: "VIEW", Owner: admin, Columns: columns(t, "id bigint"), SQL: sql}); err != nil {
			t.Fatal(err)
		}
		w.tables[name] = true
		below = name.Table
		_, err := run(t, e, admin, "SELECT id FROM "+below)
		if complex := err != nil && strings.HasPrefix(err.Error(), "[FAILED_TO_PARSE_TOO_COMPLEX]"); complex != (i > 0) || !complex && err != nil {
			t.Errorf("%s: %v", below, err)
		}
	}
}
