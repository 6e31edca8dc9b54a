package connector_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

const applicationID = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"

func TestAClientIDIsTheApplicationID(t *testing.T) {
	for _, pasted := range []string{
		applicationID, " " + applicationID + "\r\n", strings.ToUpper(applicationID), `"` + applicationID + `"`, "{" + applicationID + "}", strings.Replace(applicationID, "f", "ｆ", 1), "`" + applicationID + "`", "'" + applicationID + "'",
	} {
		if id, err := connector.ParseClientID(pasted); err != nil || id != applicationID {
			t.Errorf("%q: %q, %v", pasted, id, err)
		}
	}
	refused := []struct{ pasted, why string }{
		{"", "empty"}, {"  ", "empty"}, {`""`, "empty"},
		{"5103948571029384", "SCIM id"},
		{"dose0123456789abcdef0123456789abcdef", "OAuth secret"}, {"DOSE0123", "OAuth secret"},
		{"dapi0123456789abcdef-2", "personal access token"},
		{"draftt-connector", "not a UUID"}, {"maria@contoso.example", "not a UUID"}, {applicationID + "0", "not a UUID"}, {applicationID[:35], "not a UUID"},
		{strings.ReplaceAll(applicationID, "-", ""), "not a UUID"}, {applicationID + "`; --", "not a UUID"},
		{applicationID + "\n" + applicationID, "not a UUID"},
	}
	for _, tt := range refused {
		id, err := connector.ParseClientID(tt.pasted)
		var input *connector.Error
		if !errors.As(err, &input) || !strings.Contains(input.What, tt.why) || input.Remedy == "" || id != "" {
			t.Errorf("%q: %q, %v", tt.pasted, id, err)
			continue
		}
		if tt.pasted != "" && len(tt.pasted) > 4 && strings.Contains(input.What+input.Remedy, tt.pasted) {
			t.Errorf("the refusal repeats what was pasted, which may be a secret: %q", input.What)
		}
	}
}

func TestAPrincipalIsQuotedForAGrant(t *testing.T) {
	for name, want := range map[string]string{
		applicationID: "`" + applicationID + "`", "maria@contoso.example": "`maria@contoso.example`", "a`b": "`a``b`", "data team": "`data team`", "x`; GRANT": "`x``; GRANT`",
	} {
		if got, err := connector.QuotePrincipal(connector.FromRemote(name)); err != nil || got != want {
			t.Errorf("%q: %s, %v", name, got, err)
		}
	}
	for _, name := range []string{
		"", strings.Repeat("a", 256), "a\nb", "a\rb", "a\x00b", "a\x1bb", "a\u0085b", "a\u2028b", "a\u2029b", "a\u202eb", "a\u200bb", "a\xffb", "a\ufffdb",
	} {
		got, err := connector.QuotePrincipal(connector.FromRemote(name))
		var input *connector.Error
		if !errors.As(err, &input) || got != "" || !safe(input.What) {
			t.Errorf("%q was quoted as %q, %v", name, got, err)
		}
	}
}

func TestAPrincipalKnowsWhatItIs(t *testing.T) {
	service := connector.Principal{Name: connector.FromRemote(applicationID), DisplayName: connector.FromRemote("draftt\x1b[2J")}
	person := connector.Principal{Name: connector.FromRemote("maria@contoso.example")}
	if !service.IsServicePrincipal() || person.IsServicePrincipal() {
		t.Error("a service principal is told by its UUID")
	}
	if service.Label() != "draftt␛[2J" || person.Label() != "maria@contoso.example" {
		t.Errorf("labels %q and %q", service.Label(), person.Label())
	}
	if connector.OAuth.Label() != "OAuth secret" || connector.PAT.Label() != "personal access token" {
		t.Error("a method is not named as people know it")
	}
}

func TestAPrincipalIsCalledByAnyOfItsThreeNames(t *testing.T) {
	p := connector.Principal{ID: "5103948571029384", Name: connector.ClientID(applicationID).Name(), DisplayName: connector.FromRemote("draftt-connector")}
	for _, name := range []string{"5103948571029384", applicationID, " `" + strings.ToUpper(applicationID) + "` ", "Draftt-Connector"} {
		if !p.Called(name) {
			t.Errorf("it is not called %q", name)
		}
	}
	for _, name := range []string{"", " ", "draftt", "510394857102938"} {
		if p.Called(name) {
			t.Errorf("it is called %q", name)
		}
	}
}
