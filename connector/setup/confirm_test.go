package setup

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// foreign is a draft whose host somebody allowed by name, with everything else that step 1 asks for.
func foreign(t *testing.T, host string) *Draft {
	t.Helper()
	allow, err := connector.AllowList(nil).Allow("lab.contoso.example:8443")
	if err == nil {
		allow, err = allow.Allow("bench.contoso.example")
	}
	if err != nil {
		t.Fatal(err)
	}
	d := NewDraft(allow)
	if err := d.Prefill(Answers{Host: host, ClientID: firstID, Secret: secret("dose0123456789")}, FromYou); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestNoSecretGoesToAForeignHostThatWasTypedOnce: nobody vouches for a host outside the Databricks domains but the person who types it twice.
func TestNoSecretGoesToAForeignHostThatWasTypedOnce(t *testing.T) {
	t.Parallel()
	s := New(machine(t), foreign(t, "lab.contoso.example:8443"))
	attempt, err := s.ProveConnection()
	errorOf(t, err, connector.ErrInput)
	if attempt != nil || !s.Draft().MustConfirm() || !strings.Contains(err.Error(), "was not typed a second time") {
		t.Errorf("the secret can be sent, or that is not why it cannot: %v", err)
	}
	if err := s.Draft().Check(Connect); err == nil || !strings.Contains(err.Error(), "was not typed a second time") {
		t.Errorf("the step is complete: %v", err)
	}
	for _, wrong := range []string{"", "lab.contoso.example", "lab.contoso.example:9443", "bench.contoso.example", firstHost, "dose0123456789"} {
		_, err := s.Draft().ConfirmHost(wrong)
		errorOf(t, err, connector.ErrInput)
		if attempt, _ := s.ProveConnection(); attempt != nil {
			t.Fatalf("%q confirms it", wrong)
		}
	}
	if _, err := s.Draft().ConfirmHost("lab.contoso.example:8443"); err != nil {
		t.Fatal(err)
	}
	if attempt, err = s.ProveConnection(); err != nil || attempt == nil {
		t.Errorf("a host that was typed twice: %v", err)
	}
	if _, _, err := s.Draft().SetHost("bench.contoso.example", FromYou); err != nil || !s.Draft().MustConfirm() {
		t.Errorf("another foreign host needs no second typing: %v", err)
	}
}

// A command line that allows a host by name and gives it has said it twice; one that gives another host than it allows has not.
func TestAHostThatTheCommandLineGivesAndAllowsIsNotTypedAgain(t *testing.T) {
	t.Parallel()
	allow, err := connector.AllowList(nil).Allow("lab.contoso.example:8443")
	if err != nil {
		t.Fatal(err)
	}
	for host, again := range map[string]bool{"lab.contoso.example:8443": false, "https://lab.contoso.example:8443/": false, "lab.contoso.example": true, "bench.contoso.example": true} {
		d := NewDraft(allow)
		if err := d.Prefill(Answers{Host: host}, FromFlag); err != nil || d.MustConfirm() != again {
			t.Errorf("%s is to be typed again: %t, %v", host, d.MustConfirm(), err)
		}
		if _, _, err := d.SetHost("lab.contoso.example:8443", FromYou); err != nil || d.MustConfirm() != again {
			t.Errorf("after %s a typed one is to be typed again: %t, %v", host, d.MustConfirm(), err)
		}
	}
}

func TestWhatIsAskedForConfirmsTheHost(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"lab.contoso.example:8443", "https://lab.contoso.example:8443/", "https://LAB.contoso.example:8443/?o=1234567890123456", "bench.contoso.example"} {
		d := foreign(t, typed)
		_, err := d.ConfirmHost("")
		what, remedy := connector.Words(err)
		wanted := d.Host().Typed()
		if !strings.Contains(remedy, "Type the host, "+wanted+", once more") {
			t.Errorf("%s: %s %s", typed, what, remedy)
		}
		for _, second := range []string{wanted, typed, "https://" + wanted + "/", "https://" + wanted + "/sql?o=77"} {
			again := foreign(t, typed)
			if _, err := again.ConfirmHost(second); err != nil || again.MustConfirm() {
				t.Errorf("%s, and then %s: %v", typed, second, err)
			}
		}
	}
}

func TestAHostOfDatabricksIsTypedOnce(t *testing.T) {
	t.Parallel()
	if d := foreign(t, firstHost); d.MustConfirm() {
		t.Error("it is to be typed twice")
	}
}

// What somebody confirmed before a set-up was left, or saved, is confirmed; the same kept answers say nothing of another host.
func TestAConfirmedHostStaysConfirmedAfterAResume(t *testing.T) {
	t.Parallel()
	for _, confirmed := range []bool{true, false} {
		d := foreign(t, "lab.contoso.example:8443")
		if confirmed {
			if _, err := d.ConfirmHost("lab.contoso.example:8443"); err != nil {
				t.Fatal(err)
			}
		}
		content, err := d.Keep()
		if err != nil {
			t.Fatal(err)
		}
		back, err := RestoreDraft(content)
		if err != nil || back.MustConfirm() == confirmed {
			t.Errorf("confirmed %t: to be typed again %t, %v", confirmed, back.MustConfirm(), err)
		}
	}
}
