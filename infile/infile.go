// Package infile reads the files that a person names: answers, certificates, secrets, bundles. A name may lead to anything, and a pipe that
// nobody writes to would be waited for without an end, a device would be read without one. So nothing but plain files is opened, of what
// was opened nothing but a bounded part is read, and what a file is is asked of the open file, which nobody can exchange any more.
package infile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ErrNotPlain and ErrTooLarge say what is wrong with a file, to be put behind its name.
var (
	ErrNotPlain = errors.New("is not a plain file")
	ErrTooLarge = errors.New("is too large")
)

// Wrong is the sentence of why a file of this name, as it is shown, could not be read.
func Wrong(shown string, err error) string {
	switch {
	case errors.Is(err, ErrNotPlain), errors.Is(err, ErrTooLarge):
		return shown + " " + err.Error() + "."
	case errors.Is(err, fs.ErrNotExist):
		return "There is no file " + shown + "."
	}
	return shown + " could not be read: " + Reason(err) + "."
}

// Reason is why a file could not be read, as a sentence ends with it: what the system said, without what was tried on which path, and without the full
// stop that Windows puts behind it.
func Reason(err error) string {
	var path *fs.PathError
	if gone := (missing{}); !errors.As(err, &gone) && errors.As(err, &path) {
		err = path.Err
	}
	return strings.TrimRight(err.Error(), ".")
}

// missing says of a file that it is not there, in the same words on every system.
type missing struct {
	path  string
	cause error
}

func (m missing) Error() string { return "there is no file " + m.path }
func (m missing) Unwrap() error { return m.cause }

// Missing is an error of opening a file, in words where it says that there is none.
func Missing(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return missing{path, err}
	}
	return err
}

// patience is how long a program at the other end of a pipe may take to write what is read from it.
const patience = time.Minute

// Open opens a plain file, or a pipe that the shell passes under the name of a file descriptor, as <(…) does. It waits for nobody.
func Open(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|NoWait, 0)
	if err != nil {
		if info, unknown := os.Stat(path); unknown == nil && !info.Mode().IsRegular() {
			return nil, ErrNotPlain // a socket, for one, cannot be opened at all
		}
		return nil, Missing(path, err)
	}
	info, err := file.Stat()
	switch {
	case err == nil && info.Mode().IsRegular():
		return file, nil
	case err == nil && info.Mode()&fs.ModeNamedPipe != 0 && passed(path):
		_ = file.SetReadDeadline(time.Now().Add(patience)) // where a system has none for pipes, the person waits as they do in the shell
		return file, nil
	case err == nil:
		err = ErrNotPlain
	}
	_ = file.Close()
	return nil, err
}

// Read gives all of what Open opens, and ErrTooLarge where that is more than so many bytes.
func Read(path string, most int) ([]byte, error) {
	file, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return readAll(file, most)
}

func readAll(from io.Reader, most int) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(from, int64(most)+1))
	if err == nil && len(content) > most {
		clear(content)
		return nil, ErrTooLarge
	}
	return content, err
}

// passed reports a name that the shell gives to what it opened itself.
func passed(path string) bool {
	path = filepath.Clean(path)
	for _, folder := range []string{"/dev/fd/", "/proc/self/fd/"} {
		if number, found := strings.CutPrefix(path, folder); found {
			return number != "" && strings.Trim(number, "0123456789") == ""
		}
	}
	return path == "/dev/stdin"
}
