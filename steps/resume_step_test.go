package steps

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// A person who goes on pastes the secret again, so whatever a new secret takes away is never there after a resume.
func TestAnotherSecretOfTheSamePrincipalLeavesItsPrivileges(t *testing.T) {
	t.Parallel()
	for method, stays := range map[connector.AuthMethod]bool{connector.OAuth: true, connector.PAT: false} {
		d := NewDraft(nil, nil)
		d.SetMethod(method)
		d.SetSecret(secretOf("the first one"))
		d.SetReach(true)
		d.SetSecret(secretOf("another one"))
		if d.reach != stays {
			t.Errorf("%s: the way to the schema is open: %v", method, d.reach)
		}
	}
}

func TestTheStepIsKeptEvenWhereNoAnswerChanged(t *testing.T) {
	t.Parallel()
	env := Environment{Vault: vault.Open(filepath.Join(t.TempDir(), "vault")), KeyFile: filepath.Join(t.TempDir(), "key.txt")}
	c := &checkpoint{env: env}
	c.keep(t.Context(), 1, Access, "", []byte("the same"))
	c.keep(t.Context(), 2, Review, "", []byte("the same"))
	if _, draft := c.holds(); draft.Step != Review.String() {
		t.Errorf("it waits at %s", draft.Step)
	}
}

func TestANameThatWasTypedAndNotSavedIsKept(t *testing.T) {
	t.Parallel()
	w := prepare(t, person{scenario: "ready", own: true})
	w.setup.env.KeyFile = filepath.Join(t.TempDir(), "key.txt")
	w.setup.KeepAnswers()
	w.open()
	w.review()
	w.write(" east")
	w.leave()
	w.setup.KeepNow(t.Context())
	found := FindInterrupted(t.Context(), w.setup.env)
	if len(found) != 1 || found[0].Step != Review || !strings.HasSuffix(found[0].Draft.Name(), " east") {
		t.Errorf("found %+v", found)
	}
}
