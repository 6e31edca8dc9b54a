// Package embedded opens the embedded workspace for a test of the engine, and closes it at its end.
package embedded

import (
	"context"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
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

// Company is the workspace and the account of a company of a size, at no pace, with the world behind both.
func Company(t testing.TB, of estate.Size) (d *demo.Workspace, world *model.World) {
	t.Helper()
	s, err := demo.Find("estate")
	if err != nil {
		t.Fatal(err)
	}
	s.Paced, s.Estate = false, of
	d = StartAs(t, s, demo.Options{Furnish: func(w *model.World) error { world = w; return nil }})
	return d, world
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
