package demo

import (
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// Credentials are one principal's ways to sign in.
type Credentials struct {
	ClientID    connector.ClientID
	DisplayName string
	Secret      connector.Secret // OAuth secret
	Token       connector.Secret // personal access token
}

// Connector is what the connection form is prefilled with.
func (w *Workspace) Connector() Credentials { return w.connector }

// Admin is a metastore admin, who may run the grants.
func (w *Workspace) Admin() Credentials { return w.admin }

// SignIn is the one of the connector's credentials that the scenario is about.
func (w *Workspace) SignIn() connector.Credentials {
	if w.scenario.SignIn.Token {
		return connector.Credentials{Method: connector.PAT, Secret: w.connector.Token}
	}
	return connector.Credentials{Method: connector.OAuth, ClientID: w.connector.ClientID, Secret: w.connector.Secret}
}

// credentials makes a principal a secret and a token of its own. The world learns of them when it is made.
func (w *Workspace) credentials(id, name string) Credentials {
	secret, token := model.NewSecretValue(), model.NewTokenValue()
	w.enrol = append(w.enrol, func(world *model.World) {
		world.AddSecret(id, secret)
		world.AddToken(id, token)
	})
	return Credentials{ClientID: connector.ClientID(id), DisplayName: name, Secret: connector.NewSecret(secret), Token: connector.NewSecret(token)}
}

// accountCredentials makes the account admin a secret. Tokens are of a workspace, and it is in none.
func (w *Workspace) accountCredentials() Credentials {
	secret := model.NewSecretValue()
	w.enrol = append(w.enrol, func(world *model.World) { world.AddSecret(AccountAdminID, secret) })
	return Credentials{ClientID: AccountAdminID, DisplayName: AccountAdminName, Secret: connector.NewSecret(secret)}
}

// lifeLeft is how long the connector's secret and token are still good for in each condition; what is not in it is not known to the
// workspace at all.
var lifeLeft = map[Condition]time.Duration{
	Good: model.MaxSecretLife, NotAllowed: model.MaxSecretLife, Expiring: 3*24*time.Hour + time.Hour, Expired: -7 * 24 * time.Hour,
}

// prefilled makes the connector's credentials in the condition that the scenario has them in.
func (w *Workspace) prefilled(s SignIn) Credentials {
	if s.Condition == Good {
		c := w.credentials(ConnectorID, ConnectorName)
		if s.ClientID != "" {
			c.ClientID = connector.ClientID(s.ClientID)
		}
		return c
	}
	secret, token := model.NewSecretValue(), model.NewTokenValue()
	if left, known := lifeLeft[s.Condition]; known {
		w.enrol = append(w.enrol, func(world *model.World) {
			world.AddSecretFor(ConnectorID, secret, left)
			if s.Condition != NotAllowed {
				world.AllowTokens(ConnectorID)
			}
			world.PresetToken(model.Token{Owner: ConnectorID, CreatedBy: AdminID, Comment: ConnectorName, Expires: world.Clock().Now().Add(left)}, token)
		})
	}
	if s.Condition == FromEntra {
		secret = []byte("Q~8" + string(secret[4:]) + "_.ab") // the form of Microsoft Entra ID's
	}
	return Credentials{ClientID: ConnectorID, DisplayName: ConnectorName, Secret: connector.NewSecret(secret), Token: connector.NewSecret(token)}
}

// secretExpires is when the secret of the form ends, as the person knows who made it. It is zero for one that the workspace does not
// know, and for tokens, whose end the workspace tells.
func (w *Workspace) secretExpires() time.Time {
	left, known := lifeLeft[w.scenario.SignIn.Condition]
	if !known || w.scenario.SignIn.Token {
		return time.Time{}
	}
	return w.opt.Clock.Now().Add(left)
}
