package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Save seals a connection and returns it as it was saved. A connection without an ID is new: it gets one, and its name must be free in any
// case (ErrNameTaken). One with an ID replaces what was saved under it, provided that is still what the caller loaded: ErrChangedElsewhere
// when it was saved since, ErrNotFound when it was deleted. A newer proof that Verified kept meanwhile stays, where it is about the same
// workspace, secret and tables. Save sets SavedAt, CreatedAt of a new connection, and SecretSetAt whenever the secret is new. All times are
// kept in UTC.
//
// It waits up to ten seconds for other windows (ErrBusy). On any error the old file is still there, with one exception: when the disk did
// not confirm the change, Save returns ErrStorage together with the connection that is now in place. All other methods that change a
// connection do the same.
func (v *Vault) Save(ctx context.Context, c connector.Connection) (connector.Connection, error) {
	c, err := finished(c)
	if err != nil {
		return connector.Connection{}, err
	}
	if c.ID == "" {
		c.ID = randomID()
		return v.put(ctx, func(top, f *folder, k key) (connector.Connection, error) {
			return v.asNew(ctx, top, f, k, c)
		})
	}
	return v.revise(ctx, c, func(old connector.Connection) connector.Connection {
		next := c
		next.CreatedAt, next.SecretSetAt = old.CreatedAt, old.SecretSetAt
		if old.Proof.At.After(c.Proof.At) && sameSetup(old, c) {
			next.Proof = old.Proof
		}
		return next
	})
}

// Rename gives a connection another name. Its ID and everything else stay, in this window's copy and in the saved one. Its errors are
// those of Save; one of the disk says that the old name stands.
func (v *Vault) Rename(ctx context.Context, c connector.Connection, name string) (connector.Connection, error) {
	name, err := connector.ParseConnectionName(name)
	if err != nil {
		return connector.Connection{}, err
	}
	renamed, err := v.revise(ctx, c, func(old connector.Connection) connector.Connection {
		old.Name = name
		return old
	})
	var refusal *connector.Error
	if errors.Is(err, ErrStorage) && !errors.Is(err, errUnconfirmed) && errors.As(err, &refusal) {
		still := *refusal
		still.What += fmt.Sprintf(" The connection is still called %q.", c.Name)
		return connector.Connection{}, &still
	}
	return renamed, err
}

// Verified keeps what a test of a connection has shown: when, the verdict, and what is known about its privileges. Nothing else changes,
// SavedAt neither, so a test disturbs nobody who has the connection open. The connection is the one that was tested: ErrChangedElsewhere
// when the saved one has another workspace, secret or choice of tables by now, because the proof says nothing about those. Of two proofs
// the newer is kept. Its other errors are those of Save.
func (v *Vault) Verified(ctx context.Context, tested connector.Connection, proof connector.Proof) (connector.Connection, error) {
	return v.put(ctx, func(_, f *folder, k key) (connector.Connection, error) {
		old, err := current(f, k, tested)
		if err != nil {
			return connector.Connection{}, err
		}
		if !sameSetup(old, tested) {
			return connector.Connection{}, changedElsewhere(fmt.Sprintf("connection %q", old.Name))
		}
		if !proof.At.Before(old.Proof.At) {
			old.Proof = proof
		}
		return old, nil
	})
}

// finished is a connection that may be saved, with its name in order.
func finished(c connector.Connection) (connector.Connection, error) {
	name, err := connector.ParseConnectionName(c.Name)
	if err != nil {
		return connector.Connection{}, err
	}
	if c.Host.IsZero() || c.Credentials.Secret.IsZero() {
		return connector.Connection{}, &connector.Error{Kind: connector.ErrInput, What: "The connection has no workspace host or no secret yet.", Remedy: "Sign in to the workspace first."}
	}
	c.Name = name
	return c, nil
}

