package saved

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// DeletionKeeps says what the deletion of a saved connection leaves as it is.
const DeletionKeeps = "Nothing changes in Databricks: the service principal, its secret and its grants stay."

// ConfirmDeletion takes the name that a person typed to delete a saved connection, in any case. The error for another one is a
// *connector.Error of kind connector.ErrInput.
func ConfirmDeletion(c connector.Connection, typed string) error {
	if strings.EqualFold(strings.TrimSpace(typed), c.Name) {
		return nil
	}
	return &connector.Error{Kind: connector.ErrInput, What: "That is not its name, so nothing was deleted."}
}

// Deleted says that a saved connection is gone.
func Deleted(c connector.Connection) string {
	return fmt.Sprintf("Deleted %q from this machine. In Databricks nothing changed.", c.Name)
}

// Renamed says what a saved connection is called now.
func Renamed(before, after connector.Connection) string {
	return fmt.Sprintf("%q is now named %q. Nothing else changed.", before.Name, after.Name)
}
