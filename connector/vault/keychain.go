package vault

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/contain"
)

const (
	keychainService = appName
	probeWait       = 3 * time.Second  // nobody is asked anything in a probe
	personWait      = 60 * time.Second // a person may be answering the system's prompt
)

// keychain is what the vault uses of the system's keychain.
type keychain interface {
	Set(service, account, secret string) error
	Get(service, account string) (string, error)
	Delete(service, account string) error
}

type systemKeychain struct{}

func (systemKeychain) Set(service, account, secret string) error {
	return keyring.Set(service, account, secret)
}

func (systemKeychain) Get(service, account string) (string, error) {
	return keyring.Get(service, account)
}

func (systemKeychain) Delete(service, account string) error {
	return keyring.Delete(service, account)
}

// ProbeKeychain tells whether the system's keychain can be used now: it writes, reads back and deletes an item of a random name within
// three seconds. Any other outcome is an *connector.Error of kind ErrKeychain whose text says why; it may be different a minute later.
func (v *Vault) ProbeKeychain(ctx context.Context) error {
	account, token := "probe-"+randomID(), randomID()
	_, err := ask(ctx, probeWait, func(context.Context) (string, error) {
		if err := v.keychain.Set(keychainService, account, token); err != nil {
			return "", err
		}
		back, err := v.keychain.Get(keychainService, account)
		if gone := v.keychain.Delete(keychainService, account); err == nil {
			err = gone
		}
		if err == nil && back != token {
			err = errNotKept
		}
		return "", err
	})
	return err
}

// errNotKept is for a keychain that says yes and keeps nothing, as macOS's tool does when its keychain is locked.
var errNotKept = errors.New("what was written could not be read back")

// keep stores the key in the keychain and reads it back. A write that ends after the wait is taken back, because nothing will refer to it.
func (v *Vault) keep(ctx context.Context, account string, k key) error {
	_, err := ask(ctx, personWait, func(ctx context.Context) (string, error) {
		if err := v.keychain.Set(keychainService, account, k.text()); err != nil {
			return "", err
		}
		back, err := v.keychain.Get(keychainService, account)
		if err == nil && back != k.text() {
			err = errNotKept
		}
		if err != nil || ctx.Err() != nil {
			_ = v.keychain.Delete(keychainService, account)
		}
		return "", err
	})
	return err
}

// forget takes a key back that no pin came to refer to.
func (v *Vault) forget(ctx context.Context, account string) {
	_, _ = ask(ctx, probeWait, func(context.Context) (string, error) {
		return "", v.keychain.Delete(keychainService, account)
	})
}

// fromKeychain fetches the key. A keychain that answers without it is ErrKeyMissing; every other refusal is ErrKeychain.
func (v *Vault) fromKeychain(ctx context.Context, account string) (key, error) {
	text, err := ask(ctx, personWait, func(context.Context) (string, error) {
		return v.keychain.Get(keychainService, account)
	})
	if errors.Is(err, keyring.ErrNotFound) {
		return key{}, &connector.Error{Kind: ErrKeyMissing, What: "The key of the saved connections is no longer in the " + keychainName(runtime.GOOS) + ".", Remedy: restoreItem(account), Cause: err}
	}
	if err != nil {
		return key{}, err
	}
	k, err := parseKey([]byte(text))
	if err != nil {
		return key{}, &connector.Error{Kind: ErrWrongKey, What: "The item in the " + keychainName(runtime.GOOS) + " is not a key.", Remedy: restoreItem(account), Cause: err}
	}
	return k, nil
}

func restoreItem(account string) string {
	return fmt.Sprintf("Restore the item %s, account %s, from a backup, or move the folder of saved connections away to start anew.", keychainService, clean(account))
}

// ask runs one conversation with the keychain and waits for it no longer than wait, because a keychain may never answer.
func ask(ctx context.Context, wait time.Duration, conversation func(context.Context) (string, error)) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	answers := contain.Ask("asking the keychain", func() (string, error) { return conversation(ctx) })
	select {
	case a := <-answers:
		if a.Err != nil {
			return "", unavailable("cannot be used now", a.Err)
		}
		return a.Value, nil
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.Canceled) {
			return "", fmt.Errorf("wait for the keychain: %w", ctx.Err())
		}
		return "", unavailable(fmt.Sprintf("did not answer within %d seconds", int(wait.Seconds())), ctx.Err())
	}
}

func unavailable(why string, cause error) error {
	return &connector.Error{
		Kind:   ErrKeychain,
		What:   fmt.Sprintf("The %s %s: %s.", keychainName(runtime.GOOS), why, connector.Said(cause, 300)),
		Remedy: keychainRemedy(runtime.GOOS),
		Cause:  cause,
	}
}

// keychainName is what the system calls its keychain.
func keychainName(goos string) string {
	switch goos {
	case "darwin":
		return "macOS Keychain"
	case "windows":
		return "Windows Credential Manager"
	}
	return "system keyring"
}

func keychainRemedy(goos string) string {
	switch goos {
	case "darwin":
		return "Unlock the login keychain, then try again."
	case "windows":
		return "Sign in to Windows again, then try again."
	}
	return "Sign in to a desktop session whose keyring is unlocked, then try again."
}
