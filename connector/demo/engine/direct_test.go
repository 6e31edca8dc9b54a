package engine_test

import (
	"strings"
	"testing"
)

// TestColumnsOfATableAreTheSameWhereverTheirValuesComeFrom asks for the columns of a table as they are, whose values do not pass SQLite, and by the
// table's name, whose do.
func TestColumnsOfATableAreTheSameWhereverTheirValuesComeFrom(t *testing.T) {
	e, _ := newWorld(t)
	ask := func(sql string) string {
		t.Helper()
		r, err := e.Execute(t.Context(), e.NewSession(admin, "main", "sales"), sql)
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		var names []string
		for _, c := range r.Columns {
			names = append(names, c.Name)
		}
		return strings.Join(names, ", ") + "\n" + types(r) + "\n" + show(r)
	}
	for _, c := range []struct{ table, straight, sqlite string }{
		{"orders", "*", "t.*"}, {"orders", "`Amount`, ID, id", "t.`Amount`, t.ID, t.id"}, {"orders", "created_at", "t.created_at"},
		{"orders", "id,customer", "t.id,t.customer"}, {"everything", "*", "t.*"}, {"everything", "exact, tags, raw, at, day", "t.exact, t.tags, t.raw, t.at, t.day"},
	} {
		wheres := []string{"", " LIMIT 3", " WHERE 1 = 0"}
		if c.table == "orders" {
			wheres = append(wheres, " WHERE id >= 7 AND id < 12", " WHERE amount > 9.5 OR customer IS NULL", " WHERE id IN (SELECT order_id FROM lines ORDER BY 1) LIMIT 5",
				" WHERE EXISTS (SELECT 1 FROM lines l WHERE l.order_id = t.id AND l.order_id > 90)")
		}
		for _, where := range wheres {
			from := " FROM main.sales." + c.table + " t" + where
			if got, want := ask("SELECT "+c.straight+from), ask("SELECT "+c.sqlite+from); got != want {
				t.Errorf("SELECT %s%s\n%s\nand by the table's name\n%s", c.straight, from, got, want)
			}
		}
	}
}

// TestNumbersOfRowsStayTheEnginesOwn asks for them in each of the ways that SQLite knows.
func TestNumbersOfRowsStayTheEnginesOwn(t *testing.T) {
	e, _ := newWorld(t)
	for _, name := range []string{"rowid", "_rowid_", "oid", "ROWID", "`rowid`"} {
		for _, sql := range []string{"SELECT " + name + " FROM orders", "SELECT id FROM orders WHERE " + name + " = 1", "SELECT id FROM orders LIMIT " + name} {
			if got, err := run(t, e, admin, sql); err == nil || !strings.Contains(err.Error(), "SQLSTATE: 42") {
				t.Errorf("%s: %v %s", sql, err, got)
			}
		}
	}
}
