package delta_test

import (
	"errors"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/delta"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

var name = engine.NewName("main", "hr", "people")

// kept is a store over one table, which is what now points to.
func kept(now *engine.Table) *delta.Store {
	return delta.New(delta.Options{Now: time.Now, Find: func(engine.Name) (delta.Found, error) {
		if now.Name != name {
			return delta.Found{}, engine.TableNotFound(name)
		}
		return delta.Found{Table: *now}, nil
	}})
}

// people is a table of so many rows.
func people(rows int) engine.Table {
	return engine.Table{
		Name: name, Kind: "MANAGED", Rows: rows, Row: func(i int) []any { return []any{int64(i)} }, Columns: []engine.Column{{Name: "id", Type: engine.BigIntType}},
	}
}

func write(t *testing.T, s *delta.Store, appends bool, properties map[string]string, do func()) {
	t.Helper()
	if err := s.Write(name, "somebody", appends, properties, func() error { do(); return nil }); err != nil {
		t.Fatal(err)
	}
}

func refused(err error, class string) bool {
	var e *engine.Error
	return errors.As(err, &e) && e.Class == class
}

// TestAVersionThatWasGuardedStaysSo lets the masks of a table end with the column that they were on.
func TestAVersionThatWasGuardedStaysSo(t *testing.T) {
	var now engine.Table
	s := kept(&now)
	feed := map[string]string{"delta.enableChangeDataFeed": "true"}
	write(t, s, false, feed, func() { now = people(3); now.Masks = map[string]string{"pay": "main.hr.finance_only"} })
	write(t, s, false, feed, func() { now = people(2) })
	write(t, s, true, nil, func() { now = people(4) })
	at := func(version int64) engine.Moment { return engine.Moment{Given: true, Version: version} }
	if _, err := s.At(name, at(0)); !refused(err, "COLUMN_MASKS_FEATURE_NOT_SUPPORTED.TIME_TRAVEL") {
		t.Errorf("the version with masks: %v", err)
	}
	if table, err := s.At(name, at(1)); err != nil || table.Rows != 2 {
		t.Errorf("the version without: %+v, %v", table, err)
	}
	for _, from := range []int64{0, 1} { // version 1 deleted the rows that were masked
		if _, err := s.Changes(name, at(from), at(2)); !refused(err, "DELTA_READ_TIME_CDC_NOT_SUPPORTED_FOR_TABLES_WITH_ACCESS_POLICIES") {
			t.Errorf("the changes from version %d: %v", from, err)
		}
	}
	if table, err := s.Changes(name, at(2), at(2)); err != nil || table.Rows != 2 {
		t.Errorf("the changes after it: %+v, %v", table, err)
	}
}
