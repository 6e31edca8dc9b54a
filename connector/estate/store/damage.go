package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Damage is told from what a person or a killed program leaves by four things: a run that is over has a manifest that can be read; its file is a
// plain one; only runs older than one with rows have theirs deleted; and a file that was sealed without a manifest has the mark of its sealing.

// sealingMark is that of a run whose file was closed and whose manifest is not written yet. The manifest is written into it.
const sealingMark = ".manifest-"

func (f Folder) sealing(id string) string { return filepath.Join(f.Dir, sealingMark+id) }

// Before SQLite closes a file for good it takes back that there is a log beside it: this byte is 2 while there may be one.
const (
	logAt   = 18
	withLog = 2
)

// candidate is a run that is over, as far as its files say.
type candidate struct {
	Manifest
	known bool // its manifest can be read
}

// over are the runs that are over, the oldest first, with those that are not whole. A run whose rows were deleted in favour of newer ones is left out.
func (f Folder) over() ([]candidate, error) {
	ids, err := f.names(rowsExt, manifestExt)
	if err != nil {
		return nil, err
	}
	manifests, err := f.Runs()
	if err != nil {
		return nil, err
	}
	var out []candidate
	newer := false
	for _, id := range slices.Backward(ids) {
		_, missing := os.Lstat(f.path(id, rowsExt))
		if (missing != nil && newer) || f.goesOn(id) {
			continue
		}
		newer = newer || missing == nil
		one := candidate{Manifest: Manifest{ID: id}}
		if i := slices.IndexFunc(manifests, func(m Manifest) bool { return m.ID == id }); i >= 0 {
			one = candidate{manifests[i], true}
		}
		out = append(out, one)
	}
	slices.Reverse(out)
	return out, nil
}

// goesOn reports whether a run is not over: there is no manifest, and its file is empty, or may have a log beside it, or was just being sealed.
func (f Folder) goesOn(id string) bool {
	if _, err := os.Lstat(f.path(id, manifestExt)); err == nil {
		return false
	}
	head, err := header(f.path(id, rowsExt))
	if err != nil {
		return false
	}
	_, notSealing := os.Lstat(f.sealing(id))
	return len(head) == 0 || (isHeader(head) && head[logAt] == withLog) || notSealing == nil
}

// closed reports whether SQLite closed the file of a run for good.
func (f Folder) closed(id string) bool {
	head, err := header(f.path(id, rowsExt))
	return err == nil && isHeader(head) && head[logAt] != withLog
}

// names are the runs of which there is anything with such an ending, the oldest first.
func (f Folder) names(exts ...string) ([]string, error) {
	inside, err := os.ReadDir(f.Dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, files(err)
	}
	var out []string
	for _, entry := range inside {
		if ext := filepath.Ext(entry.Name()); slices.Contains(exts, ext) && strings.HasPrefix(entry.Name(), "2") {
			out = append(out, strings.TrimSuffix(entry.Name(), ext))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// NoneWhole says that a run is not whole and that there is no whole one before it.
func NoneWhole(id string) error {
	return &connector.Error{
		Kind: ErrTorn, What: "The run " + id + " is not whole, and there is no whole one before it.", Remedy: "draftt-databricks inventory run --fresh begins a new one.",
	}
}

// plain refuses what is no plain file: reading a pipe would wait for ever.
func plain(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return torn(path, err)
	case err != nil:
		return files(err)
	case !info.Mode().IsRegular():
		return torn(path, errors.New("it is no plain file"))
	}
	return nil
}

// plainBeside refuses the files that SQLite keeps beside one where they are no plain ones.
func plainBeside(path string) error {
	for _, ext := range []string{"-wal", "-shm", "-journal"} {
		if info, err := os.Lstat(path + ext); err == nil && !info.Mode().IsRegular() {
			return torn(path, errors.New(filepath.Base(path)+ext+" is no plain file"))
		}
	}
	return nil
}

// plainLock refuses a lock that is there and no plain file.
func (f Folder) plainLock() error {
	path := filepath.Join(f.Dir, "lock")
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return files(errors.New(path + " is no plain file"))
	}
	return nil
}

// header are the first bytes of the file of a run, none where it is empty.
func header(path string) ([]byte, error) {
	if err := plain(path); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, files(err)
	}
	defer func() { _ = file.Close() }()
	head := make([]byte, headerSize)
	n, _ := file.ReadAt(head, 0)
	return head[:n], nil
}

func isHeader(head []byte) bool {
	return len(head) == headerSize && strings.HasPrefix(string(head), "SQLite format 3\x00")
}
