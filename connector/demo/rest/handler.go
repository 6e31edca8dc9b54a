package rest

import (
	"cmp"
	"context"
	"net/http"
	"path"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// maxBody is the largest request body that is read, in bytes; statements travel in bodies too.
const maxBody = 8 << 20

// Options are what a Handler needs beyond the world.
type Options struct {
	// SQL serves POST /sql/1.0/warehouses/{id} and /sql/1.0/endpoints/{id} for callers that are signed in and entitled to SQL.
	// The caller is in the request's context. Without it those paths are unknown.
	SQL http.Handler
	// Statements serves the SQL statement API for the same callers. Without it those paths are unknown.
	Statements http.Handler
	// Faults are things that go wrong on purpose.
	Faults []Fault
	// Properties are those of a table. Without it there are none.
	Properties func(unity.Securable) map[string]string
	// Drop drops an object, and what is kept of it elsewhere. Without it nothing is kept elsewhere.
	Drop func(on unity.Securable, drop func() error) error
	// Routes are answered beside those of this package.
	Routes []Route
	// Password tells whom the user name and the password of a request let in. Without it they let nobody in.
	Password func(*http.Request) (*model.Principal, bool)
	// Observe is told about every request after it was answered.
	Observe func(Exchange)
	// Around stands before all that is answered, faults included, and behind what every answer has; nil stands for nothing.
	Around func(http.Handler) http.Handler
	// Sleep waits for a fault's delay; nil waits on the machine's clock.
	Sleep func(context.Context, time.Duration) error
}

// Exchange is one request and how it was answered.
type Exchange struct {
	At           time.Time
	Method, Path string
	EscapedPath  string // the path as it was sent, where a slash inside a name differs from one between names
	Principal    string // who was signed in, empty when nobody was
	Sender       string // whose token it carried, also where a fault answered before anybody was signed in, or the token had expired
	Agent        string // the client's User-Agent
	Statement    string // the SQL that the request brought, if any
	Status       int    // 0 when nothing was answered, on purpose
}

// Handler is the workspace over HTTP. It is safe for concurrent use.
type Handler struct {
	world   *model.World
	host    Host
	options Options
	signer  signer
	relay   *relay.Relay
	own     func() []Route // of the workspace
	serve   http.Handler
}

// New gives a handler for the workspace.
func New(w *model.World, o Options) *Handler {
	h := ForHost(w, workspaceHost(w), o)
	h.own = h.api
	return h
}

// ForHost gives a handler for another host than the workspace. It lets callers sign in, and answers the routes of o to those who did and
// nothing else.
func ForHost(w *model.World, host Host, o Options) *Handler {
	h := &Handler{world: w, host: host, options: o, signer: newSigner(), relay: relay.New(o.Faults, o.Sleep), own: func() []Route { return nil }}
	// The routes are laid at the first request: nobody waits for them when a workspace starts.
	routes := sync.OnceValue(h.routes)
	h.serve = h.relay.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { routes().ServeHTTP(w, r) }))
	if o.Around != nil {
		h.serve = o.Around(h.serve)
	}
	return h
}

func (h *Handler) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range h.public() {
		mux.Handle(r.pattern, h.open(r.answer))
	}
	for _, r := range slices.Concat(h.own(), h.options.Routes) {
		mux.Handle(r.Pattern, h.signedIn(r.Answer))
	}
	mux.HandleFunc("POST "+h.host.OIDC+"/v1/token", h.token)
	if sql := h.options.SQL; sql != nil {
		for _, kind := range []string{"warehouses", "endpoints"} {
			mux.Handle("POST /sql/1.0/"+kind+"/{id}", h.entitledToSQL(sql))
		}
	}
	if statements := h.options.Statements; statements != nil {
		for _, kind := range []string{"statements", "sessions"} {
			mux.Handle("/api/2.0/sql/"+kind, h.entitledToSQL(statements))
			mux.Handle("/api/2.0/sql/"+kind+"/", h.entitledToSQL(statements))
		}
		mux.Handle("POST /api/2.0/sql/warehouses/{warehouse}/sessions", h.entitledToSQL(statements))
	}
	mux.HandleFunc("/", unknown)
	return mux
}

// Play puts other faults in place of those that there are.
func (h *Handler) Play(faults []Fault) { h.relay.Play(faults) }

// publicRoute is answered to anybody.
type publicRoute struct {
	pattern string
	answer  func(*http.Request) (any, error)
}

func (h *Handler) public() []publicRoute {
	return []publicRoute{
		{"GET /.well-known/databricks-config", h.hostMetadata},
		{"GET " + h.host.OIDC + "/.well-known/oauth-authorization-server", h.authorizationServer},
		{"GET " + h.host.OIDC + "/jwks.json", h.keys},
	}
}

func (h *Handler) api() []Route {
	return slices.Concat(
		h.scimRoutes(), h.secretRoutes(), h.tokenRoutes(), h.settingRoutes(), h.accessRoutes(),
		h.warehouseRoutes(), h.unityRoutes(), h.makingRoutes(), h.metastoreRoutes(), h.itemRoutes(), h.sharingRoutes(), h.grantRoutes(), h.bindingRoutes(),
		h.thingRoutes(), h.treeRoutes(), h.scopeRoutes(), h.ipListRoutes(), h.queryRoutes(),
	)
}

// serviceHeaders are on every answer of the service.
var serviceHeaders = map[string]string{
	"Server": "databricks", "Vary": "Accept-Encoding", "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
	"X-Content-Type-Options": "nosniff", "Alt-Svc": "clear",
}

// ServeHTTP answers one request and reports it to Observe.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := &visit{}
	r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
	if r.Body != nil {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	}
	w.Header().Set(requestIDHeader, uuid.NewString())
	if h.host.Workspace != "" {
		w.Header().Set("X-Databricks-Org-Id", h.host.Workspace)
	}
	for name, value := range serviceHeaders {
		w.Header().Set(name, value)
	}
	w.Header().Set("Server-Timing", `request_id;dur=0;desc="`+w.Header().Get(requestIDHeader)+`", client_protocol;dur=0;desc="`+r.Proto+`"`)
	rec := &recorder{ResponseWriter: w}
	if h.options.Observe != nil {
		defer func() {
			h.options.Observe(Exchange{
				At: h.world.Clock().Now(), Method: r.Method, Path: r.URL.Path, EscapedPath: r.URL.EscapedPath(),
				Principal: v.name(), Sender: cmp.Or(v.name(), h.holder(r)), Agent: r.UserAgent(), Statement: v.statement, Status: rec.status,
			})
		}()
	}
	// The mux answers an unclean path with a redirect; the workspace does not know such a path.
	if clean := path.Clean("/" + r.URL.Path); clean != r.URL.Path && clean+"/" != r.URL.Path {
		unknown(rec, r)
		return
	}
	h.serve.ServeHTTP(rec, r)
}

func unknown(w http.ResponseWriter, r *http.Request) { WriteError(w, notCovered(r)) }

// notCovered is the answer to all that the workspace does not have an API for.
func notCovered(r *http.Request) error {
	return &model.Error{
		Code: "ENDPOINT_NOT_FOUND", Status: http.StatusNotFound,
		Message: "No API found for '" + r.Method + " " + r.URL.Path + "'",
	}
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
