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
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestTheCanaryIsFoundInEveryDisguise(t *testing.T) {
	secret := "dose canary/+=%é1234567890"
	c := screentest.NewCanary([]byte(secret))
	for _, text := range []string{
		secret, "x" + secret + "x", "dose canary/\n  +=%é1234567890", url.QueryEscape(secret), hex.EncodeToString([]byte(secret)),
		base64.StdEncoding.EncodeToString([]byte("client:" + secret)), base64.RawURLEncoding.EncodeToString([]byte("id:" + secret + "!")),
		fmt.Sprintf("%q", secret), fmt.Sprint([]byte(secret)), "\x1b[1m" + secret[:9] + "\x1b[0m" + secret[9:],
	} {
		if _, found := c.In(text); !found {
			t.Errorf("not found in %q", text)
		}
	}
	if form, found := c.In("nothing of the kind"); found {
		t.Errorf("found where it is not, %s", form)
	}
}

// printed is everything that formatting and encoding make of the values that hold the secret.
func (w *walk) printed() string {
	var b strings.Builder
	values := []any{w.Setup, w.Setup.Draft(), *w.Setup.Draft(), w.Setup.Saved(), w.Setup.Draft().Credentials(), w.Shell, w.Err()}
	for _, v := range values {
		fmt.Fprintf(&b, "%v %+v %#v %s %q %x\n", v, v, v, v, v, v)
	}
	for _, v := range values {
		if text, err := json.Marshal(v); err == nil {
			b.Write(text)
		}
	}
	for step := setup.Connect; step <= setup.Review; step++ {
		if err := w.Setup.Draft().Check(step); err != nil {
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
		w := prepare(t, screentest.Person{Scenario: "ready", Blank: true, Own: true, Vault: dir})
		secret := w.Workspace.Connector().Secret.Reveal()
		passphrase := []byte("unmistakable words of mine")
		w.watchFor(screentest.NewCanary(secret), screentest.NewCanary(passphrase))
		w.open()
		w.MustShow("Before you begin")
		w.Press("enter")
		w.Paste("https://" + w.Workspace.Host() + "/?o=7405605741000000")
		w.Press("tab")
		w.Paste(string(w.Workspace.Connector().ClientID))
		w.Press("tab")
		w.Write(string(secret)) // typed key by key
		w.review()
		w.See("opened by a passphrase")
		w.Press("enter")
		w.Paste(string(passphrase))
		w.Press("enter")
		w.Write(string(passphrase))
		w.Press("enter")
		w.finishes()
		for _, c := range []screentest.Canary{screentest.NewCanary(secret), screentest.NewCanary(passphrase)} {
			c.MustNotBeIn(t, "the transcript", w.Setup.Transcript())
			c.MustNotBeIn(t, "the farewell", w.Setup.Farewell())
			c.MustNotBeIn(t, "a printed value", w.printed())
		}
	})
	t.Run("when it is refused", func(t *testing.T) {
		t.Parallel()
		w := prepare(t, screentest.Person{Scenario: "ready", Own: true})
		secret := []byte("dose/canary+with=odd%20characters&more")
		c := screentest.NewCanary(secret)
		w.watchFor(c)
		w.open()
		w.Press("tab", "tab")
		w.Paste(string(secret))
		w.Press("enter")
		w.See("Authentication failed")
		w.Press("d", "v")
		w.See("Authentication failed (S06 Token)")
		c.MustNotBeIn(t, "a printed value", w.printed())
		w.Press("esc", "y", "ctrl+c", "ctrl+c")
		c.MustNotBeIn(t, "the farewell", w.Setup.Farewell())
	})
	t.Run("in the wrong fields", func(t *testing.T) {
		t.Parallel()
		w := prepare(t, screentest.Person{Own: true})
		secret := []byte("dose0123456789abcdef0123456789abcdef")
		c := screentest.NewCanary(secret)
		w.open()
		w.Press("tab")
		w.Paste(string(secret)) // the client ID's field shows what is in it, as every field but one does
		w.Press("enter")
		w.Press("ctrl+c", "ctrl+c")
		c.MustNotBeIn(t, "the farewell", w.Setup.Farewell())
		for step := setup.Connect; step <= setup.Review; step++ {
			err := w.Setup.Draft().Check(step)
			c.MustNotBeIn(t, "an error", fmt.Sprintf("%v %+v", err, errors.Unwrap(err)))
		}
	})
}

// watchFor holds every frame against secrets.
func (w *walk) watchFor(canaries ...screentest.Canary) {
	for _, c := range canaries {
		w.Seen = append(w.Seen, func(frame string) { c.MustNotBeIn(w.T, "a frame", frame) })
	}
}
