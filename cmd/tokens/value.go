package tokens

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/outfile"
)

// keepValue writes the value of a new token into the file that was made for it.
func keepValue(file *outfile.Held, value connector.Secret) error {
	return file.Write(append(value.Reveal(), '\n')) //nolint:wrapcheck // the caller has words for it
}