// put writes the connection that next gives, alone among all windows.
func (v *Vault) put(ctx context.Context, next func(top, f *folder, k key) (connector.Connection, error)) (connector.Connection, error) {
	var saved connector.Connection
	err := v.change(ctx, func(top, f *folder, k key) error {
		c, err := next(top, f, k)
		if err != nil {
			return err
		}
		c.Proof.At = c.Proof.At.UTC().Round(0)
		if err = writeConnection(f, k, c); err == nil || errors.Is(err, errUnconfirmed) {
			saved = c
		}
		return err
	})
	return saved, err
}

// asNew gives a connection that has its ID already what else a new one gets.
func (v *Vault) asNew(ctx context.Context, top, f *folder, k key, c connector.Connection) (connector.Connection, error) {
	if err := v.nameIsFree(ctx, top, f, k, c); err != nil {
		return connector.Connection{}, err
	}
	now := v.now().UTC().Round(0)
	if c.CreatedAt.IsZero() {
		c.CreatedAt = now
	}
	c.SavedAt, c.SecretSetAt, c.CreatedAt = now, now, c.CreatedAt.UTC().Round(0)
	return c, nil
}

// revise puts what change makes of a saved connection in its place. It refuses to change anything but the version that c was made from.
func (v *Vault) revise(ctx context.Context, c connector.Connection, change func(old connector.Connection) connector.Connection) (connector.Connection, error) {
	return v.put(ctx, func(top, f *folder, k key) (connector.Connection, error) {
		old, err := current(f, k, c)
		if err != nil {
			return connector.Connection{}, err
		}
		if !old.SavedAt.Equal(c.SavedAt) {
			return connector.Connection{}, changedElsewhere(fmt.Sprintf("connection %q", old.Name))
		}
		next := change(old)
		// A name that stays is no news. Where a restored backup doubled it, that must not stand in the way of a new secret.
		if next.Name != old.Name {
			if err := v.nameIsFree(ctx, top, f, k, next); err != nil {
				return connector.Connection{}, err
			}
		}
		next.SavedAt = v.later(old.SavedAt)
		if !sameSecret(old, next) {
			next.SecretSetAt = next.SavedAt
			if next.SecretExpires.Equal(old.SecretExpires) { // that was the end of the old one
				next.SecretExpires = time.Time{}
			}
		}
		return next, nil
	})
}

// later is the time now, and in any case after the last save: two saves never carry one time, because the time tells them apart.
func (v *Vault) later(last time.Time) time.Time {
	now := v.now().UTC().Round(0)
	if !now.After(last) {
		now = last.Add(time.Nanosecond)
	}
	return now
}

// current reads what is saved under the ID of c.
func current(f *folder, k key, c connector.Connection) (connector.Connection, error) {
	if !idForm().MatchString(c.ID) {
		return connector.Connection{}, &connector.Error{Kind: ErrNotFound, What: "The connection has an identifier that no saved connection has.", Remedy: "Save it as a new connection."}
	}
	old, err := readConnection(f, k, c.ID+extension)
	if errors.Is(err, fs.ErrNotExist) {
		return connector.Connection{}, &connector.Error{Kind: ErrNotFound, What: fmt.Sprintf("The connection %q was deleted in another window.", c.Name), Remedy: "Save it as a new connection."}
	}
	return old, err
}

// changedElsewhere is the *connector.Error for work of another window that must not be undone.
func changedElsewhere(what string) error {
	return &connector.Error{Kind: ErrChangedElsewhere, What: fmt.Sprintf("The %s was saved in another window since it was opened here.", what), Remedy: "Open it again, then repeat the change."}
}

// sameSetup tells whether what was proven of one connection holds of another: they differ in nothing but their name, times and proof.
func sameSetup(a, b connector.Connection) bool {
	bare := func(c connector.Connection) []byte {
		c.Name, c.Proof, c.CreatedAt, c.SavedAt, c.SecretSetAt, c.SecretExpires = "", connector.Proof{}, time.Time{}, time.Time{}, time.Time{}, time.Time{}
		if len(c.Tables) == 0 {
			c.Tables = nil // as it is read back
		}
		content, _ := encodeRecord(c)
		return content
	}
	one, other := bare(a), bare(b)
	defer clear(one)
	defer clear(other)
	return one != nil && bytes.Equal(one, other)
}
