package vault

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// knownName is the name inside a sealed file, as it was when the file looked like this.
type knownName struct {
	info fs.FileInfo
	name string
}

// knownNames gives the name in every usable file, by file name. Names of files that did not change are remembered, because opening
// thousands of them under the lock would keep other windows waiting. A file that cannot be used has no name and stops nobody's save.
func (v *Vault) knownNames(ctx context.Context, f *folder, k key) (map[string]knownName, error) {
	files, err := connectionFiles(f)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	before := v.names
	v.mu.Unlock()
	names := make(map[string]knownName, len(files))
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("read the saved connections: %w", err)
		}
		info, err := f.stat(file)
		if err != nil {
			continue
		}
		known, ok := before[file]
		if !ok || !unchanged(known.info, info) {
			c, err := readConnection(f, k, file)
			if err != nil {
				continue
			}
			known = knownName{info: info, name: c.Name}
		}
		names[file] = known
	}
	v.mu.Lock()
	v.names = names
	v.mu.Unlock()
	return names, nil
}

func unchanged(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
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
	return connector.Connection{}, &Error{
		Kind:   ErrAmbiguous,
		What:   fmt.Sprintf("%d saved connections are named %q.", len(named), named[0].Name),
		Remedy: fmt.Sprintf("Use an ID instead: %s or %s.", named[0].ID, named[1].ID),
	}
}

// notFound says which name is missing, and which may have been meant.
func notFound(connections []connector.Connection, broken []Damaged, name string) error {
	for _, d := range broken {
		if d.File == name || strings.TrimSuffix(d.File, extension) == name {
			return d.Err
		}
	}
	names := make([]string, len(connections))
	for i, c := range connections {
		names[i] = c.Name
	}
	near := connector.Nearest(name, names, maxNear)
	e := &Error{Kind: ErrNotFound, What: fmt.Sprintf("There is no saved connection named %q.", clean(name)), Remedy: "Run draftt-databricks list to see the names.", Near: near}
	if len(broken) > 0 {
		e.What += fmt.Sprintf(" Of the files there, %d could not be opened, so their names are unknown.", len(broken))
	}
	if len(near) > 0 {
		e.Remedy = fmt.Sprintf("Did you mean %q?", near[0])
	}
	return e
}

// maxNear is how many similar names are worth offering.
const maxNear = 3
