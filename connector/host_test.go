package connector_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

const (
	azure   = "adb-7405605741000000.0.azuredatabricks.net"
	azureID = "7405605741000000"
)

func TestAWorkspaceHostIsReadFromAnythingPeoplePaste(t *testing.T) {
	tests := []struct{ pasted, name, id, notes string }{
		{azure, azure, azureID, ""},
		{"https://" + azure, azure, azureID, ""},
		{"https://" + azure + "/", azure, azureID, ""},
		{"https://" + azure + "//", azure, azureID, ""},
		{"HTTPS://" + azure, azure, azureID, ""},
		{"http://" + azure, azure, azureID, "http was dropped, only https is used"},
		{"Http://" + azure + "/", azure, azureID, "http was dropped, only https is used"},
		{azure + "/", azure, azureID, ""},
		{azure + ":443", azure, azureID, ""},
		{"https://" + azure + ":443/", azure, azureID, ""},
		{azure + ".", azure, azureID, ""},
		{azure + ".:443", azure, azureID, ""},
		{"https://" + azure + "/?o=" + azureID, azure, azureID, ""},
		{"https://" + azure + "/?o=" + azureID + "#", azure, azureID, ""},
		{"https://" + azure + "/?o=1#job/2", azure, azureID, "the path was left out"},
		{"https://" + azure + "/sql/warehouses?o=1", azure, azureID, "the path was left out"},
		{"https://" + azure + "/login.html?next_url=%2Fsql", azure, azureID, "the path was left out"},
		{"http://" + azure + "/explore/data", azure, azureID, "http was dropped, only https is used; the path was left out"},
		{"  " + azure + "  ", azure, azureID, ""},
		{"\t" + azure + "\r\n", azure, azureID, ""},
		{`"` + azure + `"`, azure, azureID, ""},
		{`'https://` + azure + `/'`, azure, azureID, ""},
		{"`" + azure + "`", azure, azureID, ""},
		{"<https://" + azure + ">", azure, azureID, ""},
		{` "` + azure + `" `, azure, azureID, ""},
		{strings.ToUpper(azure), azure, azureID, ""},
		{"https:/" + azure, azure, azureID, ""}, {"https//" + azure, azure, azureID, ""}, {`https:\\` + azure, azure, azureID, ""}, {"https://https://" + azure, azure, azureID, ""},
		{"\u200b" + azure, azure, azureID, ""}, {strings.ReplaceAll(azure, ".", "\u3002"), azure, azureID, ""}, {strings.ReplaceAll(azure, ".", "．"), azure, azureID, ""},
		{"Adb-7405605741000000.0.AzureDatabricks.Net", azure, azureID, ""},
		{"westeurope.azuredatabricks.net", "westeurope.azuredatabricks.net", "", ""},
		{"https://westeurope.azuredatabricks.net/?o=123", "westeurope.azuredatabricks.net", "123", ""},
		{"https://westeurope.azuredatabricks.net/?workspace_id=456", "westeurope.azuredatabricks.net", "456", ""},
		{"https://westeurope.azuredatabricks.net/?w=789", "westeurope.azuredatabricks.net", "789", ""},
		{"https://westeurope.azuredatabricks.net/?o=12%0d%0aX-Evil:1", "westeurope.azuredatabricks.net", "", ""},
		{"adb-2.3.databricks.azure.us", "adb-2.3.databricks.azure.us", "", ""},
		{"adb-7405605741000001.1.databricks.azure.cn", "adb-7405605741000001.1.databricks.azure.cn", "7405605741000001", ""},
		{"dbc-a1b2c3d4-e5f6.cloud.databricks.com", "dbc-a1b2c3d4-e5f6.cloud.databricks.com", "", ""},
		{"acme.cloud.databricks.us", "acme.cloud.databricks.us", "", ""},
		{"1234567890123456.7.gcp.databricks.com", "1234567890123456.7.gcp.databricks.com", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.pasted, func(t *testing.T) {
			h, notes, err := connector.ParseHost(tt.pasted, nil)
			if err != nil {
				t.Fatal(err)
			}
			if h.Name() != tt.name || string(h.WorkspaceID()) != tt.id || h.Port() != 443 || h.ByAllowList() || h.IsZero() {
				t.Errorf("read as %q, workspace %q, port %d", h.Name(), h.WorkspaceID(), h.Port())
			}
			if h.URL() != "https://"+tt.name || h.String() != tt.name || h.Addr() != tt.name+":443" {
				t.Errorf("reached at %s, shown as %s, dialled at %s", h.URL(), h, h.Addr())
			}
			if got := strings.Join(notes, "; "); got != tt.notes {
				t.Errorf("left out: %q, not %q", got, tt.notes)
			}
		})
	}
}

