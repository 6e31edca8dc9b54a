package flatfile

import (
	"os"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Load reads a file that a person wrote, of at most 1 MiB. what begins the sentence of the error, a *connector.Error of kind ErrInput:
// "The CA file".
func Load(path, what string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > limit {
		return nil, &connector.Error{Kind: connector.ErrInput, What: what + " is too large.", Remedy: "Give a file of at most 1 MB."}
	}
	var content []byte
	if err == nil {
		content, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, &connector.Error{
			Kind: connector.ErrInput, What: what + " could not be read: " + connector.Said(err, 300) + ".", Remedy: "Check the path.",
		}
	}
	return content, nil
}
