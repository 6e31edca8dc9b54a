package vault

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Protection is where the key of a vault is kept. It is chosen once, with the first connection.
type Protection string

// The three places. None of them is clear text on the same disk without a person's decision: a key file is for machines that have a
// secret store of their own.
const (
	Keychain   Protection = "keychain"
	Passphrase Protection = "passphrase"
	KeyFile    Protection = "key-file"
)

// Label names the place in a person's words, for example "macOS Keychain".
func (p Protection) Label() string {
	switch p {
	case Keychain:
		return keychainName(runtime.GOOS)
	case Passphrase:
		return "passphrase"
	case KeyFile:
		return "key file"
	}
	return "unknown protection"
}

func (p Protection) known() bool { return p == Keychain || p == Passphrase || p == KeyFile }

// Vault is a folder of sealed connections. It may be used from several goroutines, and several processes may use one folder.
type Vault struct {
	dir        string
	disk       disk
	keychain   keychain
	now        func() time.Time
	lockWait   time.Duration
	workFactor int
	memory     memory        // nil: keys are not kept for the login session
	idle       time.Duration // how long they are

	mu      sync.Mutex
	key     key
	pinned  pin
	names   map[string]knownName // by file, as they were last seen
	indexed map[string]knownName // what the index was last seen to have
}

// Open names the folder of a vault. It reads and creates nothing; the folder appears when a protection is chosen.
func Open(dir string) *Vault { return OpenAt(dir, time.Now) }

// OpenAt is Open with another clock, by which connections and drafts get their times and drafts expire.
func OpenAt(dir string, now func() time.Time) *Vault {
	return &Vault{dir: filepath.Clean(dir), disk: osDisk{}, keychain: systemKeychain{}, now: now, lockWait: lockWait, workFactor: workFactor}
}

// Dir is the folder.
func (v *Vault) Dir() string { return v.dir }

// Protection gives the pinned protection, and false when none was chosen yet. It needs no key. An error means that the folder is there
// and could not be read: ErrDamaged, ErrNewerVersion, ErrUnsafe, ErrStorage, or ErrKeyMissing when connections exist without their pin.
func (v *Vault) Protection() (Protection, bool, error) {
	f, p, err := v.openPinned()
	if errors.Is(err, ErrUnprotected) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	f.close()
	return p.Protection, true, nil
}

// openPinned opens the folder and reads its pin. A missing folder is ErrUnprotected, like an empty one.
func (v *Vault) openPinned() (*folder, pin, error) {
	f, err := openFolder(v.disk, v.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, pin{}, errUnprotected
	}
	if err != nil {
		return nil, pin{}, storage("open the saved connections", err)
	}
	p, err := readPin(f)
	if err != nil {
		f.close()
		return nil, pin{}, err
	}
	return f, p, nil
}

// Locked reports whether the key is not in memory yet.
func (v *Vault) Locked() bool {
	k, _ := v.held()
	return k.isZero()
}

// Describe says where secrets lie, for example "macOS Keychain key + encrypted files in ~/.config/draftt-databricks".
func (v *Vault) Describe() string {
	p, chosen, err := v.Protection()
	if err != nil || !chosen {
		return "encrypted files in " + clean(v.dir)
	}
	keys := map[Protection]string{Keychain: p.Label() + " key", Passphrase: "passphrase-protected key", KeyFile: "key file"}
	return keys[p] + " + encrypted files in " + clean(v.dir)
}

func (v *Vault) held() (key, pin) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.key, v.pinned
}

func (v *Vault) hold(k key, p pin) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.key, v.pinned, v.names, v.indexed = k, p, nil, nil
}

// change runs fn on the connections folder, alone: with the lock held, leftovers of killed writers swept, and the pin still the one that the key belongs to.
func (v *Vault) change(ctx context.Context, fn func(top, f *folder, k key) error) error {
	k, pinned := v.held()
	if k.isZero() {
		return errLocked
	}
	top, err := openFolder(v.disk, v.dir)
	if err != nil {
		return storage("open the saved connections", err)
	}
	defer top.close()
	unlock, err := v.lock(ctx, top)
	if err != nil {
		return err
	}
	defer unlock()
	p, err := readPin(top)
	if err != nil {
		return err
	}
	if !p.same(pinned) {
		return &connector.Error{Kind: ErrLocked, What: "The protection of the saved connections changed in another window.", Remedy: "Start again to unlock them."}
	}
	f, err := top.makeInner(connectionsDir)
	if err != nil {
		return storage("open the saved connections", err)
	}
	defer f.close()
	for _, each := range []*folder{top, f} {
		if err := each.sweep(); err != nil {
			return storage("tidy the saved connections", err)
		}
	}
	if err := fn(top, f, k); err != nil {
		return err
	}
	v.tidyDrafts(top, f, k)
	v.writeIndex(top, k)
	return nil
}

var errLocked = &connector.Error{Kind: ErrLocked, What: "The saved connections are locked.", Remedy: "Unlock them first."}
