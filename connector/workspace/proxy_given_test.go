package workspace_test

import (
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
