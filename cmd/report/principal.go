package report

import (
	"cmp"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/ui/console"
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

// Table is a line for each of the names.
func (p Principal) Table() console.Table {
	table := console.Table{Headings: []string{"NAME", "VALUE", "USED FOR"}}
	for _, l := range p.Names {
		table.Rows = append(table.Rows, []string{l.Label, cmp.Or(l.Value, "not known here"), l.UsedFor})
	}
	return table
}

// SecretLines is a line for each of the secrets.
func (p Principal) SecretLines() (lines []string) {
	for _, s := range p.Secrets {
		text := s.ID
		if s.Created != "" {
			text += ", made " + s.Created
		}
		if s.Expires != "" {
			text += ", ends " + s.Expires
		}
		lines = append(lines, text)
	}
	return lines
}
