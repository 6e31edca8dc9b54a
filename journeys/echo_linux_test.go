package journeys

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// keyboard is a program on a terminal, and who types there.
type keyboard struct {
	t      *testing.T
	cmd    *exec.Cmd
	person *os.File
	shell  *os.File // the terminal as the shell has it, which outlives the program
	before unix.Termios
	shown  string
}

func (k *keyboard) modes() unix.Termios {
	k.t.Helper()
	modes, err := unix.IoctlGetTermios(int(k.person.Fd()), unix.TCGETS)
	if err != nil {
		k.t.Fatal(err)
	}
	return *modes
}

// until reads what the program writes until it says something.
func (k *keyboard) until(says string) {
	k.t.Helper()
	for buf := make([]byte, 4096); !strings.Contains(k.shown, says); {
		n, err := k.person.Read(buf)
		if err != nil {
			k.t.Fatalf("it ends before it says %q: %v\n%s", says, err, k.shown)
		}
		k.shown += string(buf[:n])
	}
}

// left checks that the shell has the terminal as it was, and nothing of what was typed.
func (k *keyboard) left() {
	k.t.Helper()
	k.until("[exit ")
	if waiting, err := unix.IoctlGetInt(int(k.shell.Fd()), unix.TIOCINQ); waiting != 0 || err != nil {
		k.t.Errorf("%d bytes, %v, are left for the shell", waiting, err)
	}
	if k.modes() != k.before {
		k.t.Error("the terminal is not as it was")
	}
}

// A person corrects a passphrase while the wrong one is still checked, or is interrupted at the question.
func TestAPassphraseThatIsTypedAheadIsNeverSeen(t *testing.T) {
	t.Parallel()
	const passphrase = "a blue door in the north wall"
	home := NewHome(t)
	v := vault.Open(filepath.Join(home.Env["XDG_CONFIG_HOME"], "draftt-databricks"))
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(passphrase))); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Save(t.Context(), connection(t, "Field ops")); err != nil {
		t.Fatal(err)
	}
	for name, types := range map[string]func(*keyboard){
		"ahead": func(k *keyboard) { _, _ = k.person.WriteString("a wrong one\r" + passphrase + "\r" + passphrase) },
		"SIGTERM": func(k *keyboard) {
			_, _ = k.person.WriteString(passphrase)
			_ = syscall.Kill(-k.cmd.Process.Pid, syscall.SIGTERM)
		},
		"Ctrl+C": func(k *keyboard) { _, _ = k.person.WriteString(passphrase + "\x03" + passphrase + "\r") },
	} {
		cmd := exec.Command("sh", "-c", `trap : INT TERM; "$0" list; echo "[exit $?]"; exec sleep 3600`, program)
		cmd.Env = home.Environ()
		person, shell, err := newPTY()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _, _ = person.Close(), shell.Close() })
		k := &keyboard{t: t, cmd: cmd, person: person, shell: shell}
		k.before = k.modes()
		if err := startIn(cmd, shell); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		})
		k.until("Passphrase: ")
		types(k)
		k.left()
		if strings.Contains(k.shown, passphrase) {
			t.Errorf("%s: the terminal showed\n%s", name, k.shown)
		}
	}
}
