package cmd

import (
	"context"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/steps/plain"
)

// resume goes on with a set-up that waits, for example until an owner has run the statements. The secret alone is asked for again.
func (a *app) resume(ctx context.Context, env setup.Environment, f setupFlags) error {
	if f.typed() || f.fresh {
		return usage("--resume goes on with answers that are kept, so it takes no others.", "Leave out --fresh, --host, --client-id, --schema and --name.")
	}
	if err := a.openWaiting(ctx, env); err != nil {
		return err
	}
	found := setup.FindInterrupted(ctx, env)
	if len(found) == 0 {
		return usage("No set-up waits here. One that was left is kept for seven days.", "draftt-databricks setup starts a new one.")
	}
	left, err := a.whichWaiting(found)
	if err != nil {
		return err
	}
	setup := env.Continue(left, connector.Connection{})
	setup.Resume()
	return a.wizard(ctx, setup)
}

// openWaiting opens the saved connections, where the set-ups that wait lie too. Where nothing was saved yet there is nothing to open.
func (a *app) openWaiting(ctx context.Context, env setup.Environment) error {
	if _, chosen, err := env.Vault.Protection(); err != nil || !chosen {
		return err
	}
	if a.face() == faceNone {
		return nil
	}
	err := env.Vault.Unlock(ctx, vault.Keys{KeyFile: env.KeyFile, Passphrase: plain.NewDoorstep(a.prompt()).Passphrase})
	return left(err)
}

// whichWaiting is the set-up to go on with: the only one, or the one that the person chooses.
func (a *app) whichWaiting(found []setup.Interrupted) (setup.Interrupted, error) {
	if len(found) == 1 || a.face() == faceNone {
		return found[0], nil
	}
	chosen, err := plain.NewDoorstep(a.prompt()).Which(found)
	return chosen, left(err)
}

// goOn offers the newest set-up that was left, and goes on with it in place of an empty draft when the person takes the offer.
func (a *app) goOn(ctx context.Context, env setup.Environment, draft *setup.Draft, fresh bool) (*setup.Setup, error) {
	if fresh || a.face() == faceNone {
		return env.Begin(draft), nil
	}
	found := setup.FindInterrupted(ctx, env)
	if len(found) == 0 {
		return env.Begin(draft), nil
	}
	newest := found[0]
	take, err := plain.NewDoorstep(a.prompt()).GoOn(newest, time.Now())
	switch {
	case err != nil:
		return nil, left(err)
	case !take:
		return env.Begin(draft), nil
	}
	return env.Continue(newest, connector.Connection{}), nil
}
