package links_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/links"
)

// storage is a store whose clock is moved by hand.
type storage struct {
	*links.Store
	now time.Time
}

func newStorage() *storage {
	s := &storage{now: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)}
	s.Store = links.New(links.Options{
		Now: func() time.Time { return s.now }, Host: func(string) string { return "storage" }, Observe: func(*http.Request, int) {},
	})
	return s
}

// offer puts a file there that is said to be so large.
func (s *storage) offer(key string, size int) string {
	return s.Offer("workspace", links.File{Key: key, Size: size, Body: func() ([]byte, error) { return []byte("rows"), nil }}).URL
}

func (s *storage) fetch(url string) int {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, url, nil))
	return w.Code
}

func TestAFileOfAKeyHasOneLinkForHalfItsLife(t *testing.T) {
	s := newStorage()
	first := s.offer("a", 0)
	if again, other := s.offer("a", 0), s.offer("b", 0); again != first || other == first {
		t.Errorf("offered %s, then %s, and another file %s", first, again, other)
	}
	if one, two := s.offer("", 0), s.offer("", 0); one == two {
		t.Error("files without a key have the same link")
	}
	s.now = s.now.Add(links.Life/2 + time.Second)
	later := s.offer("a", 0)
	if later == first || s.fetch(first) != http.StatusOK || s.fetch(later) != http.StatusOK {
		t.Errorf("after half its life the link is %s, and the first answers %d", later, s.fetch(first))
	}
}

func TestLinksAreBoundedAndThoseThatEndedHoldNothing(t *testing.T) {
	s := newStorage()
	first := s.offer("first", 60<<20)
	s.now = s.now.Add(links.Life + time.Second)
	if s.offer("large", 60<<20); s.fetch(first) != http.StatusForbidden {
		t.Errorf("a link that ended answers %d, although it holds nothing", s.fetch(first))
	}
	s.now = s.now.Add(links.Life)
	if s.fetch(first) != http.StatusNotFound {
		t.Errorf("when it has ended for long it answers %d", s.fetch(first))
	}
	early := s.offer("early", 0)
	for range 5000 {
		s.offer("", 0)
	}
	if s.fetch(early) != http.StatusNotFound || s.fetch(s.offer("early", 0)) != http.StatusOK {
		t.Errorf("a link of which there are too many answers %d", s.fetch(early))
	}
}

func TestOnlyWhatHoldsSomethingMakesRoomForWhatIsLarge(t *testing.T) {
	s := newStorage()
	empty := s.offer("empty", 0)
	large, other := s.offer("", 40<<20), s.offer("other", 0)
	latest := s.offer("", 70<<20)
	for what, row := range map[string]struct {
		url  string
		want int
	}{
		"a link that holds nothing": {empty, http.StatusOK}, "another": {other, http.StatusOK}, "the large file before": {large, http.StatusNotFound},
		"the latest, however large": {latest, http.StatusOK},
	} {
		if got := s.fetch(row.url); got != row.want {
			t.Errorf("%s answers %d", what, got)
		}
	}
}
