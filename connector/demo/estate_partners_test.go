package demo_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
)

// left is what is found of one service principal in an estate.
type left struct {
	id, name   string
	tokens     []string // their comments
	endless    bool     // one of them never ends
	warehouses []string
}

// leftovers asks an admin's questions and brings the answers together by the service principal's display name.
func leftovers(p *patience) (found map[string]*left, ownerless []string) {
	p.Helper()
	found, byID, byName := map[string]*left{}, map[string]*left{}, map[string]*left{}
	var principals struct {
		Resources []struct{ ID, ApplicationID, DisplayName string }
	}
	p.get("/api/2.0/preview/scim/v2/ServicePrincipals", nil, &principals)
	for _, s := range principals.Resources {
		one := &left{id: s.ID, name: s.ApplicationID}
		found[s.DisplayName], byID[s.ID], byName[s.ApplicationID] = one, one, one
	}
	var tokens struct {
		Tokens []struct {
			Owner   int64  `json:"owner_id"`
			Comment string `json:"comment"`
			Expires int64  `json:"expiry_time"`
		} `json:"token_infos"`
	}
	p.get("/api/2.0/token-management/tokens", nil, &tokens)
	for _, t := range tokens.Tokens {
		if one := byID[fmt.Sprint(t.Owner)]; one != nil {
			one.tokens, one.endless = append(one.tokens, t.Comment), one.endless || t.Expires == -1
		}
	}
	var houses struct {
		Warehouses []struct {
			Name    string
			Creator string `json:"creator_name"`
		}
	}
	p.get("/api/2.0/sql/warehouses", url.Values{"page_size": {"100"}}, &houses)
	for _, h := range houses.Warehouses {
		switch one := byName[h.Creator]; {
		case one != nil:
			one.warehouses = append(one.warehouses, h.Name)
		case !strings.Contains(h.Creator, "@"): // nor a person's
			ownerless = append(ownerless, h.Name)
		}
	}
	return found, ownerless
}

func (p *patience) secretsOf(one *left) int {
	p.Helper()
	var list struct{ Secrets []struct{ ID string } }
	p.get("/api/2.0/accounts/servicePrincipals/"+one.id+"/credentials/secrets", nil, &list)
	return len(list.Secrets)
}

func TestAnEstateHasWhatPartnersLeave(t *testing.T) {
	w, clock := start(t, "estate")
	p := patient(t, w, clock)
	found, ownerless := leftovers(p)
	for _, trace := range estate.Traces() {
		if trace.User == "" {
			continue
		}
		one := found[trace.User]
		if one == nil {
			t.Errorf("%s is not there", trace.User)
			continue
		}
		if token := len(one.tokens) == 1 && one.tokens[0] == trace.Comment && one.endless; token != (trace.Comment != "") {
			t.Errorf("%s has the tokens %q", trace.User, one.tokens)
		}
		if house := len(one.warehouses) == 1 && one.warehouses[0] == trace.Warehouse; house != (trace.Warehouse != "") {
			t.Errorf("%s made the warehouses %q", trace.User, one.warehouses)
		}
		if secret := p.secretsOf(one) == 1; secret != trace.OAuth {
			t.Errorf("%s has an OAuth secret: %t", trace.User, secret)
		}
	}
	usual := found["FIVETRAN_USER"]
	if usual == nil || len(usual.tokens) != 1 || len(usual.warehouses) != 1 || usual.warehouses[0] != "FIVETRAN_ENDPOINT" {
		t.Errorf("FIVETRAN_USER has %+v", usual)
	}
	if len(ownerless) != 1 || ownerless[0] != "AIRBYTE_ENDPOINT" {
		t.Errorf("the warehouses of nobody are %q", ownerless)
	}
	for _, alike := range []string{"fivetran_user", "BATCH_USER", "svc-fivetran-user-migration"} {
		if one := found[alike]; one == nil || len(one.warehouses) != 0 {
			t.Errorf("%s has %+v", alike, one)
		}
	}
}
