package panels

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// errNothingPasted is an empty secret.
var errNothingPasted = &connector.Error{
	Kind: connector.ErrInput, What: "Nothing was pasted yet.", Remedy: "Paste the secret or the token of the admin.",
}

// credentials is the form for an admin's credentials. What was typed for a secret is forgotten when it is used and when the form closes.
type credentials struct {
	*ui.FormPanel
	client *ui.Field
	secret *ui.SecretField
}

// newCredentials asks for the credentials of a way to sign in, and opens the session with them.
func newCredentials(s *SignIn, way setup.SignInWay) *credentials {
	label := "Access token"
	if way.Method == connector.OAuth {
		label = "OAuth secret"
	}
	c := &credentials{
		client: ui.NewField(s.theme, "Client ID", "the admin's application ID, a UUID"),
		secret: ui.NewSecretField(s.theme, label, "paste it; it is never kept"),
	}
	c.secret.AllowBlanks() // what stands around it may have some
	form := ui.NewForm(
		ui.FormField{
			Input: c.client, Visible: func() bool { return way.Method == connector.OAuth },
			Problem: func() error { _, err := connector.ParseClientID(c.client.Value()); return err },
		},
		ui.FormField{Input: c.secret, Awaits: func() bool { return c.secret.Len() == 0 }, Problem: func() error {
			if c.secret.Len() == 0 {
				return errNothingPasted
			}
			_, err := connector.ParseSecret(c.secret.Bytes())
			return err
		}},
	)
	form.Say = connector.Sentence
	var session *admin.Session
	c.FormPanel = ui.NewFormPanel(s.theme, ui.FormContent{
		Title: s.Title, Text: s.Text, Form: form, Does: "sign in", Leave: "not now", Doing: "Signing in as an admin", Failed: Trouble,
		Submit: func() func(context.Context) error {
			open := s.Open(c.filled(way))
			return func(ctx context.Context) (err error) {
				session, err = open(ctx)
				return err
			}
		},
		Done: func() (ui.Move, tea.Cmd) {
			move, cmd := s.Done(session)
			return ui.Close().Then(move), cmd
		},
	})
	return c
}

// filled are the credentials that were typed, which the field forgets.
func (c *credentials) filled(way setup.SignInWay) setup.SignInWay {
	way.Creds = connector.Credentials{Method: way.Method}
	way.Creds.Secret, _ = connector.ParseSecret(c.secret.Bytes()) // the form has judged both
	if way.Method == connector.OAuth {
		way.Creds.ClientID, _ = connector.ParseClientID(c.client.Value())
	}
	c.secret.Clear()
	return way
}

// Escape stops what runs. Otherwise the form closes, and the secret goes.
func (c *credentials) Escape() bool {
	if c.FormPanel.Escape() {
		return true
	}
	c.secret.Clear()
	return false
}
