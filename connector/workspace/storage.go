package workspace

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// mostFile bounds a file that a link leads to. Databricks makes them of about 20 MiB.
const mostFile = 128 << 20

// storage fetches files by links, from hosts that a person confirmed and from nowhere else. Nothing of the workspace goes with a request:
// neither a credential nor a cookie, whatever the link asks for.
type storage struct {
	hosts []string
	next  http.RoundTripper
	seen  func(Exchange) // nil: nobody keeps a log
}

// Storage is the way to the storages of some hosts, with the trust and the proxy of the workspace. Errors are *connector.StorageError and *RefusedError.
func (w *Workspace) Storage(hosts []string) http.RoundTripper {
	return &storage{hosts, w.files, w.net.Seen}
}

// filesTransport is that of storages, whose certificates are for their own names.
func (w *Workspace) filesTransport() *http.Transport {
	t := w.base.Clone()
	t.TLSClientConfig = &tls.Config{RootCAs: w.tls.RootCAs, MinVersion: tls.VersionTLS12}
	return t
}

// RoundTrip fetches a file.
func (s *storage) RoundTrip(r *http.Request) (*http.Response, error) {
	host := connector.LinkHost(r.URL.String())
	if r.Method != http.MethodGet || r.Body != nil && r.Body != http.NoBody || host == "" || !slices.Contains(s.hosts, host) {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, &RefusedError{Method: r.Method, URL: connector.CleanLine(r.URL.Scheme+"://"+r.URL.Host+r.URL.Path, 200), Why: "its host was not confirmed"}
	}
	clean := r.Clone(r.Context())
	for _, name := range []string{"Authorization", "Proxy-Authorization", "Cookie", "X-Databricks-Org-Id"} {
		clean.Header.Del(name)
	}
	began := time.Now()
	resp, err := s.next.RoundTrip(clean)
	if s.seen != nil {
		e := Exchange{Method: r.Method, Path: "a file of rows, by its link", Took: time.Since(began)}
		if resp != nil {
			e.Status = resp.StatusCode
		}
		s.seen(e)
	}
	if err != nil {
		return nil, &connector.StorageError{Host: host, Err: err}
	}
	if resp.StatusCode != http.StatusOK {
		_ = resp.Body.Close()
		return nil, &connector.StorageError{Host: host, Status: resp.StatusCode} // what it says may quote the link
	}
	resp.Body = &fileBody{ReadCloser: resp.Body, host: host, left: mostFile}
	return resp, nil
}

// fileBody is a file as it comes.
type fileBody struct {
	io.ReadCloser
	host string
	left int
}

func (b *fileBody) Read(buf []byte) (int, error) {
	n, err := b.ReadCloser.Read(buf)
	if b.left -= n; b.left < 0 {
		return 0, fmt.Errorf("%w, over %d MiB", connector.ErrTooLarge, mostFile>>20)
	}
	if err != nil && err != io.EOF { //nolint:errorlint // a reader gives it as it is
		err = &connector.StorageError{Host: b.host, Err: err}
	}
	return n, err //nolint:wrapcheck // io.EOF must stay itself
}
