package vault

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// Every touch of the vault's folder is in this file, by way of a disk, so that a fault can be put under each of them.

const (
	connectionsDir = "connections"
	draftsDir      = "drafts"
	privateFile    = 0o600
	privateFolder  = 0o700
	// sizeLimit bounds what is read and written. A connection with ten thousand tables stays below it.
	sizeLimit = 8 << 20
	// tempPrefix and a random ID name our unfinished files; only names of exactly this form are ever swept.
	tempPrefix = ".saving-"
)

// idForm is the form of what randomID gives.
var idForm = pattern.New(`^[a-z2-7]{16}$`)

// folder is the vault's folder or one of those in it, opened so that no name in it can lead outside.
type folder struct {
	disk disk
	root root
	path string
}

// openFolder opens an existing vault folder. It returns fs.ErrNotExist when there is none, and ErrUnsafe when others may look into it.
func openFolder(d disk, path string) (*folder, error) {
	info, err := d.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look at the vault folder: %w", err)
	}
	if err := private(info, path, true); err != nil {
		return nil, err
	}
	root, err := d.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("open the vault folder: %w", err)
	}
	return &folder{disk: d, root: root, path: path}, nil
}

// makeFolder opens a vault folder and creates what is missing of it. An empty folder that a person prepared is made private.
func makeFolder(d disk, path string) (*folder, error) {
	_, err := d.Stat(path)
	missing := errors.Is(err, fs.ErrNotExist)
	if err := d.MkdirAll(path, privateFolder); err != nil {
		return nil, fmt.Errorf("create the vault folder: %w", err)
	}
	if missing {
		err = syncPath(d, filepath.Dir(path))
	} else {
		err = tighten(d, path)
	}
	if err != nil {
		return nil, err
	}
	return openFolder(d, path)
}

// inner opens a folder of the vault's own in this one, under the rules of openFolder; unlike there, a link is refused.
func (f *folder) inner(name string) (*folder, error) {
	info, err := f.stat(name)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(f.path, name)
	if err := private(info, path, true); err != nil {
		return nil, err
	}
	root, err := f.root.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("open the %s folder: %w", name, err)
	}
	return &folder{disk: f.disk, root: root, path: path}, nil
}

// makeInner is inner for a folder that is created where it is missing.
func (f *folder) makeInner(name string) (*folder, error) {
	switch err := f.root.Mkdir(name, privateFolder); {
	case err == nil:
		if err := f.sync(); err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrExist):
		return nil, fmt.Errorf("create the %s folder: %w", name, err)
	}
	return f.inner(name)
}

// tighten takes away the access of others to an empty folder; one with content is left for openFolder to refuse.
func tighten(d disk, path string) error {
	entries, err := d.ReadDir(path)
	if err != nil {
		return fmt.Errorf("look into the vault folder: %w", err)
	}
	if len(entries) > 0 || runtime.GOOS == "windows" {
		return nil
	}
	if err := d.Chmod(path, privateFolder); err != nil {
		return fmt.Errorf("make the vault folder private: %w", err)
	}
	return nil
}

func (f *folder) close() { _ = f.root.Close() }

// names lists the folder in order. It asks for names alone, because looking at each of thousands would take most of a save.
func (f *folder) names() ([]string, error) {
	names, err := everything(f, file.Readdirnames)
	slices.Sort(names)
	// Some file systems name a file twice when it is replaced during the listing.
	return slices.Compact(names), err
}

// infos looks at everything in the folder, without following a link.
func (f *folder) infos() ([]fs.FileInfo, error) { return everything(f, file.Readdir) }

func everything[T any](f *folder, all func(file, int) ([]T, error)) ([]T, error) {
	dir, err := f.root.OpenFile(".", os.O_RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	defer func() { _ = dir.Close() }()
	found, err := all(dir, -1)
	if err != nil {
		return nil, fmt.Errorf("list the folder: %w", err)
	}
	return found, nil
}

// stat looks at a name without following a link.
func (f *folder) stat(name string) (fs.FileInfo, error) {
	info, err := f.root.Lstat(name)
	if err != nil {
		return nil, fmt.Errorf("look at the file: %w", err)
	}
	return info, nil
}

// read gives the content of a regular private file. The name is looked at before it is opened, because opening a pipe would wait for ever.
func (f *folder) read(name string) ([]byte, error) {
	info, err := f.stat(name)
	if err != nil {
		return nil, err
	}
	if err := private(info, filepath.Join(f.path, name), false); err != nil {
		return nil, err
	}
	file, err := f.root.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("open the file: %w", err)
	}
	defer func() { _ = file.Close() }()
	return readAll(file, name)
}

func readAll(r io.Reader, name string) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, sizeLimit+1))
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if len(content) > sizeLimit {
		return nil, damaged(name, "it is larger than any file of this program")
	}
	return content, nil
}

// write replaces a file in one step: whoever reads it, and whenever the power fails, it is the old content or the new.
// On an error the old file is still there, with one exception: errUnconfirmed means that the new one is in place.
func (f *folder) write(name string, content []byte) error {
	temp := tempPrefix + randomID()
	if err := f.writeNew(temp, content); err != nil {
		return err
	}
	if err := f.rename(temp, name); err != nil {
		_ = f.root.Remove(temp)
		return fmt.Errorf("put the new file in place: %w", err)
	}
	if err := f.sync(); err != nil {
		return fmt.Errorf("%w: %w", errUnconfirmed, err)
	}
	return nil
}

// errUnconfirmed says that a change was made, but the system did not confirm that it would survive a loss of power.
var errUnconfirmed = errors.New("in place, but not confirmed by the disk")

func (f *folder) writeNew(name string, content []byte) error {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if err != nil {
		return fmt.Errorf("create a new file: %w", err)
	}
	if err := fill(file, content); err != nil {
		_ = f.root.Remove(name)
		return err
	}
	return nil
}

// fill writes, syncs and closes a new file; each of the three may be the first to tell that the disk is full.
func fill(file file, content []byte) error {
	_, err := file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("write the new file: %w", err)
	}
	return nil
}

// rename retries on Windows, where a virus scanner may hold either file open for a moment.
func (f *folder) rename(from, to string) error {
	err := f.root.Rename(from, to)
	for try := 0; err != nil && runtime.GOOS == "windows" && try < 20; try++ {
		time.Sleep(25 * time.Millisecond)
		err = f.root.Rename(from, to)
	}
	return err
}

func (f *folder) remove(name string) error {
	if err := f.root.Remove(name); err != nil {
		return fmt.Errorf("delete the file: %w", err)
	}
	if err := f.sync(); err != nil {
		return fmt.Errorf("%w: %w", errUnconfirmed, err)
	}
	return nil
}

// sweep deletes what a killed writer left behind. It may only be called under the lock, when no other writer is at work.
func (f *folder) sweep() error {
	names, err := everything(f, file.Readdirnames)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !strings.HasPrefix(name, tempPrefix) || !idForm().MatchString(name[len(tempPrefix):]) {
			continue
		}
		if err := f.root.Remove(name); err != nil {
			return fmt.Errorf("delete an unfinished file: %w", err)
		}
	}
	return nil
}

// sync makes the names in the folder durable. Windows has no such call; it keeps names in its own journal.
func (f *folder) sync() error { return syncPath(f.disk, f.path) }

func syncPath(on disk, path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := on.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return fmt.Errorf("open the folder: %w", err)
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync the folder: %w", err)
	}
	return nil
}

// randomID is 80 random bits as 16 letters and digits that every file system can hold.
func randomID() string { return strings.ToLower(rand.Text()[:16]) }
