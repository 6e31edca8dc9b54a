package workspace

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// counter is a transport in memory that counts what reaches it.
type counter struct {
	requests []string
	body     io.Reader
}

func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	c.requests = append(c.requests, r.Method+" "+r.URL.String())
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(c.body), Request: r}, nil
}

// closing tells whether a request's body was closed, as a transport must.
type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error {
	c.closed = true
	return nil
}

func TestThePinnedTransportSendsNothingElsewhere(t *testing.T) {
	host := testHost(t)
	const mePath = "/api/2.0/preview/scim/v2/Me"
	tests := []struct{ name, method, url, why string }{
		{"another host", "GET", "https://evil.example" + mePath, "another host"},
		{"a host that begins alike", "GET", "https://" + host.Name() + ".evil.example" + mePath, "another host"},
		{"a host that ends alike", "GET", "https://evil-" + host.Name() + mePath, "another host"},
		{"another workspace", "GET", "https://adb-1.1.azuredatabricks.net" + mePath, "another host"},
		{"an address", "GET", "https://127.0.0.1" + mePath, "another host"},
		{"another port", "GET", "https://" + host.Name() + ":8443" + mePath, "another host"},
		{"http", "GET", "http://" + host.Name() + mePath, "only https"},
		{"http on the port of https", "GET", "http://" + host.Name() + ":443" + mePath, "only https"},
		{"no scheme", "GET", "//" + host.Name() + mePath, "only https"},
		{"a change", "PATCH", "https://" + host.Name() + "/api/2.1/unity-catalog/permissions/table/a.b.c", "read-only"},
		{"a stop", "POST", "https://" + host.Name() + "/api/2.0/sql/warehouses/abc/stop", "read-only"},
		{"escaped dot segments", "GET", "https://" + host.Name() + "/api/2.1/unity-catalog/tables/%2e%2e", "read-only"},
		{"host metadata", "GET", "https://" + host.Name() + "/.well-known/databricks-config", "read-only"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			reached := &counter{}
			body := &closing{Reader: strings.NewReader("secret")}
			u, err := url.Parse(tt.url + "?token=secret")
			if err != nil {
				t.Fatal(err)
			}
			_, err = (&pinned{host: host, next: reached}).RoundTrip(&http.Request{Method: tt.method, URL: u, Body: body, Header: http.Header{}})
			var refused *RefusedError
			if !errors.As(err, &refused) || !strings.Contains(refused.Why, tt.why) || strings.Contains(err.Error(), "secret") {
				t.Errorf("refused with %v", err)
			}
			if len(reached.requests) != 0 || !body.closed {
				t.Errorf("sent %q, body closed: %v", reached.requests, body.closed)
			}
		})
	}
	for _, address := range []string{"https://" + host.Name() + mePath, "https://" + host.Name() + ":443" + mePath, "https://" + strings.ToUpper(host.Name()) + mePath + "?x=1"} {
		reached := &counter{body: strings.NewReader("{}")}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := (&pinned{host: host, next: reached}).RoundTrip(r); err != nil || len(reached.requests) != 1 {
			t.Errorf("%s was not sent: %v", address, err)
		}
	}
}

func TestTheDriversReportsAreAnsweredHere(t *testing.T) {
	host := testHost(t)
	for _, path := range []string{"/api/2.0/connector-service/feature-flags/GOLANG/1.14.0", "/telemetry-ext"} {
		reached := &counter{}
		body := &closing{Reader: strings.NewReader("report")}
		u := &url.URL{Scheme: "https", Host: host.Name(), Path: path}
		resp, err := (&pinned{host: host, next: reached}).RoundTrip(&http.Request{Method: http.MethodPost, URL: u, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusNotFound || len(rest) != 0 || !body.closed || len(reached.requests) != 0 {
			t.Errorf("%s: %d %q, sent %q, %v", path, resp.StatusCode, rest, reached.requests, err)
		}
	}
}

func TestAnAnswerIsReadUpToTenMebibytes(t *testing.T) {
	host := testHost(t)
	tests := []struct {
		name, path string
		size       int
		want       error
	}{
		{"an answer at the limit", "/api/2.0/sql/warehouses", maxBody, nil},
		{"an answer over it", "/api/2.0/sql/warehouses", maxBody + 1, ErrBodyTooLarge},
		{"rows at the limit", "/sql/1.0/warehouses/abc", maxBody, nil},
		{"rows over it", "/sql/1.0/warehouses/abc", maxBody + 1, ErrBodyTooLarge},
	}
	for _, tt := range tests {
		method := http.MethodGet
		if strings.HasPrefix(tt.path, "/sql/") {
			method = http.MethodPost
		}
		r, err := http.NewRequestWithContext(t.Context(), method, "https://"+host.Name()+tt.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := (&pinned{host: host, next: &counter{body: bytes.NewReader(bytes.Repeat([]byte{thriftVersion}, tt.size))}}).RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		read, err := io.Copy(io.Discard, resp.Body)
		if !errors.Is(err, tt.want) || read > maxBody && tt.want != nil || tt.want == nil && read != int64(tt.size) {
			t.Errorf("%s: read %d bytes, %v", tt.name, read, err)
		}
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAnyVersionMakesAValidUserAgent(t *testing.T) {
	for version, want := range map[string]string{
		"1.2.3": "1.2.3", "v1.2.3": "1.2.3", "dev": "0.0.0", "": "0.0.0", "1.2": "0.0.0", "1.2.3-rc.1": "0.0.0", "1.2.3\r\nX: y": "0.0.0", "v1.2.3 (evil)": "0.0.0",
	} {
		if got := productVersion(version); got != want {
			t.Errorf("%q becomes %q", version, got)
		}
	}
}
