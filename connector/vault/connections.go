package vault

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

const extension = ".age"

// List opens every connection and returns them in order of name, and beside them each file that could not be used. An empty or missing
// folder lists nothing. It returns ErrLocked before Unlock, and an error only when the folder itself cannot be read.
func (v *Vault) List(ctx context.Context) ([]connector.Connection, []Damaged, error) {
	top, _, err := v.openPinned()
	if errors.Is(err, ErrUnprotected) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	defer top.close()
	k, _ := v.held()
	if k.isZero() {
		return nil, nil, errLocked
	}
	f, err := top.inner(connectionsDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, storage("read the saved connections", err)
	}
	defer f.close()
	return readConnections(ctx, f, k)
}

func readConnections(ctx context.Context, f *folder, k key) ([]connector.Connection, []Damaged, error) {
	files, err := sealedFiles(f)
	if err != nil {
		return nil, nil, err
	}
	var connections []connector.Connection
	var broken []Damaged
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return nil, nil, fmt.Errorf("read the saved connections: %w", err)
		}
		c, err := readConnection(f, k, file)
		switch {
		case err == nil:
			connections = append(connections, c)
		case !errors.Is(err, fs.ErrNotExist): // deleted in another window meanwhile
			broken = append(broken, Damaged{File: clean(file), Err: err})
		}
	}
	slices.SortFunc(connections, func(a, b connector.Connection) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
	})
	return connections, broken, nil
}

// Load opens one connection by its ID or by its name in any case. It returns ErrNotFound with a similar name in its remedy, ErrAmbiguous when
// several files hold the name, or the error of List.
func (v *Vault) Load(ctx context.Context, name string) (connector.Connection, error) {
	if c, found := v.loadID(name); found {
		return c, nil
	}
	connections, broken, err := v.List(ctx)
	if err != nil {
		return connector.Connection{}, err
	}
	return pick(connections, broken, name)
}

// loadID opens one file alone, where a name has the form of an ID and the file is in order.
func (v *Vault) loadID(id string) (connector.Connection, bool) {
	k, _ := v.held()
	if k.isZero() || !idForm().MatchString(id) {
		return connector.Connection{}, false
	}
	top, err := openFolder(v.disk, v.dir)
	if err != nil {
		return connector.Connection{}, false
	}
	defer top.close()
	f, err := top.inner(connectionsDir)
	if err != nil {
		return connector.Connection{}, false
	}
	defer f.close()
	c, err := readConnection(f, k, id+extension)
	return c, err == nil
}

// Delete removes one connection by its ID or by its name in any case, or a damaged file by its file name as List reports it. It does not
// revoke the secret. Its errors are those of Load and Save.
func (v *Vault) Delete(ctx context.Context, name string) error {
	return v.change(ctx, func(top, f *folder, k key) error {
		file, err := v.fileNamed(ctx, top, f, k, name)
		if err != nil {
			return err
		}
		if err := f.remove(file); err != nil {
			return storage("delete the connection", err)
		}
		return nil
	})
}

// sealedFiles names the files that could be sealed, whatever they turn out to be.
func sealedFiles(f *folder) ([]string, error) {
	names, err := f.names()
	if err != nil {
		return nil, storage("read the saved connections", err)
	}
	return slices.DeleteFunc(names, func(name string) bool { return filepath.Ext(name) != extension }), nil
}

// readConnection opens one file. Every failure is an *connector.Error that names the file.
func readConnection(f *folder, k key, file string) (connector.Connection, error) {
	sealed, err := f.read(file)
	if err != nil {
		return connector.Connection{}, storage("read "+clean(file), err)
	}
	return openConnection(k, file, sealed)
}

// openConnection is readConnection for the bytes of the file.
func openConnection(k key, file string, sealed []byte) (connector.Connection, error) {
	content, err := openSealed(k, file, sealed)
	if err != nil {
		return connector.Connection{}, err
	}
	defer clear(content)
	return decodeRecord(content, file, strings.TrimSuffix(file, extension))
}

func writeConnection(f *folder, k key, c connector.Connection) error {
	content, err := encodeRecord(c)
	if err != nil {
		return err
	}
	defer clear(content)
	if len(content) > sizeLimit/2 {
		return &connector.Error{Kind: connector.ErrInput, What: "The connection is too large to save.", Remedy: "Choose the whole schema instead of so many tables."}
	}
	return writeSealed(f, k, c.ID, content, fmt.Sprintf("save %q", c.Name))
}

// sameSecret tells whether a secret was replaced.
func sameSecret(a, b connector.Connection) bool {
	return bytes.Equal(a.Credentials.Secret.Reveal(), b.Credentials.Secret.Reveal())
}
