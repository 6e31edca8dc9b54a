package torture

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// sample is the part of the lures that an ordinary run tries, one in so many.
const sample = 4

// shortPatience is how long a client is given to find out that it is being held up.
const shortPatience = 400 * time.Millisecond

func TestNoHostGetsTheSecretToAnotherPlace(t *testing.T) {
	all := lures()
	if !*full {
		all = slices.DeleteFunc(all, func(l lure) bool { return rand.IntN(sample) > 0 })
	}
	var mu sync.Mutex
	attempts, asked, heard := 0, 0, 0
	t.Run("lures", func(t *testing.T) {
		for _, l := range all {
			t.Run(l.name, func(t *testing.T) {
				t.Parallel()
				for _, method := range []connector.AuthMethod{connector.OAuth, connector.PAT} {
					v := newTown(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						mu.Lock()
						asked++
						mu.Unlock()
						if special, ok := l.handle[r.URL.Path]; ok {
							special(w, r)
							return
						}
						usual(w, r)
					}))
					network := v.network()
					untrusted := false
					if l.arrange != nil {
						untrusted = l.arrange(t, v, &network)
					}
					said := everything(t, network, method, l.slow)
					if form := finds([]byte(said), canary, access); form != "" {
						t.Errorf("%s: an error tells %q", method, form)
					}
					listeners := []*server{v.thief}
					if untrusted {
						listeners = append(listeners, v.host)
					}
					for _, s := range listeners {
						got := s.heard()
						if form := finds(got, canary, access, clientID); form != "" {
							t.Errorf("%s: %q reached a stranger", method, form)
						}
						mu.Lock()
						heard += len(got)
						mu.Unlock()
					}
					if strangers := v.strangers(); network.Proxy == nil && len(strangers) > 0 {
						t.Errorf("%s: dialed %q", method, strangers)
					}
					mu.Lock()
					attempts++
					mu.Unlock()
				}
			})
		}
	})
	t.Logf("%d lures, %d attempts, %d requests to hostile hosts, %d bytes heard by strangers", len(all), attempts, asked, heard)
	if len(all) < 40 {
		t.Errorf("only %d lures", len(all))
	}
}

// everything does all that a client does with a workspace, whatever comes back, and gives what it was told on the way.
func everything(t *testing.T, network workspace.Network, method connector.AuthMethod, slow bool) string {
	t.Helper()
	host, _, err := connector.ParseHost(hostName, nil)
	if err != nil {
		t.Fatal(err)
	}
	secret := connector.NewSecret([]byte(canary))
	w, err := workspace.Open(workspace.Config{Host: host, Network: network, Credentials: connector.Credentials{Method: method, ClientID: clientID, Secret: secret}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	session, err := query.Open(w, sqlPath)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	table, err := connector.ParseTable("a.b.c", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	allowance := 5 * time.Second
	if slow {
		allowance = shortPatience
	}
	var said strings.Builder
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := w.Lookup(ctx); return err },
		w.Connect,
		func(ctx context.Context) error { _, err := w.Handshake(ctx); return err },
		func(ctx context.Context) error { _, err := w.Discover(ctx); return err },
		w.Knock,
		w.SignIn,
		func(ctx context.Context) error { _, err := w.Me(ctx); return err },
		func(ctx context.Context) error { _, err := w.Warehouses(ctx, ""); return err },
		func(ctx context.Context) error { return w.StartWarehouse(ctx, "abc") },
		func(ctx context.Context) error { _, err := w.Table(ctx, table); return err },
		func(ctx context.Context) error { _, err := session.Ping(ctx); return err },
	} {
		ctx, cancel := context.WithTimeout(t.Context(), allowance)
		if err := step(ctx); err != nil {
			fmt.Fprintf(&said, "%v\n%+v\n%#v\n", err, err, err)
		}
		cancel()
	}
	return said.String()
}
