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
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

const extension = ".age"

// Save seals a connection and returns it as it was saved. A connection without an ID is new: it gets one, and its name must be free in any
// case (ErrNameTaken). One with an ID replaces what was saved under it, provided that is still what the caller loaded: ErrChangedElsewhere
// when it was saved since, ErrNotFound when it was deleted. Save sets SavedAt, CreatedAt of a new connection, and SecretSetAt whenever the
// secret is new. All times are kept in UTC.
//
// It waits up to ten seconds for other windows (ErrBusy). On any error the old file is still there, with one exception: when the disk did
// not confirm the change, Save returns ErrStorage together with the connection that is now in place.
func (v *Vault) Save(ctx context.Context, c connector.Connection) (connector.Connection, error) {
	name, err := connector.ParseConnectionName(c.Name)
	if err != nil {
		return connector.Connection{}, err
	}
	if c.Host.IsZero() || c.Credentials.Secret.IsZero() {
		return connector.Connection{}, &connector.InputError{What: "The connection has no workspace host or no secret yet.", Remedy: "Sign in to the workspace first."}
	}
	c.Name = name
	var saved connector.Connection
	err = v.change(ctx, func(top, f *folder, k key) error {
		next, err := v.prepare(ctx, top, f, k, c)
		if err != nil {
			return err
		}
		err = writeConnection(f, k, next)
		if err == nil || errors.Is(err, errUnconfirmed) {
			saved = next
		}
		return err
	})
	return saved, err
}

// prepare checks a connection against what is saved and gives it its ID and times.
func (v *Vault) prepare(ctx context.Context, top, f *folder, k key, c connector.Connection) (connector.Connection, error) {
	now := v.now().UTC().Round(0)
	var old connector.Connection
	if c.ID == "" {
		c.ID = randomID()
	} else {
		var err error
		if old, err = stillThere(f, k, c); err != nil {
			return connector.Connection{}, err
		}
		// Two saves never carry one time, whatever the clock does, because the time tells them apart.
		if !now.After(old.SavedAt) {
			now = old.SavedAt.Add(time.Nanosecond)
		}
	}
	names, err := v.knownNames(ctx, top, f, k)
	if err != nil {
		return connector.Connection{}, err
	}
	for file, known := range names {
		if file != c.ID+extension && strings.EqualFold(known, c.Name) {
			return connector.Connection{}, &Error{Kind: ErrNameTaken, What: fmt.Sprintf("There is already a connection named %q.", known), Remedy: "Choose another name."}
		}
	}
	if !bytes.Equal(old.Credentials.Secret.Reveal(), c.Credentials.Secret.Reveal()) {
		c.SecretSetAt = now
	}
	if c.CreatedAt.IsZero() {
		c.CreatedAt = now
	}
	c.SavedAt, c.CreatedAt, c.SecretSetAt = now, c.CreatedAt.UTC().Round(0), c.SecretSetAt.UTC().Round(0)
	return c, nil
}

// stillThere reads what is saved under the ID of c and refuses to replace anything but the version that c was made from.
func stillThere(f *folder, k key, c connector.Connection) (connector.Connection, error) {
	if !idForm.MatchString(c.ID) {
		return connector.Connection{}, &Error{Kind: ErrNotFound, What: "The connection has an identifier that no saved connection has.", Remedy: "Save it as a new connection."}
	}
	old, err := readConnection(f, k, c.ID+extension)
	if errors.Is(err, fs.ErrNotExist) {
		return connector.Connection{}, &Error{Kind: ErrNotFound, What: fmt.Sprintf("The connection %q was deleted in another window.", c.Name), Remedy: "Save it as a new connection."}
	}
	if err != nil {
		return connector.Connection{}, err
	}
	if !old.SavedAt.Equal(c.SavedAt) {
		return connector.Connection{}, &Error{Kind: ErrChangedElsewhere, What: fmt.Sprintf("The connection %q was saved in another window since it was opened here.", old.Name), Remedy: "Open it again, then repeat the change."}
	}
	return old, nil
}

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
	f, err := top.connections()
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
	files, err := connectionFiles(f)
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

// Load opens one connection by its ID or by its name in any case. It returns ErrNotFound with similar names in Near, ErrAmbiguous when
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
	if k.isZero() || !idForm.MatchString(id) {
		return connector.Connection{}, false
	}
	top, err := openFolder(v.disk, v.dir)
	if err != nil {
		return connector.Connection{}, false
	}
	defer top.close()
	f, err := top.connections()
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

// connectionFiles names the files that connections could be in, whatever they turn out to be.
func connectionFiles(f *folder) ([]string, error) {
	names, err := f.names()
	if err != nil {
		return nil, storage("read the saved connections", err)
	}
	return slices.DeleteFunc(names, func(name string) bool { return filepath.Ext(name) != extension }), nil
}

// readConnection opens one file. Every failure is an *Error that names the file.
func readConnection(f *folder, k key, file string) (connector.Connection, error) {
	id := strings.TrimSuffix(file, extension)
	sealed, err := f.read(file)
	if err != nil {
		return connector.Connection{}, storage("read "+clean(file), err)
	}
	content, err := k.open(sealed)
	if err != nil {
		return connector.Connection{}, damaged(file, "its seal is broken, or it belongs to another key")
	}
	defer clear(content)
	return decodeRecord(content, file, id)
}

func writeConnection(f *folder, k key, c connector.Connection) error {
	content, err := encodeRecord(c)
	if err != nil {
		return err
	}
	defer clear(content)
	if len(content) > sizeLimit/2 {
		return &connector.InputError{What: "The connection is too large to save.", Remedy: "Choose the whole schema instead of so many tables."}
	}
	sealed, err := k.seal(content)
	if err != nil {
		return err
	}
	if err := f.write(c.ID+extension, sealed); err != nil {
		return storage(fmt.Sprintf("save %q", c.Name), err)
	}
	return nil
}
