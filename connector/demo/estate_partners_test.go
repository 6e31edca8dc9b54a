package demo_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
	data "github.com/draftt-io/draftt-databricks/connector/demo/seed"
)

// left is what is found of one user or service principal in an estate.
type left struct {
	id, name   string
	tokens     []string // their comments
	endless    bool     // one of them never ends
	warehouses []string
}

// leftovers asks an admin's questions and brings the answers together by display names, which no two of those that tests ask for share.
func leftovers(p *patience) (found map[string]*left, ownerless []string) {
	p.Helper()
	found, byID, byName := map[string]*left{}, map[string]*left{}, map[string]*left{}
	for _, kind := range []string{"Users", "ServicePrincipals"} {
		var principals struct {
			Resources []struct{ ID, ApplicationID, UserName, DisplayName string }
		}
		p.get("/api/2.0/preview/scim/v2/"+kind, url.Values{"count": {"10000"}}, &principals)
		for _, s := range principals.Resources {
			one := &left{id: s.ID, name: s.ApplicationID + s.UserName}
			found[s.DisplayName], byID[s.ID], byName[one.name] = one, one, one
		}
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
		if one := byName[h.Creator]; one != nil {
			one.warehouses = append(one.warehouses, h.Name)
		} else {
			ownerless = append(ownerless, h.Name)
		}
	}
	return found, ownerless
}

// secretsOf tells when the OAuth secrets of a service principal were made.
func (p *patience) secretsOf(one *left) (made []string) {
	p.Helper()
	var list struct {
		Secrets []struct {
			Created string `json:"create_time"`
		}
	}
	p.get("/api/2.0/accounts/servicePrincipals/"+one.id+"/credentials/secrets", nil, &list)
	for _, s := range list.Secrets {
		made = append(made, s.Created)
	}
	return made
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
		if !slices.Equal(one.tokens, only(trace.Comment)) || one.endless != (trace.Comment != "") {
			t.Errorf("%s has the tokens %q, one without an end: %t", trace.User, one.tokens, one.endless)
		}
		if !slices.Equal(one.warehouses, only(trace.Warehouse)) {
			t.Errorf("%s made the warehouses %q", trace.User, one.warehouses)
		}
		made := ""
		if trace.OAuth {
			made = data.AsOf.AddDate(0, 0, -trace.Made).Format(time.RFC3339)
		}
		if got := p.secretsOf(one); !slices.Equal(got, only(made)) {
			t.Errorf("%s has OAuth secrets of %q, not %q", trace.User, got, made)
		}
	}
	usual := found["FIVETRAN_USER"]
	if usual == nil || len(usual.tokens) != 1 || !slices.Equal(usual.warehouses, only("FIVETRAN_ENDPOINT")) {
		t.Errorf("FIVETRAN_USER has %+v", usual)
	}
	if !slices.Equal(ownerless, only("AIRBYTE_ENDPOINT")) {
		t.Errorf("the warehouses of nobody are %q", ownerless)
	}
}

// only is a list of one word, and none of no word.
func only(word string) []string {
	if word == "" {
		return nil
	}
	return []string{word}
}

func TestWhoOnlyRemindsOfAPartnerHasOthersThings(t *testing.T) {
	w, clock := start(t, "estate")
	p := patient(t, w, clock)
	found, _ := leftovers(p)
	for _, alike := range []struct{ display, comment, warehouse string }{
		{display: "Rivery User", comment: "rivery"},
		{display: "Petra Hightouch", warehouse: "Hightouch endpoint tests"},
		{display: "BATCH_USER", comment: "nightly batch"},
		{display: "svc-fivetran-user-migration"},
		{display: "fivetran_user", comment: "Fivetran, second try by hand"},
	} {
		one := found[alike.display]
		if one == nil || !slices.Equal(one.tokens, only(alike.comment)) || !slices.Equal(one.warehouses, only(alike.warehouse)) {
			t.Errorf("%s has %+v", alike.display, one)
		}
	}
}
