package model

import (
	"testing"
	"time"
)

// TestAScopeKeepsNothingOfWhoAddedIt adds a scope with the secrets that another one has as well, and one without any.
func TestAScopeKeepsNothingOfWhoAddedIt(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	seed := map[string]time.Time{"one": epoch}
	must(t, w.AddScope(Scope{Name: "full", Keys: seed}, nil))
	must(t, w.AddScope(Scope{Name: "bare"}, nil))
	for _, scope := range []string{"full", "bare"} {
		must(t, w.PutSecret(admin, scope, "two", 1))
	}
	if len(seed) != 1 {
		t.Errorf("what the scope was made of has %v", seed)
	}
	for scope, want := range map[string]int{"full": 2, "bare": 1} {
		if s, err := w.Scope(admin, scope); err != nil || len(s.Keys) != want {
			t.Errorf("%s has %v, %v", scope, s.Keys, err)
		}
	}
}
