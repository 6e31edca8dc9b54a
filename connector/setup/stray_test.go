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
	if moved, _ := d.PutRight(); len(moved) != 2 || !d.Secret().Equal(secret(stray)) || d.HostText() != "" || d.ClientIDText() != "" {
		t.Errorf("%v were moved, and %d characters are the secret", moved, d.Secret().Len())
	}
}
