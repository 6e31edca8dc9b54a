package delta_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/delta"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
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
	feed := map[string]string{delta.FeedKey: "true"}
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

// TestALogIsBounded writes to a table until its log takes no more, which then is read as before.
func TestALogIsBounded(t *testing.T) {
	var now engine.Table
	s := kept(&now)
	write(t, s, false, nil, func() { now = people(1) })
	var err error
	for rows := 2; err == nil; rows++ {
		if rows > 20_000 {
			t.Fatal("there is no end of versions")
		}
		err = s.Write(name, "somebody", true, nil, func() error { now = people(rows); return nil })
	}
	if !refused(err, "INVALID_PARAMETER_VALUE") || now.Rows != 10_000 {
		t.Errorf("with %d versions: %v", now.Rows, err)
	}
	if err := s.Configure("somebody", name, map[string]string{"a": "b"}); !refused(err, "INVALID_PARAMETER_VALUE") {
		t.Errorf("a property of a table with all its versions: %v", err)
	}
	if table, err := s.At(name, engine.Moment{Given: true, Version: 9_999}); err != nil || table.Rows != 10_000 {
		t.Errorf("the last version: %v", err)
	}
}

func TestRowsAndPropertiesOfALogAreBounded(t *testing.T) {
	var now engine.Table
	s := kept(&now)
	for range 2 {
		write(t, s, false, nil, func() { now = people(600_000) })
	}
	err := s.Write(name, "somebody", false, nil, func() error { t.Error("it was replaced a second time"); return nil })
	if !refused(err, "INVALID_PARAMETER_VALUE") {
		t.Errorf("what was replaced too often: %v", err)
	}
	now, s = engine.Table{}, kept(&now)
	half := func(key string) map[string]string { return map[string]string{key: strings.Repeat("x", 3000)} }
	write(t, s, false, half("a"), func() { now = people(1) })
	if err := s.Configure("somebody", name, half("b")); !refused(err, "INVALID_PARAMETER_VALUE") {
		t.Errorf("properties that are too long: %v", err)
	}
	if err := s.Configure("somebody", name, half("a")); err != nil {
		t.Errorf("a property in place of one that is as long: %v", err)
	}
}

// TestALogEndsWithItsTable drops what a table is in, once in vain.
func TestALogEndsWithItsTable(t *testing.T) {
	feed := map[string]string{delta.FeedKey: "true"}
	for on, stays := range map[unity.Securable]bool{
		unity.OnTable("main", "hr", "people"): false, unity.OnSchema("main", "hr"): false, unity.OnCatalog("main"): false,
		unity.OnTable("main", "hr", "pay"): true, unity.OnSchema("main", "sales"): true,
	} {
		var now engine.Table
		s := kept(&now)
		s.Preset(name, feed)
		if err := s.Forget(on, func() error { return errors.New("not empty") }); err == nil || s.Shown(name)[delta.FeedKey] == "" {
			t.Errorf("%s was not dropped, but forgotten, %v", on.FullName(), err)
		}
		write(t, s, false, feed, func() { now = people(3) })
		if err := s.Forget(on, func() error { return nil }); err != nil || (s.Shown(name)[delta.FeedKey] != "") != stays {
			t.Errorf("after %s was dropped there are the properties %v, %v", on.FullName(), s.Shown(name), err)
		}
	}
}

// TestALogIsFullOfTheTextThatItKeeps writes few rows, each of them long, also in place of others.
func TestALogIsFullOfTheTextThatItKeeps(t *testing.T) {
	var now engine.Table
	s, long := kept(&now), strings.Repeat("x", 32<<20)
	texts := func(rows int) func() {
		return func() {
			now = people(rows)
			now.Row = func(int) []any { return []any{long} }
		}
	}
	write(t, s, false, nil, texts(1))
	write(t, s, false, nil, texts(1))
	err := s.Write(name, "somebody", true, nil, func() error { t.Error("it was written"); return nil })
	if !refused(err, "INVALID_PARAMETER_VALUE") || !strings.Contains(err.Error(), "67108864 bytes") {
		t.Errorf("got %v", err)
	}
}

// TestALogIsFullOfTheCommentsThatItKeeps changes the comment of a column over and over.
func TestALogIsFullOfTheCommentsThatItKeeps(t *testing.T) {
	now := people(0)
	s, long := kept(&now), strings.Repeat("y", 16<<20)
	comment := func() error {
		return s.Restructure("somebody", name, engine.Restructure{Operation: "CHANGE COLUMN"}, func() error {
			now.Columns = []engine.Column{{Name: "id", Type: engine.BigIntType, Comment: long}}
			return nil
		})
	}
	for range 4 {
		if err := comment(); err != nil {
			t.Fatal(err)
		}
	}
	if err := comment(); !refused(err, "INVALID_PARAMETER_VALUE") {
		t.Errorf("the fifth comment: %v", err)
	}
}
