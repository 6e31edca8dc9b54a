package demo

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/links"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
)

// StorageHostName is the name of the storage that large results are fetched from, of the form that those of Azure Databricks have.
const StorageHostName = "dbstoragew7405605741.blob.core.windows.net"

// storageAddress is what StorageHostName resolves to on the imaginary network.
const storageAddress = "20.150.4.212"

// storageHost serves large results by links, on a server of its own.
type storageHost struct {
	*host
	links *links.Store
}

// serveStorage runs the storage host on a free loopback port until it is closed.
func serveStorage(ctx context.Context, w *Workspace) (*storageHost, error) {
	own, err := listen(ctx, "")
	if err != nil {
		return nil, err
	}
	h := &storageHost{host: own}
	h.links = links.New(links.Options{Now: w.world.Clock().Now, Host: h.from, Observe: func(r *http.Request, status int) {
		w.requests.add(rest.Exchange{
			At: w.world.Clock().Now(), Method: r.Method, Path: r.URL.Path, EscapedPath: r.URL.EscapedPath(), Agent: r.UserAgent(), Status: status,
		})
	}})
	h.serve("serving the embedded storage", "", w.certs.storage, h.links)
	return h, nil
}

// from is where a client finds the storage: by its name, or at its address if it called the workspace by its address as well.
func (h *storageHost) from(workspace string) string {
	name, _, err := net.SplitHostPort(workspace)
	if err != nil {
		name = workspace
	}
	if ip := net.ParseIP(name); ip != nil && ip.IsLoopback() || name == "localhost" {
		return h.addr()
	}
	return StorageHostName
}

// drivers puts results of the SQL drivers there.
func (h *storageHost) drivers(host string) thrift.Offer {
	return func(file []byte) (string, time.Time) {
		l := h.links.Offer(host, links.File{
			Type: "application/octet-stream", Size: len(file), Body: func() ([]byte, error) { return file, nil },
		})
		return l.URL, l.Expires
	}
}

// statements puts results of the statement API there.
func (h *storageHost) statements() statement.Offer {
	return func(host, key, contentType string, body func() ([]byte, error)) (string, time.Time) {
		l := h.links.Offer(host, links.File{Key: key, Type: contentType, Body: body})
		return l.URL, l.Expires
	}
}

// isStorage reports whether a name or an address is the storage's.
func isStorage(host string) bool {
	return strings.EqualFold(strings.TrimSuffix(host, "."), StorageHostName) || host == storageAddress
}

// StorageAddr is where the storage listens, a loopback address with its port.
func (w *Workspace) StorageAddr() string { return w.storage.addr() }
