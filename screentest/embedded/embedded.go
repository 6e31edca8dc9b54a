// Package embedded opens the embedded workspace for a test of the engine, and closes it at its end.
package embedded

import (
	"context"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// Unhurried is more requests a second than a test sends.
const Unhurried = 100_000

// Starter is the ID of the warehouse that is in every world, and serverless.
const Starter = "a3f19c0d7be24418"

// Start is the embedded workspace of a scenario. Its end is that of the test.
func Start(t testing.TB, scenario string, options demo.Options) *demo.Workspace {
	t.Helper()
	s, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	return StartAs(t, s, options)
}

// StartAs is Start for a scenario of the test's own.
func StartAs(t testing.TB, s demo.Scenario, options demo.Options) *demo.Workspace {
	t.Helper()
	d, err := demo.Start(context.Background(), s, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// HostOf is the host by which a workspace goes.
func HostOf(t testing.TB, d *demo.Workspace) connector.Host {
	t.Helper()
	host, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return host
}

// SignsIn are credentials as a session takes them.
func SignsIn(c demo.Credentials) connector.Credentials {
	return connector.Credentials{Method: connector.OAuth, ClientID: c.ClientID, Secret: c.Secret}
}