func TestAHostThatIsNoWorkspaceIsRefusedWithItsReason(t *testing.T) {
	const (
		foreign   = "not a Databricks domain"
		odd       = "characters that no workspace host has"
		unread    = "does not read as a host"
		address   = "IP address"
		console   = "account console"
		user      = "user name"
		port      = "not the workspace's"
		badPort   = "port is not a number"
		notWeb    = "not a workspace address"
		emptyHost = "host is empty"
	)
	tests := []struct{ pasted, why string }{
		{"", emptyHost}, {"   ", emptyHost}, {`""`, emptyHost}, {"https://", emptyHost}, {"\r\n", emptyHost},
		{"accounts.azuredatabricks.net", console}, {"https://accounts.cloud.databricks.com/login", console}, {"ACCOUNTS.azuredatabricks.net", console},
		{"10.0.0.4", address}, {"https://20.42.4.209/", address}, {"[2001:db8::1]", address}, {"https://[::1]:443", address}, {"127.0.0.1:443", foreign},
		{"admin@" + azure, user}, {"https://admin:hunter2@" + azure, user}, {"https://" + azure + "@evil.com", user}, {"https://" + azure + ":443@evil.com/", user},
		{azure + ":8443", port}, {"https://" + azure + ":80", port}, {azure + ":0", badPort}, {azure + ":99999", badPort}, {azure + ":", badPort},
		{azure + ".evil.com", foreign}, {"evil-azuredatabricks.net", foreign}, {"evilazuredatabricks.net", foreign}, {"azuredatabricks.net", foreign},
		{"adb-1.azuredatabricks.com", foreign}, {"cloud.databricks.com", foreign}, {"databricks.com", foreign},
		{"localhost", foreign}, {"https://evil.com/" + azure, foreign}, {"https://evil.com?" + azure, foreign}, {"https://evil.com#" + azure, foreign},
		{"https://evil.com#@" + azure, foreign},
		{"аdb-1.azuredatabricks.net", odd}, {"adb-1.аzuredatabricks.net", odd},
		{"adb-1.azuredatabric\u212as.net", odd}, {"adb-1.azuredatabricks.net\u202e", odd},
		{"adb-1.xn--azuredatabrcks-iub.net", foreign}, {"xn--dbricks-9za.net", foreign},
		{"adb 1.azuredatabricks.net", unread}, {"adb-1.azuredatabricks .net", unread}, {"adb-1.azuredatabricks.net evil.com", unread},
		{"adb-1.azuredatabricks.net\x00.evil.com", unread}, {"adb-1\n.azuredatabricks.net", unread}, {"adb%2e1.azuredatabricks.net", unread},
		{`evil.com\.azuredatabricks.net`, unread},
		{".azuredatabricks.net", odd}, {"..azuredatabricks.net", odd}, {"a..azuredatabricks.net", odd}, {"-a.azuredatabricks.net", odd}, {"a-.azuredatabricks.net", odd},
		{"a_b.azuredatabricks.net", odd}, {"*.azuredatabricks.net", odd}, {azure + "..", odd}, {strings.Repeat("a", 64) + ".azuredatabricks.net", odd},
		{strings.Repeat("a.", 130) + "azuredatabricks.net", odd},
		{"ftp://" + azure, notWeb}, {"javascript://" + azure, notWeb}, {"file:///etc/passwd", notWeb},
	}
	for _, tt := range tests {
		t.Run(tt.pasted, func(t *testing.T) {
			h, _, err := connector.ParseHost(tt.pasted, nil)
			var input *connector.Error
			if !errors.As(err, &input) {
				t.Fatalf("accepted as %q with error %v", h.Name(), err)
			}
			if !strings.Contains(input.What, tt.why) || input.Remedy == "" {
				t.Errorf("refused with %q and remedy %q, expected %q", input.What, input.Remedy, tt.why)
			}
			if !h.IsZero() {
				t.Errorf("a refused host was handed out as %q: who ignores the error would send a secret there", h.Name())
			}
			if connector.CleanLine(input.What+input.Remedy, 1000) != input.What+input.Remedy {
				t.Errorf("the refusal is not safe to show: %q %q", input.What, input.Remedy)
			}
		})
	}
}

