package thrift_test

import "testing"

func BenchmarkSelectOne(b *testing.B) {
	db := newServer(b, nil).open(b, admin)
	var n int
	for b.Loop() {
		if err := db.QueryRowContext(b.Context(), "SELECT 1").Scan(&n); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTenThousandRows(b *testing.B) {
	db := newServer(b, nil).open(b, admin)
	for b.Loop() {
		rows, err := db.QueryContext(b.Context(), "SELECT * FROM main.sales.big LIMIT 10000")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			n++
		}
		rows.Close()
		if n != 10_000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
