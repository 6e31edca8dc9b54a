package journeys

import (
	"bytes"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/screentest/patience"
)

// A whole life of a connection on a machine without a keychain: set up, listed, shown, tested, deleted.
func TestAConnectionIsSetUpIntoAVaultWithAPassphrase(t *testing.T) {
	t.Parallel()
	home := NewHome(t)
	w := NewWorkspace(t, home, "ready")
	term := NewAt(t, home, 80, 24, w.Setup()...)
	term.WaitFor("Connect to your workspace")
	secret := string(w.Connector().Secret.Reveal())
	term.Paste(secret)
	term.SignIn()
	term.TakeTheRunningWarehouse()
	term.FindInventory()
	term.GoOnToTheTables()
	term.ReadComponents()
	term.Press("Enter")
	term.WaitFor("Review and save", "opened by a passphrase")
	term.Press("Enter")

	const passphrase = "a blue door in the north wall"
	term.WaitFor("No keychain is available", "at least 12 characters")
	term.Type("short")
	term.Press("Enter")
	term.WaitFor("12 characters")
	term.Press("C-u")
	term.Type(passphrase)
	term.Press("Enter")
	term.WaitFor("Once more")
	term.Type(passphrase)
	term.Press("Enter")
	term.LeaveWhatWasSaved()
	left := term.WaitForExit(0)
	for _, text := range []string{`Saved "inventory.assets".`, "draftt-databricks test inventory.assets"} {
		if !strings.Contains(left, text) {
			t.Errorf("what is left lacks %q:\n%s", text, left)
		}
	}

	for _, command := range []struct {
		args  []string
		shows []string
	}{
		{[]string{"list"}, []string{"inventory.assets", "Starter Warehouse"}},
		{[]string{"show", "inventory.assets"}, []string{"draftt-connector", "it cannot be shown"}},
		{[]string{"test", "inventory.assets"}, []string{"✓ S06 Token", "✓ S16 Rows", "Connected"}},
		{[]string{"delete", "inventory.assets", "--yes"}, []string{"Deleted", "In Databricks nothing changed"}},
	} {
		term := NewAt(t, home, 160, 40, command.args...)
		term.until("the question for the passphrase", func(string) bool { return strings.Contains(term.StandardError(), "Passphrase") })
		term.Type(passphrase)
		term.Press("Enter")
		term.WaitFor("[exit 0]")
		term.WaitFor(command.shows...)
		if out := term.Scrollback(); strings.Contains(out, secret) || strings.Contains(out, passphrase) {
			t.Errorf("%s shows a secret:\n%s", command.args[0], out)
		}
	}
	noClearText(t, filepath.Join(home.Dir, "config"), secret, passphrase, w.Host(), string(w.Connector().ClientID), "inventory", "Starter")
}

// noClearText looks for texts in every file below dir, names of files included, and checks that all of it is private.
func noClearText(t *testing.T, dir string, texts ...string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		want := os.FileMode(0o600)
		var content []byte
		if entry.IsDir() {
			want = 0o700
		} else if content, err = os.ReadFile(path); err != nil {
			return err
		}
		if mode := info.Mode().Perm(); mode != want {
			t.Errorf("%s has mode %o instead of %o", path, mode, want)
		}
		for _, text := range texts {
			if bytes.Contains(content, []byte(text)) || strings.Contains(strings.TrimPrefix(path, dir), text) {
				t.Errorf("%s has %q in clear text", path, text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAWrongPassphraseIsAskedForAgainAndSavesNothing(t *testing.T) {
	t.Parallel()
	home := NewHome(t)
	w := NewWorkspace(t, home, "ready")
	vault := filepath.Join(home.Dir, "config", "draftt-databricks")
	term := NewAt(t, home, 80, 24, w.Setup()...)
	term.WaitFor("Connect to your workspace")
	term.Paste(string(w.Connector().Secret.Reveal()))
	term.SignIn()
	term.TakeTheRunningWarehouse()
	term.FindInventory()
	term.GoOnToTheTables()
	term.ReadComponents()
	term.Press("Enter")
	term.WaitFor("Review and save", "opened by a passphrase")
	term.Press("Enter")
	term.WaitFor("No keychain is available")
	term.Type("a blue door in the north wall")
	term.Press("Enter")
	term.WaitFor("Once more")
	term.Type("a blue door in the south wall")
	term.Press("Enter")
	term.WaitFor("The two differ")
	if _, err := os.Stat(vault); err == nil {
		t.Error("something was saved before the passphrase was confirmed")
	}
	term.Press("C-c")
	term.WaitFor("ctrl+c leaves")
	term.Press("C-c")
	term.WaitForExit(130)
}

func TestSetUpAgainstAClosedPortCouldNotReachTheWorkspace(t *testing.T) {
	t.Parallel()
	host := closedPort(t)
	term := NewAt(t, NewHome(t), 80, 24, "setup", "--allow-host", host, "--host", host, "--client-id", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22")
	term.WaitFor("Connect to your workspace", "paste it")
	term.Paste("dosefeedfacefeedfacefeedfacefeedface")
	term.WaitFor("36 characters received")
	term.Press("Enter")
	term.meets("Could not reach the workspace", "", "")
}

func TestAHostThatIsAllowedAndTypedOnceIsNotReached(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	host := listener.Addr().String()
	term := New(t, 80, 24, "setup", "--allow-host", host)
	term.WaitFor("Before you begin")
	term.Press("Enter")
	term.WaitFor("Connect to your workspace")
	term.Type(host)
	term.WaitFor("outside the Databricks domains")
	term.Press("Tab")
	term.Paste("6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22")
	term.Press("Tab")
	term.Paste("dosefeedfacefeedfacefeedfacefeedface")
	term.WaitFor("36 characters received")
	term.Press("Enter")
	term.WaitFor("Host again", "The host was typed once.")
	if called(t, listener, time.Second) {
		t.Errorf("the host is reached before it was typed again:\n%s", term.Screen())
	}
	term.Type(host)
	term.Press("Enter")
	for range patience.Each(t, 0) {
		if called(t, listener, time.Second) {
			return
		}
	}
	t.Errorf("the host is not reached after it was typed again:\n%s", term.Screen())
}

// called reports whether anybody connects within a time, and hangs up.
func called(t *testing.T, listener net.Listener, within time.Duration) bool {
	t.Helper()
	if err := listener.(*net.TCPListener).SetDeadline(time.Now().Add(within)); err != nil {
		t.Fatal(err)
	}
	conn, err := listener.Accept()
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	return true
}

// closedPort is a loopback address on which nothing listens until the test has ended: its port is the near end of a connection, so the
// system gives it to nobody else.
func closedPort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		_ = listener.Close()
	})
	_, port, err := net.SplitHostPort(conn.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	return "localhost:" + port
}
