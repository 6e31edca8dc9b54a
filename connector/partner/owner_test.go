package partner_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

// TestATokenWithoutAnOwnerIsOfWhoMadeIt has tokens as a workspace gives them that names no owner, or another maker.
func TestATokenWithoutAnOwnerIsOfWhoMadeIt(t *testing.T) {
	const app = "0a000000-0000-4000-8000-000000000001"
	fivetran := admin.ServicePrincipal{ID: "71", ApplicationID: app, DisplayName: connector.FromRemote("FIVETRAN_USER"), Active: true}
	maria, itself := connector.FromRemote("maria@contoso.example"), connector.FromRemote(app)
	for name, c := range map[string]struct {
		token authorization.Token
		its   bool
	}{
		"it is named as the owner":           {authorization.Token{Owner: "71", CreatedBy: maria, CreatedByID: "3"}, true},
		"somebody else is":                   {authorization.Token{Owner: "3", CreatedBy: itself, CreatedByID: "71"}, false},
		"it made the token, by its id":       {authorization.Token{CreatedByID: "71"}, true},
		"it made the token, by its name":     {authorization.Token{CreatedBy: itself}, true},
		"another of its name made the token": {authorization.Token{CreatedBy: itself, CreatedByID: "70"}, false},
		"nothing is named":                   {authorization.Token{}, false},
	} {
		found := partner.Infer(partner.Traces{Principals: []admin.ServicePrincipal{fivetran}, Tokens: []authorization.Token{c.token}})
		if len(found.Connections) != 1 || (len(found.Connections[0].Tokens) == 1) != c.its {
			t.Errorf("%s: %+v", name, found.Connections)
		}
	}
}
