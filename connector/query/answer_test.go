package query

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// reply is an answer to a call of the driver, of which fill writes the fields.
func reply(name string, fill func(w *wire.Writer)) []byte {
	w := &wire.Writer{}
	w.MessageBegin(wire.Message{Name: name, Type: wire.Reply, Seq: 1})
	w.Begin(wire.ResultSuccess)
	w.Begin(wire.SimpleRespStatus)
	w.I32(wire.StatusCode, wire.StatusSuccess)
	w.End()
	fill(w)
	w.End()
	w.End()
	return w.Bytes()
}

// shape is how a page of rows is put together.
type shape struct {
	described int   // columns in the description, -1: there is none
	typed     bool  // they have types
	values    []int // of each column
	batches   int
	links     int
}

func (s shape) page() []byte {
	return reply("FetchResults", func(w *wire.Writer) {
		w.Begin(wire.FetchResultsRespResults)
		w.I64(wire.RowSetStartRowOffset, 0)
		w.List(wire.RowSetColumns, wire.Struct, len(s.values))
		for _, n := range s.values {
			w.Begin(wire.ColumnString)
			w.List(wire.ColumnValues, wire.String, n)
			for range n {
				w.StringItem("x")
			}
			w.Binary(wire.ColumnNulls, nil)
			w.End()
			w.End()
		}
		for id, n := range map[int16]int{wire.RowSetArrowBatches: s.batches, rowLinks: s.links} {
			if n > 0 {
				w.List(id, wire.Struct, n)
				for range n {
					w.End()
				}
			}
		}
		w.End()
		w.Begin(wire.FetchResultsRespMetadata)
		s.describe(w)
		w.End()
	})
}

func (s shape) describe(w *wire.Writer) {
	if s.described < 0 {
		return
	}
	w.Begin(wire.MetadataSchema)
	w.List(wire.TableSchemaColumns, wire.Struct, s.described)
	for range s.described {
		w.String(wire.ColumnDescName, "a")
		if s.typed {
			w.Begin(wire.ColumnDescTypeDesc)
			w.List(wire.TypeDescTypes, wire.Struct, 1)
			w.Begin(wire.TypeEntryPrimitive)
			w.I32(wire.PrimitiveType, int32(wire.TypeString))
			w.End()
			w.End()
			w.End()
		}
		w.End()
	}
	w.End()
}

func TestOnlyAnAnswerThatTheDriverCanReadReachesIt(t *testing.T) {
	good := shape{described: 2, typed: true, values: []int{3, 3}}
	if err := inColumns.examine(good.page()); err != nil {
		t.Fatalf("a good page: %v", err)
	}
	if err := inColumns.examine(shape{described: 2, typed: true}.page()); err != nil {
		t.Errorf("a page without rows: %v", err)
	}
	for odd, s := range map[string]shape{
		"1 columns, and their description has 2": {described: 2, typed: true, values: []int{3}},
		"3 columns, and their description has 2": {described: 2, typed: true, values: []int{3, 3, 3}},
		"column 2 has 2 rows":                    {described: 2, typed: true, values: []int{3, 2}},
		"column 1 of the result has no type":     {described: 2, values: []int{3, 3}},
		"nothing says what the columns":          {described: -1, values: []int{3, 3}},
		"a form that was not asked for":          {described: 2, typed: true, batches: 1},
		"form that was not asked":                {described: 2, typed: true, links: 2},
	} {
		if err := inColumns.examine(s.page()); !errors.Is(err, connector.ErrUnreadable) || !strings.Contains(err.Error(), odd) {
			t.Errorf("%s: %v", odd, err)
		}
	}
	page := good.page()
	for n := range page { // whatever is cut off
		if err := inColumns.examine(page[:n]); !errors.Is(err, connector.ErrUnreadable) {
			t.Fatalf("the first %d of %d bytes: %v", n, len(page), err)
		}
	}
}

// TestALengthIsBelievedAsFarAsBytesAreThere: the driver reserves what an answer names.
func TestALengthIsBelievedAsFarAsBytesAreThere(t *testing.T) {
	for _, kind := range []wire.Type{wire.Bool, wire.I64, wire.String, wire.Struct, wire.List} {
		for _, n := range []int{1 << 16, 0x20000001, 1<<31 - 1} {
			text := reply("FetchResults", func(w *wire.Writer) { w.List(9, kind, n) })
			if err := inColumns.examine(text); !errors.Is(err, connector.ErrUnreadable) {
				t.Errorf("%d values of type %d: %v", n, kind, err)
			}
		}
	}
	stops := reply("FetchResults", func(w *wire.Writer) {
		w.List(9, wire.Struct, 1<<20)
		for range 1 << 20 {
			w.End()
		}
	})
	if err := inColumns.examine(stops); !errors.Is(err, connector.ErrUnreadable) {
		t.Errorf("a million empty objects: %v", err)
	}
	deep := reply("FetchResults", func(w *wire.Writer) {
		for range 1000 {
			w.Begin(9)
		}
		for range 1000 {
			w.End()
		}
	})
	if err := inColumns.examine(deep); !errors.Is(err, connector.ErrUnreadable) {
		t.Errorf("a thousand structs in each other: %v", err)
	}
}

