package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// DraftLife is how long a draft is kept after it was last saved.
const DraftLife = 7 * 24 * time.Hour

// Draft is a setup that waits to be finished, for example until somebody else has granted a privilege. It is sealed like a connection and
// has no place for a secret: that is asked for again.
type Draft struct {
	ID        string    // assigned by the vault; Finish gives it to the connection
	Name      string    // what to show it by; may be empty, and need not be unique
	Step      string    // the step that it waits at, in the caller's words
	Answers   []byte    // what was answered so far, in the caller's form, which the vault does not look into; never a secret
	CreatedAt time.Time // in UTC, as are the next two
	SavedAt   time.Time
	ExpiresAt time.Time // DraftLife after SavedAt
}

// SaveDraft seals a draft and returns it as it was saved; it lives for DraftLife from then on. One without an ID is new and gets one. One
// with an ID replaces what was saved under it, provided that is still what the caller loaded: ErrChangedElsewhere when it was saved since,
// ErrNotFound when it was deleted, finished or expired. The vault must be unlocked, so its protection is chosen before the first draft.
// Its other errors, and what is in place after one, are those of Save.
func (v *Vault) SaveDraft(ctx context.Context, d Draft) (Draft, error) {
	if d.Name != "" {
		name, err := connector.ParseConnectionName(d.Name)
		if err != nil {
			return Draft{}, err
		}
		d.Name = name
	}
	var kept Draft
	err := v.change(ctx, func(top, connections *folder, k key) error {
		f, err := top.makeInner(draftsDir)
		if err != nil {
			return storage("open the saved drafts", err)
		}
		defer f.close()
		var old Draft
		if d.ID == "" {
			d.ID = randomID()
		} else if old, err = v.waitingUnder(f, connections, k, d.ID); err != nil {
			return err
		} else if !old.SavedAt.Equal(d.SavedAt) {
			return changedElsewhere("draft")
		}
		d.SavedAt = v.later(old.SavedAt)
		if d.CreatedAt = old.CreatedAt; old.ID == "" {
			d.CreatedAt = d.SavedAt
		}
		d.ExpiresAt = d.SavedAt.Add(DraftLife)
		if err = writeDraft(f, k, d); err == nil || errors.Is(err, errUnconfirmed) {
			kept = d
		}
		return err
	})
	return kept, err
}

// Drafts opens every draft that waits and returns them, the newest first, and beside them each file that could not be used. What expired
// or was finished is not among them and is deleted. It returns ErrLocked before Unlock, and an error only when the folder itself cannot be
// read.
func (v *Vault) Drafts(ctx context.Context) ([]Draft, []Damaged, error) {
	var drafts []Draft
	var broken []Damaged
	over := false
	err := v.readDrafts(func(f, connections *folder, k key) error {
		files, err := sealedFiles(f)
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("read the saved drafts: %w", err)
			}
			d, err := v.waiting(f, connections, k, file)
			switch {
			case err == nil:
				drafts = append(drafts, d)
			case errors.Is(err, ErrNotFound):
				over = true
			default:
				broken = append(broken, Damaged{File: clean(file), Err: err})
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if over {
		v.wipeDrafts(ctx)
	}
	slices.SortFunc(drafts, func(a, b Draft) int { return b.SavedAt.Compare(a.SavedAt) })
	return drafts, broken, nil
}

// DeleteDraft removes one draft by its ID, or a damaged file by its file name as Drafts reports it. It returns ErrNotFound when there is
// none, and otherwise the errors of Delete.
func (v *Vault) DeleteDraft(ctx context.Context, id string) error {
	return v.change(ctx, func(top, _ *folder, _ key) error {
		f, err := top.inner(draftsDir)
		if errors.Is(err, fs.ErrNotExist) {
			return noDraft()
		}
		if err != nil {
			return storage("open the saved drafts", err)
		}
		defer f.close()
		files, err := sealedFiles(f)
		if err != nil {
			return err
		}
		for _, file := range files {
			if file == id+extension || clean(file) == id {
				if err := f.remove(file); err != nil {
					return storage("delete the draft", err)
				}
				return nil
			}
		}
		return noDraft()
	})
}

// Finish saves the connection that a draft has become, under the ID of the draft, and deletes the draft. A draft whose connection is saved
// counts as finished, so a loss of power between the two leaves nothing to do again. It returns ErrChangedElsewhere when another window
// finished the draft, and otherwise the errors of Save. A draft that expired meanwhile can still be finished.
func (v *Vault) Finish(ctx context.Context, draft string, c connector.Connection) (connector.Connection, error) {
	c, err := finished(c)
	if err != nil {
		return connector.Connection{}, err
	}
	if !idForm().MatchString(draft) {
		return connector.Connection{}, noDraft()
	}
	c.ID = draft
	return v.put(ctx, func(top, f *folder, k key) (connector.Connection, error) {
		switch _, err := f.stat(c.ID + extension); {
		case err == nil:
			return connector.Connection{}, &connector.Error{Kind: ErrChangedElsewhere, What: "This setup was finished in another window.", Remedy: "Run draftt-databricks list to see the connection."}
		case !errors.Is(err, fs.ErrNotExist):
			return connector.Connection{}, storage("look at the saved connections", err)
		}
		return v.asNew(ctx, top, f, k, c)
	})
}
