package demo

import (
	"net/http"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// dated dates every answer by a clock that is ahead of this machine's.
func dated(ahead time.Duration, next http.Handler) http.Handler {
	if ahead == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", model.SystemClock{}.Now().Add(ahead).UTC().Format(http.TimeFormat))
		next.ServeHTTP(w, r)
	})
}

// skewed is a clock that is ahead of another.
type skewed struct {
	model.Clock
	ahead time.Duration
}

func (s skewed) Now() time.Time { return s.Clock.Now().Add(s.ahead) }
