package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestAProtectionIsChosenOnceAndPinned(t *testing.T) {
	choices := map[Protection]func(*Vault, string) error{
		Keychain: func(v *Vault, _ string) error { return v.InitKeychain(t.Context()) },
		Passphrase: func(v *Vault, _ string) error {
			return v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase)))
		},
		KeyFile: func(v *Vault, path string) error { return v.InitKeyFile(t.Context(), path) },
	}
	for chosen, choose := range choices {
		t.Run(string(chosen), func(t *testing.T) {
			system, keyFile := &fakeKeychain{}, filepath.Join(t.TempDir(), "key.txt")
			v := reopen(filepath.Join(t.TempDir(), "deep", "vault"), system)
			if err := choose(v, keyFile); err != nil {
				t.Fatal(err)
			}
			if v.Locked() {
				t.Error("the vault is locked after its protection was chosen")
			}
			save(t, v, connection(t, "prod"))
			before := files(t, v.Dir())

			again := reopen(v.Dir(), system)
			if p, ok, err := again.Protection(); p != chosen || !ok || err != nil {
				t.Errorf("the next run sees %q, %v, %v", p, ok, err)
			}
			for _, other := range choices {
				wantKind(t, other(again, filepath.Join(t.TempDir(), "other.txt")), ErrProtected)
			}
			unchangedFiles(t, v.Dir(), before)

			keys := phrase(goodPhrase)
			if chosen == KeyFile {
				keys.KeyFile = keyFile
			}
			if err := again.Unlock(t.Context(), keys); err != nil {
				t.Fatal(err)
			}
			if got := list(t, again); len(got) != 1 {
				t.Errorf("listed %v", got)
			}
			if text := again.Describe(); !strings.Contains(text, again.Dir()) {
				t.Errorf("the description %q does not name the folder", text)
			}
		})
	}
}

func TestALostKeychainIsNeverReplacedByAnythingElse(t *testing.T) {
	system := &fakeKeychain{}
	v := reopen(filepath.Join(t.TempDir(), "vault"), system)
	if err := v.InitKeychain(t.Context()); err != nil {
		t.Fatal(err)
	}
	save(t, v, connection(t, "prod"))
	before := files(t, v.Dir())

	refusing := reopen(v.Dir(), &fakeKeychain{err: errors.New("no such bus")})
	keys := phrase(goodPhrase)
	wantKind(t, refusing.Unlock(t.Context(), keys), ErrKeychain)
	empty := reopen(v.Dir(), &fakeKeychain{})
	wantKind(t, empty.Unlock(t.Context(), keys), ErrKeyMissing)
	keys.KeyFile = filepath.Join(t.TempDir(), "key.txt")
	wantKind(t, reopen(v.Dir(), system).Unlock(t.Context(), keys), ErrProtected)

	for account := range system.items {
		system.items[account] = "not a key"
	}
	wantKind(t, reopen(v.Dir(), system).Unlock(t.Context(), Keys{}), ErrWrongKey)
	unchangedFiles(t, v.Dir(), before)
}

func TestAWrongKeyIsToldFromADamagedOne(t *testing.T) {
	v, _ := protected(t)
	save(t, v, connection(t, "prod"))
	_, foreign := protected(t)
	wantKind(t, reopen(v.Dir(), nil).Unlock(t.Context(), Keys{KeyFile: foreign}), ErrWrongKey)
	wantKind(t, reopen(v.Dir(), nil).Unlock(t.Context(), Keys{}), ErrKeyNeeded)

	bad := map[string]string{
		"empty":             "",
		"a comment":         "# nothing here\n",
		"a classic key":     "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n",
		"a changed letter":  strings.Replace(string(must[[]byte](t)(os.ReadFile(foreign))), "AGE-SECRET-KEY-PQ-1", "AGE-SECRET-KEY-PQ-1Q", 1),
		"two keys":          strings.Repeat(string(must[[]byte](t)(os.ReadFile(foreign))), 2),
		"something private": secretText,
	}
	for name, content := range bad {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "key.txt")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			err := reopen(v.Dir(), nil).Unlock(t.Context(), Keys{KeyFile: path})
			wantKind(t, err, ErrBadKeyFile)
			for e := err; e != nil; e = errors.Unwrap(e) {
				if strings.Contains(e.Error(), "SECRET-KEY-1G") || strings.Contains(e.Error(), secretText) {
					t.Errorf("the error repeats what was in the file: %v", e)
				}
			}
			wantKind(t, newVault(t).InitKeyFile(t.Context(), path), ErrBadKeyFile)
		})
	}
}

