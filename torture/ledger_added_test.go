package torture

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/query"
)

// What a sync may run besides: the tags of some tables, and where a person named a cursor its highest value, and the rows from a value on with
// those of none. A text is whole between its quotes.
const (
	text  = `'(?:[^'\\]|\\['\\])*'`
	value = `(?:-?[0-9]{1,38}(?:\.[0-9]{1,38})?|(?:DATE|TIMESTAMP|TIMESTAMP_NTZ)'[0-9:. -]+Z?'|` + text + `)`
	floor = `\(` + column + ` >= ` + value + ` OR ` + column + ` IS NULL\)`
	newer = ` WHERE (?:\(` + column + `(?: >= ` + end + `(?: AND ` + column + ` < ` + end + `)?| < ` + end + `)(?: OR ` + column + ` IS NULL)?\) AND )?` + floor
	added = `SELECT table_name, (?:column_name, )?tag_name, tag_value FROM ` + column + `\.information_schema\.(?:table|column)_tags WHERE schema_name = ` + text + ` AND table_name IN \(` + text + `(?:, ` + text + `)*\)|SELECT max\(` + column + `\) AS high FROM ` + name + `(?: VERSION AS OF [0-9]+)?`
)

func TestTheJudgeKnowsTheStatementsOfACursorAndOfTags(t *testing.T) {
	table, err := connector.ParseTable("`a``x`.`b`.`it's`", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	sins := func(sql string) int {
		e := demo.LedgerEntry{Principal: demo.ConnectorID, Method: "POST", Path: "/sql/1.0/warehouses/abc", Statement: sql, Status: 200}
		v, _ := judge(write(t, append(whole(), e)))
		return len(v.sins)
	}
	low := query.Number(-5)
	for columnType, value := range map[string]string{
		"bigint": "-5", "decimal(10,2)": "-12.50", "date": "2026-01-01", "timestamp": "2026-01-01T00:00:00.000001+02:00", "timestamp_ntz": "2026-01-01T00:00:00.1",
		"string": `it's \ ' OR 1=1 --`,
	} {
		from, err := query.Parse(columnType, value)
		if err != nil {
			t.Fatal(err)
		}
		since := query.Floor{By: "d` >= 1 OR 1=1 --", From: from}
		for _, s := range []query.Statement{
			query.Scan{Table: table, At: 3, Since: since}.Statement(), query.Scan{Table: table, At: query.NoVersion, Since: since, Columns: []query.Column{"a"}, Limit: 3}.Statement(),
			query.Scan{Table: table, At: 3, Since: since, Within: query.Range{By: "d", To: &low, Nulls: true}}.Statement(), query.Extent(table, 3, "d", since), query.Highest(table, 3, "d`"),
		} {
			if sins(s.SQL()) != 0 || s.SQL() == "" {
				t.Errorf("%q is judged", s.SQL())
			}
		}
	}
	for _, s := range []query.Statement{query.Tags(table.SchemaName, []connector.TableName{table, table}, false), query.Tags(table.SchemaName, []connector.TableName{table}, true)} {
		if sins(s.SQL()) != 0 || s.SQL() == "" {
			t.Errorf("%q is judged", s.SQL())
		}
	}
	for _, sql := range []string{
		"SELECT table_name, tag_name, tag_value FROM `a`.information_schema.table_tags WHERE schema_name = 'a' AND table_name IN ('a') OR 1=1",
		"SELECT table_name, tag_name, tag_value FROM `a`.information_schema.table_tags WHERE schema_name = 'a' AND table_name IN (SELECT 1)",
		"SELECT table_name, tag_name, tag_value FROM `a`.information_schema.tables WHERE schema_name = 'a' AND table_name IN ('a')",
		"SELECT * FROM `a`.`b`.`c` WHERE (`d` >= 1 OR 1=1)", "SELECT * FROM `a`.`b`.`c` WHERE (`d` >= '' OR ''='' OR `d` IS NULL)", "SELECT * FROM `a`.`b`.`c` WHERE (`d` >= (SELECT 1) OR `d` IS NULL)",
		"SELECT max(`a`) AS high FROM `b` JOIN `c`", "SELECT max(a) AS high FROM `b`", "SELECT * FROM `a`.`b`.`c` WHERE (`d` >= now() OR `d` IS NULL)", `SELECT * FROM ` + "`a` WHERE (`d` >= 'x\\\\'' OR `d` IS NULL)",
	} {
		if sins(sql) != 1 {
			t.Errorf("%s passes", sql)
		}
	}
}
