package estate

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	inAccount "github.com/draftt-io/draftt-databricks/connector/demo/account"
	size "github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/pace"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// company is the embedded workspace of a scenario, which answers as fast as it can unless paced, and its world.
type company struct {
	*demo.Workspace
	world *model.World
}

// unhurried is a pace without limits, for a workspace that has none.
const unhurried = 1e6

// small is a company of some dozens, for what is tried again and again.
var small = size.Size{Seed: 13, Principals: 50, Groups: 16, Warehouses: 13, Jobs: 4, Objects: 60, Catalogs: 1, Schemas: 1, Tables: 2}

func found(t testing.TB, as size.Size) company {
	t.Helper()
	s, err := demo.Find("estate")
	if err != nil {
		t.Fatal(err)
	}
	s.Paced, s.Estate = false, as
	var c company
	if c.Workspace, err = demo.Start(context.Background(), s, demo.Options{Furnish: func(w *model.World) error {
		c.world = w
		return nil
	}}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func host(t testing.TB, name string) connector.Host {
	t.Helper()
	h, _, err := connector.ParseHost(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func oauth(c demo.Credentials) connector.Credentials {
	return connector.Credentials{Method: connector.OAuth, ClientID: c.ClientID, Secret: c.Secret}
}

// asked are the options of a run as somebody, over the real transport; zero credentials leave a plane out.
func (c company) asked(t testing.TB, as, atAccount demo.Credentials) Options {
	t.Helper()
	o := Options{Pace: unhurried, Place: Place{Host: c.Host(), Workspace: c.world.WorkspaceID(), Account: c.AccountID()}}
	if as.ClientID != "" {
		r, err := workspace.OpenReader(workspace.Config{Host: host(t, c.Host()), Credentials: oauth(as), Network: c.Network(), Admin: true}, Reads(AtWorkspace))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Close)
		o.Workspace = r
	}
	if atAccount.ClientID != "" {
		r, err := account.Open(workspace.Config{Host: host(t, c.Host()).Account(), Credentials: oauth(atAccount), Network: c.Network(), Admin: true}, account.ID(c.AccountID()), Reads(AtAccount))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Close)
		o.Account = r
	}
	return o
}

// begun is a run in a folder.
func begun(t testing.TB, f store.Folder) *store.Run {
	t.Helper()
	r, _, _, err := f.Begin(time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC), false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// direct asks a handler without a network between, for runs of many requests or on a clock of the test's own.
type direct struct {
	http.Handler
	sign    func() string
	bearer  string
	until   time.Time
	renews  sync.Mutex
	latency time.Duration
	refuses func(collector string) error // instead of the host; nil: nobody does
	seen    func(collector, path string, query url.Values)
}

func (d *direct) Ask(ctx context.Context, method, path string, query url.Values, body []byte) ([]byte, error) {
	if d.refuses != nil {
		if err := d.refuses(asking(ctx)); err != nil {
			return nil, err
		}
	}
	if d.seen != nil {
		d.seen(asking(ctx), path, query)
	}
	if d.latency > 0 {
		time.Sleep(d.latency)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	r := httptest.NewRequestWithContext(ctx, method, "https://"+demo.HostName+path+"?"+query.Encode(), strings.NewReader(string(body)))
	r.Header.Set("Authorization", "Bearer "+d.token())
	answer := httptest.NewRecorder()
	d.ServeHTTP(answer, r)
	return workspace.ReadAnswer(answer.Result())
}

// token is one that is good for a while.
func (d *direct) token() string {
	d.renews.Lock()
	defer d.renews.Unlock()
	if now := time.Now(); now.After(d.until) {
		d.bearer, d.until = d.sign(), now.Add(30*time.Minute)
	}
	return d.bearer
}

// signedIn is a handler that somebody signed in to.
func signedIn(t testing.TB, h http.Handler, oidc string, who demo.Credentials, around func(http.Handler) http.Handler) *direct {
	t.Helper()
	d := &direct{Handler: h}
	if around != nil {
		d.Handler = around(h)
	}
	d.sign = func() string {
		r := httptest.NewRequest(http.MethodPost, "https://"+demo.HostName+oidc+"/v1/token", strings.NewReader("grant_type=client_credentials&scope=all-apis"))
		r.SetBasicAuth(string(who.ClientID), string(who.Secret.Reveal()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		var token struct {
			Access string `json:"access_token"`
		}
		if err := json.Unmarshal(answer.Body.Bytes(), &token); err != nil || token.Access == "" {
			t.Errorf("sign in: %s", answer.Body)
		}
		return token.Access
	}
	return d
}

// inside are the options of a run as somebody, without a network; zero credentials leave a plane out.
func (c company) inside(t testing.TB, as, atAccount demo.Credentials, paced bool) (o Options, workspaceSide, accountSide *direct) {
	t.Helper()
	o.Place = Place{Host: c.Host(), Workspace: c.world.WorkspaceID(), Account: c.AccountID()}
	if !paced {
		o.Pace = unhurried
	}
	around := func(limits []pace.Limit, place string, inFlight int) func(http.Handler) http.Handler {
		if !paced {
			return nil
		}
		return pace.New(pace.Options{Now: time.Now, Limits: limits, InFlight: inFlight, Place: place, Refuse: func(w http.ResponseWriter, code, text string) {
			rest.WriteError(w, &model.Error{Code: code, Status: http.StatusTooManyRequests, Message: text})
		}}).Wrap
	}
	if as.ClientID != "" {
		h := rest.New(c.world, rest.Options{Routes: inAccount.InWorkspace(c.world)})
		workspaceSide = signedIn(t, h, "/oidc", as, around(pace.Workspace(), "Workspace 1", pace.InFlight))
		o.Workspace = workspaceSide
	}
	if atAccount.ClientID != "" {
		h := inAccount.New(c.world, rest.Options{})
		accountSide = signedIn(t, h, "/oidc/accounts/"+c.AccountID(), atAccount, around(pace.Account(), "Account 1", 0))
		o.Account = accountSide
	}
	return o, workspaceSide, accountSide
}

// wards makes a service principal that is in one group, and gives its credentials.
func (c company) wards(t testing.TB, group string) demo.Credentials {
	t.Helper()
	ids := map[string]string{model.Admins: "900001", model.WorkspaceUsers: "900002"}
	p := model.Principal{
		Kind: model.ServicePrincipal, Active: true, ID: ids[group], Name: "0000000" + ids[group][5:] + "-1111-4111-8111-111111111111", DisplayName: "of " + group, MemberOf: []string{group},
	}
	if _, there := c.world.Principal(p.Name); !there {
		c.world.AddPrincipal(p)
		c.world.AddSecret(p.Name, []byte("dose-"+p.ID))
	}
	return demo.Credentials{ClientID: connector.ClientID(p.Name), Secret: connector.NewSecret([]byte("dose-" + p.ID))}
}
