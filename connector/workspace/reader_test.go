package workspace_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// reader reads a scenario as its admin.
func reader(t *testing.T, faults []relay.Rule, reads ...workspace.Rule) (*workspace.Reader, *demo.Workspace) {
	t.Helper()
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	s.Faults = faults
	d, err := demo.Start(context.Background(), s, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	host, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	as := connector.Credentials{Method: connector.OAuth, ClientID: d.Admin().ClientID, Secret: d.Admin().Secret}
	r, err := workspace.OpenReader(workspace.Config{Host: host, Credentials: as, Network: d.Network()}, reads)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r, d
}

var readsJobs = workspace.Rule{Method: http.MethodGet, Path: "/api/2.2/jobs/list"}

func TestAReaderSendsWhatItsListHasAndNothingElse(t *testing.T) {
	r, _ := reader(t, nil, readsJobs)
	text, err := r.Ask(t.Context(), http.MethodGet, "/api/2.2/jobs/list", url.Values{"limit": {"5"}}, nil)
	if err != nil || len(text) == 0 {
		t.Errorf("%q: %v", text, err)
	}
	var refused *workspace.RefusedError
	for _, path := range []string{"/api/2.0/token-management/tokens", "/api/2.2/jobs/list/../delete"} {
		if _, err := r.Ask(t.Context(), http.MethodGet, path, nil, nil); !errors.As(err, &refused) {
			t.Errorf("%s was sent: %v", path, err)
		}
	}
	if _, err := r.Ask(t.Context(), http.MethodPost, "/api/2.2/jobs/list", nil, []byte("{}")); !errors.As(err, &refused) {
		t.Errorf("a POST was sent: %v", err)
	}
}

func TestAReaderOfWhatMayChangeSomethingIsNotOpened(t *testing.T) {
	host, _, err := connector.ParseHost(demo.HostName, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []workspace.Rule{{Method: http.MethodPost, Path: "/api/2.2/jobs/delete"}, {Method: http.MethodPatch, Path: "/api/2.0/permissions/jobs/*"}} {
		if _, err := workspace.OpenReader(workspace.Config{Host: host}, []workspace.Rule{readsJobs, rule}); !errors.Is(err, workspace.ErrWrites) {
			t.Errorf("%s %s: %v", rule.Method, rule.Path, err)
		}
	}
}

func TestWhatIsAskedTooFastComesBackAtOnce(t *testing.T) {
	busy := relay.Rule{Path: "/api/2.2/jobs/list", Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "7"}, Body: `{"error_code":"RESOURCE_EXHAUSTED","message":"Too many requests."}`}
	r, d := reader(t, []relay.Rule{busy}, readsJobs)
	_, err := r.Ask(t.Context(), http.MethodGet, "/api/2.2/jobs/list", nil, nil)
	var said *workspace.ReadError
	if !errors.As(err, &said) || said.Status != http.StatusTooManyRequests || said.After.Seconds() != 7 || said.Code != "RESOURCE_EXHAUSTED" {
		t.Errorf("%+v: %v", said, err)
	}
	asked := 0
	for _, e := range d.Requests() {
		if e.Path == "/api/2.2/jobs/list" {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("it was asked for %d times", asked)
	}
}
