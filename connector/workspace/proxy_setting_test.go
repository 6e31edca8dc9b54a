package workspace_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// routeWith is the way to a workspace with an environment of only these variables.
func routeWith(t *testing.T, environment map[string]string) (workspace.Route, error) {
	t.Helper()
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"} {
		t.Setenv(name, environment[name])
	}
	return open(t, workspace.Config{Host: parseHost(t, hostName)}).Route()
}

func TestWhyAProxyIsNotUsedIsSaidWithTheEntryThatDoesSo(t *testing.T) {
	const broken = "http://maria:canary#@proxy.example:3128"
	for _, tt := range []struct{ list, entry, note string }{
		{".azuredatabricks.net", ".azuredatabricks.net", ""},
		{"localhost, *.azuredatabricks.net ,10.0.0.0/8", "*.azuredatabricks.net", ""},
		{"*", "*", ""},
		{hostName + ":443", hostName + ":443", ""},
	} {
		route, err := routeWith(t, map[string]string{"HTTPS_PROXY": broken, "NO_PROXY": tt.list})
		if err != nil || route.Proxy != nil || route.Variable != "NO_PROXY" || route.Entry != tt.entry || route.Note != tt.note {
			t.Errorf("%q: %+v, %v", tt.list, route, err)
		}
	}
	for list, note := range map[string]string{
		"*azuredatabricks.net": "write .azuredatabricks.net", "localhost;.azuredatabricks.net": "with commas between", "localhost .azuredatabricks.net": "with commas between",
		"https://" + hostName + "/": "write " + hostName, `".azuredatabricks.net"`: "write .azuredatabricks.net", "localhost,example.net": "",
	} {
		route, err := routeWith(t, map[string]string{"HTTPS_PROXY": "proxy.example:3128", "NO_PROXY": list})
		if err != nil || route.Proxy == nil || !strings.Contains(route.Note, note) || (note == "") != (route.Note == "") {
			t.Errorf("%q: %+v, %v", list, route, err)
		}
	}
}

func TestAnEncodedPasswordReachesTheProxyAsItIs(t *testing.T) {
	for setting, want := range map[string]string{
		"http://CORP%5Cmaria:p%23%25@proxy.example:3128": "http://CORP%5Cmaria@proxy.example:3128",
		" maria:p@ss@proxy.example:3128 ":                "http://maria@proxy.example:3128",
		"socks5h://proxy.example":                        "socks5h://proxy.example",
		"http://[fd00::1]:3128/":                         "http://[fd00::1]:3128",
	} {
		route, err := routeWith(t, map[string]string{"ALL_PROXY": setting})
		if err != nil || route.Proxy == nil || route.Proxy.String() != want || route.Variable != "ALL_PROXY" {
			t.Errorf("%q: %+v, %v", setting, route, err)
		}
	}
}

// FuzzAProxySetting has a password in a setting, and anything around it: no text of an error and no address that is shown has it.
func FuzzAProxySetting(f *testing.F) {
	for _, around := range [][2]string{{"http://maria:", "@proxy:3128"}, {`"http://CORP\maria:#`, `@proxy:3128"`}, {"maria:", "%@h"}, {"a:", "://x@h"}, {"http://m:", "/@b@c:x"}} {
		f.Add(around[0], around[1])
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		if !strings.Contains(before, ":") || !strings.Contains(after, "@") || strings.HasSuffix(before, "/") || strings.ContainsRune(before+after, 0) {
			t.Skip("it would be no password")
		}
		const canary = "proxy-canary-4711"
		name, _, _ := strings.Cut(strings.TrimPrefix(before, "http://"), ":")
		if strings.ContainsAny(name, "/@\"' ") {
			t.Skip("it would be no password")
		}
		route, err := routeWith(t, map[string]string{"HTTPS_PROXY": "http://" + name + ":" + canary + after})
		var wrong *workspace.ProxySettingError
		said := ""
		if errors.As(err, &wrong) {
			said = wrong.Shown + wrong.Wrong + wrong.Remedy
		}
		if err != nil {
			said += err.Error()
		}
		if route.Proxy != nil {
			said += route.Proxy.String()
		}
		if strings.Contains(said, canary) {
			t.Errorf("%q is told as %q", before+canary+after, said)
		}
	})
}
