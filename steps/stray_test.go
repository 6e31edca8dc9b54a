package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/screentest"
)

const (
	strayOAuth = "dosec0ffee00112233445566778899aabbcc"
	strayToken = "dapic0ffee00112233445566778899aabbcc"
)

func TestASecretInTheWrongFieldIsMaskedAtOnceAndMovedByOneKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		story, paste string
		tabs         int
		method       connector.AuthMethod
		secret, host string
	}{
		{"an OAuth secret as the host", strayOAuth, 0, connector.OAuth, strayOAuth, ""},
		{"a token as the host", "DATABRICKS_HOST=" + strayToken, 0, connector.PAT, strayToken, ""},
		{"a token within the address of a driver", "jdbc:databricks://adb-7405605741000000.0.azuredatabricks.net:443;PWD=" + strayToken, 0, connector.PAT, strayToken, "adb-7405605741000000.0.azuredatabricks.net"},
		{"an OAuth secret as the client ID", strayOAuth, 1, connector.OAuth, strayOAuth, ""},
		{"a token as the client ID", strayToken, 1, connector.PAT, strayToken, ""},
	} {
		t.Run(c.story, func(t *testing.T) {
			t.Parallel()
			w := prepare(t, screentest.Person{Blank: true})
			w.watchFor(screentest.NewCanary([]byte(strayOAuth)), screentest.NewCanary([]byte(strayToken)))
			w.open()
			for range c.tabs {
				w.Press("tab")
			}
			w.Paste(c.paste)
			w.MustShow("••••••", "ctrl+x put it where it belongs")
			w.Press("ctrl+x")
			d := w.Setup.Draft()
			if !d.Secret().Equal(screentest.SecretOf(c.secret)) || d.Method() != c.method || d.Host().String() != c.host || d.ClientIDText() != "" {
				t.Errorf("the secret has %d characters, method %s, host %q, client %q", d.Secret().Len(), d.Method(), d.Host(), d.ClientIDText())
			}
			w.See("36 characters received")
			w.Leave()
		})
	}
}

func TestASecretThatIsTypedInTheWrongFieldIsMaskedBeforeItIsWhole(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Blank: true})
	w.open()
	w.Write(strayToken[:14])
	w.MustShow("••••••")
	w.Write(strayToken[14:])
	w.MustNotShow(strayToken[:14], strayToken[20:])
	w.Press("ctrl+x")
	if !w.Setup.Draft().Secret().Equal(screentest.SecretOf(strayToken)) {
		t.Error("the token was not moved whole")
	}
}

func TestTwoSwappedFieldsAreSwappedByOneKey(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Blank: true})
	w.watchFor(screentest.NewCanary([]byte(strayOAuth)))
	w.open()
	w.Paste("adb-7405605741000000.0.azuredatabricks.net")
	w.Press("tab")
	w.Paste(strayOAuth)
	w.Press("tab")
	w.Paste(strings.ToUpper(screentest.AClientID))
	w.MustShow("ctrl+x swaps the")
	w.Press("ctrl+x")
	d := w.Setup.Draft()
	if string(d.ClientID()) != screentest.AClientID || !d.Secret().Equal(screentest.SecretOf(strayOAuth)) || d.Host().IsZero() {
		t.Errorf("client ID %q, a secret of %d characters, host %q", d.ClientID(), d.Secret().Len(), d.Host())
	}
	if d.Misplaced() != "" {
		t.Error("there is still something to put right")
	}
}

// Every step that takes text is given a secret: what is typed to filter a list, a name, the word that confirms.
func TestASecretThatIsPastedIntoAnyStepIsDrawnNowhere(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "ready"})
	w.watchFor(screentest.NewCanary([]byte(strayOAuth)), screentest.NewCanary([]byte(strayToken)))
	everywhere := func() {
		for _, stray := range []string{strayOAuth, "x" + strayToken, "token: " + strayToken} {
			w.Paste(stray)
			w.Press("tab", "ctrl+u")
			w.Write(stray)
			w.Press("tab", "ctrl+u")
			w.Resize(60, 18)
			w.Paste(stray)
			w.Resize(120, 40)
			w.Press("ctrl+u")
			w.Resize(80, 24)
		}
	}
	w.open()
	everywhere()
	w.Leave()
	w = prepare(t, screentest.Person{Scenario: "ready"})
	w.watchFor(screentest.NewCanary([]byte(strayOAuth)), screentest.NewCanary([]byte(strayToken)))
	w.open()
	w.Press("enter")
	w.See("Signed in as")
	w.Press("enter")
	w.See("Starter Warehouse")
	everywhere()
	w.Settle()
	w.Press("enter")
	w.See("Choose the catalog")
	w.Settle()
	everywhere()
}
