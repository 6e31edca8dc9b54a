package demo_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/config"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/sql"

	"crypto/tls"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// start runs a scenario until the test ends, on a clock that the test moves.
func start(t testing.TB, scenario string) (*demo.Workspace, *model.ManualClock) {
	t.Helper()
	s, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	return startScenario(t, s)
}

func startScenario(t testing.TB, s demo.Scenario) (*demo.Workspace, *model.ManualClock) {
	t.Helper()
	clock := model.NewManualClock(time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC))
	w, err := demo.Start(context.Background(), s, demo.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w, clock
}

// noLoader keeps the environment and ~/.databrickscfg out of the client.
type noLoader struct{}

func (noLoader) Name() string                   { return "none" }
func (noLoader) Configure(*config.Config) error { return nil }

// foreign is the transport of clients that were not written for the workspace. They use the connector's credentials for what the product
// never does, to be refused; they say so in each request, because the product's requests are held against the read-only promise.
type foreign struct{ *http.Transport }

func (f foreign) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", "foreign-client "+r.UserAgent())
	return f.Transport.RoundTrip(r)
}

// transport reaches the workspace the way production reaches a real one: by its name, with TLS verified.
func transport(t testing.TB, w *demo.Workspace) foreign {
	tr := &http.Transport{DialContext: w.DialContext, TLSClientConfig: &tls.Config{RootCAs: w.RootCAs()}, MaxIdleConnsPerHost: 64}
	t.Cleanup(tr.CloseIdleConnections)
	return foreign{tr}
}

func configFor(t testing.TB, w *demo.Workspace) *config.Config {
	return &config.Config{
		Host: "https://" + w.Host(), Loaders: []config.Loader{noLoader{}}, HTTPTransport: transport(t, w),
		RateLimitPerSecond: 10_000, RetryTimeoutSeconds: 5, HTTPTimeoutSeconds: 20,
	}
}

// signIn gives the unmodified SDK's client, signed in by OAuth machine-to-machine.
func signIn(t testing.TB, w *demo.Workspace, c demo.Credentials) *client.DatabricksClient {
	t.Helper()
	cfg := configFor(t, w)
	cfg.AuthType, cfg.ClientID, cfg.ClientSecret = "oauth-m2m", string(c.ClientID), string(c.Secret.Reveal())
	return newClient(t, cfg)
}

func signInWithToken(t testing.TB, w *demo.Workspace, c demo.Credentials) *client.DatabricksClient {
	t.Helper()
	cfg := configFor(t, w)
	cfg.AuthType, cfg.Token = "pat", string(c.Token.Reveal())
	return newClient(t, cfg)
}

func newClient(t testing.TB, cfg *config.Config) *client.DatabricksClient {
	t.Helper()
	c, err := client.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func me(c *client.DatabricksClient) *iam.CurrentUserAPI        { return iam.NewCurrentUser(c) }
func warehouses(c *client.DatabricksClient) *sql.WarehousesAPI { return sql.NewWarehouses(c) }
func catalogs(c *client.DatabricksClient) *catalog.CatalogsAPI { return catalog.NewCatalogs(c) }
func schemas(c *client.DatabricksClient) *catalog.SchemasAPI   { return catalog.NewSchemas(c) }
func tables(c *client.DatabricksClient) *catalog.TablesAPI     { return catalog.NewTables(c) }
func grants(c *client.DatabricksClient) *catalog.GrantsAPI     { return catalog.NewGrants(c) }
