package connector_test

import (
	"fmt"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// TestHoweverManyTablesAreFilteredTheyAreALine: a limit names the first of its tables and counts the others, as the list itself does.
func TestHoweverManyTablesAreFilteredTheyAreALine(t *testing.T) {
	var all []connector.TableName
	for i := range 200 {
		name, err := connector.ParseTable(fmt.Sprintf("inventory.assets.t%d", i), connector.SchemaName{})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, name)
	}
	filter, masks := connector.Table{RowFilter: true}.Limits(), connector.Table{ColumnMasks: true}.Limits()
	through := func(limits ...string) func(connector.TableName) string { // in turn
		at := map[connector.TableName]string{}
		for i, t := range all {
			at[t] = limits[i%len(limits)]
		}
		return func(t connector.TableName) string { return at[t] }
	}
	for _, c := range []struct {
		tables []connector.TableName
		by     func(connector.TableName) string
		want   string
	}{
		{all[:1], through(filter), "t0 through a row filter"},
		{all[:2], through(""), "t0, t1"},
		{all[:2], through("", filter), "t0, t1; t1 through a row filter"},
		{all[:3], through(filter, masks, ""), "t0, t1, t2; t0 through a row filter; t1 through column masks"},
		{all, through(masks), "t0, t1, t2, 197 more; all of them through column masks"},
		{all, through(masks, filter), "t0, t1, t2, 197 more; 100 of them through column masks: t0, t2, t4, 97 more; 100 of them through a row filter: t1, t3, t5, 97 more"},
	} {
		if got := connector.TablesThrough(c.tables, c.by); got != c.want {
			t.Errorf("says %q, not %q", got, c.want)
		}
	}
}
