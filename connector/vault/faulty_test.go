package vault

import (
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"
)

// how a faulty disk fails.
type how int

const (
	never   how = iota // it only counts
	refuses            // one call is refused and does nothing
	stays              // that call is refused, and every one after it
	late               // one call does its work and reports a failure nevertheless
	dies               // from that call on nothing has an effect any more, as after a kill
)

var hows = map[how]string{refuses: "refused once", stays: "refused from then on", late: "done and reported as failed", dies: "killed there"}

// errDead is what a disk says that outlived its process. Nobody is there to hear it.
var errDead = errors.New("the process is dead")

// faultyDisk is the machine's disk with a fault at one call. A write that is refused, or cut off by a kill, has written half of its bytes.
type faultyDisk struct {
	at  int // the number of the call, from 1
	how how
	err error

	mu     sync.Mutex
	calls  []string
	unlock []func() error
}

// do makes one call, or what the fault makes of it.
func (d *faultyDisk) do(what, path string, call func() error) error {
	d.mu.Lock()
	d.calls = append(d.calls, what+" "+filepath.Base(path))
	n := len(d.calls)
	d.mu.Unlock()
	switch {
	case d.how == dies && n >= d.at:
		return errDead
	case d.how == late && n == d.at:
		if err := call(); err != nil {
			return err
		}
		return d.fault(what, path)
	case d.how == refuses && n == d.at, d.how == stays && n >= d.at:
		return d.fault(what, path)
	}
	return call()
}

func (d *faultyDisk) fault(what, path string) error {
	return &fs.PathError{Op: what, Path: path, Err: d.err}
}

// bury lets go of the locks that a dead process held, as the system does.
func (d *faultyDisk) bury() {
	for _, end := range d.unlock {
		_ = end()
	}
}

// get is do for a call with an answer.
func get[T any](d *faultyDisk, what, path string, call func() (T, error)) (T, error) {
	var answer, none T
	err := d.do(what, path, func() error {
		var err error
		answer, err = call()
		return err
	})
	if err != nil {
		return none, err
	}
	return answer, nil
}

func (d *faultyDisk) Stat(path string) (fs.FileInfo, error) {
	return get(d, "stat", path, func() (fs.FileInfo, error) { return osDisk{}.Stat(path) })
}

func (d *faultyDisk) MkdirAll(path string, mode fs.FileMode) error {
	return d.do("mkdir", path, func() error { return osDisk{}.MkdirAll(path, mode) })
}

func (d *faultyDisk) ReadDir(path string) ([]fs.DirEntry, error) {
	return get(d, "readdir", path, func() ([]fs.DirEntry, error) { return osDisk{}.ReadDir(path) })
}

func (d *faultyDisk) Chmod(path string, mode fs.FileMode) error {
	return d.do("chmod", path, func() error { return osDisk{}.Chmod(path, mode) })
}

func (d *faultyDisk) Remove(path string) error {
	return d.do("remove", path, func() error { return osDisk{}.Remove(path) })
}

func (d *faultyDisk) OpenFile(path string, flag int, mode fs.FileMode) (file, error) {
	return get(d, "open", path, func() (file, error) { return d.wrap(osDisk{}.OpenFile(path, flag, mode))(path) })
}

func (d *faultyDisk) OpenRoot(path string) (root, error) {
	return get(d, "open", path, func() (root, error) {
		r, err := osDisk{}.OpenRoot(path)
		return faultyRoot{d, path, r}, err
	})
}

func (d *faultyDisk) Lock(path string) (func() error, error) {
	return get(d, "lock", path, func() (func() error, error) {
		unlock, err := osDisk{}.Lock(path)
		if err == nil {
			d.unlock = append(d.unlock, unlock)
		}
		return func() error { return d.do("unlock", path, unlock) }, err
	})
}

func (d *faultyDisk) wrap(f file, err error) func(string) (file, error) {
	return func(name string) (file, error) {
		if err != nil {
			return nil, err
		}
		return faultyFile{d, name, f}, nil
	}
}

type faultyRoot struct {
	d    *faultyDisk
	path string
	root root
}

func (r faultyRoot) Lstat(name string) (fs.FileInfo, error) {
	return get(r.d, "lstat", name, func() (fs.FileInfo, error) { return r.root.Lstat(name) })
}

func (r faultyRoot) Mkdir(name string, mode fs.FileMode) error {
	return r.d.do("mkdir", name, func() error { return r.root.Mkdir(name, mode) })
}

func (r faultyRoot) OpenFile(name string, flag int, mode fs.FileMode) (file, error) {
	return get(r.d, "open", name, func() (file, error) { return r.d.wrap(r.root.OpenFile(name, flag, mode))(name) })
}

func (r faultyRoot) OpenRoot(name string) (root, error) {
	return get(r.d, "open", name, func() (root, error) {
		sub, err := r.root.OpenRoot(name)
		return faultyRoot{r.d, name, sub}, err
	})
}

func (r faultyRoot) Rename(from, to string) error {
	return r.d.do("rename", to, func() error { return r.root.Rename(from, to) })
}

func (r faultyRoot) Remove(name string) error {
	return r.d.do("remove", name, func() error { return r.root.Remove(name) })
}

// Close lets go whatever it reports, as the system's does.
func (r faultyRoot) Close() error {
	err := r.root.Close()
	return errors.Join(err, r.d.do("close", r.path, func() error { return nil }))
}

type faultyFile struct {
	d    *faultyDisk
	name string
	file file
}

func (f faultyFile) Stat() (fs.FileInfo, error) {
	return get(f.d, "fstat", f.name, f.file.Stat)
}

func (f faultyFile) Readdirnames(n int) ([]string, error) {
	return get(f.d, "list", f.name, func() ([]string, error) { return f.file.Readdirnames(n) })
}

func (f faultyFile) Readdir(n int) ([]fs.FileInfo, error) {
	return get(f.d, "look", f.name, func() ([]fs.FileInfo, error) { return f.file.Readdir(n) })
}

// Sync takes no time, because nobody cuts the power here.
func (f faultyFile) Sync() error { return f.d.do("sync", f.name, func() error { return nil }) }

func (f faultyFile) Read(p []byte) (n int, err error) {
	// What was read is withheld by a late failure too: nobody looks at bytes that came with an error.
	return get(f.d, "read", f.name, func() (int, error) { return f.file.Read(p) })
}

func (f faultyFile) Write(p []byte) (n int, err error) {
	n, err = get(f.d, "write", f.name, func() (int, error) { return f.file.Write(p) })
	if err != nil && f.d.how != late {
		n, _ = f.file.Write(p[:len(p)/2])
	}
	return n, err
}

func (f faultyFile) Close() error {
	err := f.file.Close()
	return errors.Join(err, f.d.do("close", f.name, func() error { return nil }))
}

// faultErrors are what a disk refuses with.
var faultErrors = []syscall.Errno{syscall.EIO, syscall.ENOSPC, syscall.EACCES, syscall.EROFS, syscall.EMFILE, syscall.EINTR}
