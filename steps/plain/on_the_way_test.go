package plain

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/trust"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// TestLineByLineTheAuthorityOfTheNetworkIsTrusted by its fingerprint, and by its file, without starting again.
func TestLineByLineTheAuthorityOfTheNetworkIsTrusted(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ca.pem")
	for story, answers := range map[string]func(pem []byte) []string{
		"by its fingerprint": func(pem []byte) []string {
			right := trust.Saved(pem)[0].Fingerprint.String()
			return []string{"t", "3", "2", right[:47], strings.Repeat("AB", 32), right}
		},
		"by its file": func(pem []byte) []string {
			if err := os.WriteFile(path, pem, 0o600); err != nil {
				t.Fatal(err)
			}
			return []string{"t", "1", path + ".none", path, "n", path, "y"}
		},
	} {
		t.Run(story, func(t *testing.T) {
			t.Parallel()
			w := prepared(t, screentest.Person{Scenario: "certificate-unknown"})
			heard, err := w.dictate(append(answers(w.Workspace.NetworkCAPEM()), "q")...)
			if !errors.Is(err, prompt.ErrLeft) || !strings.Contains(heard, "Signed in as draftt-connector") || len(w.Setup.Draft().Trusted()) != 1 {
				t.Errorf("%v after\n%s", err, heard)
			}
			if strings.Contains(heard, "tart again") || strings.Contains(heard, "--ca-file") {
				t.Errorf("it is to be begun again:\n%s", heard)
			}
		})
	}
}

// TestLineByLineWhatWasSeenIsNoAuthority: nobody vouches for what a host shows, and a file of it changes nothing.
func TestLineByLineWhatWasSeenIsNoAuthority(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "seen.pem")
	w := prepared(t, screentest.Person{Scenario: "certificate-unknown"})
	if heard, err := w.dictate("q"); !errors.Is(err, prompt.ErrLeft) || w.Setup.Untrusted().IsZero() {
		t.Fatalf("%v after\n%s", err, heard)
	}
	if err := os.WriteFile(path, w.Setup.Untrusted().PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	w = prepared(t, screentest.Person{Scenario: "certificate-unknown"})
	heard, err := w.dictate("t", "1", path, "b", "q")
	if !errors.Is(err, prompt.ErrLeft) || !strings.Contains(heard, "no authority's: that of adb-") || len(w.Setup.Draft().Trusted()) > 0 {
		t.Errorf("%v after\n%s", err, heard)
	}
}

// TestLineByLineAProxyIsGiven: what is wrong with it is said, and its password is repeated nowhere.
func TestLineByLineAProxyIsGiven(t *testing.T) {
	t.Parallel()
	const password = "Proxy0Canary#4711"
	for name, lines := range map[string][]string{
		"beside its address":                {"p", "ftp://proxy.contoso.example", "", "", "maria", password, "q"},
		"behind a user name in its address": {"p", "http://maria@proxy.contoso.example:3128", password, "q"},
	} {
		w := prepared(t, screentest.Person{Scenario: "proxy-needs-sign-in"})
		heard, err := w.dictate(lines...)
		if !errors.Is(err, prompt.ErrLeft) || !strings.Contains(heard, "Signed in as draftt-connector") || !strings.Contains(heard, "Now: http://proxy.contoso.example:3128.") {
			t.Errorf("%s: %v after\n%s", name, err, heard)
		}
		if said := without(heard, lines); strings.Contains(said, password) {
			t.Errorf("%s: the password is repeated:\n%s", name, said)
		}
		if !strings.Contains(w.Setup.Farewell(), "set HTTPS_PROXY") {
			t.Errorf("%s: what later runs need is not said: %s", name, w.Setup.Farewell())
		}
	}
}

// TestLineByLineAProxyIsGonePast by a letter, since an empty line is the proxy that the way leads through.
func TestLineByLineAProxyIsGonePast(t *testing.T) {
	t.Parallel()
	w := prepared(t, screentest.Person{Scenario: "proxy-needs-sign-in"})
	heard, err := w.dictate("p", "n", "q")
	if !errors.Is(err, prompt.ErrLeft) || !strings.Contains(heard, "Signed in as draftt-connector") || !strings.Contains(w.Setup.Farewell(), "NO_PROXY") {
		t.Errorf("%v after\n%s", err, heard)
	}
}

// TestLineByLineAForeignHostNeedsNoFlag is TestLineByLineAForeignHostIsTypedTwice for who did not start with --allow-host.
func TestLineByLineAForeignHostNeedsNoFlag(t *testing.T) {
	t.Parallel()
	w := prepared(t, screentest.Person{Blank: true})
	heard, err := w.dictate("lab.contoso.example", "adb-1.2.azuredatabricks.net", "lab.contoso.example", "1",
		screentest.AClientID, "dose0123456789abcdef0123456789abcdef", "q")
	if !errors.Is(err, prompt.ErrLeft) || strings.Count(heard, "Type the host once more") != 2 || !strings.Contains(heard, "Testing the connection.") {
		t.Errorf("%v after\n%s", err, heard)
	}
	if strings.Contains(heard, "--allow-host") || w.Setup.Draft().MustConfirm() {
		t.Errorf("it is to be begun again, or to be typed again:\n%s", heard)
	}
}

// TestLineByLineAClientIDAsTheHostIsMovedByOneLetter: nothing secret stood there, so nothing is said to be replaced.
func TestLineByLineAClientIDAsTheHostIsMovedByOneLetter(t *testing.T) {
	t.Parallel()
	w := prepared(t, screentest.Person{Blank: true})
	heard, _ := w.dictate(screentest.AClientID, "m", screentest.AHost, "1", "", "dose0123456789abcdef0123456789abcdef", "q")
	if d := w.Setup.Draft(); string(d.ClientID()) != screentest.AClientID || d.Host().Name() != screentest.AHost || strings.Contains(heard, "should be replaced") {
		t.Errorf("client ID %q, host %q:\n%s", d.ClientID(), d.Host(), heard)
	}
}

// TestLineByLineBackFromAFailedWarehouseIsTheListOfWarehouses and not step 1, which holds.
func TestLineByLineBackFromAFailedWarehouseIsTheListOfWarehouses(t *testing.T) {
	t.Parallel()
	w := prepared(t, screentest.Person{Scenario: "no-can-use"})
	heard, err := w.dictate("2", "b", "q")
	if !errors.Is(err, prompt.ErrLeft) || strings.Count(heard, "Step 1 of 5") != 1 || strings.Count(heard, "4 warehouses.") != 2 {
		t.Errorf("%v after\n%s", err, heard)
	}
}
