package check_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

func TestTheBlockedAddressIsNamed(t *testing.T) {
	for _, address := range []string{"203.0.113.9", "2001:db8::7"} {
		world := scenario(t, "ready")
		world.Faults = []rest.Fault{{Path: "/api/*", Status: 403, Body: `{"error_code":403,"message":"Source IP address: ` + address + ` is blocked by Databricks IP ACL for workspace: 1"}`}}
		s := set(t, world)
		r := find(t, s.walk(t, check.All()), "S05")
		if r.Finding == nil || !strings.Contains(r.Finding.Reason, address) || !strings.Contains(r.Finding.Remedy.Text, address) || !strings.HasSuffix(r.Evidence, address) {
			t.Errorf("%s: %q %+v", address, r.Evidence, r.Finding)
		}
	}
}

func TestTheProxyInTheWayIsNamedWithItsVariable(t *testing.T) {
	s := set(t, scenario(t, "ready"))
	network := s.Network()
	network.Dial = dialing(answerWith(t, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"))
	network.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse("http://maria:proxy-canary@127.0.0.1:3128") }
	network.ProxyVariable = "HTTPS_PROXY"
	s.open(t, connector.Credentials{Method: connector.OAuth, ClientID: s.Connector().ClientID, Secret: s.Connector().Secret}, network)
	results := s.walk(t, check.All())
	proper(t, s, results)
	if r := find(t, results, "S01"); r.Evidence != "looked up by the proxy http://maria@127.0.0.1:3128, set in HTTPS_PROXY" {
		t.Errorf("S01 saw %q", r.Evidence)
	}
	if r := find(t, results, "S02"); r.State != check.Failed || r.Evidence != "HTTP 407 from the proxy http://maria@127.0.0.1:3128, set in HTTPS_PROXY" {
		t.Errorf("S02 saw %q", r.Evidence)
	}
}

func TestWhoReplacesCertificatesIsNamedAndShown(t *testing.T) {
	s := set(t, scenario(t, "ready"))
	network := s.Network()
	network.OnlyRoots = nil // the machine's own, which do not know the demo's authority
	s.open(t, connector.Credentials{Method: connector.OAuth, ClientID: s.Connector().ClientID, Secret: s.Connector().Secret}, network)
	r := find(t, s.walk(t, check.All()), "S03")
	if r.Finding == nil || !strings.Contains(r.Finding.Reason, "Your network replaces certificates (issuer ") || !strings.Contains(r.Evidence, ", issuer ") {
		t.Errorf("%q %+v", r.Evidence, r.Finding)
	}
	if len(s.Shown) == 0 {
		t.Fatal("the certificate that was shown is not kept")
	}
	network.ExtraCAs = s.CAPEM()
	s.open(t, connector.Credentials{Method: connector.OAuth, ClientID: s.Connector().ClientID, Secret: s.Connector().Secret}, network)
	if r := find(t, s.walk(t, check.All()), "S03"); r.State != check.Passed || !strings.Contains(r.Evidence, "trusted through an added authority") {
		t.Errorf("with the CA file: %s %q %s", r.State, r.Evidence, r.Detail)
	}
}

// Such a host is most often a gateway of the company, whose certificate is from the company's own authority.
func TestTheNetworkIsNotBlamedForTheCertificateOfAHostThatWasAllowedByName(t *testing.T) {
	for _, id := range []string{"ready", "certificate-self-signed"} {
		d := set(t, scenario(t, id))
		allowed, err := connector.AllowList(nil).Allow(d.Addr())
		if err != nil {
			t.Fatal(err)
		}
		host, _, err := connector.ParseHost(d.Addr(), allowed)
		if err != nil {
			t.Fatal(err)
		}
		w, err := workspace.OpenAnonymous(host, workspace.Network{}, "1.2.3")
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		d.Subject.Workspace = w
		r := find(t, d.walk(t, check.All()), "S03")
		if f := r.Finding; f == nil || f.Pattern != "private-authority" || f.Exit != check.ExitTLS || !strings.Contains(f.Reason, "Its owner may") || !strings.Contains(f.Reason, "your network may") {
			t.Errorf("%s: %q %+v", id, r.Evidence, r.Finding)
		}
		if here := r.InPlace(); !strings.Contains(r.Finding.Remedy.Text, string(connector.WhomToAsk(host))) || !strings.Contains(here.Finding.Remedy.Text, string(connector.WhomToAsk(host))) {
			t.Errorf("%s: somebody else is to be asked than where the authority is trusted: %+v, %+v", id, r.Finding, here.Finding)
		}
		if !strings.Contains(r.Evidence, ", issuer ") {
			t.Errorf("%s does not name the issuer: %q", id, r.Evidence)
		}
	}
}

func TestAWorkspaceThatAsksToWaitLongerIsToldSo(t *testing.T) {
	world := scenario(t, "ready")
	world.Faults = []rest.Fault{{Path: "/api/2.0/preview/scim/v2/Me", After: 1, Status: 429, RetryAfter: 5 * time.Minute}}
	s := set(t, world)
	results := s.walk(t, check.All())
	proper(t, s, results)
	r := find(t, results, "S07")
	if r.Finding == nil || r.Finding.Remedy.Text != "Wait 5 minutes, as the workspace asks, then test again." || r.Finding.Pattern != "throttled" {
		t.Errorf("%q %+v", r.Evidence, r.Finding)
	}
}

func TestANameLikeTheMissingOneIsSuggested(t *testing.T) {
	for asked, near := range map[string]string{
		"inventroy.assets.devices": "inventory", "inventory.asets.devices": "assets", "inventory.assets.devises": "devices", "qqqq.assets.devices": "",
	} {
		s := set(t, scenario(t, "ready"))
		s.choose(t, asked)
		results := s.walk(t, check.All())
		proper(t, s, results)
		f := check.Failure(results)
		if f == nil || strings.Contains(f.Finding.Reason, "There is one named "+near) != (near != "") || !strings.Contains(f.Finding.Pattern, "hidden") {
			t.Errorf("%s: %+v", asked, f)
		}
	}
}

func TestReachNeedsNoCredentials(t *testing.T) {
	for id, want := range map[string]string{"ready": "passed S00-S05", "wrong-secret": "passed S00-S05", "unreachable": "passed S00; failed S01; blocked S02-S05"} {
		d := set(t, scenario(t, id))
		host, _, err := connector.ParseHost(d.Host(), nil)
		if err != nil {
			t.Fatal(err)
		}
		w, err := workspace.OpenAnonymous(host, d.Network(), "")
		if err != nil {
			t.Fatal(err)
		}
		d.Subject = &check.Subject{Workspace: w}
		results := d.walk(t, check.Reach())
		proper(t, d, results)
		if got := states(results); got != want {
			t.Errorf("%s: %s", id, got)
		}
		for _, r := range d.Requests() {
			if r.Principal != "" || r.Path == "/oidc/v1/token" {
				t.Errorf("%s: asked %s as %q", id, r.Path, r.Principal)
			}
		}
		w.Close()
	}
}

func TestAHostThatIsRefusedFailsTheValues(t *testing.T) {
	_, _, err := connector.ParseHost("accounts.azuredatabricks.net", nil)
	results := check.Refused(check.Reach(), err)
	if got := states(results); got != "failed S00; blocked S01-S05" || results[0].Finding.Exit != check.ExitNotWorkspace || !strings.Contains(results[0].Finding.Reason, "account console") {
		t.Errorf("%s: %+v", got, results[0].Finding)
	}
	if f := check.Refused(check.Reach(), errors.New("other"))[0].Finding; f.Reason == "" || f.Remedy.Text == "" {
		t.Errorf("%+v", f)
	}
}

func TestTheSecretIsNotSentBeforeTheHostIsProven(t *testing.T) {
	for name, fault := range map[string]rest.Fault{
		"no workspace": {Path: "/oidc/.well-known/*", Status: 404, Body: "{}"}, "a page": {Path: "/oidc/.well-known/*", Page: "<html>"},
		"another host's sign-in": {Path: "/oidc/.well-known/*", Status: 200, Body: `{"token_endpoint":"https://thief.example/oidc/v1/token"}`},
	} {
		world := scenario(t, "ready")
		world.Faults = []rest.Fault{fault}
		s := set(t, world)
		for _, creds := range []connector.Credentials{
			{Method: connector.OAuth, ClientID: s.Connector().ClientID, Secret: s.Connector().Secret}, {Method: connector.PAT, Secret: s.Connector().Token},
		} {
			s.signIn(t, creds)
			s.walk(t, check.All())
		}
		for _, r := range s.Requests() {
			if r.Path != "/oidc/.well-known/oauth-authorization-server" {
				t.Errorf("%s: asked %s", name, r.Path)
			}
		}
	}
}

// TestAPortalIsNamedAndNotTheWorkspace: a network that sends every request to its own sign-in page answers in place of the workspace.
func TestAPortalIsNamedAndNotTheWorkspace(t *testing.T) {
	s := set(t, scenario(t, "captive-portal-redirect"))
	r := find(t, s.walk(t, check.All()), "S04")
	if r.Finding == nil || !strings.Contains(r.Finding.Reason, "login.airport-wifi.example") || strings.Contains(r.Finding.Reason, s.Addr()) {
		t.Errorf("%q %+v", r.Evidence, r.Finding)
	}
}

// TestAGatewayIsNotTheWorkspace: whoever hands a request on and gets no answer says nothing of the workspace.
func TestAGatewayIsNotTheWorkspace(t *testing.T) {
	for _, id := range []string{"bad-gateway", "gateway-timeout"} {
		s := set(t, scenario(t, id))
		r := find(t, s.walk(t, check.All()), "S04")
		if r.Finding == nil || r.Finding.Pattern != "gateway" || strings.Contains(r.Finding.Reason, "trouble of its own") {
			t.Errorf("%s: %q %+v", id, r.Evidence, r.Finding)
		}
	}
}

func TestWhereNothingWasTestedOneTriesAgain(t *testing.T) {
	if r := (check.Remedy{Text: "Wait a minute, then test again."}); r.Again() != "Wait a minute, then try again." {
		t.Error(r.Again())
	}
}
