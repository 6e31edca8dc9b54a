package model

import (
	"runtime"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/rows"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// TestWhatIsMadeHasAMakerAndItsPrivilegesEndWithIt makes a catalog with all that is in one, drops it, and makes it again.
func TestWhatIsMadeHasAMakerAndItsPrivilegesEndWithIt(t *testing.T) {
	w, _ := company(t)
	admin, reader := principal(t, w, "admin"), principal(t, w, "reader")
	fill := func() {
		must(t, w.CreateCatalog(admin, Catalog{Name: "New"}))
		must(t, w.CreateSchema(admin, Schema{Catalog: "new", Name: "S"}))
		must(t, w.CreateTable(admin, Table{Catalog: "new", Schema: "s", Name: "T", Type: Managed, Columns: []unity.Column{{Name: "a", Type: unity.BigInt}}}, false))
		must(t, w.AddItem(Item{On: unity.Securable{Kind: unity.VolumeKind, Catalog: "new", Schema: "s", Name: "v"}, Owner: "admin"}))
	}
	fill()
	table := unity.OnTable("new", "s", "t")
	if past := w.History(table); past.CreatedBy != "admin" || !past.Created.Equal(w.Clock().Now()) {
		t.Errorf("made %+v", past)
	}
	must(t, w.Grant(admin, unity.OnCatalog("new"), unity.AllPrivileges, "reader"))
	must(t, w.Grant(admin, table, unity.Select, "reader"))
	must(t, w.CheckRead(reader, "new", "s", "t"))
	if e := refusal(t, w.Drop(admin, unity.OnCatalog("new"), false)); e.Class != "CATALOG_NOT_EMPTY" || e.SQLState != "2BP01" {
		t.Errorf("with schemas in it: %v", e)
	}
	if e := refusal(t, w.Drop(reader, unity.OnSchema("new", "s"), true)); e.Missing == nil || e.Missing.Privilege != unity.Manage {
		t.Errorf("with all privileges, among which MANAGE is not: %v", e)
	}
	must(t, w.Drop(admin, unity.OnCatalog("new"), true))
	fill()
	if held, err := w.Assignments(admin, table, ""); err != nil || len(held) != 0 || w.Visible(reader, table) != Hidden {
		t.Errorf("what was granted on the one before counts: %v, %v", held, err)
	}
}

// with puts rows behind the others.
func with(more [][]any) func(rows.Tree, int) (rows.Tree, int) {
	return func(all rows.Tree, sorted int) (rows.Tree, int) {
		return all.Apply(rows.Change{Inserted: more}, sorted)
	}
}

func TestRowsThatAreInsertedComeAfterThoseThatThereWere(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "admin")
	must(t, w.CreateCatalog(admin, Catalog{Name: "n"}))
	first := [][]any{{int64(1)}, {int64(2)}}
	made := Table{
		Catalog: "n", Schema: "default", Name: "t", Type: Managed, Columns: []unity.Column{{Name: "a", Type: unity.BigInt}},
		RowCount: len(first), Rows: func(i int) []any { return first[i] },
	}
	must(t, w.CreateTable(admin, made, false))
	before, err := w.Table("n", "default", "t")
	must(t, err)
	for n := range 3 {
		must(t, w.Rewrite(admin, before.Securable(), with([][]any{{int64(3 + n)}})))
	}
	after, err := w.Table("n", "default", "t")
	must(t, err)
	if before.RowCount != 2 || after.RowCount != 5 || after.Version == before.Version {
		t.Errorf("%d rows, then %d", before.RowCount, after.RowCount)
	}
	for i := range after.RowCount {
		if row := after.Rows(i); row[0] != int64(i+1) {
			t.Errorf("row %d is %v", i, row)
		}
	}
	if e := refusal(t, w.Rewrite(admin, before.Securable(), with(make([][]any, mostRows)))); e.Code != "INVALID_PARAMETER_VALUE" {
		t.Errorf("too many: %v", e)
	}
	made.RowCount = mostRows + 1
	if e := refusal(t, w.CreateTable(admin, made, true)); e.Code != "INVALID_PARAMETER_VALUE" {
		t.Errorf("made with too many: %v", e)
	}
}

// TestARowIsAddedWithoutACopyOfThoseBefore inserts rows one by one, for which copies would take two hundred megabytes.
func TestARowIsAddedWithoutACopyOfThoseBefore(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "admin")
	must(t, w.CreateCatalog(admin, Catalog{Name: "n"}))
	made := Table{Catalog: "n", Schema: "default", Name: "t", Type: Managed, Columns: []unity.Column{{Name: "a", Type: unity.BigInt}}}
	must(t, w.CreateTable(admin, made, false))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for n := range 4000 {
		must(t, w.Rewrite(admin, made.Securable(), with([][]any{{int64(n)}})))
	}
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 50 {
		t.Errorf("it took %d MB", took)
	}
}
