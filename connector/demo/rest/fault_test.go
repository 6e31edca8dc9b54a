package rest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// server runs the handler with faults on a real connection.
func server(t *testing.T, o Options) *httptest.Server {
	t.Helper()
	w, _ := smallWorld(t)
	s := httptest.NewUnstartedServer(New(w, o))
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func fetch(s *httptest.Server, path string) (int, string, error) {
	r, err := http.NewRequest("GET", s.URL+path, nil)
	if err != nil {
		return 0, "", err
	}
	r.Header.Set("Authorization", "Bearer token of reader")
	resp, err := s.Client().Do(r)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

func TestFaultsHappenAsOftenAsTheySay(t *testing.T) {
	var seen []Exchange
	s := server(t, Options{
		Faults: []Fault{
			{Method: "GET", Path: mePath, After: 1, Times: 2, Status: 503, Header: map[string]string{"Retry-After": "1"}, Body: `{"error_code":"TEMPORARILY_UNAVAILABLE"}`},
			{Path: "/api/2.1/*", Times: 1, Status: 429},
		},
		Observe: func(e Exchange) { seen = append(seen, e) },
	})
	var got []int
	for range 4 {
		status, _, err := fetch(s, mePath)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, status)
	}
	for range 2 {
		status, _, err := fetch(s, "/api/2.1/unity-catalog/catalogs")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, status)
	}
	want := []int{200, 503, 503, 200, 429, 200}
	for i, status := range want {
		if got[i] != status || seen[i].Status != status {
			t.Fatalf("answered %v and observed %v, want %v", got, seen, want)
		}
	}
}

func TestAConnectionCanBreak(t *testing.T) {
	s := server(t, Options{Faults: []Fault{
		{Path: mePath, Times: 1, Cut: 10},
		{Path: "/.well-known/databricks-config", Reset: true},
	}})
	if _, body, err := fetch(s, mePath); !errors.Is(err, io.ErrUnexpectedEOF) || len(body) != 10 {
		t.Errorf("a body that is cut: %q, %v", body, err)
	}
	if status, body, err := fetch(s, mePath); err != nil || status != 200 || !json.Valid([]byte(body)) {
		t.Errorf("the next one: %d %v", status, err)
	}
	if _, _, err := fetch(s, "/.well-known/databricks-config"); err == nil {
		t.Error("a reset connection answered")
	}
}

func TestAConnectionCanBeResetWithinABody(t *testing.T) {
	s := server(t, Options{Faults: []Fault{{Path: mePath, Cut: 10, Reset: true}}})
	if status, body, err := fetch(s, mePath); err == nil || errors.Is(err, io.ErrUnexpectedEOF) || status != 200 || len(body) > 10 {
		t.Errorf("answered %d %q, %v", status, body, err)
	}
}

func TestAFaultMayWaitForACredential(t *testing.T) {
	w, _ := smallWorld(t)
	h := New(w, Options{Faults: []Fault{{Path: mePath, Signed: true, Status: 418}}})
	if rec := ask(h, "GET", mePath, "", nil); rec.Code != 401 {
		t.Errorf("without a credential: %d", rec.Code)
	}
	if rec := ask(h, "GET", mePath, "token of reader", nil); rec.Code != 418 {
		t.Errorf("with one: %d", rec.Code)
	}
}

func TestADelayEndsWithTheCaller(t *testing.T) {
	w, _ := smallWorld(t)
	var slept time.Duration
	gone := errors.New("the caller has gone")
	h := New(w, Options{
		Faults: []Fault{{Path: mePath, Times: 1, Delay: time.Hour}, {Path: mePath, Times: 1, Delay: time.Minute}},
		Sleep: func(_ context.Context, d time.Duration) error {
			slept += d
			if d == time.Hour {
				return gone
			}
			return nil
		},
	})
	if rec := ask(h, "GET", mePath, "token of reader", nil); rec.Body.Len() != 0 {
		t.Errorf("answered nobody: %s", rec.Body)
	}
	if rec := ask(h, "GET", mePath, "token of reader", nil); rec.Code != 200 || slept != time.Hour+time.Minute {
		t.Errorf("after a delay: %d, slept %s", rec.Code, slept)
	}
}

func TestOtherHostsAnswerOtherwise(t *testing.T) {
	w, _ := smallWorld(t)
	for name, test := range map[string]struct {
		fault  Fault
		status int
		header string
		value  string
		body   string
	}{
		"too many requests":   {Fault{RetryAfter: 7 * time.Second}, 429, "Retry-After", "7", `{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"Too many requests."}`},
		"busy":                {Fault{Status: 503, RetryAfter: time.Second, Body: "{}"}, 503, "Retry-After", "1", "{}"},
		"a sign-in page":      {Fault{Page: "<html></html>"}, 200, "Content-Type", "text/html; charset=utf-8", "<html></html>"},
		"a page of a proxy":   {Fault{Status: 502, Page: "<html></html>"}, 502, "Content-Type", "text/html; charset=utf-8", "<html></html>"},
		"somewhere else":      {Fault{Redirect: "https://elsewhere.example/login"}, 302, "Location", "https://elsewhere.example/login", ""},
		"somewhere for good":  {Fault{Redirect: "https://elsewhere.example/", Status: 308}, 308, "Location", "https://elsewhere.example/", ""},
		"nothing of the sort": {Fault{}, 200, "Content-Type", "application/json", ""},
	} {
		test.fault.Path = mePath
		rec := ask(New(w, Options{Faults: []Fault{test.fault}}), "GET", mePath, "token of reader", nil)
		if rec.Code != test.status || rec.Header().Get(test.header) != test.value || test.body != "" && rec.Body.String() != test.body {
			t.Errorf("%s: %d %v %s", name, rec.Code, rec.Header(), rec.Body)
		}
	}
}
