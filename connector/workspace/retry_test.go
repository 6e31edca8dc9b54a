package workspace

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// answers is a transport in memory: each request gets the next answer, the last one for ever.
type answers struct {
	list  []answer
	asked []time.Time
}

type answer struct {
	status     int
	retryAfter string
	err        error
}

func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	next := a.list[min(len(a.asked), len(a.list)-1)]
	a.asked = append(a.asked, time.Now())
	if next.err != nil {
		return nil, next.err
	}
	header := http.Header{}
	if next.retryAfter != "" {
		header.Set("Retry-After", next.retryAfter)
	}
	return &http.Response{StatusCode: next.status, Header: header, Body: io.NopCloser(strings.NewReader("body")), Request: r}, nil
}

// pauses are the times between the requests.
func (a *answers) pauses() []time.Duration {
	var out []time.Duration
	for i := 1; i < len(a.asked); i++ {
		out = append(out, a.asked[i].Sub(a.asked[i-1]))
	}
	return out
}

func ask(ctx context.Context, rt http.RoundTripper, method string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, method, "https://adb-1.azuredatabricks.net/api/2.0/sql/warehouses", nil)
	if err != nil {
		return 0, err
	}
	resp, err := rt.RoundTrip(r)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err == nil && string(body) != "body" {
		err = errors.New("the answer's body was consumed")
	}
	return resp.StatusCode, err
}

func TestAReadIsRepeatedWhenTheWorkspaceAsksForIt(t *testing.T) {
	const s = time.Second
	tests := []struct {
		name    string
		answers []answer
		status  int
		pauses  []time.Duration // exact; nil: between 0.25 and 8.5 s each
		tries   int
	}{
		{"429 with seconds", []answer{{429, "3", nil}, {200, "", nil}}, 200, []time.Duration{3 * s}, 2},
		{"503 with zero seconds", []answer{{503, "0", nil}, {200, "", nil}}, 200, []time.Duration{0}, 2},
		{"429 with a date", []answer{{429, "DATE", nil}, {200, "", nil}}, 200, []time.Duration{7 * s}, 2},
		{"429 with a date that is over", []answer{{429, "Fri, 31 Dec 1999 23:59:59 GMT", nil}, {200, "", nil}}, 200, nil, 2},
		{"429 with junk", []answer{{429, "soon", nil}, {200, "", nil}}, 200, nil, 2},
		{"429 with negative seconds", []answer{{429, "-5", nil}, {200, "", nil}}, 200, nil, 2},
		{"429 with a number that overflows", []answer{{429, "9223372036854775807", nil}, {200, "", nil}}, 200, []time.Duration{24 * time.Hour}, 2},
		{"503 without a header", []answer{{503, "", nil}, {503, "", nil}, {200, "", nil}}, 200, nil, 3},
		{"502 and 504", []answer{{502, "", nil}, {504, "", nil}, {200, "", nil}}, 200, nil, 3},
		{"503 for ever", []answer{{503, "", nil}}, 503, nil, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for i := range tt.answers {
					if tt.answers[i].retryAfter == "DATE" {
						tt.answers[i].retryAfter = time.Now().Add(7 * s).UTC().Format(http.TimeFormat)
					}
				}
				fake := &answers{list: tt.answers}
				status, err := ask(t.Context(), retried(fake), http.MethodGet)
				if err != nil || status != tt.status || len(fake.asked) != tt.tries {
					t.Errorf("after %d tries: %d, %v", len(fake.asked), status, err)
				}
				for i, pause := range fake.pauses() {
					if tt.pauses != nil && pause != tt.pauses[i] {
						t.Errorf("pause %d is %s, not %s", i, pause, tt.pauses[i])
					}
					if tt.pauses == nil && (pause < minPause/2 || pause > minPause/2+maxPause) {
						t.Errorf("pause %d is %s", i, pause)
					}
				}
			})
		})
	}
}

// retried is the transport above a workspace that answers from a list.
func retried(fake *answers) *retrying {
	return &retrying{next: fake, sleep: sleep, now: time.Now, names: connector.NewRegistry()}
}

