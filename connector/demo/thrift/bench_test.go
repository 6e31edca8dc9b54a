package thrift_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

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

// benchmarkPage measures one page of 100,000 rows of four columns, encoded for
// a client that takes Arrow or one that does not; reading the table is not in it.
func benchmarkPage(b *testing.B, arrow bool) {
	c := newClient(b, nil)
	s := c.open()
	const query = "SELECT a.id, a.name, a.amount, a.at FROM main.sales.big a, (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) four"
	body := statement(s, query, 0)
	if arrow {
		body = arrowStatement(s, query, 0, wire.ArrowTypesTimestamp)
	}
	reply := c.call("ExecuteStatement", body)
	op := reply.id(wire.ExecuteStatementRespOperationHandle, wire.OperationHandleOperationID)
	bytes := 0
	for b.Loop() {
		answer := c.send(b.Context(), "FetchResults", func(w *wire.Writer) {
			op.write(w)
			w.I32(wire.FetchResultsReqOrientation, wire.FetchFirst)
			w.I64(wire.FetchResultsReqMaxRows, 100_000)
		})
		bytes = answer.Body.Len()
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(bytes)/100_000, "bytes/row")
}

func BenchmarkAPageAsArrow(b *testing.B)   { benchmarkPage(b, true) }
func BenchmarkAPageInColumns(b *testing.B) { benchmarkPage(b, false) }

// benchmarkDriver reads 100,000 rows through the driver.
func benchmarkDriver(b *testing.B, query string) {
	db := newServer(b, nil).open(b, admin)
	for b.Loop() {
		rows, err := db.QueryContext(b.Context(), query)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			n++
		}
		if rows.Close(); n != 100_000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkTheDriverReadsAPage(b *testing.B) {
	benchmarkDriver(b, "SELECT a.id, a.name, a.amount, a.at FROM main.sales.big a, (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) four")
}
