package setup

import (
	"context"
	"errors"
	"io"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// Protector opens the saved connections or, with the first save on a machine, chooses what protects them: what is wanted, else a key file
// that was given, else the keychain where it works, else a passphrase. There is no way to save without one of them.
type Protector struct {
	Vault     *vault.Vault
	KeyFile   string           // empty: none was given
	KeyReader io.Reader        // the same, already open; nil: none was given
	Wanted    vault.Protection // for the first save; empty: the order above
	// Passphrase gives what opens the vault or, when fresh, what is to protect it. It is asked at the most once. nil: nobody can give one.
	Passphrase func(ctx context.Context, fresh bool) (connector.Secret, error)
}

// Keeping is where secrets are kept on this machine, or would be after the first save.
type Keeping struct {
	By     vault.Protection
	Chosen bool  // it was chosen with an earlier save
	Err    error // the folder of saved connections cannot be used
}

// Look finds out where a secret would be kept now. It may take as long as the keychain is given to answer.
func (p Protector) Look(ctx context.Context) Keeping {
	kind, chosen, err := p.Vault.Protection()
	switch {
	case err != nil || chosen:
		p.Vault.Recall() // a passphrase that this login session still knows is not asked for
		return Keeping{By: kind, Chosen: chosen, Err: err}
	case p.Wanted != "":
		return Keeping{By: p.Wanted}
	case p.KeyFile != "" || p.KeyReader != nil:
		return Keeping{By: vault.KeyFile}
	case p.Passphrase == nil || p.Vault.ProbeKeychain(ctx) == nil:
		return Keeping{By: vault.Keychain}
	}
	return Keeping{By: vault.Passphrase}
}

// Protect leaves the vault open. A keychain that stops working between the look and now gives way to a passphrase, where somebody can give
// one and nothing else was wanted.
func (p Protector) Protect(ctx context.Context) error {
	if !p.Vault.Locked() {
		return nil
	}
	at := p.Look(ctx)
	if at.Err != nil {
		return at.Err
	}
	if at.Chosen {
		return p.Vault.Unlock(ctx, vault.Keys{KeyFile: p.KeyFile, KeyReader: p.KeyReader, Passphrase: p.asks(false)})
	}
	switch at.By {
	case vault.KeyFile:
		if p.KeyReader != nil {
			return p.Vault.InitKeyReader(ctx, p.KeyReader)
		}
		return p.Vault.InitKeyFile(ctx, p.KeyFile)
	case vault.Keychain:
		err := p.Vault.InitKeychain(ctx)
		if p.Wanted != "" || p.Passphrase == nil || !errors.Is(err, vault.ErrKeychain) {
			return err
		}
	}
	passphrase, err := p.Passphrase(ctx, true)
	if err != nil {
		return err
	}
	return p.Vault.InitPassphrase(ctx, passphrase)
}

func (p Protector) asks(fresh bool) func(context.Context) (connector.Secret, error) {
	if p.Passphrase == nil {
		return nil
	}
	return func(ctx context.Context) (connector.Secret, error) { return p.Passphrase(ctx, fresh) }
}

// Protector protects what this set-up saves. passphrase is that of Protector.
func (s *Setup) Protector(passphrase func(ctx context.Context, fresh bool) (connector.Secret, error)) Protector {
	return Protector{Vault: s.env.Vault, KeyFile: s.env.KeyFile, Passphrase: passphrase}
}

// Unprotected reports whether saving needs a passphrase that nobody gave yet, and whether that is the one to choose now.
func (s *Setup) Unprotected(at Keeping) (ask, fresh bool) {
	return s.env.Vault.Locked() && at.Err == nil && at.By == vault.Passphrase, !at.Chosen
}

// WhereKept says in a few words where the secret will be kept.
func (s *Setup) WhereKept(at Keeping) string {
	switch {
	case s.env.Demo != nil:
		return demoPlace
	case at.Err != nil:
		return "✗ " + at.Err.Error()
	case at.By == vault.Passphrase && !at.Chosen:
		return "encrypted file, opened by a passphrase"
	}
	return at.By.Label() + " + encrypted file"
}

// Save opens the vault, or protects it, and seals what was proven: as a change of a saved connection, as the end of an interrupted set-up,
// or as a new one. It is the work to run elsewhere; hand what it gives to Took. An error of the draft says what is missing.
func (s *Setup) Save(p Protector) (func(context.Context) (connector.Connection, error), error) {
	if err := s.draft.takeTypedName(); err != nil {
		return nil, err
	}
	connection, err := s.draft.Connection(s.env.Now())
	if err == nil && s.MustAccept() {
		err = s.Breadth().Refusal()
	}
	if err != nil {
		return nil, err
	}
	connection.Proof = s.Proof()
	return func(ctx context.Context) (connector.Connection, error) {
		if err := p.Protect(ctx); err != nil {
			return connector.Connection{}, err
		}
		return s.save(ctx, connection)
	}, nil
}

// Took notes the connection that was saved.
func (s *Setup) Took(saved connector.Connection) { s.saved = saved }
