package demo

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/account"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/pace"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
	"github.com/draftt-io/draftt-databricks/connector/demo/thrift"
	"github.com/draftt-io/draftt-databricks/contain"
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
}

// Workspace is a running embedded workspace.
type Workspace struct {
	scenario Scenario
	world    *model.World
	certs    shown
	requests ledger
	rest     *rest.Handler
	engine   *engine.Engine
	sql      *thrift.Handler

	statements *statement.Handler

	connector, admin, accountAdmin Credentials

	host, account *host
	storage       *storageHost
	stop          func() bool
}

// Start runs the workspace of a scenario until Close is called or ctx ends. Close frees its memory in either case.
func Start(ctx context.Context, s Scenario, opt Options) (*Workspace, error) {
	if opt.Clock == nil {
		opt.Clock = model.SystemClock{}
	}
	if s.Skew != 0 {
		opt.Clock = skewed{opt.Clock, s.Skew}
	}
	// TLS holds a certificate against the clock of the machine, whatever clock the workspace has.
	made := contain.Ask("making the demo's certificates", func() (shown, error) { return certificates(model.SystemClock{}.Now(), s.Between) })
	world, err := newWorld(opt.Clock, s)
	if err != nil {
		return nil, fmt.Errorf("set up scenario %s: %w", s.ID, err)
	}
	if opt.Furnish != nil {
		if err := opt.Furnish(world); err != nil {
			return nil, fmt.Errorf("furnish scenario %s: %w", s.ID, err)
		}
	}
	w := &Workspace{scenario: s, world: world}
	w.connector = w.prefilled(s.SignIn)
	w.admin = w.credentials(AdminID, AdminName)
	w.accountAdmin = w.accountCredentials()
	certificates := <-made
	if w.certs, err = certificates.Value, certificates.Err; err != nil {
		return nil, err
	}
	versions := newVersions(world)
	if w.engine, err = newEngine(world, versions); err != nil {
		return nil, err
	}
	if w.storage, err = serveStorage(ctx, w); err != nil {
		return nil, errors.Join(err, w.engine.Close())
	}
	if w.sql, err = newSQL(world, w.engine, w.storage); err != nil {
		return nil, errors.Join(err, w.storage.close(), w.engine.Close())
	}
	if w.statements, err = newStatements(world, w.engine, w.storage); err != nil {
		return nil, errors.Join(err, w.storage.close(), w.engine.Close())
	}
	if w.requests.book, err = openBook(world, s); err != nil {
		return nil, errors.Join(err, w.storage.close(), w.engine.Close())
	}
	if w.host, err = listen(ctx, opt.Addr); err != nil {
		return nil, errors.Join(err, w.storage.close(), w.engine.Close())
	}
	if w.account, err = serveAccount(ctx, w, opt); err != nil {
		return nil, errors.Join(err, w.host.listener.Close(), w.storage.close(), w.engine.Close())
	}
	w.rest = rest.New(world, rest.Options{
		SQL: w.sql, Statements: w.statements, Routes: account.InWorkspace(world), Properties: shownProperties(versions), Drop: versions.Forget,
		Faults: s.Faults, Observe: w.requests.add, Sleep: opt.Sleep,
		Around: w.paced(pace.Options{Limits: pace.Workspace(), InFlight: pace.InFlight, Place: "Workspace " + world.WorkspaceID()}),
	})
	w.host.serve("serving the embedded workspace", s.Between, w.certs.server, dated(s.Skew, w.rest))
	w.stop = contain.After(ctx, "ending the embedded workspace", func() {
		_, _, _ = w.host.server.Close(), w.account.server.Close(), w.storage.server.Close()
	})
	return w, nil
}

// Play puts other faults in place of those of the scenario, from the next request on.
func (w *Workspace) Play(faults []rest.Fault) { w.rest.Play(faults) }

// Host is the name to connect to.
func (w *Workspace) Host() string { return cmp.Or(w.scenario.Host, HostName) }

// Addr is where the server listens, a loopback address with its port.
func (w *Workspace) Addr() string { return w.host.addr() }

// RootCAs is the pool with the certificate authority that the workspace's certificate is from.
func (w *Workspace) RootCAs() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(w.certs.authority)
	return pool
}

// Scenario is the scenario that the workspace plays.
func (w *Workspace) Scenario() Scenario { return w.scenario }

// Requests lists what was asked of the workspace, oldest first; of a very long run only the last 50,000.
func (w *Workspace) Requests() []rest.Exchange { return w.requests.all() }

// Close ends the workspace and every connection to it.
func (w *Workspace) Close() error {
	w.stop()
	damage := errors.Join(w.host.close(), w.account.close(), w.storage.close())
	w.sql.Close()
	w.statements.Close()
	if err := errors.Join(damage, w.engine.Close(), w.requests.damage()); err != nil {
		return fmt.Errorf("close the embedded workspace: %w", err)
	}
	return nil
}
