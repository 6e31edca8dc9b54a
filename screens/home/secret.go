package home

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// secretForm takes a secret that was made elsewhere, and forgets it when it closes.
type secretForm struct {
	*ui.FormPanel
	field *ui.SecretField
}

// Escape closes the form, and the secret goes.
func (f *secretForm) Escape() bool {
	f.field.Clear()
	return f.FormPanel.Escape()
}

var errNoSecret = &connector.Error{Kind: connector.ErrInput, What: "Nothing was pasted yet.", Remedy: "Paste it."}

// newSecretField makes a form of one field, which judges what is pasted as every face does.
func newSecretField(theme *ui.Theme, label string) (*ui.SecretField, *ui.Form) {
	field := ui.NewSecretField(theme, label, "paste it")
	form := ui.NewForm(ui.FormField{Input: field, Problem: func() error {
		if field.Len() == 0 {
			return errNoSecret
		}
		_, err := connector.ParseSecret(field.Bytes())
		return err
	}})
	field.AllowBlanks() // what stands around it may have some
	form.Say = connector.Sentence
	return field, form
}
