package steps

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/trust"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// fingerprintOf is what the network team says of its authority.
func fingerprintOf(t *testing.T, pem []byte) string {
	t.Helper()
	found, err := trust.Parse(pem)
	if err != nil {
		t.Fatal(err)
	}
	return found.Certificates()[0].Fingerprint.String()
}

// untrusted is a person before a test that ended because the network replaces certificates.
func untrusted(t *testing.T) *walk {
	t.Helper()
	w := begin(t, screentest.Person{Scenario: "certificate-unknown"})
	w.Resize(120, 40)
	w.Press("enter")
	w.See("this machine does not trust that issuer", "enter trust an authority")
	w.MustNotShow("Start again", "--ca-file")
	w.Press("enter")
	w.MustShow(trust.Title, "Contoso TLS Inspection CA", "No secret was sent in this test")
	return w
}

// TestTheAuthorityOfTheNetworkIsTrustedByItsFingerprint: from the failed test to the saved connection, without starting again. What was sent
// before that is no secret.
func TestTheAuthorityOfTheNetworkIsTrustedByItsFingerprint(t *testing.T) {
	t.Parallel()
	w := untrusted(t)
	right := fingerprintOf(t, w.Workspace.NetworkCAPEM())
	w.Press("enter")
	w.MustShow("Neither a file nor a fingerprint is given.")
	w.Press("tab")
	for _, c := range []struct{ typed, says string }{
		{right[:47], "This has 32 digits"},
		{strings.Repeat("AB:", 19) + "AB", "SHA-1"},
		{fingerprintOf(t, w.Workspace.CAPEM()), "No certificate that was seen has this fingerprint"},
		{"the one from the wiki", "does not read as a fingerprint"},
	} {
		w.Press("ctrl+u")
		w.Paste(c.typed)
		w.Press("enter")
		w.MustShow(trust.Title, c.says)
	}
	for _, r := range w.Workspace.Requests() {
		t.Errorf("asked %s %s before anything was trusted", r.Method, r.Path)
	}
	w.Press("ctrl+u")
	w.Paste("sha256 Fingerprint=" + strings.ToLower(right))
	w.Press("enter")
	w.See("Signed in as draftt-connector", "trusted through an added authority")
	w.Press("esc", "enter") // it stays trusted
	w.See("Signed in as draftt-connector")
	w.Press("enter")
	w.reachTables()
	w.readAndReview()
	w.MustShow("Trusts", "Contoso TLS Inspection CA")
	w.Press("enter")
	w.finishes()
	c := w.Setup.Saved()
	if got := trust.Saved(c.CACerts); len(got) != 1 || got[0].Fingerprint.String() != right {
		t.Errorf("saved with %v", got)
	}
}

// TestACAFileIsLookedAtBeforeItIsTrusted: a path as a person types it, what it holds in words, and only then the trust.
func TestACAFileIsLookedAtBeforeItIsTrusted(t *testing.T) {
	t.Parallel()
	w := untrusted(t)
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct{ path, says string }{
		{filepath.Join(dir, "none.pem"), "The CA file could not be read"},
		{write("notes.txt", []byte("call IT")), "The CA file holds no PEM certificate."},
		{write("key.pem", []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")), "The CA file holds a private key"},
		{write("seen.pem", w.Setup.Untrusted().PEM()), "holds a certificate that is no"},
		{write("other.pem", w.Workspace.CAPEM()), "These certificates did not issue the one that was seen"},
	} {
		w.Press("ctrl+u")
		w.Paste(c.path)
		w.Press("enter")
		w.See(c.says)
	}
	right := w.Workspace.NetworkCAPEM()
	w.Press("ctrl+u")
	w.Paste(`"` + write("corp ca.pem", right) + `"`)
	w.Press("enter")
	w.See("Compare the fingerprint", fingerprintOf(t, right)[:47])
	w.Press("esc")
	w.MustShow(trust.Title, "CA file")
	if len(w.Setup.Draft().Trusted()) > 0 {
		t.Error("it is trusted although it was not agreed to")
	}
	w.Press("enter")
	w.See("Compare the fingerprint")
	w.Press("enter")
	w.See("Signed in as draftt-connector")
	w.Settle()
}

// TestWhatWasSeenIsSavedAsCertificates: for whoever runs the network to look at. The whole fingerprint is nowhere on the screen.
func TestWhatWasSeenIsSavedAsCertificates(t *testing.T) {
	t.Parallel()
	w := untrusted(t)
	w.Press("f3")
	w.MustShow("What was seen", "The certificate of "+demo.HostName, "An authority that it names", "Contoso TLS Inspection CA, Contoso IT")
	right := fingerprintOf(t, w.Workspace.NetworkCAPEM())
	w.MustShow(right[:23])
	w.MustNotShow(right[:26])
	w.Press("v")
	w.MustShow("-----BEGIN CERTIFICATE-----")
}

// TestOnlyAnUnknownAuthorityIsTrusted: a certificate for another name, one that has expired and one that vouches for itself have remedies of
// their own, and no key trusts them.
func TestOnlyAnUnknownAuthorityIsTrusted(t *testing.T) {
	t.Parallel()
	for id, first := range map[string]string{
		"certificate-expired": "edit", "certificate-wrong-name": "edit", "certificate-self-signed": "edit", "certificate-not-yet-valid": "test again",
	} {
		w := begin(t, screentest.Person{Scenario: id})
		w.Press("enter")
		w.See("Could not reach the workspace", "enter "+first)
		w.MustNotShow("trust an authority")
		if !w.Setup.Untrusted().IsZero() {
			t.Errorf("%s: what was seen can be trusted", id)
		}
		w.Leave()
	}
}

// proxyCanary is a password of a proxy.
const proxyCanary = "Proxy0Canary#4711"

// TestAProxyThatWantsASignInIsGivenOne: in its own fields nothing has to be encoded. The password is shown nowhere and saved nowhere.
func TestAProxyThatWantsASignInIsGivenOne(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "proxy-needs-sign-in"})
	w.watchFor(screentest.NewCanary([]byte(proxyCanary)))
	w.open()
	w.Resize(120, 40)
	w.Press("enter")
	w.See("Your proxy wants a sign-in of its own.", "enter change the proxy")
	w.Press("enter")
	w.MustShow(workspace.ProxyTitle, "Now: http://proxy.contoso.example:3128", "HTTPS_PROXY")
	w.Write("maria")
	w.Press("up", "ctrl+u", "enter")
	w.MustShow("A user name is given, and no proxy.")
	w.Paste("ftp://proxy.contoso.example")
	w.Press("enter")
	w.MustShow("This does not read as a proxy: it begins as no proxy does.")
	w.Press("ctrl+u")
	w.Paste("proxy.contoso.example:3128")
	w.Press("tab", "tab")
	w.Paste(proxyCanary)
	w.Press("enter")
	w.See("Signed in as draftt-connector", "given by you")
	w.Press("enter")
	w.reachTables()
	w.readAndReview()
	w.MustShow("for this run")
	w.Press("enter")
	w.finishes()
	if told := w.Setup.Transcript(); !strings.Contains(told, "set HTTPS_PROXY") || strings.Contains(told, proxyCanary) {
		t.Errorf("the transcript does not say what later runs need, or too much:\n%s", told)
	}
}

