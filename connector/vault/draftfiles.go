package vault

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

const draftVersion = 1

// draftRecord is the JSON inside the seal of drafts/<id>.age. It has fields that a record lacks, and lacks some, so that neither passes
// for the other in the other's folder.
type draftRecord struct {
	Version   int       `json:"version"`
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Step      string    `json:"step"`
	Answers   []byte    `json:"answers"`
	CreatedAt time.Time `json:"created_at"`
	SavedAt   time.Time `json:"saved_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

func writeDraft(f *folder, k key, d Draft) error {
	content, err := json.Marshal(draftRecord{
		Version: draftVersion, ID: d.ID, Name: d.Name, Step: d.Step, Answers: d.Answers,
		CreatedAt: d.CreatedAt, SavedAt: d.SavedAt, ExpiresAt: d.ExpiresAt,
	})
	if err != nil {
		return fmt.Errorf("encode the draft: %w", err)
	}
	if len(content) > sizeLimit/2 {
		return &connector.Error{Kind: connector.ErrInput, What: "The draft is too large to save.", Remedy: "Choose the whole schema instead of so many tables."}
	}
	return writeSealed(f, k, d.ID, content, "save the draft")
}

// readDraft opens one file. Every failure is an *connector.Error that names the file.
func readDraft(f *folder, k key, file string) (Draft, error) {
	sealed, err := f.read(file)
	if err != nil {
		return Draft{}, storage("read "+clean(file), err)
	}
	content, err := openSealed(k, file, sealed)
	if err != nil {
		return Draft{}, err
	}
	return decodeDraft(content, file)
}

func decodeDraft(content []byte, file string) (Draft, error) {
	r, err := decodeSealed[draftRecord](content, file, draftVersion, "draft")
	if err != nil {
		return Draft{}, err
	}
	if r.ID+extension != file {
		return Draft{}, damaged(file, "it holds another draft than its name says")
	}
	if r.Name != "" {
		connector.Known().Note(connector.KindConnection, r.Name)
	}
	return Draft{ID: r.ID, Name: r.Name, Step: r.Step, Answers: r.Answers, CreatedAt: r.CreatedAt, SavedAt: r.SavedAt, ExpiresAt: r.ExpiresAt}, nil
}

// waiting reads the draft in a file, and returns ErrNotFound when it is gone, expired or finished. It is finished once a connection with its
// ID can be opened; a damaged one in that place must not cost the draft too. Connections is nil where there never were any.
func (v *Vault) waiting(f, connections *folder, k key, file string) (Draft, error) {
	d, err := readDraft(f, k, file)
	if errors.Is(err, fs.ErrNotExist) {
		return Draft{}, noDraft()
	}
	if err != nil {
		return Draft{}, err
	}
	if !v.now().Before(d.ExpiresAt) {
		return Draft{}, noDraft()
	}
	if connections != nil {
		if _, err := readConnection(connections, k, file); err == nil {
			return Draft{}, noDraft()
		}
	}
	return d, nil
}

// waitingUnder is waiting for an ID that a caller gave.
func (v *Vault) waitingUnder(f, connections *folder, k key, id string) (Draft, error) {
	if !idForm().MatchString(id) {
		return Draft{}, noDraft()
	}
	return v.waiting(f, connections, k, id+extension)
}

func noDraft() error {
	return &connector.Error{Kind: ErrNotFound, What: "There is no such saved draft. It was finished, deleted, or not touched for seven days.", Remedy: "Run draftt-databricks setup to start anew."}
}

// readDrafts opens the drafts and what says that they are finished. It does nothing where no draft was ever saved.
func (v *Vault) readDrafts(read func(f, connections *folder, k key) error) error {
	top, _, err := v.openPinned()
	if errors.Is(err, ErrUnprotected) {
		return nil
	}
	if err != nil {
		return err
	}
	defer top.close()
	k, _ := v.held()
	if k.isZero() {
		return errLocked
	}
	f, err := top.inner(draftsDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return storage("read the saved drafts", err)
	}
	defer f.close()
	connections, err := top.inner(connectionsDir)
	if err == nil {
		defer connections.close()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return storage("read the saved connections", err)
	}
	return read(f, connections, k)
}

// tidyDrafts deletes the drafts that expired or were finished, and what a killed writer left beside them. It runs under the lock of a
// change, whose success does not depend on it: the next one tries again.
func (v *Vault) tidyDrafts(top, connections *folder, k key) {
	f, err := top.inner(draftsDir)
	if err != nil {
		return
	}
	defer f.close()
	_ = f.sweep()
	files, err := sealedFiles(f)
	if err != nil {
		return
	}
	for _, file := range files {
		if _, err := v.waiting(f, connections, k, file); errors.Is(err, ErrNotFound) {
			_ = f.root.Remove(file)
		}
	}
}

// wipeDrafts tidies the drafts for somebody who only looks. It does not wait long for its turn, and a failure is the next one's to mend.
func (v *Vault) wipeDrafts(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_ = v.change(ctx, func(_, _ *folder, _ key) error { return nil })
}
