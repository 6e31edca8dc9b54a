package vault

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/draftt-io/draftt-databricks/connector"
)

// InitKeychain pins the system's keychain: it makes a key, stores it under a random account of this vault, reads it back, and leaves the
// vault unlocked. It waits up to 60 seconds, because the system may be asking a person. It returns ErrKeychain when the keychain cannot
// be used now, and ErrProtected when a protection was chosen before; nothing is pinned on an error.
func (v *Vault) InitKeychain(ctx context.Context) error {
	k, err := newKey()
	if err != nil {
		return err
	}
	return v.protect(ctx, Keychain, made(k), func(f *folder, p *pin) error {
		if err := v.keep(ctx, p.Account, k); err != nil {
			return err
		}
		if err := p.write(f); err != nil {
			// A write may fail after the pin took its place; then the pin needs the key.
			if _, unread := readPin(f); errors.Is(unread, ErrUnprotected) {
				v.forget(ctx, p.Account)
			}
			return err
		}
		return nil
	})
}

// InitPassphrase pins a passphrase: it makes a key, seals it into key.age, and leaves the vault unlocked. It takes about half a second.
// It returns a *connector.Error of kind ErrInput under the rules of CheckPassphrase, and ErrProtected when a protection was chosen before.
func (v *Vault) InitPassphrase(ctx context.Context, passphrase connector.Secret) error {
	if err := CheckPassphrase(passphrase); err != nil {
		return err
	}
	k, err := newKey()
	if err != nil {
		return err
	}
	sealed, err := sealKey(k, passphrase, v.workFactor)
	if err != nil {
		return err
	}
	return v.protect(ctx, Passphrase, made(k), func(f *folder, p *pin) error {
		// The pin comes last: until it is there no connection can be sealed to this key, so a half-done choice loses nothing.
		if err := f.write(sealedKeyFile, sealed); err != nil {
			return storage("save "+sealedKeyFile, err)
		}
		p.SealedKey = digest(sealed)
		return p.write(f)
	})
}

// InitKeyFile pins a key file, for machines where nobody can answer. An existing file must be private (mode 0600) and hold one age hybrid
// identity; a missing one is created. It may not lie in the vault's own folder. It leaves the vault unlocked, and returns ErrBadKeyFile,
// ErrUnsafe, or ErrProtected when a protection was chosen before.
func (v *Vault) InitKeyFile(ctx context.Context, path string) error {
	if err := v.outside(path); err != nil {
		return err
	}
	return v.protect(ctx, KeyFile, func() (key, error) { return v.useKeyFile(path) }, func(f *folder, p *pin) error { return p.write(f) })
}

// InitKeyReader is InitKeyFile for a key that comes through a file descriptor. It reads r to its end.
func (v *Vault) InitKeyReader(ctx context.Context, r io.Reader) error {
	k, err := readKey(r, "the given descriptor")
	if err != nil {
		return err
	}
	return v.protect(ctx, KeyFile, made(k), func(f *folder, p *pin) error { return p.write(f) })
}

// made is a key that is there already.
func made(k key) func() (key, error) { return func() (key, error) { return k, nil } }

// protect chooses the protection of a vault that has none, alone among all windows, and keeps the key when store wrote the pin.
func (v *Vault) protect(ctx context.Context, protection Protection, obtain func() (key, error), store func(*folder, *pin) error) error {
	f, err := makeFolder(v.disk, v.dir)
	if err != nil {
		return storage("create the folder of saved connections", err)
	}
	defer f.close()
	unlock, err := v.lock(ctx, f)
	if err != nil {
		return err
	}
	defer unlock()
	if _, chosen, err := v.Protection(); err != nil || chosen {
		return orProtected(err)
	}
	if err := f.sweep(); err != nil {
		return storage("tidy the saved connections", err)
	}
	k, err := obtain()
	if err != nil {
		return err
	}
	p, err := newPin(protection, randomID(), k)
	if err != nil {
		return err
	}
	if err := store(f, &p); err != nil {
		return err
	}
	v.hold(k, p)
	v.stayOpen(k, p)
	return nil
}

// orProtected is err, or ErrProtected when there is none.
func orProtected(err error) error {
	if err != nil {
		return err
	}
	return &connector.Error{Kind: ErrProtected, What: "A protection was already chosen for the saved connections.", Remedy: "Unlock them as it was chosen."}
}

// Keys is what a caller can offer to Unlock. Only what the pinned protection needs is used, and offering a key file to a vault that is
// protected otherwise is refused, so that nobody believes in a protection that is not in force.
type Keys struct {
	Passphrase func(context.Context) (connector.Secret, error) // asks once; nil when nobody can be asked
	KeyFile    string                                          // the path of a key file
	KeyReader  io.Reader                                       // a key file's content through a descriptor; wins over KeyFile
}

// Unlock fetches the key from where the pin says it is, and from nowhere else. It returns ErrUnprotected when nothing was ever saved,
// ErrKeychain, ErrKeyMissing, ErrKeyNeeded, ErrWrongPassphrase, ErrWrongKey, ErrBadKeyFile, ErrDamaged or ErrProtected, or the error of
// Keys.Passphrase. The vault stays as it was on an error.
func (v *Vault) Unlock(ctx context.Context, keys Keys) error {
	f, p, err := v.openPinned()
	if err != nil {
		return err
	}
	defer f.close()
	if p.Protection != KeyFile && (keys.KeyFile != "" || keys.KeyReader != nil) {
		return &connector.Error{Kind: ErrProtected, What: "These connections are protected with the " + p.Protection.Label() + ", not with a key file.", Remedy: "Leave --key-file and --key-fd out."}
	}
	if k, ok := v.recall(p); ok {
		v.hold(k, p)
		return nil
	}
	k, err := v.fetch(ctx, f, p, keys)
	if err != nil {
		return err
	}
	if err := p.verify(k); err != nil {
		return err
	}
	v.hold(k, p)
	v.stayOpen(k, p)
	return nil
}

func (v *Vault) fetch(ctx context.Context, f *folder, p pin, keys Keys) (key, error) {
	switch {
	case p.Protection == Keychain:
		return v.fromKeychain(ctx, p.Account)
	case p.Protection == Passphrase && keys.Passphrase != nil:
		passphrase, err := keys.Passphrase(ctx)
		if err != nil {
			return key{}, fmt.Errorf("ask for the passphrase: %w", err)
		}
		return fromSealedKey(f, p, passphrase)
	case p.Protection == KeyFile && keys.KeyReader != nil:
		return readKey(keys.KeyReader, "the given descriptor")
	case p.Protection == KeyFile && keys.KeyFile != "":
		return readKeyFile(v.disk, keys.KeyFile)
	}
	remedy := "Run it in a terminal, where the passphrase can be asked for."
	if p.Protection == KeyFile {
		remedy = "Give the key with --key-file or --key-fd."
	}
	return key{}, &connector.Error{Kind: ErrKeyNeeded, What: "The saved connections need their " + p.Protection.Label() + ".", Remedy: remedy}
}