// TestAProxyIsGonePastByAKey: its address need not be deleted.
func TestAProxyIsGonePastByAKey(t *testing.T) {
	t.Parallel()
	w := begin(t, screentest.Person{Scenario: "proxy-needs-sign-in"})
	w.Press("enter")
	w.See("Your proxy wants a sign-in of its own.")
	w.Press("enter", "f3")
	w.See("Signed in as draftt-connector")
	if told := w.Setup.Farewell(); !strings.Contains(told, "NO_PROXY") {
		t.Errorf("what later runs need is not said: %q", told)
	}
}

// TestAPasswordInTheAddressOfAProxyIsMasked: it is taken from there as well.
func TestAPasswordInTheAddressOfAProxyIsMasked(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "proxy-needs-sign-in"})
	w.watchFor(screentest.NewCanary([]byte("Proxy0Canary4711")))
	w.open()
	w.Resize(120, 40)
	w.Press("enter")
	w.See("Your proxy wants a sign-in of its own.")
	w.Press("enter", "up", "ctrl+u")
	w.Paste("http://maria:Proxy0Canary4711@proxy.contoso.example:3128")
	w.MustShow("••••••")
	w.Press("enter")
	w.See("Signed in as draftt-connector", "http://maria@proxy.contoso.example:3128, given by you")
}

// TestAMachineThatNeedsAProxyIsOfferedOne: where nothing answers and none is set. The host stays what is at fault.
func TestAMachineThatNeedsAProxyIsOfferedOne(t *testing.T) {
	t.Parallel()
	for id, offered := range map[string]bool{"host-mistyped": true, "connection-refused": true, "wrong-secret": false} {
		w := begin(t, screentest.Person{Scenario: id})
		w.Press("enter")
		w.See("enter edit")
		if w.Shows("p use a proxy") != offered {
			t.Errorf("%s: offered %t:\n%s", id, !offered, w.Screen())
		}
		w.Leave()
	}
}

func TestWhatStandsOnTheWayLooksAsDrawn(t *testing.T) {
	for _, scene := range []struct {
		name, scenario string
		play           func(w *walk)
	}{
		{"untrusted", "certificate-unknown", func(*walk) {}},
		{"trusting", "certificate-unknown", func(w *walk) { w.Press("enter") }},
		{"trusting-differs", "certificate-unknown", func(w *walk) {
			w.Press("enter", "tab")
			w.Paste(strings.Repeat("AB:", 31) + "AB")
			w.Press("enter")
		}},
		{"trusting-seen", "certificate-unknown", func(w *walk) { w.Press("enter", "f3") }},
		{"trusting-file", "certificate-unknown", func(w *walk) {
			path := filepath.Join(w.T.TempDir(), "ca.pem")
			if err := os.WriteFile(path, w.Workspace.NetworkCAPEM(), 0o600); err != nil {
				w.T.Fatal(err)
			}
			w.Press("enter")
			w.Paste(path)
			w.Press("enter")
			w.See("Compare the fingerprint")
		}},
		{"proxying", "proxy-needs-sign-in", func(w *walk) { w.Press("enter") }},
	} {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, screentest.Person{Scenario: scene.scenario})
			w.Press("enter")
			w.See("Could not reach the workspace")
			scene.play(w)
			w.Settle()
			w.Golden("connect/" + scene.name)
		})
	}
}
