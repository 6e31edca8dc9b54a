package flatfile

import (
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/infile"
)

// Load reads a file that a person wrote, of at most 1 MiB. what begins the sentence of the error, a *connector.Error of kind ErrInput:
// "The CA file".
func Load(from infile.File, what string) ([]byte, error) {
	content, err := from.Read(limit)
	switch {
	case errors.Is(err, infile.ErrTooLarge):
		return nil, refuse(infile.Wrong(what, err), "Give a file of at most 1 MB.")
	case errors.Is(err, infile.ErrNotPlain):
		return nil, refuse(infile.Wrong(connector.CleanLine(from.String(), 300), err), "Give a plain file.")
	case err != nil:
		return nil, refuse(what+" could not be read: "+connector.CleanLine(infile.Reason(err), 300)+".", "Check the path.")
	}
	return content, nil
}
