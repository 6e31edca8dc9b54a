package journeys

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// A person types the passphrase once; what comes after that asks for nothing until they lock.
func TestThePassphraseIsTypedOnceForSeveralCommands(t *testing.T) {
	t.Parallel()
	if id, err := unix.AddKey("user", "draftt-databricks:probe", []byte("x"), unix.KEY_SPEC_PROCESS_KEYRING); err != nil {
		t.Skipf("unknown: the kernel keeps no keys here: %v", err)
	} else {
		_, _ = unix.KeyctlInt(unix.KEYCTL_REVOKE, id, 0, 0, 0)
	}
	const passphrase = "a blue door in the north wall"
	home := NewHome(t).Set("DRAFTT_DATABRICKS_UNLOCK", "8h").Set("XDG_SESSION_ID", "of-"+t.Name())
	v := vault.Open(filepath.Join(home.Env["XDG_CONFIG_HOME"], "draftt-databricks"))
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(passphrase))); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Save(t.Context(), connection(t, "Field ops")); err != nil {
		t.Fatal(err)
	}
	run := func(asks bool, args ...string) string {
		term := NewAt(t, home, 80, 24, args...)
		if asks {
			term.until("the question for the passphrase", func(string) bool { return strings.Contains(term.StandardError(), "Passphrase") })
			term.Type(passphrase)
			term.Press("Enter")
		}
		term.until("the program to end", func(screen string) bool { return strings.Contains(screen, "[exit 0]") })
		return term.Scrollback()
	}
	for _, command := range []struct {
		asks bool
		args []string
		says string
	}{
		{true, []string{"list"}, "Field ops"},
		{false, []string{"list"}, "Field ops"},
		{false, []string{"show", "Field ops"}, "Field ops"},
		{false, []string{"lock"}, "Locked."},
		{false, []string{"lock"}, "Nothing was unlocked."},
		{true, []string{"unlock", "--for", "2h"}, "until it was not used for 2 hours"},
		{false, []string{"list"}, "Field ops"},
	} {
		if got := run(command.asks, command.args...); !strings.Contains(got, command.says) {
			t.Errorf("%s does not say %q:\n%s", command.args, command.says, got)
		}
	}
	screen := NewAt(t, home, 80, 24)
	screen.WaitFor("Your connections", "› Field ops", "open until not used for 2 hours. l locks")
	screen.Press("l")
	screen.WaitFor("They are encrypted, and opened by a passphrase.")
	screen.Press("Escape")
	screen.Press("C-c")
	screen.Press("C-c")
	run(true, "list")
}
