package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/contain"
)

const (
	lockFile = "connections.lock"
	lockWait = 10 * time.Second
)

// lock waits for its turn to change the folder and returns what ends the turn. The file stays; deleting it would let two writers hold
// two different locks. The system queues the waiters, which asking again and again would not.
func (v *Vault) lock(ctx context.Context, f *folder) (func(), error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("wait for the vault: %w", err)
	}
	info, err := f.stat(lockFile)
	if err == nil {
		err = private(info, filepath.Join(f.path, lockFile), false)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, storage("lock the vault", err)
	}
	ctx, cancel := context.WithTimeout(ctx, v.lockWait)
	defer cancel()
	ours := contain.Ask("waiting for the vault", func() (func() error, error) { return f.disk.Lock(filepath.Join(f.path, lockFile)) })
	select {
	case t := <-ours:
		if t.Err != nil {
			return nil, storage("lock the vault", t.Err)
		}
		return func() { _ = t.Value() }, nil
	case <-ctx.Done():
		// The turn may still come; it is given up at once.
		contain.Go("giving a turn up", func() {
			if t := <-ours; t.Err == nil {
				_ = t.Value()
			}
		})
		return nil, notOurTurn(ctx)
	}
}

func notOurTurn(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("wait for the vault: %w", ctx.Err())
	}
	return &connector.Error{Kind: ErrBusy, What: "Another window is saving.", Remedy: "Try again when it is done.", Cause: ctx.Err()}
}
