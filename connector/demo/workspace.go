package demo

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/apps"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/password"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
)

// Options say how a workspace runs.
type Options struct {
	// Clock is what warehouses start by and tokens expire by; nil is the machine's clock.
	Clock model.Clock
	// Addr is the TCP address to listen on, which must be a loopback one; empty picks a free port on 127.0.0.1.
	Addr string
	// Sleep waits for the delay of a fault; nil waits on the machine's clock.
	Sleep func(context.Context, time.Duration) error
	// Furnish puts more into the world than the scenario has, before anybody signs in; nil leaves it as it is.
	Furnish func(*model.World) error
	// Apps are OAuth apps of the account beside those of the scenario.
	Apps []apps.App
}

// Workspace is an embedded workspace.
type Workspace struct {
	scenario Scenario
	opt      Options

	connector, admin, accountAdmin Credentials
	enrol                          []func(*model.World) // tell a new world of them

	authority, network *x509.Certificate // the workspace's, and that of whoever replaces certificates on the way or nil

	making sync.Once
	make   func() error
	unmade error // why it does not run; nil once it does

	world    *model.World
	door     *password.Door
	certs    shown
	requests ledger
	rest     *rest.Handler
	engine   *engine.Engine
	sql      *thrift.Handler

	statements *statement.Handler

	host, account *host
	storage       *storageHost
	stop          func() bool
}

// Start runs the workspace of a scenario until Close is called or ctx ends. Close frees its memory in either case.
func Start(ctx context.Context, s Scenario, opt Options) (*Workspace, error) {
	w, err := Prepare(ctx, s, opt)
	if err != nil {
		return nil, err
	}
	if err := w.Make(); err != nil {
		return nil, err
	}
	return w, nil
}

// errUnmade is of a workspace that was closed before it ran, or whose making did not come to its end.
var errUnmade = errors.New("the embedded workspace does not run")

// Play puts other faults in place of those of the scenario, from the next request on.
func (w *Workspace) Play(faults []rest.Fault) { w.rest.Play(faults) }

// Host is the name to connect to.
func (w *Workspace) Host() string { return cmp.Or(w.scenario.Host, HostName) }

// Addr is where the server listens, a loopback address with its port.
func (w *Workspace) Addr() string { return w.host.addr() }

// RootCAs is the pool with the certificate authority that the workspace's certificate is from.
func (w *Workspace) RootCAs() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(w.authority)
	return pool
}

// Scenario is the scenario that the workspace plays.
func (w *Workspace) Scenario() Scenario { return w.scenario }

// Requests lists what was asked of the workspace, oldest first; of a very long run only the last 50,000.
func (w *Workspace) Requests() []rest.Exchange { return w.requests.all() }

// Close ends the workspace and every connection to it. It waits for its making, and ends that of one that nobody needed.
func (w *Workspace) Close() error {
	if w.making.Do(func() {}); w.unmade != nil {
		return nil
	}
	w.stop()
	damage := errors.Join(w.host.close(), w.account.close(), w.storage.close())
	w.sql.Close()
	w.statements.Close()
	if err := errors.Join(damage, w.engine.Close(), w.requests.damage()); err != nil {
		return fmt.Errorf("close the embedded workspace: %w", err)
	}
	return nil
}
