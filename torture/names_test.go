package torture

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// disguises are texts that look like the workspace's host, or contain it, and lead somewhere else for some reader of URLs.
func disguises() []string {
	const suffix = ".azuredatabricks.net"
	all := []string{
		"thief.example?x=" + suffix, "thief.example#" + suffix, "thief.example/" + suffix, "thief.example\\" + suffix, "thief.example%2f" + suffix, "thief.example%00" + suffix,
		"thief.example\x00" + suffix, "thief.example;" + suffix, "thief.example," + hostName, "thief.example " + hostName, "thief.example\t" + suffix, "thief.example\n" + suffix,
		hostName + "@thief.example", hostName + ":443@thief.example", "https://" + hostName + "\\@thief.example", "https://" + hostName + "%40thief.example", "https://user:pw@" + hostName,
		"https://" + hostName + ":8443", "https://" + hostName + ":443:8443", "https://" + hostName + ":0", "https://" + hostName + ":65979", "https://" + hostName + ":-443", "https://" + hostName + ":４43",
		hostName + ".thief.example", hostName + "..thief.example", "thief.example:443/" + hostName, "azuredatabricks.net", suffix, "." + hostName, "x.azuredatabricks.net.", "x.azuredatabricks.net..",
		"thiefazuredatabricks.net", "x.azuredatabricks.net.cn", "x.azuredatabricks.com", "x.databricks.azure.com", "x.cloud.databricks.com.evil", "x.gcp.databricks.com:80",
		strings.ReplaceAll(hostName, ".", "。"), strings.ReplaceAll(hostName, ".", "．"), strings.ReplaceAll(hostName, "a", "а"), strings.ReplaceAll(hostName, "e", "е"), strings.ReplaceAll(hostName, "i", "ı"),
		strings.ReplaceAll(hostName, "t", "ｔ"), strings.ReplaceAll(hostName, "k", "\u212a"), strings.ReplaceAll(hostName, "s", "ſ"), hostName + "\u200b", "\u202e" + hostName, hostName + "\u00ad", "xn--adb-1.azuredatabricks.net.thief",
		"[::1]", "127.0.0.1", "0x7f000001", "2130706433", "localhost", "http://[" + hostName + "]", "//thief.example/" + hostName, "https:thief.example", "https:///thief.example", "https:/\\thief.example",
		"file:///etc/passwd", "javascript://" + hostName + "/%0aalert(1)", "data:text/html," + hostName, "ftp://" + hostName, "HTTPS://THIEF.EXAMPLE", "https://" + hostName + "/../../thief.example",
		"$filter=host eq '" + hostName + "'", hostName + "' or '1'='1", "*.azuredatabricks.net", "a b.azuredatabricks.net", "a_b.azuredatabricks.net", "-a.azuredatabricks.net", "a-.azuredatabricks.net",
		strings.Repeat("a", 64) + suffix, strings.Repeat("a.", 120) + "azuredatabricks.net", "%61db-1.azuredatabricks.net", "adb-1%2eazuredatabricks.net", hostName + "%20", "https://" + hostName + "\r\nHost: thief.example",
	}
	return append(all, "https://"+hostName+"?o=1&host=thief.example", "https://"+hostName+"/?next=https://thief.example#x@thief.example")
}

func TestADisguisedHostGetsNothing(t *testing.T) {
	accepted, refused := 0, 0
	for _, text := range disguises() {
		host, _, err := connector.ParseHost(text, nil)
		if err != nil {
			refused++
			continue
		}
		accepted++
		if !strings.HasSuffix(host.Name(), ".azuredatabricks.net") && !strings.HasSuffix(host.Name(), ".databricks.com") || host.Port() != 443 || strings.Contains(host.Name(), "thief") {
			t.Errorf("%q is taken for %s, port %d", text, host.Name(), host.Port())
			continue
		}
		v := newTown(t, http.HandlerFunc(usual))
		w, err := workspace.Open(workspace.Config{Host: host, Network: v.network(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: clientID, Secret: connector.NewSecret([]byte(canary))}})
		if err != nil {
			t.Fatal(err)
		}
		_ = w.SignIn(t.Context())
		w.Close()
		if form := finds(v.thief.heard(), canary, access); form != "" {
			t.Errorf("%q, taken for %s: %q reached a stranger", text, host.Name(), form)
		}
	}
	t.Logf("%d disguises refused, %d read as the host that they name", refused, accepted)
}

func TestAllowHostTakesOneHostAndNoTrick(t *testing.T) {
	for _, value := range append(disguises(), "https://proxy.example", "proxy.example/", "proxy.example?x=1", "proxy.example,other.example", "*", "*.example", ".example", "", ":443", "proxy.example:", "proxy.example:0", "proxy.example:99999") {
		list, err := connector.AllowList(nil).Allow(value)
		if err != nil {
			continue
		}
		// What was vouched for may be used as it was written; nothing else may.
		for _, other := range []string{"thief.example", "other.example", "sub." + value, value + ".thief.example", "proxy.example"} {
			if host, _, err := connector.ParseHost(other, list); err == nil && !strings.HasPrefix(list[0], host.Name()+":") && !strings.HasPrefix(list[0], "["+host.Name()+"]:") && host.ByAllowList() {
				t.Errorf("--allow-host %q lets %q in as %s", value, other, host)
			}
		}
	}
}

// The search above would be worth nothing if it could not find a secret that is there.
func TestTheSearchFindsASecretInEveryForm(t *testing.T) {
	v := newTown(t, http.HandlerFunc(usual))
	network := v.network()
	everything(t, network, connector.OAuth, false)
	if finds(v.host.heard(), canary) == "" || finds(v.host.heard(), access) == "" {
		t.Error("the named host was sent the secret and the token, and neither was found")
	}
	v = newTown(t, http.HandlerFunc(usual))
	v.thief = serve(t, http.HandlerFunc(usual), v.authority.certificate(t, time.Hour, hostName))
	v.dial = func(int, string) *server { return v.thief }
	everything(t, v.network(), connector.PAT, false)
	if finds(v.thief.heard(), canary) == "" {
		t.Error("a secret that was handed over was not found")
	}
	if form := finds([]byte("nothing of it, Y2FuYXJ5, canary"), canary, access); form != "" {
		t.Errorf("found %q where nothing is", form)
	}
}
