package workspace_test

import (
	"bytes"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// TestAStorageIsToldNothingOfTheWorkspace sends requests that carry a secret in every place, and redirects that lead on.
func TestAStorageIsToldNothingOfTheWorkspace(t *testing.T) {
	var asked []*http.Request
	thief := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("the thief was asked for %s", r.URL) }))
	defer thief.Close()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r)
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, thief.URL, http.StatusFound)
		case "/ended":
			w.WriteHeader(http.StatusForbidden)
		case "/endless":
			_, _ = io.CopyN(w, endless{}, 200<<20)
		default:
			_, _ = io.WriteString(w, "rows")
		}
	}))
	defer server.Close()
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	ws, err := workspace.Open(workspace.Config{
		Host: parseHost(t, hostName), Network: workspace.Network{ExtraCAs: ca},
		Credentials: connector.Credentials{Method: connector.PAT, Secret: connector.NewSecret([]byte(canary))},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	host := strings.TrimPrefix(server.URL, "https://")
	client := &http.Client{Transport: ws.Storage([]string{host})}
	get := func(method, url string) (*http.Response, error) {
		r, err := http.NewRequestWithContext(t.Context(), method, url, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Authorization", "Proxy-Authorization", "Cookie", "X-Databricks-Org-Id"} {
			r.Header.Set(name, canary)
		}
		r.Header.Set("X-Ms-Range", "kept")
		return client.Do(r)
	}
	resp, err := get(http.MethodGet, server.URL+"/rows?sig=x")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil || string(body) != "rows" || len(asked) != 1 || asked[0].URL.RawQuery != "sig=x" || asked[0].Header.Get("X-Ms-Range") != "kept" {
		t.Fatalf("%q: %v", body, err)
	}
	var said bytes.Buffer
	if err := asked[0].Header.Write(&said); err != nil || strings.Contains(said.String(), canary) {
		t.Errorf("it was told %s: %v", said.String(), err)
	}
	for _, url := range []string{thief.URL, "http" + strings.TrimPrefix(server.URL, "https"), strings.Replace(server.URL, "https://", "https://"+canary+"@", 1)} {
		var refused *workspace.RefusedError
		if resp, err := get(http.MethodGet, url); !errors.As(err, &refused) {
			t.Errorf("%s: %v, %v", url, resp, err)
		}
	}
	var away *connector.StorageError
	if _, err := get(http.MethodGet, server.URL+"/away"); !errors.As(err, &away) || away.Status != http.StatusFound {
		t.Errorf("a link that leads on: %v", err)
	}
	if _, err := get(http.MethodPut, server.URL); err == nil {
		t.Error("it was written to")
	}
	var answered *connector.StorageError
	if _, err := get(http.MethodGet, server.URL+"/ended?sig="+canary); !errors.As(err, &answered) || answered.Status != http.StatusForbidden || strings.Contains(answered.Error(), canary) {
		t.Errorf("a link that has ended: %v", err)
	}
	if resp, err = get(http.MethodGet, server.URL+"/endless"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if n, err := io.Copy(io.Discard, resp.Body); !errors.Is(err, connector.ErrTooLarge) || n > 129<<20 {
		t.Errorf("a file without an end: %d bytes, %v", n, err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// TestACertificateOfAnotherNameIsRefused has the storage be one that no authority of the connection vouches for.
func TestACertificateOfAnotherNameIsRefused(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	server.Config.ErrorLog = nil
	ws, err := workspace.Open(workspace.Config{
		Host: parseHost(t, hostName), Credentials: connector.Credentials{Method: connector.PAT, Secret: connector.NewSecret([]byte(canary))},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := ws.Storage([]string{strings.TrimPrefix(server.URL, "https://")}).RoundTrip(r)
	var storage *connector.StorageError
	if !errors.As(err, &storage) || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("%v, %v", resp, err)
	}
}

func TestAStorageIsNamedByItsHostAlone(t *testing.T) {
	for text, want := range map[string]string{
		" DbStorage1.Blob.core.windows.net. ": "dbstorage1.blob.core.windows.net", "a.b:443": "a.b", "127.0.0.1:8443": "127.0.0.1:8443", "https://a.b": "", "a.b/results": "", "a.b?sig=x": "",
		"a": "", "": "", "a.b:0": "", "a.b:x": "", "a..b": "", "user@a.b": "", "a b.c": "", "[::1]:443": "",
	} {
		got, err := connector.StorageHost(text)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q is %q: %v", text, got, err)
		}
	}
}
