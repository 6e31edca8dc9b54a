package thrift_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// client speaks the protocol by hand, without network.
type client struct {
	t    testing.TB
	h    *thrift.Handler
	who  string
	path string
}

func newClient(t testing.TB, adjust func(*thrift.Options)) *client {
	t.Helper()
	opts := thrift.Options{Principal: bearer}
	if adjust != nil {
		adjust(&opts)
	}
	h, err := thrift.NewHandler(newEngine(t), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return &client{t, h, admin, "/sql/1.0/warehouses/abc"}
}

// tree is a decoded struct: field numbers to numbers, strings, trees and lists.
type tree map[int16]any

func (t tree) at(path ...int16) any {
	for i, id := range path {
		if i == len(path)-1 {
			return t[id]
		}
		t, _ = t[id].(tree)
	}
	return nil
}

// decoder reads messages without knowing what is in them.
type decoder struct {
	*wire.Reader
	raw []byte
}

func newDecoder(raw []byte) decoder { return decoder{wire.NewReader(raw), raw} }

func (d decoder) tree() tree {
	t := tree{}
	d.Struct(func(f wire.Field) { t[f.ID] = d.value(f) })
	return t
}

func (d decoder) value(f wire.Field) any {
	switch f.Type {
	case wire.Bool:
		return d.Bool(f)
	case wire.I32:
		return d.I32(f)
	case wire.I64:
		return d.I64(f)
	case wire.Double:
		return d.Double(f)
	case wire.String:
		return d.String(f)
	case wire.Struct:
		return d.tree()
	case wire.List:
		return d.list(f)
	}
	d.Skip(f)
	return nil
}

// list returns a list of structs as trees and any other as values. What its
// elements are is said by its first byte.
func (d decoder) list(f wire.Field) any {
	var trees []tree
	var values []any
	elem := wire.Type(d.raw[len(d.raw)-d.Remaining()])
	d.Each(f, elem, func(int) {
		v := d.value(wire.Field{Type: elem})
		if t, isTree := v.(tree); isTree {
			trees = append(trees, t)
		}
		values = append(values, v)
	})
	if trees != nil {
		return trees
	}
	return values
}

// send posts a call and returns the HTTP answer.
func (c *client) send(ctx context.Context, method string, body func(*wire.Writer)) *httptest.ResponseRecorder {
	w := &wire.Writer{}
	w.MessageBegin(wire.Message{Name: method, Type: wire.Call, Seq: 3})
	w.Begin(wire.ArgsReq)
	body(w)
	w.End()
	w.End()
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, c.path, bytes.NewReader(w.Bytes()))
	r.Header.Set("Authorization", "Bearer "+c.who)
	answer := httptest.NewRecorder()
	c.h.ServeHTTP(answer, r)
	return answer
}

// call posts a call that must be answered with a reply, and returns it.
func (c *client) call(method string, body func(*wire.Writer)) tree {
	c.t.Helper()
	answer := c.send(context.Background(), method, body)
	if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != "application/x-thrift" {
		c.t.Fatalf("%s: %d %s", method, answer.Code, answer.Body)
	}
	r := newDecoder(answer.Body.Bytes())
	if m := r.MessageBegin(); m != (wire.Message{Name: method, Type: wire.Reply, Seq: 3}) {
		c.t.Fatalf("%s: envelope %+v", method, m)
	}
	result, _ := r.tree()[wire.ResultSuccess].(tree)
	if r.Err() != nil || r.Remaining() != 0 || result == nil {
		c.t.Fatalf("%s: %v, %d bytes left", method, r.Err(), r.Remaining())
	}
	return result
}

// id is a handle as it came, to be sent back.
type id struct{ guid, secret string }

func (t tree) id(path ...int16) id {
	h, _ := t.at(path...).(tree)
	guid, _ := h[wire.HandleGUID].(string)
	secret, _ := h[wire.HandleSecret].(string)
	return id{guid, secret}
}

func (h id) write(w *wire.Writer) {
	w.Begin(1)
	w.Begin(1)
	w.Binary(wire.HandleGUID, []byte(h.guid))
	w.Binary(wire.HandleSecret, []byte(h.secret))
	w.End()
	w.End()
}

func (c *client) open() id {
	c.t.Helper()
	reply := c.call("OpenSession", func(w *wire.Writer) { w.I64(wire.OpenSessionReqClientProtocolI64, wire.ProtocolV8) })
	return reply.id(wire.OpenSessionRespSessionHandle, wire.SessionHandleSessionID)
}

func statement(s id, sql string, directRows int64) func(*wire.Writer) {
	return func(w *wire.Writer) {
		s.write(w)
		w.String(wire.ExecuteStatementReqStatement, sql)
		w.Bool(wire.ExecuteStatementReqRunAsync, true)
		if directRows > 0 {
			w.Begin(wire.ExecuteStatementReqGetDirectResults)
			w.I64(wire.GetDirectResultsMaxRows, directRows)
			w.End()
		}
	}
}

func (c *client) execute(s id, sql string, directRows int64) (tree, id) {
	c.t.Helper()
	reply := c.call("ExecuteStatement", statement(s, sql, directRows))
	return reply, reply.id(wire.ExecuteStatementRespOperationHandle, wire.OperationHandleOperationID)
}

func (c *client) state(op id) tree {
	c.t.Helper()
	return c.call("GetOperationStatus", op.write)
}

func state(s wire.OperationState) any { return int32(s) }
