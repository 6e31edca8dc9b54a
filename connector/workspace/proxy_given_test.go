package workspace_test

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

func givenProxy(t *testing.T, address, user, password string) workspace.Proxy {
	t.Helper()
	p, err := workspace.ReadProxy(address, user, connector.NewSecret([]byte(password)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestAProxyThatWasGivenIsNotAskedForThisMachine: what a tunnel ends in has its names here alone.
func TestAProxyThatWasGivenIsNotAskedForThisMachine(t *testing.T) {
	network := workspace.Network{}.Through(givenProxy(t, "http://proxy.example:3128", "", ""))
	failed := check.Result{Stage: check.StageConnection, Finding: &check.Finding{Pattern: "refused"}}
	for name, here := range map[string]bool{
		"localhost:8443": true, "127.0.0.1:8443": true, "127.9.8.7": true, "[::1]:8443": true, "lab.contoso.example": false, hostName: false,
	} {
		allow, err := connector.ParseAllowList([]string{name})
		if err != nil {
			t.Fatal(err)
		}
		host, _, err := connector.ParseHost(name, allow)
		if err != nil {
			t.Fatal(err)
		}
		route, err := open(t, workspace.Config{Host: host, Network: network}).Route()
		if err != nil || (route.Proxy == nil) != here || failed.MayNeedProxy(host) == here {
			t.Errorf("%s goes by %v, %v; may need a proxy: %v", name, route.Proxy, err, failed.MayNeedProxy(host))
		}
	}
}

// TestAProxyHasAliases: in a record and a bundle, which have them always, and on a screen that is shared. A refused one is shown as well.
func TestAProxyHasAliases(t *testing.T) {
	t.Cleanup(func() { connector.Share(false); connector.Known().Forget() })
	secrets := []string{"contoso", "lindqvist", "CORP", "10.20.30.40"}
	shown := map[string]func() string{
		"given": func() string {
			return givenProxy(t, "http://proxy.contoso.example:3128", `CORP\lindqvist`, "x").String()
		},
		"given with a user": func() string { return givenProxy(t, "http://lindqvist@10.20.30.40:3128", "", "").String() },
		"refused": func() string {
			_, err := workspace.ReadProxy("ftp://lindqvist:pass@proxy.contoso.example", "", connector.Secret{})
			return connector.Sentence(err)
		},
		"in the environment": func() string {
			route, err := routeWith(t, map[string]string{"HTTPS_PROXY": "http://CORP%5Clindqvist:pass@proxy.contoso.example:3128"})
			return check.RouteText(route, err)
		},
		"wrong in the environment": func() string {
			route, err := routeWith(t, map[string]string{"HTTPS_PROXY": "http://lindqvist:pa#ss@proxy.contoso.example:3128"})
			return check.RouteText(route, err) + connector.Sentence(err)
		},
	}
	for name, show := range shown {
		connector.Known().Forget()
		connector.Share(false)
		text := show()
		connector.Share(true)
		for said, as := range map[string]string{"a record": connector.Known().Text(text), "a screen": connector.ShownText(text)} {
			for _, secret := range secrets {
				if strings.Contains(as, secret) || !strings.Contains(as, "host-A") && !strings.Contains(as, "user-1") {
					t.Errorf("%s, %s: %s", name, said, as)
				}
			}
		}
	}
}

func TestAPasswordAloneGoesWithTheUserOfTheAddress(t *testing.T) {
	p := givenProxy(t, "http://maria@proxy.example:3128", "", "canary")
	if p.LacksPassword() || !givenProxy(t, "http://maria@proxy.example", "", "").LacksPassword() || givenProxy(t, "http://proxy.example", "", "").LacksPassword() {
		t.Error("it is not told where a password is missing")
	}
	if p.String() != "http://maria@proxy.example:3128" {
		t.Errorf("%s", p)
	}
	for _, address := range []string{"", "http://proxy.example"} {
		if _, err := workspace.ReadProxy(address, "", connector.NewSecret([]byte("canary"))); err == nil || !strings.Contains(err.Error(), "no user name") {
			t.Errorf("%q: %v", address, err)
		}
	}
}
