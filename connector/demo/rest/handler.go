package rest

import (
	"context"
	"net/http"
	"path"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// maxBody is the largest request body that is read, in bytes; statements travel in bodies too.
const maxBody = 8 << 20

// Options are what a Handler needs beyond the world.
type Options struct {
	// SQL serves POST /sql/1.0/warehouses/{id} and /sql/1.0/endpoints/{id} for callers that are signed in and entitled to SQL.
	// The caller is in the request's context. Without it those paths are unknown.
	SQL http.Handler
	// Faults are things that go wrong on purpose.
	Faults []Fault
	// Observe is told about every request after it was answered.
	Observe func(Exchange)
	// Sleep waits for a fault's delay; nil waits on the machine's clock.
	Sleep func(context.Context, time.Duration) error
}

// Exchange is one request and how it was answered.
type Exchange struct {
	At           time.Time
	Method, Path string
	Principal    string // who was signed in, empty when nobody was
	Status       int    // 0 when nothing was answered, on purpose
}

// Handler is the workspace over HTTP. It is safe for concurrent use.
type Handler struct {
	world   *model.World
	options Options
	signer  signer
	mux     *http.ServeMux
	serve   http.Handler
}

// New gives a handler for the world.
func New(w *model.World, o Options) *Handler {
	h := &Handler{world: w, options: o, signer: newSigner(), mux: http.NewServeMux()}
	for _, r := range h.public() {
		h.mux.Handle(r.pattern, h.open(r.answer))
	}
	for _, r := range h.api() {
		h.mux.Handle(r.pattern, h.signedIn(r.answer))
	}
	h.mux.HandleFunc("POST /oidc/v1/token", h.token)
	if o.SQL != nil {
		for _, kind := range []string{"warehouses", "endpoints"} {
			h.mux.Handle("POST /sql/1.0/"+kind+"/{id}", h.entitledToSQL(o.SQL))
		}
	}
	h.mux.HandleFunc("/", unknown)
	h.serve = newFaults(o.Faults, o.Sleep).wrap(h.mux)
	return h
}

// publicRoute is answered to anybody.
type publicRoute struct {
	pattern string
	answer  func(*http.Request) (any, error)
}

// apiRoute is answered to principals that may use the API. An answer is a value to write as JSON.
type apiRoute struct {
	pattern string
	answer  func(*http.Request, *model.Principal) (any, error)
}

func (h *Handler) public() []publicRoute {
	return []publicRoute{
		{"GET /.well-known/databricks-config", h.hostMetadata},
		{"GET /oidc/.well-known/oauth-authorization-server", h.authorizationServer},
	}
}

func (h *Handler) api() []apiRoute {
	const unity = "/api/2.1/unity-catalog/"
	return []apiRoute{
		{"GET /api/2.0/preview/scim/v2/Me", h.me},
		{"GET /api/2.0/sql/warehouses", h.listWarehouses},
		{"GET /api/2.0/sql/warehouses/{id}", h.getWarehouse},
		{"POST /api/2.0/sql/warehouses/{id}/start", h.startWarehouse},
		{"POST /api/2.0/sql/warehouses/{id}/stop", h.stopWarehouse},
		{"GET /api/2.0/permissions/warehouses/{id}", h.warehousePermissions},
		{"GET /api/2.0/permissions/sql/warehouses/{id}", h.warehousePermissions},
		{"GET " + unity + "catalogs", h.listCatalogs},
		{"GET " + unity + "catalogs/{name}", h.getCatalog},
		{"GET " + unity + "schemas", h.listSchemas},
		{"GET " + unity + "schemas/{name}", h.getSchema},
		{"GET " + unity + "tables", h.listTables},
		{"GET " + unity + "tables/{name}", h.getTable},
		{"GET " + unity + "permissions/{type}/{name}", h.permissions},
		{"PATCH " + unity + "permissions/{type}/{name}", h.changePermissions},
		{"GET " + unity + "effective-permissions/{type}/{name}", h.effectivePermissions},
		{"GET " + unity + "current-metastore-assignment", h.metastoreAssignment},
		{"GET " + unity + "metastore_summary", h.metastoreSummary},
	}
}

// ServeHTTP answers one request and reports it to Observe.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := &visit{}
	r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
	if r.Body != nil {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	}
	rec := &recorder{ResponseWriter: w}
	if h.options.Observe != nil {
		defer func() {
			h.options.Observe(Exchange{At: h.world.Clock().Now(), Method: r.Method, Path: r.URL.Path, Principal: v.name(), Status: rec.status})
		}()
	}
	// The mux answers an unclean path with a redirect; the workspace does not know such a path.
	if clean := path.Clean("/" + r.URL.Path); clean != r.URL.Path && clean+"/" != r.URL.Path {
		unknown(rec, r)
		return
	}
	h.serve.ServeHTTP(rec, r)
}

func unknown(w http.ResponseWriter, r *http.Request) {
	writeError(w, &model.Error{
		Code: "ENDPOINT_NOT_FOUND", Status: http.StatusNotFound,
		Message: "No API found for '" + r.Method + " " + r.URL.Path + "'",
	})
}

// recorder remembers the status that was answered.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
