package report

import (
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
)

// Principal is a service principal in JSON.
type Principal struct {
	Host          string             `json:"host"`
	DisplayName   string             `json:"display_name"`
	ApplicationID connector.ClientID `json:"application_id"`
	ID            connector.SCIMID   `json:"scim_id"`
	Connections   []string           `json:"connections"`       // the saved ones that sign in as it
	Secrets       []Secret           `json:"secrets,omitempty"` // as an admin sees them
	Names         []admin.CardLine   `json:"-"`
}

// Secret is one of its OAuth secrets, without its value.
type Secret struct {
	ID      string `json:"id"`
	Created string `json:"created,omitempty"`
	Expires string `json:"expires,omitempty"`
}

// OfPrincipal is a service principal, with the saved connections that sign in as it.
func OfPrincipal(host connector.Host, p admin.ServicePrincipal, all []connector.Connection) Principal {
	return Principal{
		Host: host.String(), DisplayName: p.DisplayName.String(), ApplicationID: p.ApplicationID, ID: p.ID,
		Connections: saved.SigningIn(all, host, p.ApplicationID), Names: p.Card(),
	}
}

// See adds the secrets that an admin sees.
func (p *Principal) See(secrets []admin.SecretInfo) {
	for _, info := range secrets {
		p.Secrets = append(p.Secrets, Secret{info.ID, day(info.Created), day(info.Expires)})
	}
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
