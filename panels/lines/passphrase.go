package lines

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Passphrase asks for the one that opens the saved connections. The error is that the person went away.
func Passphrase(a prompt.Asker) (connector.Secret, error) {
	given, err := a.Passphrase("Passphrase of the saved connections")
	return connector.NewSecret(given), err
}