func TestAFinalAnswerIsNotRepeated(t *testing.T) {
	broken := errors.New("connection reset")
	tests := []struct {
		name, method string
		answer       answer
	}{
		{"a refused sign-in", http.MethodGet, answer{401, "1", nil}},
		{"a refused read", http.MethodGet, answer{403, "1", nil}},
		{"a bad request", http.MethodGet, answer{400, "1", nil}},
		{"an object that is not there", http.MethodGet, answer{404, "", nil}},
		{"a fault of the server's own", http.MethodGet, answer{500, "", nil}},
		{"a statement or a start, which may have been done", http.MethodPost, answer{503, "1", nil}},
		{"a throttled sign-in", http.MethodPost, answer{429, "1", nil}},
		{"a broken connection", http.MethodGet, answer{0, "", broken}},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			fake := &answers{list: []answer{tt.answer}}
			status, err := ask(t.Context(), retried(fake), tt.method)
			if len(fake.asked) != 1 || status != tt.answer.status || !errors.Is(err, tt.answer.err) {
				t.Errorf("%s: asked %d times, %d, %v", tt.name, len(fake.asked), status, err)
			}
		})
	}
}

func TestAPauseBeyondTheDeadlineIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		began := time.Now()
		fake := &answers{list: []answer{{429, "4", nil}, {429, "4", nil}, {429, "60", nil}}}
		_, err := ask(ctx, retried(fake), http.MethodGet)
		var later *BusyError
		var status *StatusError
		if !errors.As(err, &later) || later.After != time.Minute || !errors.As(err, &status) || status.Status != 429 || status.Body != "body" {
			t.Errorf("got %v", err)
		}
		if len(fake.asked) != 3 || time.Since(began) != 8*time.Second {
			t.Errorf("after %s and %d tries", time.Since(began), len(fake.asked))
		}
	})
}

func TestAnAnswerWithoutAPauseOfItsOwnIsGivenBackWhenTimeIsShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		fake := &answers{list: []answer{{503, "", nil}}}
		if status, err := ask(ctx, retried(fake), http.MethodGet); err != nil || status != 503 || len(fake.asked) != 1 {
			t.Errorf("after %d tries: %d, %v", len(fake.asked), status, err)
		}
	})
}

// A connection that breaks under a read is worth another; one that cannot be made, or is not trusted, is not.
func TestABrokenConnectionIsRepeatedWhereThatCanHelp(t *testing.T) {
	reading := func(err error) error { return &net.OpError{Op: "read", Net: "tcp", Err: err} }
	tests := []struct {
		name, method string
		err          error
		tries        int
	}{
		{"reset under a read", http.MethodGet, reading(errors.New("connection reset by peer")), maxTries},
		{"closed before an answer", http.MethodGet, io.EOF, maxTries},
		{"closed within an answer's head", http.MethodGet, io.ErrUnexpectedEOF, maxTries},
		{"reset under a statement", http.MethodPost, reading(errors.New("connection reset by peer")), 1},
		{"no answer in time", http.MethodGet, reading(os.ErrDeadlineExceeded), 1},
		{"refused", http.MethodGet, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}, 1},
		{"no such name", http.MethodGet, &net.DNSError{Err: "no such host", IsNotFound: true}, 1},
		{"not trusted", http.MethodGet, &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, 1},
		{"refused by the proxy", http.MethodGet, &ProxyError{Status: 407}, 1},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			fake := &answers{list: []answer{{err: tt.err}}}
			_, err := ask(t.Context(), retried(fake), tt.method)
			if !errors.Is(err, tt.err) || len(fake.asked) != tt.tries {
				t.Errorf("%s: after %d tries: %v", tt.name, len(fake.asked), err)
			}
		})
	}
}

func TestCancellingEndsAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		fake := &answers{list: []answer{{503, "600", nil}}}
		_, err := ask(ctx, retried(fake), http.MethodGet)
		if !errors.Is(err, context.Canceled) || time.Since(began) != time.Second || len(fake.asked) != 1 {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
	})
}

func TestALogIsToldHowOftenARequestWasSentAndHowLongThatTook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host, _, err := connector.ParseHost("adb-1.azuredatabricks.net", nil)
		if err != nil {
			t.Fatal(err)
		}
		var seen []Exchange
		fake := &answers{list: []answer{{429, "3", nil}, {503, "4", nil}, {200, "", nil}}}
		p := &pinned{host: host, next: retried(fake), seen: func(e Exchange) { seen = append(seen, e) }}
		for range 2 {
			if status, err := ask(t.Context(), p, http.MethodGet); err != nil || status != 200 {
				t.Fatalf("%d, %v", status, err)
			}
		}
		const path = "/api/2.0/sql/warehouses"
		want := []Exchange{{Method: "GET", Path: path, Status: 200, Took: 7 * time.Second, Retries: 2}, {Method: "GET", Path: path, Status: 200}}
		if !slices.Equal(seen, want) {
			t.Errorf("seen %+v, want %+v", seen, want)
		}
	})
}
