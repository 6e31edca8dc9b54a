package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// nameIsFree is nil when no other connection has the name of c, and ErrNameTaken otherwise.
func (v *Vault) nameIsFree(ctx context.Context, top, f *folder, k key, c connector.Connection) error {
	names, err := v.knownNames(ctx, top, f, k)
	if err != nil {
		return err
	}
	holder, taken := holderOf(names, c)
	if !taken {
		return nil
	}
	other, err := readConnection(f, k, holder)
	switch {
	case errors.Is(err, ErrStorage) && !errors.Is(err, fs.ErrNotExist):
		return err
	case err == nil && strings.EqualFold(other.Name, c.Name):
		return nameTaken(other.Name)
	}
	// What was remembered of the file is wrong, so nothing of what was remembered is believed any more.
	v.dropIndex(top)
	marks, err := marksIn(f)
	if err != nil {
		return err
	}
	if names, err = v.namesIn(ctx, f, k, marks, map[string]knownName{}); err != nil {
		return err
	}
	if holder, taken = holderOf(names, c); taken {
		return nameTaken(names[holder])
	}
	return nil
}

func nameTaken(name string) error {
	return &connector.Error{Kind: ErrNameTaken, What: fmt.Sprintf("There is already a connection named %q.", name), Remedy: "Choose another name."}
}

// holderOf finds the file of another connection that has the name of c.
func holderOf(names map[string]string, c connector.Connection) (file string, taken bool) {
	for file, name := range names {
		if file != c.ID+extension && strings.EqualFold(name, c.Name) {
			return file, true
		}
	}
	return "", false
}

// knownNames gives the name in every usable file, by file name. Names of files that did not change are remembered, because opening
// thousands of them under the lock would keep other windows waiting. A file that cannot be used has no name and stops nobody's save.
func (v *Vault) knownNames(ctx context.Context, top, f *folder, k key) (map[string]string, error) {
	marks, err := marksIn(f)
	if err != nil {
		return nil, err
	}
	return v.namesIn(ctx, f, k, marks, v.remembered(top, k, marks))
}

func marksIn(f *folder) (map[string]fileMark, error) {
	infos, err := f.infos()
	if err != nil {
		return nil, storage("read the saved connections", err)
	}
	marks := make(map[string]fileMark, len(infos))
	for _, info := range infos {
		if filepath.Ext(info.Name()) == extension {
			marks[info.Name()] = markOf(info)
		}
	}
	return marks, nil
}

// namesIn is knownNames for these files, of which some are known. It remembers what it learned.
func (v *Vault) namesIn(ctx context.Context, f *folder, k key, marks map[string]fileMark, known map[string]knownName) (map[string]string, error) {
	now := v.now()
	names := make(map[string]string, len(marks))
	for file, mark := range marks {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("read the saved connections: %w", err)
		}
		entry, ok := known[file]
		if !ok || !entry.certain() {
			if entry, ok = look(f, k, file, entry); !ok {
				delete(known, file)
				continue
			}
			entry.Mark = mark
			if mark.settled(now) {
				entry.Digest = ""
			}
			known[file] = entry
		}
		names[file] = entry.Name
	}
	v.remember(known)
	return names, nil
}

// look gives the name in a file, and opens its seal only where the bytes are not those that were opened before.
func look(f *folder, k key, file string, before knownName) (knownName, bool) {
	sealed, err := f.read(file)
	if err != nil {
		return knownName{}, false
	}
	if sum := digest(sealed); sum != before.Digest {
		c, err := openConnection(k, file, sealed)
		return knownName{Name: c.Name, Digest: sum}, err == nil
	}
	return before, true
}

// fileNamed finds the file of one connection, or of a damaged one, by what Delete takes.
func (v *Vault) fileNamed(ctx context.Context, top, f *folder, k key, name string) (string, error) {
	if file, err := v.onlyFileNamed(ctx, top, f, k, name); err != nil || file != "" {
		return file, err
	}
	connections, broken, err := readConnections(ctx, f, k)
	if err != nil {
		return "", err
	}
	for _, d := range broken {
		if d.File == name {
			return name, nil
		}
	}
	c, err := pick(connections, broken, name)
	return c.ID + extension, err
}

// onlyFileNamed is fileNamed without opening every file. It gives nothing where only that can tell, and never a file that it did not open.
func (v *Vault) onlyFileNamed(ctx context.Context, top, f *folder, k key, name string) (string, error) {
	if filepath.Ext(name) == extension {
		return "", nil // it may be a damaged file
	}
	if idForm().MatchString(name) {
		if _, err := readConnection(f, k, name+extension); err == nil {
			return name + extension, nil
		}
	}
	names, err := v.knownNames(ctx, top, f, k)
	if err != nil {
		return "", err
	}
	wanted, found := strings.TrimSpace(name), []string(nil)
	for file, known := range names {
		if strings.EqualFold(known, wanted) {
			found = append(found, file)
		}
	}
	if len(found) != 1 {
		return "", nil
	}
	if c, err := readConnection(f, k, found[0]); err != nil || !strings.EqualFold(c.Name, wanted) {
		return "", nil
	}
	return found[0], nil
}

// pick finds one connection by ID, or else by name in any case.
func pick(connections []connector.Connection, broken []Damaged, name string) (connector.Connection, error) {
	var named []connector.Connection
	for _, c := range connections {
		if c.ID == name {
			return c, nil
		}
		if strings.EqualFold(c.Name, strings.TrimSpace(name)) {
			named = append(named, c)
		}
	}
	switch len(named) {
	case 0:
		return connector.Connection{}, notFound(connections, broken, name)
	case 1:
		return named[0], nil
	}
	return connector.Connection{}, &connector.Error{
		Kind:   ErrAmbiguous,
		What:   fmt.Sprintf("%d saved connections are named %q.", len(named), named[0].Name),
		Remedy: fmt.Sprintf("Use an ID instead: %s or %s.", named[0].ID, named[1].ID),
	}
}

// notFound says which name is missing, and which may have been meant. Where the system refused to read a file, that is the news: the
// name may be in it.
func notFound(connections []connector.Connection, broken []Damaged, name string) error {
	for _, d := range broken {
		if d.File == name || strings.TrimSuffix(d.File, extension) == name || errors.Is(d.Err, ErrStorage) {
			return d.Err
		}
	}
	names := make([]string, len(connections))
	for i, c := range connections {
		names[i] = c.Name
	}
	near := connector.Nearest(name, names, 1)
	e := &connector.Error{Kind: ErrNotFound, What: fmt.Sprintf("There is no saved connection named %q.", clean(name)), Remedy: "Run draftt-databricks list to see the names."}
	if len(broken) > 0 {
		e.What += fmt.Sprintf(" Of the files there, %d could not be opened, so their names are unknown.", len(broken))
	}
	if len(near) > 0 {
		e.Remedy = fmt.Sprintf("Did you mean %q?", near[0])
	}
	return e
}
