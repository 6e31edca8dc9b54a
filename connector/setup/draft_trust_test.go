package setup

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/trust"
)

// TestAForeignHostIsTypedTwiceAndThenTaken: nobody has to start again with a flag, and what was learnt of the old host stays until then.
func TestAForeignHostIsTypedTwiceAndThenTaken(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"lab.contoso.example", "lab.contoso.example:8443", "https://lab.contoso.example:8443/?o=1234567890123456"} {
		d := answered(t)
		_, cleared, err := d.SetHost(host, FromYou)
		if _, remedy := connector.Words(err); !errors.Is(err, connector.ErrForeign) || strings.Contains(remedy, "--") || len(cleared) > 0 {
			t.Errorf("%s: %v %q, cleared %v", host, err, remedy, cleared)
		}
		if !d.MustConfirm() || !d.Host().IsZero() || d.Warehouse().ID == "" {
			t.Errorf("%s is taken before it was typed twice", host)
		}
		if content, err := d.Keep(); err != nil || strings.Contains(string(content), "contoso") {
			t.Errorf("what nobody vouched for is kept: %s, %v", content, err)
		}
		if _, err := d.ConfirmHost("lab.contoso.example:9443"); err == nil {
			t.Error("another port confirms it")
		}
		cleared, err = d.ConfirmHost(d.Foreign().Typed())
		if err != nil || d.MustConfirm() || !d.Host().ByAllowList() || d.HostProblem() != nil || !slices.Contains(cleared, "the SQL warehouse") {
			t.Errorf("%s, typed twice: %v, cleared %v", host, err, cleared)
		}
		if _, _, err := d.SetHost("other.contoso.example", FromYou); !errors.Is(err, connector.ErrForeign) {
			t.Errorf("another one is let in with it: %v", err)
		}
	}
}

// TestNobodyVouchesForATypingMistake: nor for an address, nor for the account console.
func TestNobodyVouchesForATypingMistake(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"adb-1234567890123456.7.azuredatabrick.net", "accounts.azuredatabricks.net", "azuredatabricks.net", "10.0.0.4", "my_host", "half-a-host", firstID, "dose0123456789abcdef0123456789abcdef"} {
		d := NewDraft(nil)
		if _, _, err := d.SetHost(host, FromYou); err == nil || errors.Is(err, connector.ErrForeign) || !d.Foreign().IsZero() {
			t.Errorf("%s: %v", host, err)
		}
	}
}

// TestAnAnswersFileVouchesForNoHost: nobody is there to type it a second time, so the flag is named.
func TestAnAnswersFileVouchesForNoHost(t *testing.T) {
	t.Parallel()
	f := AnswersFile{Host: "lab.contoso.example:8443", ClientID: firstID, Warehouse: "w", Catalog: "a", Schema: "b", Tables: []string{"c"}}
	d, err := FileDraft(f, secret("dose0123456789"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, remedy := connector.Words(d.HostProblem()); !d.Foreign().IsZero() || !strings.Contains(remedy, "--allow-host lab.contoso.example:8443") {
		t.Errorf("%v %q", d.HostProblem(), remedy)
	}
}

// TestAnAuthorityIsTrustedForOneHost: it comes back with kept answers and with the saved connection, and goes with the host.
func TestAnAuthorityIsTrustedForOneHost(t *testing.T) {
	t.Parallel()
	w := begin(t, "certificate-unknown")
	found, err := trust.Parse(w.NetworkCAPEM())
	if err != nil {
		t.Fatal(err)
	}
	d := answered(t)
	d.Trust(found)
	content, err := d.Keep()
	if err != nil {
		t.Fatal(err)
	}
	back, err := RestoreDraft(content)
	if err != nil {
		t.Fatal(err)
	}
	c := w.connection("prod")
	c.CACerts = found.PEM()
	opened, err := DraftOf(c)
	if err != nil {
		t.Fatal(err)
	}
	for story, d := range map[string]*Draft{"a draft": d, "kept answers": back, "a saved connection": opened} {
		if all := d.Trusted(); len(all) != 1 || all[0].Fingerprint != found.Certificates()[0].Fingerprint {
			t.Errorf("%s trusts %v", story, all)
		}
		_, cleared, err := d.SetHost("adb-9999999999999999.9.azuredatabricks.net", FromYou)
		if err != nil || len(d.Trusted()) > 0 || !slices.Contains(cleared, "the certificate authority that was trusted for it") {
			t.Errorf("%s, at another host: trusts %v, cleared %v, %v", story, d.Trusted(), cleared, err)
		}
	}
}
