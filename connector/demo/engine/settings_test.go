package engine_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestTheSettingsOfASessionHaveBounds sets as many as there may be, and as long as they may be.
func TestTheSettingsOfASessionHaveBounds(t *testing.T) {
	e, _ := newWorld(t)
	s := e.NewSession(admin, "", "")
	set := func(sql string) error {
		_, err := e.Execute(t.Context(), s, sql)
		return err
	}
	refused := func(what string, err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "[UNSUPPORTED_FEATURE] The embedded workspace keeps at most 256 settings of a session, with 65536 bytes together.") {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := range 256 {
		if err := set(fmt.Sprintf("SET a.b%d = 1", i)); err != nil {
			t.Fatal(err)
		}
	}
	refused("one more", set("SET a.c = 1"))
	if err := set("SET a.b7 = 2"); err != nil {
		t.Errorf("another value for one of them: %v", err)
	}
	if err := set("RESET"); err != nil {
		t.Fatal(err)
	}
	long := "SET a = '" + strings.Repeat("x", 65_535) + "'"
	refused("one that is too long", set("SET bb = '"+strings.Repeat("x", 65_535)+"'"))
	if err := set(long); err != nil {
		t.Errorf("as long as it may be: %v", err)
	}
	refused("another one beside it", set("SET TIME ZONE 'UTC'"))
	if err := set(long); err != nil {
		t.Errorf("the same once more: %v", err)
	}
	if err := set("RESET a"); err != nil {
		t.Fatal(err)
	}
	if err := set("SET TIME ZONE 'UTC'"); err != nil {
		t.Errorf("in its place: %v", err)
	}
	if r, err := e.Execute(t.Context(), s, "SET"); err != nil || show(r) != "timezone | UTC" {
		t.Errorf("what is kept: %v %v", r, err)
	}
}
