package demo_test

import (
	"database/sql"
	"flag"
	"fmt"
	"hash/maphash"
	"runtime"
	"testing"

	dbsql "github.com/databricks/databricks-sql-go"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

var wholly = flag.Bool("full", false, "the table of 10,000,000 rows, not that of 100,000, and an estate at the documented limits, not a small one")

// seed makes hashes of the same rows the same.
var seed = maphash.MakeSeed()

// hashes reads a query's rows, and gives the hash of each, in their order.
func hashes(t testing.TB, db *sql.DB, query string) []uint64 {
	t.Helper()
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	cells, targets := make([]any, len(names)), make([]any, len(names))
	for i := range cells {
		targets[i] = &cells[i]
	}
	var all []uint64
	var line []byte
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		line = fmt.Appendln(line[:0], cells...)
		all = append(all, maphash.Bytes(seed, line))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestATableInSlicesIsTheWholeTableWhileSomebodyWrites pins slices of a large table to a version, and reads them while rows are inserted.
func TestATableInSlicesIsTheWholeTableWhileSomebodyWrites(t *testing.T) {
	name, size := "generated.sync.rows_100k", 100_000
	if *wholly {
		name, size = "generated.sync.rows_10m", 10_000_000
	}
	w := startNow(t)
	reader, writer := open(t, w, w.Connector(), starter, dbsql.WithCloudFetch(false)), open(t, w, w.Admin(), starter)
	exec(t, writer, "GRANT USE CATALOG, USE SCHEMA, SELECT, MODIFY ON CATALOG generated TO `"+demo.AdminID+"`")
	whole := hashes(t, reader, "SELECT * FROM "+name)
	done, wrote := make(chan struct{}), make(chan int, 1)
	go func() {
		n := 0
		defer func() { wrote <- n }()
		for ; n < 200; n++ {
			select {
			case <-done:
				return
			default:
				if _, err := writer.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (id, name) VALUES (%d, 'late')", name, 7+n)); err != nil {
					t.Error(err)
				}
			}
		}
	}()
	const slices = 8
	var sliced []uint64
	for i := range slices {
		low, high := i*size/slices*10, (i+1)*size/slices*10
		sliced = append(sliced, hashes(t, reader, fmt.Sprintf("SELECT * FROM %s VERSION AS OF 5 WHERE id >= %d AND id < %d", name, low, high))...)
	}
	close(done)
	inserts := <-wrote
	if len(whole) != size || len(sliced) != size {
		t.Fatalf("%d rows in one, %d in slices, of %d", len(whole), len(sliced), size)
	}
	for i := range whole {
		if whole[i] != sliced[i] {
			t.Fatalf("row %d is another one", i)
		}
	}
	if n, err := count(reader, "SELECT count(*) FROM "+name); err != nil || n != size+inserts || inserts == 0 {
		t.Errorf("%d rows after %d inserts, %v", n, inserts, err)
	}
	if late := lines(t, reader, fmt.Sprintf("SELECT count(*) FROM %s WHERE id = 7", name)); late[0] != "2" {
		t.Errorf("with the key of the first row there are %s rows", late)
	}
}

// TestAHundredMillionRowsAreAnsweredWithoutReadingThem asks what the statistics of a table, its order and a limit answer.
func TestAHundredMillionRowsAreAnsweredWithoutReadingThem(t *testing.T) {
	w, _ := start(t, "sync")
	db := open(t, w, w.Connector(), starter)
	const name = "generated.sync.rows_100m"
	for query, want := range map[string]string{
		"SELECT count(*) FROM " + name: "100000000",
		"SELECT min(id) AS least, max(id) most, count(*) n FROM " + name + " VERSION AS OF 5":  "7 999999997 100000000",
		"SELECT count(*) FROM " + name + " WHERE id BETWEEN 500000007 AND 500000997":           "100",
		"SELECT id FROM " + name + " WHERE id = 999999997":                                     "999999997",
		"SELECT id FROM " + name + " WHERE id IN (7, 17, 18)":                                  "7, 17",
		"SELECT id FROM " + name + " WHERE id > 999999977 ORDER BY id LIMIT 1":                 "999999987",
		"SELECT a.id FROM " + name + " a JOIN generated.sync.rows_1k b ON a.id = b.id LIMIT 1": "7",
	} {
		got := ""
		for i, line := range lines(t, db, query) {
			if i > 0 {
				got += ", "
			}
			got += line
		}
		if got != want {
			t.Errorf("%s: %s", query, got)
		}
	}
	if n := len(lines(t, db, "SELECT * FROM "+name+" LIMIT 3")); n != 3 {
		t.Errorf("%d rows", n)
	}
}

// TestALongResultIsNotKept reads many rows, of which the workspace holds a page.
func TestALongResultIsNotKept(t *testing.T) {
	w, _ := start(t, "sync")
	db := open(t, w, w.Connector(), starter, dbsql.WithCloudFetch(false))
	rows, err := db.QueryContext(ctx, "SELECT id, name FROM generated.sync.rows_1m LIMIT 300000")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var before, now runtime.MemStats
	n, most := 0, uint64(0)
	for ; rows.Next(); n++ {
		if n == 100_000 {
			runtime.GC()
			runtime.ReadMemStats(&before)
		}
		if n > 100_000 && n%50_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
	}
	if err := rows.Err(); err != nil || n != 300_000 {
		t.Errorf("%d rows, %v", n, err)
	}
	if most > before.HeapAlloc+64<<20 {
		t.Errorf("the heap grew from %d to %d MiB", before.HeapAlloc>>20, most>>20)
	}
}
