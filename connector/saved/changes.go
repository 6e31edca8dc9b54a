package saved

import (
	"bytes"
	"fmt"
	"slices"
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

// Saved says that a connection was saved and, where that changed one, what of it is another now and that the rest is as it was. before is zero
// where it is new.
func Saved(before, after connector.Connection) string {
	told := fmt.Sprintf("Saved %q.", after.Name)
	if before.ID == "" {
		return told
	}
	var other []string
	for _, part := range []struct {
		name    string
		differs bool
	}{
		{"name", before.Name != after.Name},
		{"workspace", before.Host.String() != after.Host.String()},
		{"client ID", before.Credentials.ClientID != after.Credentials.ClientID},
		{"secret", before.Credentials.Method != after.Credentials.Method || !before.Credentials.Secret.Equal(after.Credentials.Secret)},
		{"trusted authorities", !bytes.Equal(before.CACerts, after.CACerts)},
		{"warehouse", before.Warehouse.ID != after.Warehouse.ID},
		{"schema", before.Schema != after.Schema},
		{"scope", before.Scope != after.Scope},
		{"tables", !sameTables(before.Tables, after.Tables)},
	} {
		if part.differs {
			other = append(other, part.name)
		}
	}
	if len(other) == 0 {
		return told + " Nothing of it changed."
	}
	return told + " Changed: " + strings.Join(other, ", ") + ". The rest stays as it was."
}

// sameTables reports whether the same tables were chosen, in whatever order. None is among a choice twice.
func sameTables(before, after []connector.TableName) bool {
	return len(before) == len(after) && !slices.ContainsFunc(before, func(t connector.TableName) bool { return !slices.Contains(after, t) })
}
