package vault

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"
)

func TestTheProbeWritesReadsBackAndLeavesNothing(t *testing.T) {
	system := &fakeKeychain{}
	v := reopen(filepath.Join(t.TempDir(), "vault"), system)
	if err := v.ProbeKeychain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if system.size() != 0 {
		t.Errorf("the probe left %v", system.items)
	}
}

func TestAKeychainThatCannotBeUsedIsSaidToBeSo(t *testing.T) {
	broken := map[string]*fakeKeychain{
		"it refuses":                         {err: errors.New("failed to unlock\x1b[2J collection")},
		"it says not found to everything":    {err: keyring.ErrNotFound},
		"it accepts but does not keep":       {lossy: true},
		"it has no room for what is written": {err: keyring.ErrSetDataTooBig},
	}
	for name, system := range broken {
		t.Run(name, func(t *testing.T) {
			v := reopen(filepath.Join(t.TempDir(), "vault"), system)
			e := wantKind(t, v.ProbeKeychain(t.Context()), ErrKeychain)
			if strings.Contains(e.What, "\x1b") {
				t.Errorf("the text carries a control character: %q", e.What)
			}
			wantKind(t, v.InitKeychain(t.Context()), ErrKeychain)
			if _, chosen, err := v.Protection(); chosen || err != nil {
				t.Errorf("a keychain that failed was pinned: %v, %v", chosen, err)
			}
			if !v.Locked() {
				t.Error("the vault holds a key that is kept nowhere")
			}
		})
	}
}

func TestAKeychainThatNeverAnswersIsGivenUp(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	synctest.Test(t, func(t *testing.T) {
		system := &fakeKeychain{block: make(chan struct{})}
		v := reopen(dir, system)
		started := time.Now()
		wantKind(t, v.ProbeKeychain(t.Context()), ErrKeychain)
		if waited := time.Since(started); waited != 3*time.Second {
			t.Errorf("the probe waited %v", waited)
		}
		k := must[key](t)(newKey())
		started = time.Now()
		wantKind(t, v.keep(t.Context(), "late", k), ErrKeychain)
		_, err := v.fromKeychain(t.Context(), "late")
		wantKind(t, err, ErrKeychain)
		if waited := time.Since(started); waited != 2*time.Minute {
			t.Errorf("a person was given %v twice", waited/2)
		}
		close(system.block)
		synctest.Wait()
		if system.size() != 0 {
			t.Errorf("what was written too late is still there: %d items", system.size())
		}
	})
}

func TestAPersonCanStopWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		system := &fakeKeychain{block: make(chan struct{})}
		v := reopen("unused", system)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		started := time.Now()
		_, err := v.fromKeychain(ctx, "any")
		if !errors.Is(err, context.Canceled) || time.Since(started) != time.Second {
			t.Errorf("got %v after %v", err, time.Since(started))
		}
		close(system.block)
	})
}

func TestAKeyThatCouldNotBePinnedIsTakenBack(t *testing.T) {
	system := &fakeKeychain{}
	v := reopen(filepath.Join(t.TempDir(), "vault"), system)
	k := must[key](t)(newKey())
	if err := v.keep(t.Context(), "orphan", k); err != nil || system.size() != 1 {
		t.Fatalf("keep: %v", err)
	}
	v.forget(t.Context(), "orphan")
	if system.size() != 0 {
		t.Error("the key is still in the keychain")
	}
}

func TestTheRealAdapterSpeaksToTheSystemsKeychain(t *testing.T) {
	keyring.MockInit()
	v := Open(filepath.Join(t.TempDir(), "vault"))
	if err := v.ProbeKeychain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := v.InitKeychain(t.Context()); err != nil {
		t.Fatal(err)
	}
	save(t, v, connection(t, "prod"))
	again := Open(v.Dir())
	if err := again.Unlock(t.Context(), Keys{}); err != nil {
		t.Fatal(err)
	}
	if got := list(t, again); len(got) != 1 {
		t.Errorf("listed %v", got)
	}
	keyring.MockInitWithError(errors.New("The name org.freedesktop.secrets was not provided by any .service files"))
	wantKind(t, again.ProbeKeychain(t.Context()), ErrKeychain)
	wantKind(t, again.Unlock(t.Context(), Keys{}), ErrKeychain)
}

func TestTheKeyFitsEveryKeychain(t *testing.T) {
	k := must[key](t)(newKey())
	if n := len(k.text()); n > 1000 {
		t.Errorf("the key takes %d bytes; Windows has 2,560, and macOS 4,096 for a whole command", n)
	}
}
