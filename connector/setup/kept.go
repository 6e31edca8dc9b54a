package setup

import (
	"context"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// Kept is everything that lies in the vault: the saved connections, the files that are none any more, and what was left before it was saved.
type Kept struct {
	Saved   []connector.Connection
	Damaged []vault.Damaged
	Waiting []Interrupted
}

// Empty reports whether nothing was ever saved.
func (k Kept) Empty() bool { return len(k.Saved)+len(k.Damaged) == 0 }

// OpenKept opens the vault, where it is locked, and reads what lies in it.
func (e Environment) OpenKept(ctx context.Context, keys vault.Keys) (Kept, error) {
	if e.Vault.Locked() {
		if err := e.Vault.Unlock(ctx, keys); err != nil {
			return Kept{}, err
		}
	}
	saved, damaged, err := e.Vault.List(ctx)
	return Kept{saved, damaged, FindLeft(ctx, e)}, err
}

// Begin makes a set-up of a new connection, whose answers are kept from now on. The demo keeps none.
func (e Environment) Begin(draft *Draft) *Setup {
	s := New(e, draft)
	if e.Demo == nil {
		s.KeepAnswers()
	}
	return s
}

// Edit makes a set-up that changes a saved connection.
func (e Environment) Edit(c connector.Connection) (*Setup, error) {
	draft, err := DraftOf(c)
	if err != nil {
		return nil, err
	}
	s := e.Begin(draft)
	s.edit(c)
	return s, nil
}

// Continue goes on with one that was left. changes is the saved connection that it changes; the zero one has it make a new one.
func (e Environment) Continue(left Interrupted, changes connector.Connection) *Setup {
	if changes.ID != "" {
		left.Draft.trust(changes)
	}
	s := e.Begin(left.Draft)
	s.continueFrom(left)
	if changes.ID != "" {
		s.edit(changes)
	}
	return s
}

// Outcome is where a set-up has led that was left or that ended.
type Outcome struct {
	Saved   connector.Connection // zero: nothing was saved
	KeptID  string               // of the Interrupted that has the answers now, empty where none has
	Editing connector.Connection // the saved one that was to be changed, or zero
}

// Outcome is where the set-up has led.
func (s *Setup) Outcome() Outcome {
	_, kept := s.keeps()
	return Outcome{Saved: s.saved, KeptID: kept.ID, Editing: s.editing}
}

// keeps is what is kept of the answers now, with an empty ID where nothing is.
func (s *Setup) keeps() (*vault.Vault, vault.Draft) {
	if s.checkpoint == nil {
		return nil, vault.Draft{}
	}
	return s.checkpoint.holds()
}

// trust takes the secret of the saved connection that the draft changes, where it still signs in the same principal to the same host.
func (d *Draft) trust(c connector.Connection) {
	if d.host.String() != c.Host.String() || d.method != c.Credentials.Method || d.clientID != c.Credentials.ClientID {
		return
	}
	d.SetSecret(c.Credentials.Secret)
	d.secretOf, d.confirmed = d.host, d.host
}
