package vault

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/infile"
)

// keyFileComment tells whoever finds a key file what it is, without naming anything that it opens.
const keyFileComment = "# Key of draftt-databricks' saved connections. Keep it secret and keep a copy.\n"

// useKeyFile reads the key file at path, or makes one when there is none. It runs under the vault's lock.
func (v *Vault) useKeyFile(path string) (key, error) {
	file, err := v.disk.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if errors.Is(err, fs.ErrExist) {
		if !v.abandoned(path) {
			return readKeyFile(v.disk, path)
		}
		file, err = v.disk.OpenFile(path, os.O_WRONLY, privateFile)
	}
	if err != nil {
		return key{}, storage("create the key file", err)
	}
	k, err := newKey()
	if err == nil {
		err = fill(file, []byte(keyFileComment+k.text()+"\n"))
	}
	if err == nil {
		err = syncPath(v.disk, filepath.Dir(path))
	}
	if err != nil {
		_ = v.disk.Remove(path)
		return key{}, storage("create the key file", err)
	}
	return k, nil
}

// abandoned reports an empty key file that nobody is filling: what is left when making one was cut short.
func (v *Vault) abandoned(path string) bool {
	info, err := v.disk.Stat(path)
	return err == nil && info.Size() == 0 && private(info, path, false) == nil && markOf(info).settled(v.now())
}

// outside refuses a key file among the files that it opens: whoever copies the folder would have both.
func (v *Vault) outside(path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return storage("find the key file", err)
	}
	if rel, err := filepath.Rel(v.dir, abs); err == nil && filepath.IsLocal(rel) {
		return &connector.Error{Kind: ErrBadKeyFile, What: "The key file lies in the folder that it protects.", Remedy: "Choose a place outside " + clean(v.dir) + "."}
	}
	return nil
}

// readKeyFile reads one hybrid identity from a private file. A link is followed, because that is how secrets are mounted into containers;
// what is checked is the file that was opened.
func readKeyFile(d disk, path string) (key, error) {
	if info, err := d.Stat(path); err == nil && !info.Mode().IsRegular() {
		return key{}, &connector.Error{Kind: ErrBadKeyFile, What: infile.Wrong(clean(path), infile.ErrNotPlain), Remedy: "Give --key-file a plain file, or use --key-fd."}
	}
	file, err := d.OpenFile(path, os.O_RDONLY|infile.NoWait, 0)
	if err != nil {
		return key{}, badKeyFile(path, infile.Missing(path, err))
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return key{}, badKeyFile(path, err)
	}
	if err := private(info, path, false); err != nil {
		return key{}, err
	}
	return readKey(file, path)
}

// readKey reads one hybrid identity to the end of r. The name is for the message.
func readKey(r io.Reader, name string) (key, error) {
	content, err := readAll(r, name)
	if err != nil {
		return key{}, badKeyFile(name, err)
	}
	k, err := parseKey(content)
	if err != nil {
		return key{}, badKeyFile(name, err)
	}
	return k, nil
}

func badKeyFile(name string, cause error) error {
	return &connector.Error{
		Kind:   ErrBadKeyFile,
		What:   fmt.Sprintf("No key could be read from %s: %s.", clean(name), connector.Said(cause, 300)),
		Remedy: "Give the key file that was made with the first connection, or make one with age-keygen -pq (age 1.3 or newer).",
		Cause:  cause,
	}
}
