package thrift_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	dbsql "github.com/databricks/databricks-sql-go"
	dbsqlerr "github.com/databricks/databricks-sql-go/errors"

	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
)

func TestTheDriverSelectsOne(t *testing.T) {
	s := newServer(t, nil)
	db := s.open(t, admin)
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT 1").Scan(&n); err != nil || n != 1 {
		t.Fatalf("got %d, %v", n, err)
	}
	before := s.calls
	if err := db.QueryRowContext(t.Context(), "SELECT 2").Scan(&n); err != nil || n != 2 {
		t.Fatalf("got %d, %v", n, err)
	}
	if s.calls != before+1 {
		t.Errorf("a small query took %d calls, want one", s.calls-before)
	}
}

func TestTheDriverReadsEveryType(t *testing.T) {
	db := newServer(t, nil).open(t, admin)
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM main.sales.types")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range columns {
		names = append(names, c.DatabaseTypeName())
	}
	if got, want := strings.Join(names, " "), "BOOLEAN INT BIGINT DOUBLE DECIMAL STRING DATE TIMESTAMP BINARY TINYINT SMALLINT ARRAY"; got != want {
		t.Errorf("types %s\nwant  %s", got, want)
	}
	want := []string{
		"true -7 1152921504606846976 0.5 12345678901234567890.123456789012345678 grüße 2024-02-29 00:00:00 +0000 UTC " +
			`2024-02-29 13:14:15.123456 +0000 UTC [0 255] 1 2 ["a"]`,
		strings.TrimSpace(strings.Repeat("<nil> ", 12)),
	}
	for i := 0; rows.Next(); i++ {
		values := make([]any, len(columns))
		for j := range values {
			values[j] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, v := range values {
			cells = append(cells, fmt.Sprint(*v.(*any)))
		}
		if got := strings.Join(cells, " "); i >= len(want) || got != want[i] {
			t.Errorf("row %d: %s", i, got)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestTheDriverPagesThroughALongResult(t *testing.T) {
	s := newServer(t, nil)
	for _, page := range []int{1000, 7001, 100_000} {
		t.Run(fmt.Sprint("pages of ", page), func(t *testing.T) {
			db := s.open(t, admin, dbsql.WithMaxRows(page))
			rows, err := db.QueryContext(t.Context(), "SELECT id, name, maybe FROM main.sales.big")
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			n := 0
			for ; rows.Next(); n++ {
				var id int
				var name string
				var maybe sql.NullInt64
				if err := rows.Scan(&id, &name, &maybe); err != nil {
					t.Fatal(err)
				}
				if id != n || name != fmt.Sprint("row ", n) || maybe.Valid != (n%3 != 0) {
					t.Fatalf("row %d is %d, %q, %v", n, id, name, maybe)
				}
			}
			if err := rows.Err(); err != nil || n != 25_000 {
				t.Errorf("%d rows, %v", n, err)
			}
		})
	}
}

func TestTheDriverReportsWhyAReadIsRefused(t *testing.T) {
	db := newServer(t, nil).open(t, connector)
	for _, c := range []struct{ sql, state, text string }{
		{"SELECT * FROM `main`.`sales`.`big` LIMIT 1", "42501", "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have SELECT on Table 'main.sales.big'. SQLSTATE: 42501"},
		{"SELECT * FROM main.sales.nothing", "42P01", "[TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`sales`.`nothing` cannot be found."},
		{"DELETE FROM main.sales.big", "42501", "User does not have MODIFY on Table 'main.sales.big'"},
		{"SELEC 1", "42601", "[PARSE_SYNTAX_ERROR]"},
		{"GRANT SELECT ON TABLE main.sales.big TO `" + connector + "`", "42501", "MANAGE"},
	} {
		t.Run(c.sql, func(t *testing.T) {
			_, err := db.QueryContext(t.Context(), c.sql)
			var failed dbsqlerr.DBExecutionError
			if !errors.As(err, &failed) {
				t.Fatalf("got %v", err)
			}
			if failed.SqlState() != c.state || !strings.Contains(err.Error(), c.text) || failed.QueryId() == "" {
				t.Errorf("state %q, query %q, text %q", failed.SqlState(), failed.QueryId(), err)
			}
		})
	}
}

func TestAGrantOpensTheTableAndARevokeClosesIt(t *testing.T) {
	s := newServer(t, nil)
	boss, db := s.open(t, admin), s.open(t, connector)
	const read = "SELECT count(*) FROM main.sales.big"
	var n int
	if err := db.QueryRowContext(t.Context(), read).Scan(&n); err == nil {
		t.Fatal("the table was open before the grant")
	}
	if _, err := boss.ExecContext(t.Context(), "-- for the connector\nGRANT SELECT ON TABLE `main`.`sales`.`big` TO `"+connector+"`;"); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRowContext(t.Context(), read).Scan(&n); err != nil || n != 25_000 {
		t.Fatalf("got %d, %v", n, err)
	}
	rows, err := boss.QueryContext(t.Context(), "REVOKE SELECT ON TABLE main.sales.big FROM `"+connector+"`")
	if err != nil {
		t.Fatal(err)
	}
	rows.Close()
	if err := db.QueryRowContext(t.Context(), read).Scan(&n); err == nil {
		t.Error("the table is still open after the revoke")
	}
}

func TestADeadlineEndsAnEndlessStatement(t *testing.T) {
	db := newServer(t, nil).open(t, admin)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err := db.QueryContext(ctx, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT 1").Scan(&n); err != nil {
		t.Errorf("the workspace does not answer afterwards: %v", err)
	}
}

func TestParametersReachTheStatement(t *testing.T) {
	db := newServer(t, nil).open(t, admin)
	var name string
	err := db.QueryRowContext(t.Context(), "SELECT name FROM main.sales.big WHERE id = :id AND name <> :not", sql.Named("id", 42), sql.Named("not", "it's")).Scan(&name)
	if err != nil || name != "row 42" {
		t.Errorf("by name: %q, %v", name, err)
	}
	err = db.QueryRowContext(t.Context(), "SELECT name FROM main.sales.big WHERE id = ?", 43).Scan(&name)
	if err != nil || name != "row 43" {
		t.Errorf("by position: %q, %v", name, err)
	}
}

func TestTheSessionStartsInTheNamespaceAskedFor(t *testing.T) {
	db := newServer(t, nil).open(t, admin, dbsql.WithInitialNamespace("Main", "Sales"))
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM big").Scan(&n); err != nil || n != 25_000 {
		t.Errorf("got %d, %v", n, err)
	}
}

func TestAWarehouseThatMayNotBeUsedIsRefusedWithItsReason(t *testing.T) {
	for _, status := range []int{http.StatusForbidden, http.StatusNotFound} {
		s := newServer(t, func(o *thrift.Options) {
			o.Warehouse = func(id, who string) error {
				return &thrift.Refusal{Status: status, Reason: who + " is not authorized to use or monitor this SQL Endpoint " + id}
			}
		})
		err := s.open(t, connector).PingContext(t.Context())
		if err == nil || !strings.Contains(err.Error(), connector+" is not authorized to use or monitor this SQL Endpoint abc") {
			t.Errorf("%d: got %v", status, err)
		}
	}
}

func TestAStatementWaitsForAStoppedWarehouse(t *testing.T) {
	var asked atomic.Int32
	s := newServer(t, func(o *thrift.Options) {
		o.Poll = time.Millisecond
		o.Ready = func(id, who string) (bool, error) { return asked.Add(1) > 5, nil }
	})
	var n int
	if err := s.open(t, connector).QueryRowContext(t.Context(), "SELECT 1").Scan(&n); err != nil || n != 1 {
		t.Errorf("got %d, %v", n, err)
	}
	if asked.Load() < 6 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestAStatementThatOutlastsTheReplyIsPolledFor(t *testing.T) {
	s := newServer(t, func(o *thrift.Options) { o.Hold = time.Nanosecond })
	db := s.open(t, admin, dbsql.WithMaxRows(10_000))
	var n, sum int
	if err := db.QueryRowContext(t.Context(), "SELECT count(*), sum(id) FROM main.sales.big").Scan(&n, &sum); err != nil || n != 25_000 {
		t.Errorf("got %d, %v", n, err)
	}
	_, err := db.QueryContext(t.Context(), "SELECT count(*), nothing FROM main.sales.big")
	var failed dbsqlerr.DBExecutionError
	if !errors.As(err, &failed) || failed.SqlState() != "42703" {
		t.Errorf("got %v", err)
	}
}

func TestAnIdleSessionIsReplacedWithoutNotice(t *testing.T) {
	s := newServer(t, nil)
	db := s.open(t, admin)
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT 1").Scan(&n); err != nil {
		t.Fatal(err)
	}
	s.handler.Close()
	if err := db.QueryRowContext(t.Context(), "SELECT 1").Scan(&n); err != nil {
		t.Errorf("the driver did not open a new session: %v", err)
	}
}

func TestManyClientsAtOnce(t *testing.T) {
	s := newServer(t, nil)
	var group sync.WaitGroup
	for i := range 64 {
		group.Go(func() {
			who := admin
			if i%2 == 1 {
				who = connector
			}
			db := s.open(t, who, dbsql.WithMaxRows(50))
			for range 2 {
				var me string
				if err := db.QueryRowContext(t.Context(), "SELECT current_user()").Scan(&me); err != nil || me != who {
					t.Errorf("I am %q, want %q: %v", me, who, err)
				}
				rows, err := db.QueryContext(t.Context(), "SELECT id FROM main.sales.big LIMIT 120")
				if who == connector {
					if err == nil {
						t.Error("the connector read what it may not")
					}
					continue
				}
				if err != nil {
					t.Error(err)
					continue
				}
				n := 0
				for rows.Next() {
					n++
				}
				if rows.Err() != nil || n != 120 {
					t.Errorf("%d rows, %v", n, rows.Err())
				}
				rows.Close()
			}
		})
	}
	group.Wait()
}
