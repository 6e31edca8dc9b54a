package runs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"

	"github.com/draftt-io/draftt-databricks/connector"
)

const (
	planLock = ".plan.lock"
	asking   = 100 * time.Millisecond // between two looks at a lock that is waited for
	glance   = time.Second            // how long whoever looks at the lock of a shard may hold it
)

func shardLock(part string) string { return ".shard-" + part + ".lock" }

// Share keeps every sync out of the folder that is no shard, until release is called. It returns an *connector.Error of kind ErrBusy where
// there is one.
func (s *Store) Share() (release func(), err error) {
	path := filepath.Join(s.dir, lockName)
	lock := flock.New(path, flock.SetPermissions(0o600))
	held, err := lock.TryRLock()
	if err != nil {
		return nil, Trouble("lock", path, err)
	}
	if !held {
		return nil, s.busy()
	}
	return func() { _ = lock.Unlock() }, nil
}

// LockSoon is Lock, and waits a moment for a shard that is about to end.
func (s *Store) LockSoon(ctx context.Context) (release func(), err error) {
	within, cancel := context.WithTimeout(ctx, brief)
	defer cancel()
	release, err = locked(within, filepath.Join(s.dir, lockName))
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	case errors.Is(err, context.DeadlineExceeded):
		return nil, s.busy()
	}
	return release, err
}

func locked(ctx context.Context, path string) (release func(), err error) {
	lock := flock.New(path, flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, asking); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
		}
		return nil, Trouble("lock", path, err)
	}
	return func() { _ = lock.Unlock() }, nil
}

// Planning keeps the other shards from planning until release is called. It waits for the one that does.
func (s *Store) Planning(ctx context.Context) (release func(), err error) {
	return locked(ctx, filepath.Join(s.dir, planLock))
}

// Shard is how one of several processes reads its part of a run.
type Shard struct {
	Part   int                    // from 1; 0 makes the plan alone
	Choose Choose                 // the run it goes on with; all others go with Alone
	Fresh  func() ([]byte, error) // the plan of a new one
}

// BeginShard begins a run for all shards, or joins the one that another shard began. Only whoever holds the folder's shared lock may call it.
// It returns an *connector.Error of kind ErrBusy where another process reads the same shard.
func (s *Store) BeginShard(ctx context.Context, now time.Time, how Shard) (*Partial, []byte, error) {
	release, err := s.Planning(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer release()
	if err := errors.Join(s.sweep(), s.straighten()); err != nil {
		return nil, nil, err
	}
	all, err := s.Kept()
	if err != nil {
		return nil, nil, err
	}
	at, err := how.Choose(all)
	if err != nil {
		return nil, nil, err
	}
	var p *Partial
	var plan []byte
	var others []Kept
	if at >= 0 {
		plan, others = all[at].Plan, append(append([]Kept{}, all[:at]...), all[at+1:]...)
		p = s.partial(all[at].ID, all[at].Began)
		text, err := os.ReadFile(filepath.Join(p.dir, progressName(how.Part)))
		if err != nil && !os.IsNotExist(err) {
			return nil, nil, Trouble("read", p.dir, err)
		}
		p.read(wholeLines(text))
	} else {
		if plan, err = how.Fresh(); err != nil {
			return nil, nil, err
		}
		if p, err = s.begin(now, plan); err != nil {
			return nil, nil, err
		}
		others = all
	}
	if err := p.own(ctx, how.Part); err != nil {
		return nil, nil, err
	}
	if err := p.resume(how.Part); err != nil {
		p.unlock()
		return nil, nil, err
	}
	p.resumed, p.others = at >= 0, others
	return p, plan, nil
}

// own locks a shard. Whoever only looks whether it is read holds its lock for a moment.
func (p *Partial) own(ctx context.Context, part int) error {
	p.unlock = func() {}
	if part == 0 {
		return nil
	}
	path := filepath.Join(p.dir, shardLock(strconv.Itoa(part)))
	lock := flock.New(path, flock.SetPermissions(0o600))
	within, cancel := context.WithTimeout(ctx, glance)
	defer cancel()
	held, err := lock.TryLockContext(within, glance/20)
	switch {
	case ctx.Err() != nil:
		return ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	case errors.Is(err, context.DeadlineExceeded):
	case err != nil:
		return Trouble("lock", path, err)
	}
	if !held {
		return &connector.Error{
			Kind: ErrBusy, What: "Another process reads shard " + strconv.Itoa(part) + " in " + connector.CleanLine(p.store.dir, 300) + ".",
			Remedy: "Wait until it has ended, or read another shard.",
		}
	}
	p.unlock = func() { _ = lock.Unlock() }
	return nil
}

// IsRead reports whether another process reads a shard of the run now.
func (k Kept) IsRead() bool {
	for _, path := range matching(k.dir, shardLock("*")) {
		lock := flock.New(path)
		held, err := lock.TryRLock() // which keeps nobody from looking as well
		if err != nil || !held {
			return true
		}
		_ = lock.Unlock()
	}
	return false
}

// Gather opens a run that was read in shards, with the parts of all of them. Only whoever holds the lock may call it.
func (k Kept) Gather() (*Partial, error) { return k.Partial, k.resume(0) }

// Plan is the plan of the run as it is kept now: another shard may have changed it.
func (p *Partial) Plan() ([]byte, error) {
	path := filepath.Join(p.dir, planFile)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, Trouble("read", path, err)
	}
	return text, nil
}

// Planning is that of its folder.
func (p *Partial) Planning(ctx context.Context) (release func(), err error) {
	return p.store.Planning(ctx)
}
