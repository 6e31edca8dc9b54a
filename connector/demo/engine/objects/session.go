package objects

import (
	"fmt"
	"maps"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Session is who runs statements, and where names that are not complete
// belong. It is safe for use by many goroutines.
type Session struct {
	principal       string
	mu              sync.Mutex
	catalog, schema string
	parameters      map[string]string // what SET set
	held            int               // how many bytes they have
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

// How many parameters a session keeps, and how many bytes their names and values have together.
const (
	maxParameters     = 256
	maxParameterBytes = 64 << 10
)

// SetParameter keeps a parameter of the session. The error says that there are too many, or that they are too long, and is for the client to see.
func (s *Session) SetParameter(key, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, known := s.parameters[key]
	held := s.held + len(key) + len(value)
	if known {
		held -= len(key) + len(old)
	}
	if !known && len(s.parameters) >= maxParameters || held > maxParameterBytes {
		return &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000", Message: fmt.Sprintf(
			"The embedded workspace keeps at most %d settings of a session, with %d bytes together. RESET makes room.", maxParameters, maxParameterBytes)}
	}
	if s.parameters == nil {
		s.parameters = map[string]string{}
	}
	s.parameters[key], s.held = value, held
	return nil
}

// ResetParameters forgets one parameter, or all if key is empty.
func (s *Session) ResetParameters(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key == "" {
		s.parameters, s.held = nil, 0
	}
	if value, known := s.parameters[key]; known {
		delete(s.parameters, key)
		s.held -= len(key) + len(value)
	}
}

// Parameters returns a copy of what was set.
func (s *Session) Parameters() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.parameters)
}
