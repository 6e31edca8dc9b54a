package panels

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/ui"
)

// AccountField asks for the ID of an account, or for nothing.
func AccountField(theme *ui.Theme, hint string, text *string) ui.FormField {
	return ui.FormField{
		Input:   ui.NewHuhText(theme, "Account", hint, text),
		Problem: func() error { _, err := AccountID(*text); return err },
	}
}

// AccountID is the ID that was typed, empty where none was. The error is that of account.ParseID.
func AccountID(text string) (account.ID, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	return account.ParseID(text) //nolint:wrapcheck // it has words of its own
}