func TestTheCloudIsToldFromTheDomain(t *testing.T) {
	tests := []struct {
		host, described string
		cloud           connector.Cloud
	}{
		{azure, "Azure, workspace " + azureID, connector.CloudAzure},
		{"adb-9.1.databricks.azure.us", "Azure Government", connector.CloudAzure},
		{"adb-9.1.databricks.azure.cn", "Azure China", connector.CloudAzure},
		{"acme.cloud.databricks.com/?o=17", "AWS, ?o=17", connector.CloudAWS},
		{"acme.cloud.databricks.us", "AWS GovCloud", connector.CloudAWS},
		{"acme.gcp.databricks.com", "Google Cloud", connector.CloudGCP},
	}
	for _, tt := range tests {
		h, _, err := connector.ParseHost(tt.host, nil)
		if err != nil || h.Cloud() != tt.cloud || h.Describe() != tt.described {
			t.Errorf("%s: %s, %q, %v", tt.host, h.Cloud(), h.Describe(), err)
		}
	}
	if (connector.Host{}).Cloud() != connector.CloudOther || !(connector.Host{}).IsZero() {
		t.Error("the zero host claims to be somewhere")
	}
}

func TestAHostOutsideTheDomainsIsAllowedByNameAndPort(t *testing.T) {
	var list connector.AllowList
	for _, value := range []string{"databricks.contoso.example", " Proxy.Contoso.Example:8443 ", "127.0.0.1:9443", "[::1]:9443", "[2001:db8::1]", azure + ":8443"} {
		longer, err := list.Allow(value)
		if err != nil {
			t.Fatalf("%q: %v", value, err)
		}
		list = longer
	}
	accepted := []struct{ pasted, url, addr string }{
		{"https://databricks.contoso.example/", "https://databricks.contoso.example", "databricks.contoso.example:443"},
		{"PROXY.contoso.example:8443", "https://proxy.contoso.example:8443", "proxy.contoso.example:8443"},
		{"http://127.0.0.1:9443", "https://127.0.0.1:9443", "127.0.0.1:9443"},
		{"https://[::1]:9443", "https://[::1]:9443", "[::1]:9443"},
		{"[2001:db8::1]", "https://[2001:db8::1]", "[2001:db8::1]:443"},
		{azure + ":8443", "https://" + azure + ":8443", azure + ":8443"},
	}
	for _, tt := range accepted {
		h, _, err := connector.ParseHost(tt.pasted, list)
		if err != nil || h.URL() != tt.url || h.Addr() != tt.addr || !h.ByAllowList() {
			t.Errorf("%s: %s, %s, by the list %v, %v", tt.pasted, h.URL(), h.Addr(), h.ByAllowList(), err)
		}
		if u, err := url.Parse(h.URL()); err != nil || u.Hostname() != h.Name() {
			t.Errorf("%s: its URL %s leads elsewhere than to %s: %v", tt.pasted, h.URL(), h.Name(), err)
		}
	}
	for _, pasted := range []string{
		"proxy.contoso.example", "proxy.contoso.example:443", "databricks.contoso.example:8443", "evil.databricks.contoso.example",
		"databricks.contoso.example.evil.com", "user@databricks.contoso.example", "127.0.0.1", "[::1]", azure + ":8444",
	} {
		if h, _, err := connector.ParseHost(pasted, list); err == nil {
			t.Errorf("%s was accepted as %s", pasted, h.Addr())
		}
	}
	if h, _, err := connector.ParseHost(azure, list); err != nil || h.ByAllowList() {
		t.Errorf("a Databricks domain needs no list: by the list %v, %v", h.ByAllowList(), err)
	}
}

func TestAnAllowValueIsAHostAndNothingMore(t *testing.T) {
	list := connector.AllowList{"kept.example:443"}
	for _, value := range []string{
		"", " ", ":443", "https://contoso.example", "contoso.example/path", "user@contoso.example", "contoso.example:port", "contoso.example:0",
		"contoso.example:65536", "*.contoso.example", "con toso.example", "contoso..example", "kontoso\u202e.example", "::1", "fe80::1%eth0", "[fe80::1%eth0]:443", "a\x1b[2J.example",
	} {
		got, err := list.Allow(value)
		var input *connector.Error
		if !errors.As(err, &input) {
			t.Errorf("%q was allowed as %q, %v", value, got, err)
			continue
		}
		if len(got) != 1 || got[0] != "kept.example:443" {
			t.Errorf("%q changed the list to %q", value, got)
		}
		if connector.CleanLine(input.What, 1000) != input.What {
			t.Errorf("the refusal %q is not safe to show", input.What)
		}
	}
}

