package torture

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const proxyCanary = "Proxy0Canary"

type proxySetting struct {
	name string
	env  []string
	want []string // in what doctor and test say
}

// proxySettings are what people set, and what the program has to say of it. Each password holds the canary.
var proxySettings = []proxySetting{
	{"# in the password", []string{"HTTPS_PROXY=http://maria:a#Proxy0Canary@proxy.invalid:3128"}, []string{"proxy-setting", "HTTPS_PROXY", "# as %23", "http://maria:•••@proxy.invalid:3128"}},
	{"% in the password", []string{"HTTPS_PROXY=http://maria:%Proxy0Canary@proxy.invalid:3128"}, []string{"proxy-setting", "% as %25"}},
	{"/ in the password", []string{"HTTPS_PROXY=http://maria:a/Proxy0Canary@proxy.invalid:3128"}, []string{"proxy-setting", "/ as %2F"}},
	{"? in the password", []string{"HTTPS_PROXY=http://maria:a?Proxy0Canary@proxy.invalid:3128"}, []string{"proxy-setting", "? as %3F"}},
	{"several in it", []string{"HTTPS_PROXY=http://maria:a#[Proxy0Canary@proxy.invalid:3128"}, []string{"proxy-setting", "# as %23 and [ as %5B"}},
	{"a blank in it", []string{"HTTPS_PROXY=http://maria:a Proxy0Canary@proxy.invalid:3128"}, []string{"proxy-setting", "a blank as %20"}},
	{"a letter beyond ASCII in it", []string{"HTTPS_PROXY=http://maria:äProxy0Canary@proxy.invalid:3128"}, []string{"proxy-setting", "letters beyond ASCII"}},
	{"a domain in the name", []string{`HTTPS_PROXY=http://CORP\maria:Proxy0Canary@proxy.invalid:3128`}, []string{"proxy-setting", "http://CORP%5Cmaria:•••@proxy.invalid:3128"}},
	{"@ in the password", []string{"HTTPS_PROXY=http://maria:a@Proxy0Canary@127.0.0.1:1"}, []string{"proxy-silent", "http://maria@127.0.0.1:1, set in HTTPS_PROXY"}},
	{"quotes around", []string{`HTTPS_PROXY="http://maria:Proxy0Canary@proxy.invalid:3128"`}, []string{"proxy-setting", "quotation marks", "HTTPS_PROXY=http://maria:•••@proxy.invalid:3128"}},
	{"a quote on one side", []string{`HTTPS_PROXY='http://maria:Proxy0Canary@proxy.invalid:3128`}, []string{"proxy-setting", "quotation marks"}},
	{"no host behind the password", []string{"HTTPS_PROXY=maria:Proxy0Canary"}, []string{"proxy-setting", "its port is no number"}},
	{"no slashes", []string{"HTTPS_PROXY=http:proxy.invalid:3128"}, []string{"proxy-setting", "://"}},
	{"one slash", []string{"HTTPS_PROXY=http:/proxy.invalid:3128"}, []string{"proxy-setting", "://"}},
	{"another scheme", []string{"HTTPS_PROXY=ftp://maria:Proxy0Canary@proxy.invalid:3128"}, []string{"proxy-setting", "HTTPS_PROXY=http://maria:•••@proxy.invalid:3128"}},
	{"an older SOCKS", []string{"ALL_PROXY=socks4://proxy.invalid:1080"}, []string{"proxy-setting", "ALL_PROXY=socks5://proxy.invalid:1080"}},
	{"SOCKS without a version", []string{"all_proxy=socks://proxy.invalid:1080"}, []string{"proxy-setting", "all_proxy=socks5://proxy.invalid:1080"}},
	{"a script", []string{"HTTPS_PROXY=http://wpad.invalid/proxy.pac"}, []string{"proxy-setting", "script"}},
	{"no host", []string{"HTTPS_PROXY=http://"}, []string{"proxy-setting", "no host"}},
	{"a port that is none", []string{"HTTPS_PROXY=http://proxy.invalid:port"}, []string{"proxy-setting", "no number"}},
	{"a port that is too high", []string{"HTTPS_PROXY=http://proxy.invalid:99999"}, []string{"proxy-setting", "no number"}},
	{"two proxies", []string{"HTTPS_PROXY=http://a.invalid:1,http://b.invalid:2"}, []string{"proxy-setting", "HTTPS_PROXY"}},
	{"blanks alone", []string{"HTTPS_PROXY=  "}, []string{"proxy-setting", "blanks alone"}},
	{"IPv6 without brackets", []string{"HTTPS_PROXY=http://fd00::1:3128"}, []string{"proxy-setting", "HTTPS_PROXY"}},
	{"a name without an address", []string{"HTTPS_PROXY=http://maria:Proxy0Canary@proxy.invalid:3128"}, []string{"proxy-name", "http://maria@proxy.invalid:3128, set in HTTPS_PROXY", "workspace was not asked"}},
	{"in lower case, no scheme", []string{"https_proxy=maria:Proxy0Canary@proxy.invalid:3128"}, []string{"proxy-name", "http://maria@proxy.invalid:3128, set in https_proxy"}},
	{"no port", []string{"HTTPS_PROXY=http://proxy.invalid"}, []string{"proxy-name", "no port is set, so 80 is taken"}},
	{"blanks around", []string{"HTTPS_PROXY= http://proxy.invalid:3128 "}, []string{"proxy-name", "http://proxy.invalid:3128, set in HTTPS_PROXY"}},
	{"SOCKS", []string{"ALL_PROXY=socks5://maria:Proxy0Canary@127.0.0.1:1"}, []string{"proxy-silent", "socks5://maria@127.0.0.1:1, set in ALL_PROXY", "in ALL_PROXY"}},
	{"nothing listens", []string{"HTTPS_PROXY=http://maria:Proxy0Canary@127.0.0.1:1"}, []string{"proxy-silent", "http://maria@127.0.0.1:1, set in HTTPS_PROXY"}},
	{"NO_PROXY in another form", []string{"HTTPS_PROXY=http://proxy.invalid:3128", "NO_PROXY=localhost *azuredatabricks.net"}, []string{"proxy-name", "NO_PROXY does not keep this host out"}},
	{"kept out", []string{"HTTPS_PROXY=http://maria:#Proxy0Canary@proxy.invalid:3128", "no_proxy=localhost,.azuredatabricks.net"}, []string{"without the proxy, as no_proxy asks (.azuredatabricks.net)"}},
	{"for plain http alone", []string{"HTTP_PROXY=http://proxy.invalid:3128"}, []string{"HTTP_PROXY is set, which counts for plain http alone"}},
}

func TestAProxySettingIsNamedWithWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	m := &machine{t: t, dir: t.TempDir(), program: program}
	if err := os.Mkdir(filepath.Join(m.dir, "cwd"), 0o700); err != nil {
		t.Fatal(err)
	}
	h := &house{}
	keys := h.furnish(t, openTo(t, "ready"))
	const host = "adb-4444000000000000.invalid.azuredatabricks.net" // which no network knows
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = plain.Close() })
	go func() {
		for conn, err := plain.Accept(); err == nil; conn, err = plain.Accept() {
			_, _ = conn.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
			_ = conn.Close()
		}
	}()
	overTLS := proxySetting{"TLS to one without", []string{"HTTPS_PROXY=https://maria:Proxy0Canary@" + plain.Addr().String()}, []string{"proxy-plain", "Begin HTTPS_PROXY with http://"}}
	for _, tt := range append(slices.Clone(proxySettings), overTLS) {
		for _, args := range [][]string{{"doctor", host, "--allow-host", host}, {"doctor", host, "--allow-host", host, "--json"}, {"test", savedNames[0], "--key-file", keys.KeyFile, "--json"}} {
			command := m.command(args...)
			command.Env = append(append(command.Env, "DRAFTT_DATABRICKS_HOME="+h.env.Vault.Dir()), tt.env...)
			out, err := command.CombinedOutput()
			if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			said := strings.ReplaceAll(string(out), `\\`, `\`)
			for _, want := range tt.want {
				if !strings.Contains(said, want) && !(args[len(args)-1] != "--json" && strings.HasPrefix(want, "proxy-")) {
					t.Errorf("%s: %s does not say %q:\n%s", tt.name, args[0], want, out)
				}
			}
			if strings.Contains(said, proxyCanary) {
				t.Errorf("%s: %q tells the password:\n%s", tt.name, args, out)
			}
		}
	}
}
