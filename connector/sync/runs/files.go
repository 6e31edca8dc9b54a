package runs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// replace writes a file so that its name leads to the whole of the old or the whole of the new text.
func replace(path string, text []byte) error {
	temporary := path + ".new"
	file, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return Trouble("write", path, err)
	}
	_, err = file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = renamed(temporary, path)
	}
	if err != nil {
		_ = os.Remove(temporary)
		return Trouble("write", path, err)
	}
	return settle(filepath.Dir(path))
}

// renamed gives a file the name of another. Windows refuses it while somebody reads that one, which takes moments.
func renamed(from, to string) error {
	for tries := 1; ; tries++ {
		err := os.Rename(from, to)
		if err == nil || runtime.GOOS != "windows" || !errors.Is(err, fs.ErrPermission) || tries == mostRenames {
			return err //nolint:wrapcheck // the caller says what it was
		}
		time.Sleep(asking)
	}
}

const mostRenames = 20

// settle has the system write down the names in a folder. Where it cannot, as on Windows, names are as safe as the system makes them.
func settle(folder string) error {
	dir, err := os.Open(folder)
	if err != nil {
		return Trouble("write", folder, err)
	}
	defer func() { _ = dir.Close() }()
	if err := dir.Sync(); IsFull(err) {
		return Trouble("write", folder, err)
	}
	return nil
}

// IsFull reports an error of a disk, or of a person's share of it, that has no room left.
func IsFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// exists reports whether there is something of that name.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
