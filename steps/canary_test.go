package steps

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestTheCanaryIsFoundInEveryDisguise(t *testing.T) {
	secret := "dose canary/+=%é1234567890"
	c := newCanary([]byte(secret))
	for _, text := range []string{
		secret, "x" + secret + "x", "dose canary/\n  +=%é1234567890", url.QueryEscape(secret), hex.EncodeToString([]byte(secret)),
		base64.StdEncoding.EncodeToString([]byte("client:" + secret)), base64.RawURLEncoding.EncodeToString([]byte("id:" + secret + "!")),
		fmt.Sprintf("%q", secret), fmt.Sprint([]byte(secret)), "\x1b[1m" + secret[:9] + "\x1b[0m" + secret[9:],
	} {
		if _, found := c.in(text); !found {
			t.Errorf("not found in %q", text)
		}
	}
	if form, found := c.in("nothing of the kind"); found {
		t.Errorf("found where it is not, %s", form)
	}
}

// printed is everything that formatting and encoding make of the values that hold the secret.
func (w *walk) printed() string {
	var b strings.Builder
	values := []any{w.setup, w.setup.draft, *w.setup.draft, w.setup.Saved(), w.setup.draft.Credentials(), w.Shell, w.Err()}
	for _, v := range values {
		fmt.Fprintf(&b, "%v %+v %#v %s %q %x\n", v, v, v, v, v, v)
	}
	for _, v := range values {
		if text, err := json.Marshal(v); err == nil {
			b.Write(text)
		}
	}
	for step := Connect; step <= Review; step++ {
		if err := w.setup.draft.Check(step); err != nil {
			b.WriteString(connector.Sentence(err))
		}
	}
	return b.String()
}

func TestTheSecretIsNeverShown(t *testing.T) {
	t.Parallel()
	t.Run("on a walk to the end", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "vault")
		w := prepare(t, Person{Scenario: "ready", Blank: true, Own: true, Vault: dir})
		secret := w.workspace.Connector().Secret.Reveal()
		passphrase := []byte("unmistakable words of mine")
		w.watchFor(newCanary(secret), newCanary(passphrase))
		w.open()
		w.mustShow("Before you begin")
		w.press("enter")
		w.paste("https://" + w.workspace.Host() + "/?o=7405605741000000")
		w.press("tab")
		w.paste(w.workspace.Connector().ClientID)
		w.press("tab")
		w.write(string(secret)) // typed key by key
		w.review()
		w.see("opened by a passphrase")
		w.press("enter")
		w.paste(string(passphrase))
		w.press("enter")
		w.write(string(passphrase))
		w.press("enter")
		w.until("it is saved", w.Finished)
		for _, c := range []canary{newCanary(secret), newCanary(passphrase)} {
			c.mustNotBeIn(t, "the transcript", w.setup.Transcript())
			c.mustNotBeIn(t, "the farewell", w.setup.Farewell())
			c.mustNotBeIn(t, "a printed value", w.printed())
		}
	})
	t.Run("when it is refused", func(t *testing.T) {
		t.Parallel()
		w := prepare(t, Person{Scenario: "ready", Own: true})
		secret := []byte("dose/canary+with=odd%20characters&more")
		c := newCanary(secret)
		w.watchFor(c)
		w.open()
		w.press("tab", "tab")
		w.paste(string(secret))
		w.press("enter")
		w.see("Authentication failed")
		w.press("d", "v")
		w.see("Authentication failed (S06 Token)")
		c.mustNotBeIn(t, "a printed value", w.printed())
		w.press("esc", "y", "ctrl+c", "ctrl+c")
		c.mustNotBeIn(t, "the farewell", w.setup.Farewell())
	})
	t.Run("in the wrong fields", func(t *testing.T) {
		t.Parallel()
		w := prepare(t, Person{Own: true})
		secret := []byte("dose0123456789abcdef0123456789abcdef")
		c := newCanary(secret)
		w.open()
		w.press("tab")
		w.paste(string(secret)) // the client ID's field shows what is in it, as every field but one does
		w.press("enter")
		w.press("ctrl+c", "ctrl+c")
		c.mustNotBeIn(t, "the farewell", w.setup.Farewell())
		for step := Connect; step <= Review; step++ {
			err := w.setup.draft.Check(step)
			c.mustNotBeIn(t, "an error", fmt.Sprintf("%v %+v", err, errors.Unwrap(err)))
		}
	})
}

// watchFor holds every frame against secrets.
func (w *walk) watchFor(canaries ...canary) {
	for _, c := range canaries {
		w.seen = append(w.seen, func(frame string) { c.mustNotBeIn(w.t, "a frame", frame) })
	}
}
