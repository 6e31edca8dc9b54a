package saved

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/outfile"
	"github.com/draftt-io/draftt-databricks/words"
)

// Exported is a saved connection as a file that import reads, without its secret: YAML, or JSON where that is wanted or the name of the file
// ends in .json.
func Exported(c connector.Connection, file string, asJSON bool) ([]byte, error) {
	if asJSON || strings.EqualFold(filepath.Ext(file), ".json") {
		return setup.ExportedFrom(c).JSON()
	}
	return setup.ExportedFrom(c).YAML()
}

// Export writes a saved connection to a new private file, as Exported gives it. Errors are those of a file that is there already, which is
// left alone, and of a place that cannot be written to: *connector.Errors of kind connector.ErrInput.
func Export(c connector.Connection, file string, asJSON bool) error {
	content, err := Exported(c, file, asJSON)
	if err != nil {
		return err
	}
	return WriteNew(file, content)
}

// ExportName is the file that a connection is written to where no other is named.
func ExportName(c connector.Connection) string {
	safe := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, c.Name)
	for strings.Contains(safe, "--") {
		safe = strings.ReplaceAll(safe, "--", "-")
	}
	if safe = strings.Trim(safe, "-"); safe == "" {
		safe = "connection"
	}
	return safe + ".yaml"
}

// Wrote says that a connection was exported, and what to do with the file.
func Wrote(c connector.Connection, file string) string {
	shown, base := connector.CleanLine(file, 300), connector.CleanLine(filepath.Base(file), 300)
	return fmt.Sprintf("Wrote %q to %s, without its secret.\nOn another machine:  draftt-databricks import %s", c.Name, shown, words.CommandArgument(base))
}

// WriteNew writes a private file that is not there yet. A file that is there already is left alone, which is a *connector.Error of kind
// connector.ErrInput, as is a place that cannot be written to.
func WriteNew(path string, content []byte) error {
	err := outfile.Create(path, content)
	if errors.Is(err, fs.ErrExist) {
		return thereAlready(path)
	}
	if err != nil {
		return &connector.Error{Kind: connector.ErrInput, What: "The file could not be written: " + connector.CleanLine(outfile.Reason(err), 300) + ".", Remedy: "Choose a folder that you may write to."}
	}
	return nil
}

// IsFree is asked before work whose result is to become a new file: a file that is there already is the error that WriteNew would end with.
func IsFree(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return thereAlready(path)
	}
	return nil
}

func thereAlready(path string) error {
	return &connector.Error{Kind: connector.ErrInput, What: connector.CleanLine(path, 300) + " is there already, and was left as it is.", Remedy: "Give another name."}
}

// GoesTo is the host that the secret of a set-up in a file would be sent to, once the rest of the file is known to be usable: nobody is asked
// for a secret in vain. A foreign host is outside of the Databricks domains and let in by nobody yet, so it is typed once more before.
func GoesTo(file setup.AnswersFile, allow connector.AllowList) (host connector.Host, foreign bool, err error) {
	if _, err := file.Draft(connector.Secret{}, nil); err != nil && !errors.Is(err, setup.ErrNoSecret) {
		return host, false, err
	}
	host, _, err = connector.ParseHost(file.Host, allow)
	if errors.Is(err, connector.ErrForeign) {
		if named, known := connector.Foreign(file.Host); known {
			return named, true, nil
		}
	}
	return host, false, err
}

// SecretOf asks for the secret of a set-up that a file holds, by its name and the host that it is sent to. The file is somebody else's.
func SecretOf(file setup.AnswersFile, host connector.Host) string {
	return fmt.Sprintf("%s of %q at %s", words.UpperFirst(cmp.Or(file.Method, connector.OAuth).Label()), connector.CleanLine(file.Name, 80), host)
}

// SameWorkspace judges a file that was read again, since its secret was given for the host that was named then. Another host is a
// *connector.Error of kind connector.ErrInput.
func SameWorkspace(before, now connector.Host) error {
	if before.Same(now) {
		return nil
	}
	return &connector.Error{
		Kind: connector.ErrInput, What: fmt.Sprintf("The file names another workspace now, %s. The secret was given for %s.", now, before),
		Remedy: "Import the file again, and give the secret for that one.",
	}
}

// What is said of a file before it is written, and before it is read.
const (
	ExportKeeps = "Everything but the secret. import and setup --answers read the file; a name that ends in .json makes it JSON."
	ImportAsks  = "A file that export wrote, or any answers file. It holds no secret, so that is asked for. The five steps then prove everything before it is saved."
)
