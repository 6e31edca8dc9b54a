package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Folder has the runs of one place.
type Folder struct{ Dir string }

// Manifest is what is known of a run that is over. It stays when the rows of old runs are deleted.
type Manifest struct {
	Version int             `json:"version"`
	ID      string          `json:"run"`
	Began   time.Time       `json:"began"`
	Ended   time.Time       `json:"ended"`
	Every   time.Duration   `json:"every,omitempty"` // how often it was to run, 0 where it was run by hand
	Size    int64           `json:"bytes"`
	SHA256  string          `json:"sha256"`
	Summary json.RawMessage `json:"summary"`
	Rows    bool            `json:"-"` // the rows are still there
}

// Lock keeps the folder for one run at a time, until release is called. The error is ErrBusy.
func (f Folder) Lock() (release func(), err error) {
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return nil, files(err)
	}
	if err := f.plainLock(); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(f.Dir, "lock"), flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(context.Background(), lockTime)
	defer cancel()
	switch held, err := lock.TryLockContext(ctx, lockLook); {
	case err != nil && !errors.Is(err, context.DeadlineExceeded):
		return nil, files(err)
	case !held:
		return nil, &connector.Error{Kind: ErrBusy, What: "An inventory of this place is running already.", Remedy: "Wait until it is over, or end it; what it has stays."}
	}
	return func() { _ = lock.Unlock() }, nil
}

// Busy reports whether a run is being taken.
func (f Folder) Busy() bool {
	path := filepath.Join(f.Dir, "lock")
	if _, err := os.Lstat(path); err != nil || f.plainLock() != nil {
		return false
	}
	lock := flock.New(path, flock.SetPermissions(0o600))
	free, err := lock.TryRLock() // for a moment, and a run that begins waits for longer
	_ = lock.Close()
	return err == nil && !free
}

// File is where the rows of a run are, and how large that is by now.
func (f Folder) File(id string) (path string, bytes int64) {
	path = f.path(id, rowsExt)
	for _, one := range []string{path, path + "-wal"} {
		if info, err := os.Stat(one); err == nil {
			bytes += info.Size()
		}
	}
	return path, bytes
}

// A look at the lock is over before a run that begins gives up.
const (
	lockTime = 200 * time.Millisecond
	lockLook = 20 * time.Millisecond
)

const (
	rowsExt     = ".db"
	manifestExt = ".json"
	stamp       = "20060102T150405Z"
)

func (f Folder) path(id, ext string) string { return filepath.Join(f.Dir, id+ext) }

func (f Folder) taken(id string) bool {
	for _, ext := range []string{rowsExt, manifestExt} {
		if _, err := os.Lstat(f.path(id, ext)); err == nil {
			return true
		}
	}
	return false
}

// drop deletes the rows of a run.
func (f Folder) drop(id string) error {
	for _, path := range []string{f.path(id, rowsExt), f.path(id, rowsExt+"-wal"), f.path(id, rowsExt+"-shm"), f.path(id, rowsExt+"-journal"), f.sealing(id)} {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return files(err)
		}
	}
	return nil
}

// ids are the runs of which there is a file of this kind, the oldest first.
func (f Folder) ids(ext string) ([]string, error) {
	inside, err := os.ReadDir(f.Dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, files(err)
	}
	var out []string
	for _, entry := range inside {
		if id, is := strings.CutSuffix(entry.Name(), ext); is && entry.Type().IsRegular() && strings.HasPrefix(id, "2") {
			out = append(out, id)
		}
	}
	return out, nil
}

// partial are the runs that are not over.
func (f Folder) partial() ([]string, error) {
	all, err := f.ids(rowsExt)
	if err != nil {
		return nil, err
	}
	over, err := f.names(manifestExt)
	return slices.DeleteFunc(all, func(id string) bool {
		return slices.Contains(over, id) || (f.closed(id) && !f.goesOn(id)) // what was sealed and lost its manifest is not gone on with
	}), err
}

// Unfinished opens the run that is not over for looking at it, and gives nil where there is none.
func (f Folder) Unfinished() (*Run, string, error) {
	all, err := f.partial()
	if err != nil || len(all) == 0 {
		return nil, "", err
	}
	id := all[len(all)-1]
	r, err := open(f.path(id, rowsExt), f.closed(id)) // one that is just being sealed is left as it is
	if err == nil && !r.made {                        // it was ended while it was made
		return nil, "", r.Close()
	}
	return r, id, err
}

// Seal ends a run: its file is checked and closed, and a manifest written beside it. Runs before it that are not over are given up. The rows of all but the newest so many runs are deleted, 0
// keeps all; their manifests stay.
func (f Folder) Seal(r *Run, m Manifest, keep int) (Manifest, error) {
	var sound string
	if err := r.db.QueryRow("PRAGMA quick_check(1)").Scan(&sound); err != nil || sound != "ok" {
		return m, torn(r.path, cmp.Or(err, errors.New(sound)))
	}
	if err := f.writeWhole(f.sealing(m.ID), "", nil); err != nil {
		return m, err
	}
	if _, err := r.db.Exec("DELETE FROM progress; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;"); err != nil {
		return m, torn(r.path, err)
	}
	if err := r.Close(); err != nil {
		return m, err
	}
	var err error
	if m.Size, m.SHA256, err = measure(r.path); err != nil {
		return m, err
	}
	m.Version, m.Rows = Version, true
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return m, fmt.Errorf("encode the manifest: %w", err)
	}
	if err := f.writeWhole(f.sealing(m.ID), f.path(m.ID, manifestExt), append(text, '\n')); err != nil {
		return m, err
	}
	if err := f.overtake(m.ID); err != nil {
		return m, err
	}
	return m, f.prune(keep)
}

// writeWhole writes a new file, which gets its name when it is whole. Without a name it stays under its first one.
func (f Folder) writeWhole(first, path string, text []byte) error {
	if err := os.Remove(first); err != nil && !errors.Is(err, os.ErrNotExist) {
		return files(err)
	}
	file, err := os.OpenFile(first, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return files(err)
	}
	_, err = file.Write(text)
	err = cmp.Or(err, file.Sync())
	err = cmp.Or(err, file.Close())
	if err == nil && path != "" {
		err = os.Rename(first, path)
	}
	if err != nil {
		return files(err) // the mark stays, so that the run can be gone on with
	}
	return nil
}

// prune deletes the rows of all runs behind so many whole ones. What was damaged is none of these, and goes in its turn: with what is left of its manifest,
// where that cannot be read.
func (f Folder) prune(keep int) error {
	if keep == 0 {
		return nil
	}
	all, err := f.over()
	if err != nil {
		return err
	}
	for _, one := range slices.Backward(all) {
		switch {
		case keep == 0:
			err := f.drop(one.ID)
			if one.known && err != nil {
				return err
			}
			if !one.known { // there may be a folder in its place, which nothing here has made
				_ = os.Remove(f.path(one.ID, manifestExt))
			}
		case f.damaged(one) == nil:
			keep--
		}
	}
	return nil
}

// measure gives the size and the hash of a file.
func measure(path string) (int64, string, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, "", files(err)
	}
	defer func() { _ = file.Close() }()
	sum := sha256.New()
	size, err := io.Copy(sum, file)
	if err != nil {
		return 0, "", files(err)
	}
	return size, hex.EncodeToString(sum.Sum(nil)), nil
}
