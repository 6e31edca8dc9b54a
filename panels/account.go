package panels

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/ui"
)

// BesideIt says which account may be looked at besides a workspace.
type BesideIt struct {
	Host    connector.Host // of the workspace
	Command string         // does the same where the account's host has to be named
}

// Form asks for the ID of the account, or for nothing, and says in full what will not do.
func (b BesideIt) Form(theme *ui.Theme, hint string, text *string) *ui.Form {
	form := ui.NewForm(ui.FormField{
		Input:   ui.NewHuhText(theme, "Account", hint, text),
		Problem: func() error { _, err := b.ID(*text); return err },
	})
	form.Say = connector.Sentence
	return form
}

// ID is the ID that was typed, empty where none was. Errors are that of account.ParseID, and one that names the command where it cannot be told where
// the account is: nobody signs in for what cannot be read.
func (b BesideIt) ID(text string) (account.ID, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	id, err := account.ParseID(text)
	if err != nil {
		return "", err //nolint:wrapcheck // it has words of its own
	}
	if _, err := account.HostOf(b.Host); err != nil {
		what, _ := connector.Words(err)
		return "", &connector.Error{
			Kind: connector.ErrInput, What: what, Remedy: "Leave it empty for the workspace alone. With the account: " + b.Command + " --account " + string(id) + " --account-host HOST",
		}
	}
	return id, nil
}
