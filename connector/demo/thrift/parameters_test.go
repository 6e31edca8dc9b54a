package thrift_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	dbsql "github.com/databricks/databricks-sql-go"
	dbsqlerr "github.com/databricks/databricks-sql-go/errors"
)

func TestAParameterKeepsTheTypeThatTheDriverNames(t *testing.T) {
	db := newServer(t, nil).open(t, admin)
	day := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		value any
		kind  string
		want  any
	}{
		{int64(1 << 60), "BIGINT", int64(1 << 60)},
		{1.5, "DOUBLE", 1.5},
		{true, "BOOLEAN", true},
		{"it's", "STRING", "it's"},
		{day.Add(13 * time.Hour), "TIMESTAMP", day.Add(13 * time.Hour)},
		{dbsql.Parameter{Type: dbsql.SqlDate, Value: "2024-02-29"}, "DATE", day},
		{dbsql.Parameter{Type: dbsql.SqlDecimal, Value: "12.50"}, "DECIMAL", "12.50"},
		{dbsql.Parameter{Type: dbsql.SqlTinyInt, Value: "-7"}, "TINYINT", int64(-7)},
		{dbsql.Parameter{Type: dbsql.SqlTimestamp, Value: "2024-02-29 13:00:00"}, "TIMESTAMP", day.Add(13 * time.Hour)},
		{dbsql.Parameter{Type: dbsql.SqlVoid}, "STRING", nil},
	} {
		rows, err := db.QueryContext(t.Context(), "SELECT ? AS p", c.value)
		if err != nil {
			t.Errorf("%v: %v", c.value, err)
			continue
		}
		types, err := rows.ColumnTypes()
		var got any
		if !rows.Next() || err != nil || rows.Scan(&got) != nil || types[0].DatabaseTypeName() != c.kind || fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%v: %v of type %s, %v", c.value, got, types[0].DatabaseTypeName(), err)
		}
		rows.Close()
	}
	_, err := db.QueryContext(t.Context(), "SELECT :p", dbsql.Parameter{Name: "p", Type: dbsql.SqlDate, Value: "tomorrow"})
	var failed dbsqlerr.DBExecutionError
	if !errors.As(err, &failed) || failed.SqlState() != "22023" || !strings.Contains(err.Error(), "the value 'tomorrow' for parameter 'p' cannot be cast to DATE") {
		t.Errorf("a date that is none: %v", err)
	}
}
