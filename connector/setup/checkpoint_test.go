package setup

import (
	"path/filepath"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// A person who goes on pastes the secret again, so whatever a new secret takes away is never there after a resume.
func TestAnotherSecretOfTheSamePrincipalLeavesItsPrivileges(t *testing.T) {
	t.Parallel()
	for method, stays := range map[connector.AuthMethod]bool{connector.OAuth: true, connector.PAT: false} {
		d := NewDraft(nil)
		d.SetMethod(method)
		d.SetSecret(secret("the-first-one"))
		d.SetReach(true)
		d.SetSecret(secret("another-one"))
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

func TestOlderAnswersNeverReplaceNewerOnes(t *testing.T) {
	t.Parallel()
	env := Environment{Vault: vault.Open(filepath.Join(t.TempDir(), "vault")), KeyFile: filepath.Join(t.TempDir(), "key.txt")}
	c := &checkpoint{env: env}
	c.keep(t.Context(), 2, Access, "", []byte("newer"))
	c.keep(t.Context(), 1, Warehouse, "", []byte("older"))
	in, draft := c.holds()
	if string(draft.Answers) != "newer" {
		t.Errorf("kept %q", draft.Answers)
	}
	c.wipe(t.Context())
	c.keep(t.Context(), 3, Access, "", []byte("late"))
	if left, _, err := in.Drafts(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("%d are left, %v", len(left), err)
	}
}
