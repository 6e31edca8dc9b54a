package thrift_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
	"github.com/draftt-io/draftt-databricks/connector/demo/wire"
)

// FuzzCall sends any bytes as a call of anybody who is signed in. Every one is answered, with a reply, an exception or a refusal.
func FuzzCall(f *testing.F) {
	for name := range map[string]bool{"OpenSession": true, "CloseSession": true, "ExecuteStatement": true, "FetchResults": true, "GetColumns": true, "GetInfo": true, "CancelOperation": true, "": true} {
		w := &wire.Writer{}
		w.MessageBegin(wire.Message{Name: name, Type: wire.Call, Seq: 1})
		w.Begin(1)
		w.I64(10, wire.ProtocolV8)
		w.String(2, "SELECT 1")
		w.End()
		w.End()
		f.Add(w.Bytes())
	}
	h, err := thrift.NewHandler(newEngine(f), thrift.Options{Principal: bearer})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(h.Close)
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/sql/1.0/warehouses/abc", bytes.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+admin)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code < 200 || w.Code > 599 || w.Body.Len() == 0 {
			t.Fatalf("answered %d with %d bytes", w.Code, w.Body.Len())
		}
	})
}
