package plain

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

const (
	strayOAuth = "dosec0ffee00112233445566778899aabbcc"
	strayToken = "dapic0ffee00112233445566778899aabbcc"
)

func TestLineByLineASecretInAnotherPlaceIsMovedByOneLetter(t *testing.T) {
	t.Parallel()
	for story, c := range map[string]struct {
		lines  []string
		secret string
		method connector.AuthMethod
	}{
		"as the host":                {[]string{strayOAuth, "m"}, strayOAuth, connector.OAuth},
		"a token as the host":        {[]string{"host = " + strayToken, "m"}, strayToken, connector.PAT},
		"as the client ID":           {[]string{screentest.AHost, "1", strayOAuth, "m"}, strayOAuth, connector.OAuth},
		"in the address of a driver": {[]string{"jdbc:databricks://" + screentest.AHost + ":443;PWD=" + strayToken, "m"}, strayToken, connector.PAT},
	} {
		t.Run(story, func(t *testing.T) {
			t.Parallel()
			w := prepared(t, screentest.Person{Blank: true})
			heard, _ := w.dictate(c.lines...)
			d := w.Setup.Draft()
			if !d.Secret().Equal(screentest.SecretOf(c.secret)) || d.Method() != c.method {
				t.Errorf("the secret has %d characters, method %s", d.Secret().Len(), d.Method())
			}
			if said := without(heard, c.lines); !strings.Contains(said, "should be replaced") || strings.Contains(said, c.secret[8:]) {
				t.Errorf("heard:\n%s", said)
			}
		})
	}
}

func TestLineByLineTwoSwappedAnswersAreSwapped(t *testing.T) {
	t.Parallel()
	w := prepared(t, screentest.Person{Blank: true})
	d := w.Setup.Draft()
	_, _, _ = d.SetHost(screentest.AHost, setup.FromFlag)
	_, _ = d.SetClientID(strayOAuth, setup.FromFlag)
	d.SetSecret(screentest.SecretOf(screentest.AClientID))
	heard, _ := w.dictate("", "1", "m", "", "q")
	if d.ClientID() == "" || d.SecretProblem() != nil || !d.Secret().Shape().Has(connector.ShapeOAuth) {
		t.Errorf("client ID %q, %v\n%s", d.ClientID(), d.SecretProblem(), heard)
	}
}

// Every question that takes a line is given a secret first.
func TestLineByLineASecretIsRepeatedByNoQuestion(t *testing.T) {
	t.Parallel()
	answers := []string{screentest.AHost, "1", screentest.AClientID, "dose00000000000000000000000000000000", "q"}
	var lines []string
	for _, answer := range answers {
		lines = append(lines, strayToken, "t", answer)
	}
	for skip := range len(lines) {
		w := prepared(t, screentest.Person{Blank: true})
		heard, _ := w.dictate(lines[skip:]...)
		if said := without(heard, lines); strings.Contains(said, strayToken[8:]) {
			t.Errorf("from line %d on:\n%s", skip, said)
		}
	}
	w := prepared(t, screentest.Person{Scenario: "ready"})
	heard, _ := w.dictate(strayToken, "x"+strayOAuth, "", strayToken, "inventory,", strayOAuth, "1", "asset", strayToken, "q")
	if said := without(heard, []string{strayToken, strayOAuth}); strings.Contains(said, strayToken[8:]) || strings.Contains(said, strayOAuth[8:]) {
		t.Errorf("after the sign-in:\n%s", said)
	}
}

// without leaves out what the person typed, which the terminal shows by itself.
func without(heard string, typed []string) string {
	for _, line := range typed {
		if len(line) > 8 {
			heard = strings.ReplaceAll(heard, line, "")
		}
	}
	return heard
}
