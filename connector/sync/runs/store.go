package runs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"github.com/draftt-io/draftt-databricks/connector"
)

const (
	manifestFile = "_manifest.json"
	latestName   = "latest"
	lockName     = ".lock"
	wholePrefix  = "run="      // as the folder of a partition is named, which every engine reads as a column
	partPrefix   = ".partial-" // which no engine reads
	gonePrefix   = ".gone-"
	scratchName  = ".scratch"
)

// Kinds of *connector.Error.
var (
	ErrBusy   = errors.New("another sync writes into the folder")
	ErrFolder = errors.New("the folder cannot be used")
	ErrFull   = errors.New("the disk is full")
)

// Store is the folder of one connection's runs.
type Store struct{ dir string }

// Open makes the folder where it is missing, for its owner alone. It returns an *connector.Error of kind ErrFolder.
func Open(dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, Trouble("use", dir, err)
	}
	connector.Known().NoteFolder(dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, Trouble("use", dir, err)
	}
	return &Store{dir}, nil
}

// At is a folder as it is, which may not be there. What only looks at it makes nothing.
func At(dir string) (*Store, error) {
	whole, err := filepath.Abs(dir)
	if err != nil {
		return nil, Trouble("use", dir, err)
	}
	return &Store{whole}, nil
}

// Last is the newest whole run of a folder that may not be there, nil where there is none that can be read. It changes nothing.
func Last(dir string) *Run {
	run, err := (&Store{dir}).Latest()
	if err != nil {
		return nil
	}
	return run
}

// Dir is the folder.
func (s *Store) Dir() string { return s.dir }

// Trouble is the error of a folder or a file in it, with what to do. A full disk is of kind ErrFull.
func Trouble(doing, path string, err error) error {
	if IsFull(err) {
		return &connector.Error{
			Kind: ErrFull, What: "The disk is full: " + connector.CleanLine(path, 300) + " could not be written.",
			Remedy: "Make room, or name a folder elsewhere with --to, and run the sync again. It goes on where it stopped.", Cause: err,
		}
	}
	var known *connector.Error
	if errors.As(err, &known) {
		return err
	}
	return &connector.Error{
		Kind: ErrFolder, What: fmt.Sprintf("Could not %s %s: %s.", doing, connector.CleanLine(path, 300), reason(err)),
		Remedy: "Name a folder that you may write to with --to.", Cause: err,
	}
}

func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return connector.Said(err, 200)
}

// Lock keeps every other sync out of the folder until release is called. It returns an *connector.Error of kind ErrBusy at once where there is
// one. The lock ends with the process, however that ends.
func (s *Store) Lock() (release func(), err error) {
	path := filepath.Join(s.dir, lockName)
	lock := flock.New(path, flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return nil, Trouble("lock", path, err)
	}
	if !held {
		return nil, s.busy()
	}
	return func() { _ = lock.Unlock() }, nil
}

func (s *Store) busy() error {
	return &connector.Error{
		Kind: ErrBusy, What: "Another sync writes into " + connector.CleanLine(s.dir, 300) + ".", Remedy: "Wait until it has ended, or name another folder with --to.",
	}
}

// Run is a whole run.
type Run struct {
	ID       string // such as 20261129T020000Z, or 20261129T020000Z-002 of the second in a moment; in the order of time
	Folder   string
	Manifest *Manifest
}

// Path is where a file of the run lies, of which a manifest names the path.
func (r *Run) Path(within string) string { return filepath.Join(r.Folder, filepath.FromSlash(within)) }

// Whole are the IDs of the runs that are whole, oldest first. A folder whose name is no time is nobody's run.
func (s *Store) Whole() ([]string, error) {
	names, err := s.named(wholePrefix)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(names, func(id string) bool {
		info, err := os.Lstat(filepath.Join(s.dir, wholePrefix+id, manifestFile))
		return err != nil || !info.Mode().IsRegular()
	}), nil
}

// named are the times that folders with a prefix are named by, the earliest first.
func (s *Store) named(prefix string) (ids []string, err error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, Trouble("read", s.dir, err)
	}
	for _, e := range entries {
		id, named := strings.CutPrefix(e.Name(), prefix)
		if named && e.IsDir() && isID(id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// Latest is the newest whole run of which the files are there, nil where there is none.
func (s *Store) Latest() (*Run, error) {
	ids, err := s.Whole()
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Backward(ids) {
		folder := filepath.Join(s.dir, wholePrefix+id)
		m, err := readManifest(filepath.Join(folder, manifestFile))
		if errors.Is(err, ErrNewer) {
			return nil, &connector.Error{
				Kind: ErrFolder, What: "The runs in " + connector.CleanLine(s.dir, 300) + " were written by a newer release.",
				Remedy: "Use that release, or name another folder with --to.", Cause: err,
			}
		}
		if err == nil && m.isThere(folder) {
			return &Run{ID: id, Folder: folder, Manifest: m}, nil
		}
	}
	return nil, nil
}

// isThere reports whether the files of a run have the sizes that the manifest names.
func (m *Manifest) isThere(folder string) bool {
	for _, t := range m.Tables {
		for _, f := range t.Files {
			if !isThere(folder, f) {
				return false
			}
		}
	}
	return true
}

// isThere reports whether a file of a run is there: a plain one of the size that was written down. A path that leads out of the run, or to
// what a run keeps for itself, names none.
func isThere(folder string, f File) bool {
	path := filepath.FromSlash(f.Path)
	if !filepath.IsLocal(path) || strings.ContainsAny(f.Path[:1], "._") {
		return false
	}
	info, err := os.Lstat(filepath.Join(folder, path))
	return err == nil && info.Mode().IsRegular() && info.Size() == f.Bytes
}

// Prune removes the oldest whole runs until keep are left, and gives the IDs of those that are gone. It never removes the newest of which
// the files are there, nor anything for a keep of 0.
func (s *Store) Prune(ctx context.Context, keep int) (gone []string, err error) {
	if keep <= 0 {
		return nil, nil
	}
	ids, err := s.Whole()
	if err != nil {
		return nil, err
	}
	if err := s.sweep(); err != nil { // what is left of an earlier removal would be in the way
		return nil, err
	}
	newest, err := s.Latest()
	if err != nil {
		return nil, err
	}
	for _, id := range ids[:max(0, len(ids)-keep)] {
		if newest != nil && id == newest.ID {
			continue
		}
		if ctx.Err() != nil {
			break
		}
		// A run that is removed half way would look whole: it loses its name first.
		from, to := filepath.Join(s.dir, wholePrefix+id), filepath.Join(s.dir, gonePrefix+id)
		if err := os.Rename(from, to); err != nil {
			return gone, Trouble("remove", from, err)
		}
		gone = append(gone, id)
	}
	return gone, s.sweep()
}

// sweep removes what is left of runs that are to be gone.
func (s *Store) sweep() error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return Trouble("read", s.dir, err)
	}
	for _, e := range entries {
		if id, is := strings.CutPrefix(e.Name(), gonePrefix); is && isID(id) {
			if err := os.RemoveAll(filepath.Join(s.dir, e.Name())); err != nil {
				return Trouble("remove", filepath.Join(s.dir, e.Name()), err)
			}
		}
	}
	return nil
}
