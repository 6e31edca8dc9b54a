package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/account"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/pace"
	"github.com/draftt-io/draftt-databricks/connector/demo/password"
	"github.com/draftt-io/draftt-databricks/connector/demo/removal"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Prepare gives a workspace that Make makes, or else its first connection: its host, its credentials and whom to trust are known, which is
// all that a form needs to be filled in. The making takes longer than a form takes to be shown. Until it runs, only what is said of it
// without its world may be asked: Host, SignIn, Connector, Admin, Network, Inside, RootCAs, Scenario and Target.
func Prepare(ctx context.Context, s Scenario, opt Options) (*Workspace, error) {
	if opt.Clock == nil {
		opt.Clock = model.SystemClock{}
	}
	if s.Skew != 0 {
		opt.Clock = skewed{opt.Clock, s.Skew}
	}
	w := &Workspace{scenario: s, opt: opt, unmade: errUnmade}
	// TLS holds a certificate against the clock of the machine, whatever clock the workspace has.
	sign, err := newIssuers(model.SystemClock{}.Now(), s.Between)
	if err != nil {
		return nil, err
	}
	w.authority, w.network = sign.own.certificate, sign.network.certificate
	w.connector = w.prefilled(s.SignIn)
	w.admin = w.credentials(AdminID, AdminName)
	w.accountAdmin = w.accountCredentials()
	w.make = func() error { return w.run(ctx, sign) }
	return w, nil
}

// Make has the workspace run, unless it does. Whoever comes while it is made waits, and whoever comes later is told what came of it.
func (w *Workspace) Make() error {
	w.making.Do(func() { w.unmade, w.make = w.make(), nil }) // the keys of the authorities go with what made it
	return w.unmade
}

// run makes the world and serves it.
func (w *Workspace) run(ctx context.Context, sign issuers) error {
	s, opt := w.scenario, w.opt
	made := contain.Ask("making the demo's certificates", func() (shown, error) { return sign.certificates(model.SystemClock{}.Now(), s.Between) })
	world, err := newWorld(opt.Clock, s)
	if err != nil {
		return fmt.Errorf("set up scenario %s: %w", s.ID, err)
	}
	if opt.Furnish != nil {
		if err := opt.Furnish(world); err != nil {
			return fmt.Errorf("furnish scenario %s: %w", s.ID, err)
		}
	}
	w.world = world
	for _, tell := range w.enrol {
		tell(world)
	}
	certificates := <-made
	if w.certs, err = certificates.Value, certificates.Err; err != nil {
		return err
	}
	versions := newVersions(world)
	if w.engine, err = newEngine(world, versions); err != nil {
		return err
	}
	if w.storage, err = serveStorage(ctx, w); err != nil {
		return errors.Join(err, w.engine.Close())
	}
	if w.sql, err = newSQL(world, w.engine, w.storage); err != nil {
		return errors.Join(err, w.storage.close(), w.engine.Close())
	}
	if w.statements, err = newStatements(world, w.engine, w.storage); err != nil {
		return errors.Join(err, w.storage.close(), w.engine.Close())
	}
	if w.requests.book, err = openBook(world, s); err != nil {
		return errors.Join(err, w.storage.close(), w.engine.Close())
	}
	if w.host, err = listen(ctx, opt.Addr); err != nil {
		return errors.Join(err, w.storage.close(), w.engine.Close())
	}
	if w.account, err = serveAccount(ctx, w, opt); err != nil {
		return errors.Join(err, w.host.listener.Close(), w.storage.close(), w.engine.Close())
	}
	w.door = password.New(world, s.Passwords, AdminID)
	w.rest = rest.New(world, rest.Options{
		SQL: w.sql, Statements: w.statements, Routes: slices.Concat(account.InWorkspace(world), removal.Routes(world)), Properties: shownProperties(versions), Drop: versions.Forget,
		Faults: s.Faults, Observe: w.requests.add, Sleep: opt.Sleep,
		Password: w.door.Answer, Around: w.around(pace.Options{Limits: pace.Workspace(), InFlight: pace.InFlight, Place: "Workspace " + world.WorkspaceID()}),
	})
	w.host.serve("serving the embedded workspace", s.Between, w.certs.server, dated(s.Skew, w.rest))
	w.stop = contain.After(ctx, "ending the embedded workspace", func() {
		_, _, _ = w.host.server.Close(), w.account.server.Close(), w.storage.server.Close()
	})
	return nil
}
