// Package outfile writes new files for a person: statements, certificates, contracts. A file that is there already is never touched.
package outfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Create writes a new private file under exactly this name. It returns an error that is fs.ErrExist where there is one, and leaves nothing
// behind where it fails half way.
func Create(path string, content []byte) error { return writeNew(path, content) }

// maxNames is how many names beside the wanted one are tried.
const maxNames = 99

// Save writes text to a new file that only its owner can read and gives
// its full path. An existing file is never touched: grants.sql becomes
// grants-2.sql, and so on. The folder must exist; an empty one is the current
// folder.
func Save(folder, name, text string) (path string, err error) {
	folder, err = filepath.Abs(folder)
	if err != nil {
		return "", fmt.Errorf("find the folder: %w", err)
	}
	name = filepath.Base(name)
	stem, ext := strings.TrimSuffix(name, filepath.Ext(name)), filepath.Ext(name)
	for n := 1; n <= maxNames; n++ {
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", stem, n, ext)
		}
		path = filepath.Join(folder, name)
		err = writeNew(path, []byte(text))
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	if err != nil {
		return "", fmt.Errorf("save %s: %w", name, err)
	}
	return path, nil
}

func writeNew(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		// Half a file under a name that says it is whole would be worse than
		// none; that it cannot be removed changes nothing about the error.
		_ = os.Remove(path)
	}
	return err
}

// Reason is why a file could not be written, as a sentence ends with it: what the system said, without the path that stands on the screen already, and
// without the full stop that Windows puts behind it.
func Reason(err error) string {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such folder"
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return strings.TrimRight(err.Error(), ".")
}

// Held is a new file that is there and empty, for what must not be made before it is sure that it can be kept.
type Held struct{ file *os.File }

// Hold makes a new private file under exactly this name. It returns an error that is fs.ErrExist where there is one. Write or Drop it.
func Hold(path string) (*Held, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return &Held{file}, nil
}

// Write puts the content into the file and closes it.
func (h *Held) Write(content []byte) error {
	_, err := h.file.Write(content)
	return errors.Join(err, h.file.Sync(), h.file.Close())
}

// Drop takes the file away again.
func (h *Held) Drop() {
	_ = h.file.Close()
	_ = os.Remove(h.file.Name())
}
