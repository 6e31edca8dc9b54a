package setup

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

const aPassphrase = "correct horse battery"

// asked is somebody who gives a passphrase, and remembers for what.
type asked struct{ forNew []bool }

func (a *asked) give(_ context.Context, fresh bool) (connector.Secret, error) {
	a.forNew = append(a.forNew, fresh)
	return secret(aPassphrase), nil
}

// fresh is a machine on which nothing was ever saved.
func fresh(t *testing.T) *vault.Vault { return vault.Open(filepath.Join(t.TempDir(), "vault")) }

// TestWhatProtectsTheFirstSave is not parallel: the keychain is that of the whole machine.
func TestWhatProtectsTheFirstSave(t *testing.T) {
	works := func() { keyring.MockInit() }
	fails := func() { keyring.MockInitWithError(errors.New("no secret service on this machine")) }
	t.Cleanup(fails)
	aFile := func(t *testing.T, p *Protector) { p.KeyFile = filepath.Join(t.TempDir(), "key.txt") }
	nothing := func(*testing.T, *Protector) {}
	for _, c := range []struct {
		name     string
		keychain func()
		given    func(*testing.T, *Protector)
		somebody bool
		by       vault.Protection
		asks     bool
		fails    error
	}{
		{name: "a keychain that works", keychain: works, given: nothing, somebody: true, by: vault.Keychain},
		{name: "a keychain that works, and nobody", keychain: works, given: nothing, by: vault.Keychain},
		{name: "a broken keychain", keychain: fails, given: nothing, somebody: true, by: vault.Passphrase, asks: true},
		{name: "a broken keychain, and nobody", keychain: fails, given: nothing, by: vault.Keychain, fails: vault.ErrKeychain},
		{name: "a key file before a keychain that works", keychain: works, given: aFile, somebody: true, by: vault.KeyFile},
		{name: "a key file without a keychain", keychain: fails, given: aFile, somebody: true, by: vault.KeyFile},
		{name: "a key file, and nobody", keychain: fails, given: aFile, by: vault.KeyFile},
		{name: "a passphrase is wanted where a keychain works", keychain: works, somebody: true, by: vault.Passphrase, asks: true,
			given: func(_ *testing.T, p *Protector) { p.Wanted = vault.Passphrase }},
		{name: "a keychain is wanted and broken", keychain: fails, somebody: true, by: vault.Keychain, fails: vault.ErrKeychain,
			given: func(_ *testing.T, p *Protector) { p.Wanted = vault.Keychain }},
		{name: "a keychain is wanted before a key file", keychain: works, somebody: true, by: vault.Keychain,
			given: func(t *testing.T, p *Protector) { aFile(t, p); p.Wanted = vault.Keychain }},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.keychain()
			somebody := &asked{}
			p := Protector{Vault: fresh(t)}
			if c.somebody {
				p.Passphrase = somebody.give
			}
			c.given(t, &p)
			if at := p.Look(t.Context()); at != (Keeping{By: c.by}) {
				t.Errorf("it would be kept by %+v", at)
			}
			if len(somebody.forNew) > 0 {
				t.Error("looking asks for a passphrase")
			}
			err := p.Protect(t.Context())
			if !errors.Is(err, c.fails) || p.Vault.Locked() != (c.fails != nil) {
				t.Fatalf("%v; the vault is locked: %t", err, p.Vault.Locked())
			}
			if asks := len(somebody.forNew) == 1 && somebody.forNew[0]; asks != c.asks || len(somebody.forNew) > 1 {
				t.Errorf("asked for %v", somebody.forNew)
			}
			if kind, chosen, err := p.Vault.Protection(); chosen != (c.fails == nil) || chosen && kind != c.by || err != nil {
				t.Errorf("protected by %q, %t, %v", kind, chosen, err)
			}
			if err := p.Protect(t.Context()); c.fails == nil && (err != nil || len(somebody.forNew) > 1) {
				t.Errorf("an open vault is protected again: %v, %v", err, somebody.forNew)
			}
		})
	}
}

// A keychain that stops working between the look and the save gives way to a passphrase.
func TestAKeychainThatStopsWorkingGivesWay(t *testing.T) {
	keyring.MockInit()
	t.Cleanup(func() { keyring.MockInitWithError(errors.New("no secret service on this machine")) })
	somebody := &asked{}
	p := Protector{Vault: fresh(t)}
	p.Passphrase = somebody.give
	if at := p.Look(t.Context()); at.By != vault.Keychain {
		t.Fatalf("%+v", at)
	}
	keyring.MockInitWithError(errors.New("the keychain was locked meanwhile"))
	if err := p.Protect(t.Context()); err != nil || len(somebody.forNew) != 1 || !somebody.forNew[0] {
		t.Errorf("%v, asked %v", err, somebody.forNew)
	}
}