// FuzzParseHost holds ParseHost to what the pinned transport relies on.
func FuzzParseHost(f *testing.F) {
	for _, seed := range []string{
		azure, "https://" + azure + "/?o=1", "http://" + azure + ":443/x#y", "user:pw@" + azure, azure + "@evil.com", "evil.com#@" + azure, azure + ".evil.com",
		"[::1]:443", "adb-1.azuredatabric\u212as.net", "a%2eazuredatabricks.net", "//" + azure, "https:\\\\" + azure, azure + ":0443", "\u00ad" + azure, azure + "?w=12",
	} {
		f.Add(seed)
	}
	suffixes := []string{".azuredatabricks.net", ".databricks.azure.us", ".databricks.azure.cn", ".cloud.databricks.com", ".cloud.databricks.us", ".gcp.databricks.com"}
	f.Fuzz(func(t *testing.T, pasted string) {
		h, _, err := connector.ParseHost(pasted, nil)
		if err != nil {
			var input *connector.Error
			if !errors.As(err, &input) || input.Remedy == "" || !h.IsZero() {
				t.Fatalf("refused with %#v and host %q", err, h.Name())
			}
			return
		}
		known := false
		for _, s := range suffixes {
			known = known || strings.HasSuffix(h.Name(), s) && len(h.Name()) > len(s)
		}
		if !known || h.Port() != 443 || h.ByAllowList() || strings.HasPrefix(h.Name(), "accounts.") {
			t.Fatalf("%q was accepted as %q, port %d", pasted, h.Name(), h.Port())
		}
		if strings.ContainsFunc(h.Name(), func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789-.", r) }) {
			t.Fatalf("%q was accepted with an odd character, as %q", pasted, h.Name())
		}
		u, err := url.Parse(h.URL())
		if err != nil || u.Scheme != "https" || u.Hostname() != h.Name() || u.User != nil || u.Path != "" {
			t.Fatalf("%q leads to %v, %v", pasted, u, err)
		}
		again, notes, err := connector.ParseHost(h.URL()+"?o="+string(h.WorkspaceID()), nil)
		if err != nil || again != h || len(notes) != 0 {
			t.Fatalf("%q does not survive being saved and opened: %v, %q, %v", pasted, again, notes, err)
		}
	})
}

func TestAHostThatWasAllowedByNameIsLetInAgainAndNoOtherIs(t *testing.T) {
	list, err := connector.ParseAllowList([]string{"lab.contoso.example:8443", "other.example"})
	if err != nil {
		t.Fatal(err)
	}
	lab, _, err := connector.ParseHost("lab.contoso.example:8443", list)
	if err != nil {
		t.Fatal(err)
	}
	if again, _, err := connector.ParseHost(lab.Addr(), lab.AllowList()); err != nil || again != lab {
		t.Errorf("%v, %v", again, err)
	}
	if _, _, err := connector.ParseHost("other.example", lab.AllowList()); !errors.Is(err, connector.ErrInput) {
		t.Error("another host is let in with it")
	}
	if documented, _, err := connector.ParseHost("adb-1.2.azuredatabricks.net", list); err != nil || documented.AllowList() != nil {
		t.Errorf("%v, %v", documented.AllowList(), err)
	}
	if _, err := connector.ParseAllowList([]string{"fine.example", "https://not"}); !errors.Is(err, connector.ErrInput) {
		t.Errorf("%v", err)
	}
}

func TestWhoCanBeVouchedFor(t *testing.T) {
	for pasted, want := range map[string]bool{
		"relay.example.com": true, "db.corp.net:8443": true, "127.0.0.1:38297": true, "localhost:38297": true, "dbx.acme.internal": true,
		"adb-1.azuredatabricks.com": false, "databrickscom": false, "azuredatabrick.net": false, "10.0.0.1": false, "6f0c5f3e": false, azure: false,
		"127.1": false, "0x7f.1": false, "010.0.0.1": false, "2130706433": false, "https://0x7f000001/": false, "lab.127.1:8443": false, "7.example.com": true,
	} {
		if host, foreign := connector.Foreign(pasted); foreign != want {
			t.Errorf("%s is %q, to be vouched for: %v", pasted, host, foreign)
		}
	}
}

func TestANumberThatIsAnAddressIsCalledOne(t *testing.T) {
	for _, pasted := range []string{"127.1", "0x7f.1", "010.0.0.1", "2130706433", "10.0.0.1."} {
		if _, _, err := connector.ParseHost(pasted, nil); err == nil || !strings.Contains(err.Error(), "IP address") {
			t.Errorf("%s: %v", pasted, err)
		}
	}
	for _, pasted := range []string{"lab.127.1", "relay.example.7", "1.2.3.4.5"} {
		if _, _, err := connector.ParseHost(pasted, nil); err == nil || !strings.Contains(err.Error(), "ends in a number") {
			t.Errorf("%s: %v", pasted, err)
		}
	}
}
