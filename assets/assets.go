// Package assets holds what is built into the program and is not code: the words of the causes table, the demo's world, cards and
// matrices. They are YAML files that a writer can edit; the package knows none of their shapes. Whoever uses a file reads it into a type
// of their own.
package assets

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

//go:embed *.yaml
var files embed.FS

// Read reads one file, such as "causes.yaml", into T. A key that T does not have, a key given twice, an empty file and a second document
// are errors: what is misspelt must not be left out silently. It is slow, some 20 microseconds a line, so keep what it gives.
func Read[T any](name string) (T, error) {
	var into T
	content, err := files.ReadFile(name)
	if err != nil {
		return into, fmt.Errorf("read asset: %w", err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	decoder.KnownFields(true)
	if err := decoder.Decode(&into); err != nil {
		return into, fmt.Errorf("read asset %s: %w", name, err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return into, fmt.Errorf("read asset %s: it has a second document", name)
	}
	return into, nil
}

// Must is Read for files that a test of the caller reads too. It panics, as regexp.MustCompile does: the files are part of the program,
// so a file that cannot be read is a fault of the build and shows at the first run.
func Must[T any](name string) T {
	into, err := Read[T](name)
	if err != nil {
		panic(err)
	}
	return into
}