func TestAKeyFileIsPrivateAndLiesElsewhere(t *testing.T) {
	v, keyFile := protected(t)
	if mode := must[os.FileInfo](t)(os.Stat(keyFile)).Mode(); runtime.GOOS != "windows" && mode != 0o600 {
		t.Errorf("the key file has mode %v", mode)
	}
	inside := newVault(t)
	wantKind(t, inside.InitKeyFile(t.Context(), filepath.Join(inside.Dir(), "key.txt")), ErrBadKeyFile)
	if _, err := os.Stat(inside.Dir()); err == nil {
		t.Error("refusing the key file created the folder")
	}
	wantKind(t, reopen(v.Dir(), nil).Unlock(t.Context(), Keys{KeyFile: t.TempDir()}), ErrBadKeyFile)
	wantKind(t, reopen(v.Dir(), nil).Unlock(t.Context(), Keys{KeyFile: keyFile + ".gone"}), ErrBadKeyFile)

	link := filepath.Join(t.TempDir(), "mounted")
	if err := os.Symlink(keyFile, link); err == nil {
		unlocked(t, v.Dir(), link)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Chmod(keyFile, 0o640); err != nil {
		t.Fatal(err)
	}
	e := wantKind(t, reopen(v.Dir(), nil).Unlock(t.Context(), Keys{KeyFile: keyFile}), ErrUnsafe)
	if !strings.Contains(e.Remedy, "chmod 600") {
		t.Errorf("the remedy is %q", e.Remedy)
	}
}

func TestAKeyMayComeThroughADescriptor(t *testing.T) {
	_, keyFile := protected(t)
	text := string(must[[]byte](t)(os.ReadFile(keyFile)))
	v := newVault(t)
	if err := v.InitKeyReader(t.Context(), strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	save(t, v, connection(t, "prod"))
	again := reopen(v.Dir(), nil)
	if err := again.Unlock(t.Context(), Keys{KeyReader: strings.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
	if got := list(t, again); len(got) != 1 {
		t.Errorf("listed %v", got)
	}
	wantKind(t, newVault(t).InitKeyReader(t.Context(), strings.NewReader("nothing")), ErrBadKeyFile)
}

func TestOnlyTheRightPassphraseOpens(t *testing.T) {
	v := newVault(t)
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase))); err != nil {
		t.Fatal(err)
	}
	again := reopen(v.Dir(), nil)
	for _, wrong := range []string{"", "correct horse", "Correct horse battery", goodPhrase + " "} {
		wantKind(t, again.Unlock(t.Context(), phrase(wrong)), ErrWrongPassphrase)
	}
	wantKind(t, again.Unlock(t.Context(), Keys{}), ErrKeyNeeded)
	cancelled := Keys{Passphrase: func(context.Context) (connector.Secret, error) { return connector.Secret{}, context.Canceled }}
	if err := again.Unlock(t.Context(), cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("a question that was cancelled gave %v", err)
	}
	if !again.Locked() {
		t.Fatal("a wrong passphrase opened the vault")
	}
	if err := again.Unlock(t.Context(), phrase(goodPhrase)); err != nil {
		t.Error(err)
	}
}

func TestAHostilePassphraseFileCannotTakeTheMachineDown(t *testing.T) {
	v := newVault(t)
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase))); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(v.Dir(), sealedKeyFile)
	sealed := strings.Replace(string(must[[]byte](t)(os.ReadFile(path))), " 2\n", " 22\n", 1)
	_, err := openKey([]byte(sealed), connector.NewSecret([]byte(goodPhrase)))
	wantKind(t, err, ErrDamaged)
}

func TestAChoiceThatWasInterruptedCanBeMadeAgain(t *testing.T) {
	v := newVault(t)
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase))); err != nil {
		t.Fatal(err)
	}
	// As if the power had failed between key.age and key.json.
	if err := os.Remove(filepath.Join(v.Dir(), pinFile)); err != nil {
		t.Fatal(err)
	}
	again := reopen(v.Dir(), nil)
	if err := again.InitPassphrase(t.Context(), connector.NewSecret([]byte("another good phrase"))); err != nil {
		t.Fatal(err)
	}
	save(t, again, connection(t, "prod"))
}

func TestConnectionsWithoutTheirPinAreNeverOverwritten(t *testing.T) {
	v := newVault(t)
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase))); err != nil {
		t.Fatal(err)
	}
	save(t, v, connection(t, "prod"))
	if err := os.Remove(filepath.Join(v.Dir(), pinFile)); err != nil {
		t.Fatal(err)
	}
	before := files(t, v.Dir())
	again := reopen(v.Dir(), &fakeKeychain{})
	_, _, err := again.Protection()
	wantKind(t, err, ErrKeyMissing)
	wantKind(t, again.Unlock(t.Context(), phrase(goodPhrase)), ErrKeyMissing)
	wantKind(t, again.InitPassphrase(t.Context(), connector.NewSecret([]byte("another good phrase"))), ErrKeyMissing)
	wantKind(t, again.InitKeychain(t.Context()), ErrKeyMissing)
	_, err = v.Save(t.Context(), connection(t, "test"))
	wantKind(t, err, ErrKeyMissing)
	unchangedFiles(t, v.Dir(), before)
}

func TestAnotherProtectionChosenMeanwhileLocksThisWindow(t *testing.T) {
	v, _ := protected(t)
	if err := os.RemoveAll(v.Dir()); err != nil {
		t.Fatal(err)
	}
	other := reopen(v.Dir(), &fakeKeychain{})
	if err := other.InitKeychain(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := v.Save(t.Context(), connection(t, "prod"))
	wantKind(t, err, ErrLocked)
	if got := list(t, other); len(got) != 0 {
		t.Errorf("a connection was sealed to a key that is gone: %v", got)
	}
}
