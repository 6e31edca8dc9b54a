package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/draftt-io/draftt-databricks/connector"
)

// keepFile writes a file that holds no secret, and says what it did.
func (a *app) keepFile(path string, content []byte, overwriting bool) error {
	shown := connector.CleanLine(path, 300)
	there, err := os.ReadFile(path)
	did := "Wrote"
	switch {
	case err == nil && bytes.Equal(there, content):
		_, err := fmt.Fprintf(a.out, "Unchanged: %s\n", shown)
		return err
	case err == nil && !overwriting:
		return usage("There is another "+shown+" already, and it was left as it is.", "Choose another place, or add --overwrite.")
	case err == nil:
		did = "Replaced"
	case !errors.Is(err, fs.ErrNotExist):
		return usage(shown+" cannot be written: "+connector.Said(err, 300)+".", "Choose another place.")
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		return usage(shown+" could not be written: "+connector.Said(err, 300)+".", "Choose another place.")
	}
	_, err = fmt.Fprintf(a.out, "%s %s\n", did, shown)
	return err
}
