package vault

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// DefaultIdle is how long a vault that a passphrase opened stays unlocked without being used, where nothing else was chosen.
const DefaultIdle = 15 * time.Minute

// memory is what the system offers to keep a key for one login session, outside of any file and of any environment. What is in it may be
// gone at any time.
type memory interface {
	// keep puts a value under a name, until it was not recalled for so long.
	keep(name string, value []byte, idle time.Duration) error
	// recall gives the value, errForgotten where there is none, and begins its idle time anew.
	recall(name string, idle func(value []byte) time.Duration) ([]byte, error)
	// drop forgets it; that it is not there is no error.
	drop(name string) error
}

var (
	errForgotten = errors.New("it is not remembered")
	errNoMemory  = errors.New("this system keeps no key for a login session")
)

// StayUnlocked has the key that a passphrase opens stay known to this login session until it was not used for as long as idle, which is a
// second at least. Without it, and with zero, every process asks for the passphrase itself. A keychain and a key file need none of it.
func (v *Vault) StayUnlocked(idle time.Duration) {
	v.stays(idle)
	if idle > 0 && v.memory == nil {
		v.memory = systemMemory()
	}
}

// Idle is how long the vault stays unlocked without being used: zero where it does not, since that was not chosen, no passphrase protects it,
// or the system has nothing to keep a key in for a login session.
func (v *Vault) Idle() time.Duration {
	if p, chosen, err := v.Protection(); err != nil || chosen && p != Passphrase || v.memory == nil {
		return 0
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.idle
}

func (v *Vault) stays(idle time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.idle = idle
}

// Recall opens the vault with the key that this login session still knows, and reports whether it is open now. It asks nobody.
func (v *Vault) Recall() bool {
	if !v.Locked() {
		return true
	}
	f, p, err := v.openPinned()
	if err != nil {
		return false
	}
	defer f.close()
	k, ok := v.recall(p)
	if ok {
		v.hold(k, p)
	}
	return ok
}

// Lock forgets the key, here and in the login session, and reports whether anything was open. A vault whose key lies in a keychain or a key
// file opens by itself again.
func (v *Vault) Lock() (bool, error) {
	was := !v.Locked()
	v.hold(key{}, pin{})
	f, p, err := v.openPinned()
	if errors.Is(err, ErrUnprotected) {
		return false, nil
	}
	if err != nil {
		return was, err
	}
	f.close()
	if v.memory == nil || p.Protection != Passphrase {
		return was, nil
	}
	_, err = v.memory.recall(p.memoryName(), idleIn)
	if known := err == nil; known || !errors.Is(err, errForgotten) {
		was = was || known
		err = v.memory.drop(p.memoryName())
	}
	if err != nil && !errors.Is(err, errForgotten) && !errors.Is(err, errNoMemory) {
		return was, &connector.Error{Kind: ErrStorage, What: "The login session would not forget the key: " + clean(err.Error()) + ".", Remedy: "Log out to have it forgotten.", Cause: err}
	}
	return was, nil
}

// memoryName names this vault's key in the login session. The account in it is random and says nothing.
func (p pin) memoryName() string { return appName + ":unlocked:" + p.Account }

// recall is the remembered key, where it is still the one that the pin names. How long it stays was chosen when it was remembered.
func (v *Vault) recall(p pin) (key, bool) {
	if v.memory == nil || p.Protection != Passphrase {
		return key{}, false
	}
	value, err := v.memory.recall(p.memoryName(), idleIn)
	if err != nil {
		return key{}, false
	}
	defer clear(value)
	_, text, _ := bytes.Cut(value, []byte("\n"))
	k, err := parseKey(text)
	if err != nil || p.verify(k) != nil {
		_ = v.memory.drop(p.memoryName())
		return key{}, false
	}
	v.stays(idleIn(value))
	return k, true
}

// stayOpen keeps the key for the login session, where that was chosen and is possible. That it is not is no reason not to go on: the next
// command asks again.
func (v *Vault) stayOpen(k key, p pin) {
	idle := v.Idle()
	if p.Protection != Passphrase || idle < time.Second {
		return
	}
	value := fmt.Appendf(nil, "%d\n%s", int(idle.Seconds()), k.text())
	defer clear(value)
	_ = v.memory.keep(p.memoryName(), value, idle)
}

// idleIn reads how long a remembered value stays.
func idleIn(value []byte) time.Duration {
	first, _, _ := bytes.Cut(value, []byte("\n"))
	seconds, err := strconv.Atoi(string(first))
	if err != nil || seconds < 1 {
		return time.Second
	}
	return time.Duration(seconds) * time.Second
}
