package engine

import (
	"strings"
	"sync"
)

// Session is who runs statements, and where names that are not complete
// belong. It is safe for use by many goroutines.
type Session struct {
	principal       string
	mu              sync.Mutex
	catalog, schema string
	parameters      map[string]string // what SET set
}

// NewSession starts a session of a principal in a namespace; what is empty is
// taken from the engine's options. The namespace need not exist.
func (e *Engine) NewSession(principal, catalog, schema string) *Session {
	if catalog == "" {
		catalog = e.opts.Catalog
	}
	if schema == "" {
		schema = e.opts.Schema
	}
	return &Session{principal: principal, catalog: strings.ToLower(catalog), schema: strings.ToLower(schema)}
}

// Principal returns who the session belongs to.
func (s *Session) Principal() string { return s.principal }

// Namespace returns the current catalog and schema, as USE set them.
func (s *Session) Namespace() (catalog, schema string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.catalog, s.schema
}

// use changes the namespace. A new catalog comes with its default schema.
func (s *Session) use(catalog, schema string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catalog, s.schema = catalog, schema
}