func TestWhatWasChosenOnceOpensTheVaultAgain(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "key.txt")
	first := Protector{Vault: vault.Open(filepath.Join(dir, "files")), KeyFile: file}
	words := Protector{Vault: vault.Open(filepath.Join(dir, "words")), Passphrase: (&asked{}).give}
	for _, p := range []Protector{first, words} {
		if err := p.Protect(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	somebody := &asked{}
	again := Protector{Vault: vault.Open(words.Vault.Dir()), Passphrase: somebody.give, Wanted: vault.Keychain}
	if at := again.Look(t.Context()); at != (Keeping{By: vault.Passphrase, Chosen: true}) {
		t.Errorf("%+v", at)
	}
	if err := again.Protect(t.Context()); err != nil || len(somebody.forNew) != 1 || somebody.forNew[0] {
		t.Errorf("%v, asked %v", err, somebody.forNew)
	}
	for _, other := range []Protector{{}, {KeyFile: file}} {
		if other.Vault = vault.Open(words.Vault.Dir()); other.Protect(t.Context()) == nil {
			t.Error("it opens without its passphrase")
		}
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []Protector{{KeyFile: file}, {KeyReader: strings.NewReader(string(content))}} {
		p.Vault = vault.Open(first.Vault.Dir())
		if err := p.Protect(t.Context()); err != nil || p.Vault.Locked() {
			t.Errorf("%v", err)
		}
	}
}

func TestAKeyThatIsHandedOverProtectsTheFirstSave(t *testing.T) {
	dir := t.TempDir()
	maker := Protector{Vault: vault.Open(filepath.Join(dir, "maker")), KeyFile: filepath.Join(dir, "key.txt")}
	if err := maker.Protect(t.Context()); err != nil {
		t.Fatal(err)
	}
	open := func() io.Reader {
		content, err := os.ReadFile(maker.KeyFile)
		if err != nil {
			t.Fatal(err)
		}
		return strings.NewReader(string(content))
	}
	p := Protector{Vault: vault.Open(filepath.Join(dir, "vault")), KeyReader: open(), Passphrase: (&asked{}).give}
	if at := p.Look(t.Context()); at.By != vault.KeyFile || at.Chosen {
		t.Errorf("%+v", at)
	}
	if err := p.Protect(t.Context()); err != nil || p.Vault.Locked() {
		t.Errorf("%v", err)
	}
}

func TestWhereASecretIsKeptIsSaidInAFewWords(t *testing.T) {
	broken := errors.New("the folder belongs to somebody else")
	s := New(machine(t), answered(t))
	for _, c := range []struct {
		at   Keeping
		says string
	}{
		{Keeping{By: vault.Passphrase}, "encrypted file, opened by a passphrase"},
		{Keeping{By: vault.Passphrase, Chosen: true}, vault.Passphrase.Label() + " + encrypted file"},
		{Keeping{By: vault.Keychain}, vault.Keychain.Label() + " + encrypted file"},
		{Keeping{By: vault.KeyFile, Chosen: true}, vault.KeyFile.Label() + " + encrypted file"},
		{Keeping{Err: broken}, "✗ " + broken.Error()},
	} {
		if got := s.WhereKept(c.at); got != c.says {
			t.Errorf("%+v: %q", c.at, got)
		}
	}
	env := machine(t)
	env.Demo = &Demo{}
	if got := New(env, answered(t)).WhereKept(Keeping{By: vault.KeyFile}); got != demoPlace {
		t.Errorf("the demo: %q", got)
	}
}

func TestAPassphraseIsAskedForOnlyWhereOneIsNeeded(t *testing.T) {
	env := machine(t)
	s := New(env, answered(t))
	if ask, _ := s.Unprotected(Keeping{By: vault.Passphrase, Chosen: true}); ask {
		t.Error("an open vault asks for one")
	}
	env.Vault = fresh(t)
	s = New(env, answered(t))
	for _, c := range []struct {
		at       Keeping
		ask, new bool
	}{
		{Keeping{By: vault.Passphrase}, true, true},
		{Keeping{By: vault.Passphrase, Chosen: true}, true, false},
		{Keeping{By: vault.Keychain}, false, true},
		{Keeping{By: vault.KeyFile, Chosen: true}, false, false},
		{Keeping{By: vault.Passphrase, Err: errors.New("no")}, false, true},
	} {
		if ask, isNew := s.Unprotected(c.at); ask != c.ask || isNew != c.new {
			t.Errorf("%+v: ask %t, new %t", c.at, ask, isNew)
		}
	}
}
