package setup

import (
	"strings"
	"testing"
)

func TestADraftKeepsNoSecretAsTheTextOfAnotherAnswer(t *testing.T) {
	const stray = "dapic0ffee00112233445566778899aabbcc"
	d := NewDraft(nil)
	_, _, _ = d.SetHost("host = "+stray, FromYou)
	_, _ = d.SetClientID(stray, FromYou)
	kept, err := d.Keep()
	if err != nil {
		t.Fatal(err)
	}
	if text := d.HostText() + d.ClientIDText() + string(kept); strings.Contains(text, stray[8:]) {
		t.Errorf("it keeps %q", text)
	}
	if exposed, _ := d.PutRight(); !exposed || !d.Secret().Equal(secret(stray)) || d.HostText() != "" || d.ClientIDText() != "" {
		t.Errorf("exposed %t, and %d characters are the secret", exposed, d.Secret().Len())
	}
}

// TestSwappedAnswersOfAnyTwoPlacesAreSwapped tries every order in which the three can be pasted.
func TestSwappedAnswersOfAnyTwoPlacesAreSwapped(t *testing.T) {
	const stray = "dosec0ffee00112233445566778899aabbcc"
	for order, does := range map[[3]string]string{
		{firstHost, stray, firstID}: "swaps the client ID and the secret",
		{firstID, firstHost, stray}: "swaps the host and the client ID",
		{stray, firstID, firstHost}: "swaps the host and the secret",
		{firstID, stray, firstHost}: "puts each where it belongs",
		{stray, firstHost, firstID}: "puts each where it belongs",
		{firstHost, firstID, stray}: "",
		{"", "", firstHost}:         "moves it to the host",
		{"", firstHost, ""}:         "moves it to the host",
		{firstID, "", ""}:           "moves it to the client ID",
		{"adb-12", firstHost, ""}:   "",
	} {
		d := NewDraft(nil)
		_, _, _ = d.SetHost(order[0], FromYou)
		_, _ = d.SetClientID(order[1], FromYou)
		d.SetSecret(secret(order[2]))
		if got := d.Misplaced(); got != does {
			t.Errorf("%v: %q, not %q", order, got, does)
			continue
		}
		if d.PutRight(); strings.Contains(does, "moves") || order[0] == "adb-12" {
			continue
		}
		if d.Host().Name() != firstHost || string(d.ClientID()) != firstID || !d.Secret().Equal(secret(stray)) || d.Misplaced() != "" {
			t.Errorf("%v became host %q, client ID %q and a secret of %d characters", order, d.Host(), d.ClientID(), d.Secret().Len())
		}
	}
}
