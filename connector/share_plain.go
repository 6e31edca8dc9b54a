package connector

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/redact"
)

// Plain has an identifier drawn as it is although its form is that of a value: the number of a request, which is nobody's and which support
// asks for. It reports whether the text is no more than that: what is known as a value of another kind keeps its alias, and a secret is none.
func (r *Registry) Plain(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := strings.ToLower(id)
	if known := r.things[key]; id == "" || known != nil && known.kind != KindID {
		return false
	}
	if identifiers().FindString(id) != id || identifierKind(id) != KindID || redact.Text(id) != id {
		return false
	}
	r.plain[key] = true
	return true
}

// isPlain reports whether an identifier is drawn as it is.
func (r *Registry) isPlain(id string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.plain[strings.ToLower(id)]
}
