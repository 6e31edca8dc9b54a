package outlet

import (
	"bytes"
	"errors"
	"io/fs"
	"os"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/infile"
	"github.com/draftt-io/draftt-databricks/outfile"
)

// Keep writes a file that holds no secret, and gives what it did as a line. Another file that is there stays, unless it may be replaced.
func Keep(path string, content []byte, overwriting bool) (did string, err error) {
	shown := connector.CleanLine(path, 300)
	there, err := infile.Read(path, len(content))
	if errors.Is(err, infile.ErrTooLarge) {
		err = nil // it is another, then
	}
	did = "Wrote "
	switch {
	case err == nil && bytes.Equal(there, content):
		return "Unchanged: " + shown, nil
	case err == nil && !overwriting:
		return "", refused("There is another "+shown+" already, and it was left as it is.", "Choose another place, or add --overwrite.")
	case err == nil:
		did = "Replaced "
	case errors.Is(err, infile.ErrNotPlain):
		return "", refused(infile.Wrong(shown, err), "Choose another place.")
	case !errors.Is(err, fs.ErrNotExist):
		return "", refused(shown+" cannot be written: "+connector.CleanLine(outfile.Reason(err), 300)+".", "Choose another place.")
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		return "", refused(shown+" could not be written: "+connector.CleanLine(outfile.Reason(err), 300)+".", "Choose another place.")
	}
	return did + shown, nil
}

func refused(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}
