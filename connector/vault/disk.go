package vault

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// disk is every call that the vault makes of the file system. Tests put one in its place that fails, or dies, at a call of their choice.
type disk interface {
	Stat(path string) (fs.FileInfo, error)
	MkdirAll(path string, mode fs.FileMode) error
	ReadDir(path string) ([]fs.DirEntry, error)
	Chmod(path string, mode fs.FileMode) error
	Remove(path string) error
	OpenFile(path string, flag int, mode fs.FileMode) (file, error)
	OpenRoot(path string) (root, error)
	// Lock waits for the file's lock, creating the file where it is missing, and gives what ends it.
	Lock(path string) (unlock func() error, err error)
}

// root is a folder that no name in it can lead out of.
type root interface {
	Lstat(name string) (fs.FileInfo, error)
	Mkdir(name string, mode fs.FileMode) error
	OpenFile(name string, flag int, mode fs.FileMode) (file, error)
	OpenRoot(name string) (root, error)
	Rename(from, to string) error
	Remove(name string) error
	Close() error
}

// file is an open file or folder.
type file interface {
	io.ReadWriteCloser
	Stat() (fs.FileInfo, error)
	Sync() error
	Readdirnames(n int) ([]string, error)
	Readdir(n int) ([]fs.FileInfo, error)
}

// osDisk is the machine's own.
type osDisk struct{}

func (osDisk) Stat(path string) (fs.FileInfo, error)        { return os.Stat(path) }
func (osDisk) MkdirAll(path string, mode fs.FileMode) error { return os.MkdirAll(path, mode) }
func (osDisk) ReadDir(path string) ([]fs.DirEntry, error)   { return os.ReadDir(path) }
func (osDisk) Chmod(path string, mode fs.FileMode) error    { return os.Chmod(path, mode) }
func (osDisk) Remove(path string) error                     { return os.Remove(path) }

func (osDisk) OpenFile(path string, flag int, mode fs.FileMode) (file, error) {
	return opened(os.OpenFile(path, flag, mode))
}

func (osDisk) OpenRoot(path string) (root, error) { return rooted(os.OpenRoot(path)) }

func (osDisk) Lock(path string) (func() error, error) {
	l := flock.New(path)
	return l.Unlock, l.Lock()
}

// osRoot hands out the interfaces of this file where os.Root hands out its own types.
type osRoot struct{ *os.Root }

func (r osRoot) OpenFile(name string, flag int, mode fs.FileMode) (file, error) {
	return opened(r.Root.OpenFile(name, flag, mode))
}

// Remove goes by the path where the system can delete nothing by an open folder, as Wine and some network drives of Windows cannot. The name
// is that of a file in this folder, and a link is deleted, not followed.
func (r osRoot) Remove(name string) error {
	err := r.Root.Remove(name)
	if err != nil && cannotRemoveAt(err) && filepath.IsLocal(name) {
		return os.Remove(filepath.Join(r.Name(), name))
	}
	return err
}

func (r osRoot) OpenRoot(name string) (root, error) { return rooted(r.Root.OpenRoot(name)) }

// opened and rooted keep a failed call from becoming an interface that holds a nil pointer.
func opened(f *os.File, err error) (file, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

func rooted(r *os.Root, err error) (root, error) {
	if err != nil {
		return nil, err
	}
	return osRoot{r}, nil
}
