package admin

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/screentest/embedded"
)

// unhurried and starter are those of every test of the engine.
const (
	unhurried = embedded.Unhurried
	starter   = embedded.Starter
)

func start(t testing.TB, scenario string) *demo.Workspace {
	t.Helper()
	return embedded.Start(t, scenario, demo.Options{})
}

func hostOf(t testing.TB, d *demo.Workspace) connector.Host {
	t.Helper()
	return embedded.HostOf(t, d)
}

func oauth(c demo.Credentials) connector.Credentials { return embedded.SignsIn(c) }

func open(t testing.TB, d *demo.Workspace) *Session {
	t.Helper()
	s, err := Open(t.Context(), Config{Host: hostOf(t, d), Network: d.Network(), Credentials: oauth(d.Admin()), Version: "1.2.3", Rate: unhurried})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// asPrincipal signs in with a secret and reads the table that everything is about, or says why not.
func asPrincipal(t testing.TB, d *demo.Workspace, clientID connector.ClientID, secret connector.Secret) (*workspace.Workspace, error) {
	t.Helper()
	w, err := workspace.Open(workspace.Config{Host: hostOf(t, d), Network: d.Network(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: clientID, Secret: secret}, Rate: unhurried})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w, w.SignIn(t.Context())
}

func journal(t testing.TB) *Journal {
	t.Helper()
	j, err := OpenJournal(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func ident(t testing.TB, name string) connector.Ident {
	t.Helper()
	id, err := connector.ParseIdent(name)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func assets(t testing.TB) connector.SchemaName {
	t.Helper()
	return connector.SchemaName{Catalog: ident(t, "inventory"), Schema: ident(t, "assets")}
}

func contract(t testing.TB) []grants.Need {
	t.Helper()
	return append(grants.Reach(assets(t)), grants.Read(assets(t), connector.ScopeSchema, nil)...)
}

// wanted is a new service principal with all that a connection needs.
func wanted(t testing.TB, inUse ...connector.Secret) Provision {
	t.Helper()
	return Provision{DisplayName: "draftt-new", Warehouse: starter, Needs: contract(t), Secret: true, InUse: inUse}
}

func confirm(t testing.TB, p Plan) Confirmed {
	t.Helper()
	c, err := p.Confirmed(p.Name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func apply(t testing.TB, s *Session, p Plan, j *Journal) Outcome {
	t.Helper()
	out, err := s.Apply(t.Context(), confirm(t, p), j)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func provision(t testing.TB, s *Session, j *Journal, want Provision) Outcome {
	t.Helper()
	p, err := s.PlanProvision(t.Context(), j, want)
	if err != nil {
		t.Fatal(err)
	}
	return apply(t, s, p, j)
}

func kinds(p Plan) (out []Kind) {
	for _, c := range p.Changes {
		out = append(out, c.Kind)
	}
	return out
}

func sameKinds(t testing.TB, p Plan, want ...Kind) {
	t.Helper()
	if got := kinds(p); !slices.Equal(got, want) {
		t.Errorf("planned %v, want %v", got, want)
	}
}

// errKilled stands for kill -9: the run stops there, and nothing is written any more.
var errKilled = errors.New("killed")

var killPoints = []string{"before the start", "before the request", "after the request", "after the end"}

// signing requests change nothing.
func isWrite(method, path string) bool {
	return method != "GET" && path != "/oidc/v1/token" && !strings.HasPrefix(path, "/sql/") && !strings.HasPrefix(path, "/api/2.0/sql/")
}

// checkPromises holds every write that the workspace saw against the journal: each came from the admin, belongs to a plan and was written down
// before it was sent, and none replaced a list.
func checkPromises(t testing.TB, d *demo.Workspace, j *Journal, others ...string) {
	t.Helper()
	entries, err := j.Entries()
	if err != nil {
		t.Fatal(err)
	}
	started := map[string]int{} // by plan, step and request, as the User-Agent and the ledger give them
	planned := map[string]bool{}
	for _, e := range entries {
		key := fmt.Sprintf("plan/%s.%d %s %s", e.Plan, e.Step, e.Request.Method, e.Request.Path)
		switch e.Event {
		case Planned:
			planned[e.Plan] = true
		case Started:
			if started[key]++; !planned[e.Plan] {
				t.Errorf("%s was started without a plan", key)
			}
		}
	}
	seen := 0
	for _, x := range d.Requests() {
		if x.Method == "PUT" && !strings.Contains(x.Path, "/permissions/authorization/") {
			t.Errorf("PUT %s", x.Path)
		}
		if !isWrite(x.Method, x.Path) || slices.Contains(others, x.Method+" "+x.Path) {
			continue
		}
		key := planMark.FindString(x.Agent) + " " + x.Method + " " + x.Path
		seen++
		if x.Principal != demo.AdminID {
			t.Errorf("%s by %s", key, x.Principal)
		}
		if started[key]--; started[key] < 0 {
			t.Errorf("%s is not in the journal", key)
		}
	}
	if seen == 0 {
		t.Error("nothing was written, which proves nothing")
	}
}

// planMark is what tells of which plan and step a request is.
var planMark = regexp.MustCompile(`plan/[0-9a-f]{16}\.[1-9][0-9]*`)

func noWait(context.Context, time.Duration) error { return nil }

// setOwner is what an admin does in the catalog explorer, with a client of no session.
func setOwner(t testing.TB, d *demo.Workspace, object, owner string) {
	t.Helper()
	handed, err := d.Handout("")
	if err != nil {
		t.Fatal(err)
	}
	trust := x509.NewCertPool()
	trust.AppendCertsFromPEM(d.CAPEM())
	browser := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, "https://"+d.Addr()+"/api/2.1/unity-catalog/"+object, strings.NewReader(fmt.Sprintf(`{"owner":%q}`, owner)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+handed.AdminToken)
	r.Header.Set("User-Agent", "foreign-client browser")
	answer, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("the owner stays: %s", answer.Status)
	}
}
