package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
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
	type turn struct {
		end func() error
		err error
	}
	ours := make(chan turn, 1)
	go func() {
		end, err := f.disk.Lock(filepath.Join(f.path, lockFile))
		ours <- turn{end, err}
	}()
	select {
	case t := <-ours:
		if t.err != nil {
			return nil, storage("lock the vault", t.err)
		}
		return func() { _ = t.end() }, nil
	case <-ctx.Done():
		// The turn may still come; it is given up at once.
		go func() {
			if t := <-ours; t.err == nil {
				_ = t.end()
			}
		}()
		return nil, notOurTurn(ctx)
	}
}

func notOurTurn(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("wait for the vault: %w", ctx.Err())
	}
	return &connector.Error{Kind: ErrBusy, What: "Another window is saving.", Remedy: "Try again when it is done.", Cause: ctx.Err()}
}