func TestASessionIsOpenedWithoutArrow(t *testing.T) {
	text := reply("OpenSession", func(w *wire.Writer) {
		w.I32(wire.OpenSessionRespServerProtocolVersion, wire.ProtocolV8)
		w.Begin(wire.OpenSessionRespSessionHandle)
		w.End()
	})
	if err := inColumns.examine(text); err != nil {
		t.Fatal(err)
	}
	if version := binary.BigEndian.AppendUint32(nil, wire.ProtocolV8); strings.Contains(string(text), string(version)) {
		t.Error("the driver is told of a version with Arrow")
	}
	if err := inColumns.examine(reply("OpenSession", func(*wire.Writer) {})); !errors.Is(err, connector.ErrUnreadable) {
		t.Errorf("no handle: %v", err)
	}
}

// brittle is a driver that panics in everything.
type brittle struct{}

func (brittle) Connect(context.Context) (driver.Conn, error) { panic("dapi-CANARY") }
func (brittle) Driver() driver.Driver                        { return nil }
func (brittle) Prepare(string) (driver.Stmt, error)          { panic("dapi-CANARY") }
func (brittle) Close() error                                 { panic("dapi-CANARY") }
func (brittle) Begin() (driver.Tx, error)                    { panic("dapi-CANARY") }
func (brittle) Columns() []string                            { panic("dapi-CANARY") }
func (brittle) Next([]driver.Value) error                    { panic("dapi-CANARY") }
func (brittle) ColumnTypeDatabaseTypeName(int) string        { panic("dapi-CANARY") }
func (brittle) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	panic("dapi-CANARY")
}

func TestAPanicOfTheDriverIsAnAnswerThatCouldNotBeRead(t *testing.T) {
	conn, rows := &containedConn{Conn: brittle{}}, containedRows{brittle{}}
	for doing, call := range map[string]func() error{
		"opening": func() error { _, err := contained{brittle{}}.Connect(t.Context()); return err },
		"running": func() error { _, err := conn.QueryContext(t.Context(), "", nil); return err },
		"reading": func() error { return rows.Next(nil) }, "closing a result": rows.Close, "closing a session": conn.Close,
	} {
		if err := call(); !errors.Is(err, connector.ErrUnreadable) || !strings.Contains(err.Error(), doing) || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("%s: %v", doing, err)
		}
	}
	if rows.Columns() != nil || rows.ColumnTypeDatabaseTypeName(0) != "" {
		t.Error("columns that could not be read have names")
	}
	if conn.IsValid() {
		t.Error("the session is used again")
	}
}

// answering is a network on which every request is answered at once.
type answering struct{ asked int }

func (a *answering) RoundTrip(r *http.Request) (*http.Response, error) {
	a.asked++
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("no Thrift"))}, r.Context().Err()
}

// TestADriverThatGoesOnIsEndedWithItsCaller: it reads pages with a context of its own, which nothing ends.
func TestADriverThatGoesOnIsEndedWithItsCaller(t *testing.T) {
	network := &answering{}
	caller, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(context.WithoutCancel(calling(caller)), http.MethodPost, "https://x/sql/1.0/warehouses/a", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (answers{network, inColumns}).RoundTrip(r); err != nil {
		t.Fatal(err)
	}
	leave()
	ended := 0
	for range 20 {
		if _, err := (answers{network, inColumns}).RoundTrip(r); errors.Is(err, context.Canceled) {
			ended++
		}
	}
	if network.asked > 1+farewells || ended != 20-farewells {
		t.Errorf("%d requests, %d refused", network.asked, ended)
	}
}

func FuzzNoAnswerIsTakenForMoreThanItIs(f *testing.F) {
	f.Add(shape{described: 2, typed: true, values: []int{3, 3}}.page())
	f.Add(reply("OpenSession", func(w *wire.Writer) { w.I32(wire.OpenSessionRespServerProtocolVersion, wire.ProtocolV8) }))
	f.Add([]byte("\x80\x01\x00\x02\x7f\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := inColumns.examine(text); err != nil && !errors.Is(err, connector.ErrUnreadable) {
			t.Error(err)
		}
	})
}
