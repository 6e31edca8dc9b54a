package sessions_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/sessions"
)

func anybody(*sessions.Session[string]) bool { return true }

// nobody is an authority that no test asks.
type nobody struct{ engine.Authority }

// house keeps two sessions at most, by a clock that a test sets, and notes which ended.
type house struct {
	*sessions.Sessions[string]
	t     *testing.T
	now   time.Time
	ended []string
}

func newHouse(t *testing.T) *house {
	e, err := engine.New(nobody{}, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	opts := sessions.Options{New: e.NewSession, Now: func() time.Time { return h.now }, Max: 2}
	h.Sessions = sessions.New(opts, func(s *sessions.Session[string]) { h.ended = append(h.ended, s.ID+" of "+s.Own) })
	t.Cleanup(func() {
		h.EndAll()
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

func (h *house) open(id, face string) *sessions.Session[string] {
	h.t.Helper()
	s, err := h.Make(id, sessions.Ask{Principal: "somebody", Warehouse: "abc", Catalog: "main"}, face)
	if err == nil {
		err = h.Add(s)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func TestASessionIsKeptAsLongAsItIsUsedOrSomethingRunsInIt(t *testing.T) {
	h := newHouse(t)
	used, busy := h.open("used", "thrift"), h.open("busy", "rest")
	if h.Enter("busy", anybody) != busy {
		t.Fatal("it cannot be entered")
	}
	for range 3 {
		h.now = h.now.Add(29 * time.Minute)
		if h.Find("used", anybody) != used {
			t.Fatal("one that is used every 29 minutes ended")
		}
	}
	h.Leave(busy)
	h.now = h.now.Add(29 * time.Minute)
	if !h.Knows("busy") || h.Find("busy", anybody) != busy {
		t.Error("one in which something ran till just now ended")
	}
	h.now = h.now.Add(30*time.Minute + 1)
	if h.Find("busy", anybody) != nil || busy.Context().Err() == nil {
		t.Error("one that nobody used is still there")
	}
	slices.Sort(h.ended)
	if !slices.Equal(h.ended, []string{"busy of rest", "used of thrift"}) {
		t.Errorf("ended: %q", h.ended)
	}
}

func TestWhoMayNotHaveASessionDoesNotKeepItAlive(t *testing.T) {
	h := newHouse(t)
	h.open("a", "rest")
	h.now = h.now.Add(29 * time.Minute)
	if h.Find("a", func(*sessions.Session[string]) bool { return false }) != nil {
		t.Error("it was found")
	}
	h.now = h.now.Add(2 * time.Minute)
	if h.Find("a", anybody) != nil {
		t.Error("it lives on")
	}
}

func TestThereAreNoMoreSessionsThanThereMayBe(t *testing.T) {
	h := newHouse(t)
	a := h.open("a", "rest")
	h.open("b", "rest")
	s, err := h.Make("c", sessions.Ask{Principal: "somebody"}, "rest")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Add(s); !errors.Is(err, sessions.ErrTooMany) || s.Context().Err() == nil || h.Knows("c") {
		t.Errorf("a third one: %v", err)
	}
	h.End(a)
	h.End(a)
	if h.open("d", "rest"); !slices.Equal(h.ended, []string{"a of rest"}) {
		t.Errorf("ended: %q", h.ended)
	}
}
