package setup

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// checkpoint seals the answers so far while a set-up goes on, so that a closed terminal, a crash or a restart loses none but the secret.
// It asks nobody anything: where sealing would need a passphrase, it uses the folder that the system keeps in memory for the person's
// session, and where there is none it keeps nothing. It may be used from several goroutines.
type checkpoint struct {
	env Environment

	mu     sync.Mutex
	tried  bool
	vault  *vault.Vault // nil: nowhere is safe
	draft  vault.Draft  // as it was last saved
	newest int          // the number of the newest answers that were handed over
	closed bool
}

// quietWait bounds the wait for a keychain that nobody asked for.
const quietWait = 3 * time.Second

// keep seals answers with this number, unless newer ones came first. A failure is no news for the person: the set-up goes on, and what
// cannot be kept is said when they leave.
func (c *checkpoint) keep(ctx context.Context, number int, step Index, name string, answers []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || number < c.newest || step.String() == c.draft.Step && bytes.Equal(answers, c.draft.Answers) {
		return
	}
	c.newest = number
	if !c.tried {
		c.vault = c.place(ctx)
		c.tried = ctx.Err() == nil // a look that was cut short is made again
	}
	if c.vault == nil {
		return
	}
	d := c.draft
	d.Step, d.Name, d.Answers = step.String(), name, answers
	if saved, err := c.vault.SaveDraft(ctx, d); err == nil {
		c.draft = saved
	}
}

// wipe ends keeping and deletes what was kept.
func (c *checkpoint) wipe(ctx context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	if c.vault != nil && c.draft.ID != "" {
		_ = c.vault.DeleteDraft(ctx, c.draft.ID) // one that is left expires
		c.draft = vault.Draft{}
	}
}

// holds gives what is kept now, with an empty ID where nothing is.
func (c *checkpoint) holds() (*vault.Vault, vault.Draft) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.vault, c.draft
}

// place finds where the answers can be sealed. The saved connections come first, with the protection that saving would choose without a
// question: a key file that was given, or a keychain that works.
func (c *checkpoint) place(ctx context.Context) *vault.Vault {
	v := c.env.Vault
	if opensQuietly(ctx, c.env) {
		return v
	}
	if _, chosen, err := v.Protection(); err == nil && !chosen {
		if c.env.KeyFile != "" && v.InitKeyFile(ctx, c.env.KeyFile) == nil {
			return v
		}
		if v.ProbeKeychain(ctx) == nil && v.InitKeychain(ctx) == nil {
			return v
		}
	}
	return sessionVault(ctx, true)
}

// opensQuietly opens the saved connections where that asks nobody anything.
func opensQuietly(ctx context.Context, env Environment) bool {
	if !env.Vault.Locked() {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, quietWait)
	defer cancel()
	return env.Vault.Unlock(ctx, vault.Keys{KeyFile: env.KeyFile}) == nil
}

// sessionVault is a vault of its own in the folder that the system keeps in memory for a person's session, or nil where there is none.
// The key lies beside it: neither ever reaches a disk, nobody else may read the folder, and the system forgets both at the end of the
// session. On macOS and Windows the keychain serves instead.
func sessionVault(ctx context.Context, create bool) *vault.Vault {
	dir := os.Getenv("XDG_RUNTIME_DIR")
	info, err := os.Stat(dir)
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || !filepath.IsAbs(dir) || err != nil || !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		return nil
	}
	dir = filepath.Join(dir, "draftt-databricks")
	key := filepath.Join(dir, "interrupted.key")
	v := vault.Open(filepath.Join(dir, "interrupted"))
	_, chosen, err := v.Protection()
	switch {
	case err != nil, !chosen && !create:
		return nil
	case chosen:
		err = v.Unlock(ctx, vault.Keys{KeyFile: key})
	default:
		if err = os.MkdirAll(dir, 0o700); err == nil {
			err = v.InitKeyFile(ctx, key)
		}
	}
	if err != nil {
		return nil
	}
	return v
}
