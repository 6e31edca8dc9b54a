package workspace

import (
	"flag"
	"io"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// An ordinary run takes a sample; scripts/torture asks for all.
var full = flag.Bool("full", false, "every endless answer to every call, not a sample")

// endless is a network on which every answer goes on for ever without taking memory of its own.
type endless struct{ before, text string }

func (e endless) RoundTrip(r *http.Request) (*http.Response, error) {
	body := io.MultiReader(strings.NewReader(e.before), &repeating{text: e.text})
	return &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(body),
	}, nil
}

type repeating struct {
	text string
	at   int
}

func (r *repeating) Read(buf []byte) (int, error) {
	for n := range buf {
		buf[n] = r.text[r.at]
		r.at = (r.at + 1) % len(r.text)
	}
	return len(buf), nil
}

// mostHeld bounds, in MiB, what the answer to one call may hold at a time.
const mostHeld = 64

func TestAnAnswerWithoutAnEndHoldsBoundedMemory(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(5)) // so that what is measured is held, and not only waiting to be collected
	for k, answer := range []endless{{"", " "}, {"", "["}, {"<html>", "x"}, {`{"error_code":"X","message":"`, "x"}, {`{"tables":[`, `{"name":"t"},`}, {`{"token_infos":[`, `{"token_id":"a"},`}} {
		host, _, err := connector.ParseHost("adb-1234567890123456.7.azuredatabricks.net", nil)
		if err != nil {
			t.Fatal(err)
		}
		w, err := Open(Config{Host: host, Credentials: connector.Credentials{Method: connector.PAT, Secret: connector.NewSecret([]byte(fuzzSecret))}})
		if err != nil {
			t.Fatal(err)
		}
		w.rt.(*pinned).next = answer
		for i, call := range calls {
			if !*full && (i+k)%12 != 0 {
				continue
			}
			if held := heldBy(func() { _ = call(t.Context(), w) }); held > mostHeld {
				t.Errorf("%.20q without an end, call %d: %d MiB were held", answer.before+answer.text, i, held)
			}
		}
		w.Close()
	}
}

// heldBy is by how many MiB the heap grew at most while do ran.
func heldBy(do func()) (most int64) {
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	for {
		runtime.ReadMemStats(&now)
		most = max(most, (int64(now.HeapAlloc)-int64(before.HeapAlloc))>>20)
		select {
		case <-done:
			return most
		case <-time.After(2 * time.Millisecond):
		}
	}
}
