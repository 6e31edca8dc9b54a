package pace

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

// service is a paced handler that answers 200, on a clock that the test moves.
type service struct {
	*testing.T
	http.Handler
	now time.Time
}

// refuse writes a refusal in a line.
func refuse(w http.ResponseWriter, code, text string) {
	http.Error(w, code+": "+text, http.StatusTooManyRequests)
}

func serve(t *testing.T, limits []Limit) *service {
	s := &service{T: t, now: time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)}
	s.Handler = New(Options{Now: func() time.Time { return s.now }, Limits: limits, InFlight: InFlight, Place: "Workspace 7", Refuse: refuse}).
		Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	return s
}

// ask gives the status of an answer, and how long a refusal asks to wait.
func (s *service) ask(request string) (status int, wait time.Duration) {
	s.Helper()
	method, path, _ := strings.Cut(request, " ")
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, httptest.NewRequest(method, path, nil))
	if answer.Code == http.StatusTooManyRequests {
		seconds, err := strconv.Atoi(answer.Header().Get("Retry-After"))
		if err != nil || seconds < 1 {
			s.Errorf("%s is refused until %q", request, answer.Header().Get("Retry-After"))
		}
		wait = time.Duration(seconds) * time.Second
	}
	return answer.Code, wait
}

// atOnce is how many requests are answered before the first refusal.
func (s *service) atOnce(request string) int {
	s.Helper()
	for n := range 5000 {
		if status, _ := s.ask(request); status != http.StatusOK {
			return n
		}
	}
	s.Fatalf("%s has no limit", request)
	return 0
}

func TestEachAPIHasItsOwnPace(t *testing.T) {
	s := serve(t, Workspace())
	for request, want := range map[string]int{
		"GET /api/2.0/permissions/notebooks/12":        100,
		"PATCH /api/2.0/permissions/sql/warehouses/a1": 30,
		"GET /api/2.0/preview/scim/v2/Groups":          255,
		"GET /api/2.0/token-management/tokens":         40,
		"GET /api/2.0/secrets/scopes/list":             1100,
		"POST /api/2.0/mlflow/experiments/search":      7,
		"GET /api/2.0/mlflow/experiments/get":          120,
		"GET /api/2.1/unity-catalog/tables":            30,
	} {
		if n := s.atOnce(request); n != want {
			t.Errorf("%s: %d at once", request, n)
		}
	}
	for _, request := range []string{"POST /api/2.0/preview/scim/v2/Groups", "PUT /api/2.0/preview/permissions/clusters/9", "GET /api/2.0/preview/scim/v2/Users/3"} {
		if n := s.atOnce(request); n != 0 {
			t.Errorf("%s: %d at once although its limit was spent", request, n)
		}
	}
	account := serve(t, Account())
	const scim = " /api/2.0/accounts/0f/scim/v2/Groups"
	for request, want := range map[string]int{"GET" + scim: 240, "GET" + scim + "/3": 20, "PATCH" + scim + "/3": 2, "POST" + scim: 5} {
		if n := account.atOnce(request); n != want {
			t.Errorf("%s: %d at once", request, n)
		}
	}
}

func TestWhoWaitsAsLongAsAskedIsAnsweredAndNoSooner(t *testing.T) {
	s := serve(t, Workspace())
	const request = "GET /api/2.0/preview/scim/v2/Users"
	s.atOnce(request)
	answered := 0
	for began := s.now; s.now.Sub(began) < 10*time.Minute; {
		status, wait := s.ask(request)
		if status == http.StatusOK {
			answered++
		}
		s.now = s.now.Add(wait)
	}
	if answered < 2540 || answered > 2560 {
		t.Errorf("%d requests were answered in ten minutes, of 255 a minute", answered)
	}
	slow := serve(t, []Limit{{"everything", nil, nil, 1, time.Minute}})
	slow.atOnce("GET /api/2.0/x")
	slow.now = slow.now.Add(59 * time.Second)
	if status, wait := slow.ask("GET /api/2.0/x"); status != http.StatusTooManyRequests || wait != time.Second {
		t.Errorf("a second too early: %d, to wait %s", status, wait)
	}
	slow.now = slow.now.Add(time.Second)
	if status, _ := slow.ask("GET /api/2.0/x"); status != http.StatusOK {
		t.Errorf("in time: %d", status)
	}
}

func TestARefusalIsOneOfDatabricks(t *testing.T) {
	s := serve(t, []Limit{{"everything", nil, nil, 1, time.Minute}})
	s.ask("GET /api/2.0/clusters/list")
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/api/2.0/clusters/list", nil))
	if got := answer.Body.String(); got != "RESOURCE_EXHAUSTED: Too many requests. Please wait a moment and try again.\n" {
		t.Errorf("%q", got)
	}
	if after := answer.Header().Get("Retry-After"); after != "60" || answer.Code != http.StatusTooManyRequests {
		t.Errorf("%d, to come back after %q", answer.Code, after)
	}
}

func TestTheTwentyFirstInFlightIsRefusedUntilOneIsAnswered(t *testing.T) {
	held, arrived := make(chan struct{}), make(chan struct{})
	p := New(Options{Now: time.Now, Limits: nil, InFlight: InFlight, Place: "Workspace 7", Refuse: refuse}).Wrap(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			arrived <- struct{}{}
			<-held
		}
	}))
	ask := func(method, path string) *httptest.ResponseRecorder {
		answer := httptest.NewRecorder()
		p.ServeHTTP(answer, httptest.NewRequest(method, path, nil))
		return answer
	}
	done := make(chan int, InFlight)
	for range InFlight {
		go func() { done <- ask(http.MethodGet, "/api/2.0/workspace/list").Code }()
	}
	for range InFlight {
		<-arrived
	}
	no := ask(http.MethodPost, "/api/2.1/jobs/list")
	if no.Code != http.StatusTooManyRequests || !strings.HasPrefix(no.Body.String(), "REQUEST_LIMIT_EXCEEDED: Workspace 7 exceeded the concurrent limit of 20 requests.") {
		t.Errorf("%d %s", no.Code, no.Body)
	}
	if code := ask(http.MethodPost, "/api/2.0/sql/statements").Code; code != http.StatusOK {
		t.Errorf("a statement is refused with %d", code)
	}
	held <- struct{}{}
	if code := <-done; code != http.StatusOK {
		t.Errorf("one in flight is answered %d", code)
	}
	if code := ask(http.MethodPost, "/api/2.1/jobs/list").Code; code != http.StatusOK {
		t.Errorf("after one was answered: %d", code)
	}
	close(held)
	for range InFlight - 1 {
		<-done
	}
}
