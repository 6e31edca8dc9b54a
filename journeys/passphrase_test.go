package journeys

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// TestAWrongPassphraseIsAskedForAgain twice, and a third wrong one ends the command.
func TestAWrongPassphraseIsAskedForAgain(t *testing.T) {
	t.Parallel()
	const passphrase = "a blue door in the north wall"
	home := NewHome(t).Set("DRAFTT_DATABRICKS_UNLOCK", "never")
	v := vault.Open(filepath.Join(home.Env["XDG_CONFIG_HOME"], "draftt-databricks"))
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(passphrase))); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Save(t.Context(), connection(t, "Field ops")); err != nil {
		t.Fatal(err)
	}
	for _, story := range []struct {
		typed []string
		left  string
	}{
		{[]string{"a red door", "a green door", passphrase}, "Field ops"},
		{[]string{"a red door", "a green door", "a grey door"}, "[exit 70]"},
	} {
		term := NewAt(t, home, 80, 24, "list")
		for i, typed := range story.typed {
			term.until("the question for the passphrase", func(string) bool { return strings.Count(term.StandardError(), "Passphrase:") > i })
			term.Type(typed)
			term.Press("Enter")
		}
		term.WaitFor(story.left)
	}
}
