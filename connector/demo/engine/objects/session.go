package objects

import (
	"maps"
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

// NewSession starts a session of a principal in a namespace, which need not
// exist.
func NewSession(principal, catalog, schema string) *Session {
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

// Use changes the namespace.
func (s *Session) Use(catalog, schema string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catalog, s.schema = catalog, schema
}

// maxParameters is how many parameters a session keeps.
const maxParameters = 256

// SetParameter keeps a parameter of the session, unless there are too many.
func (s *Session) SetParameter(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.parameters == nil {
		s.parameters = map[string]string{}
	}
	if _, known := s.parameters[key]; known || len(s.parameters) < maxParameters {
		s.parameters[key] = value
	}
}

// ResetParameters forgets one parameter, or all if key is empty.
func (s *Session) ResetParameters(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key == "" {
		s.parameters = nil
	}
	delete(s.parameters, key)
}

// Parameters returns a copy of what was set.
func (s *Session) Parameters() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.parameters)
}
