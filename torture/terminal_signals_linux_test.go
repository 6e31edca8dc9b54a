package torture

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest/patience"
)

var signals = flag.Int("signals", 5, "how often each signal ends a set-up")

// What a terminal is told when a full-screen program begins and ends.
const (
	alternateOn, alternateOff = "\x1b[?1049h", "\x1b[?1049l"
	cursorShown               = "\x1b[?25h"
	cursorHidden              = "\x1b[?25l"
)

// modes are how the terminal treats what is typed, as stty tells them.
func (s *screen) modes() unix.Termios {
	s.t.Helper()
	found, err := unix.IoctlGetTermios(int(s.pty.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	return *found
}

// givenBack checks that a terminal is as it was before the program began.
func (s *screen) givenBack(before unix.Termios) {
	s.t.Helper()
	if after := s.modes(); after != before {
		s.t.Errorf("the terminal's modes are %+v and were %+v", after, before)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if bytes.LastIndex(s.output, []byte(alternateOn)) > bytes.LastIndex(s.output, []byte(alternateOff)) {
		s.t.Error("the terminal is still on the alternate screen")
	}
	if bytes.LastIndex(s.output, []byte(cursorHidden)) > bytes.LastIndex(s.output, []byte(cursorShown)) {
		s.t.Error("the cursor is still hidden")
	}
}

// steady opens a terminal that outlives the program in it, as a person's does: this side of it is kept open.
func steady(t *testing.T, cmd *exec.Cmd) (*screen, unix.Termios) {
	t.Helper()
	s := start(t, cmd)
	return s, cookedModes(t)
}

// cookedModes are those of a terminal that nobody has touched.
func cookedModes(t *testing.T) unix.Termios {
	t.Helper()
	fresh := start(t, exec.Command("true"))
	before := fresh.modes()
	fresh.end()
	return before
}

// way are the steps of a set-up, each with what leads to it from the one before.
var way = []struct {
	step string
	walk func(*screen)
}{
	{"Connect", func(*screen) {}},
	{"Warehouse", func(s *screen) {
		s.send("\r")
		s.waitFor("Signed in as")
		s.send("\r")
		s.waitFor("Select your SQL warehouse", "› Starter Warehouse")
	}},
	{"Catalog", func(s *screen) {
		s.send("\r")
		s.waitFor("Choose the catalog and schema", "dev_inventory")
	}},
	{"Access", func(s *screen) {
		s.send("inventory")
		s.waitFor("› inventory ")
		s.send("\r")
		s.waitFor("› assets")
		s.send("\r")
		s.waitFor("✓ USE SCHEMA on inventory.assets")
		s.send("\r")
		s.waitFor("Choose what Draftt may read", "[ ] components")
	}},
	{"Review", func(s *screen) {
		s.send("\r")
		s.waitFor("1 ticked", "✓ read")
		s.send("\r")
		s.waitFor("Review and save", "enter save")
	}},
}

// at is a set-up that came to a step of the way, with its answers kept behind a key file.
func (m *machine) at(step int) (*screen, unix.Termios) {
	m.t.Helper()
	s, before := steady(m.t, m.setup("--key-file", m.keyFile(), "--fresh"))
	s.waitFor("Connect to your workspace", "paste it")
	s.paste(m.served.ClientSecret)
	s.waitFor("36 characters received")
	for _, next := range way[:step+1] {
		next.walk(s)
	}
	return s, before
}

func (m *machine) keyFile() string { return filepath.Join(m.dir, "key.txt") }

// wholeFiles checks that every file of the saved connections can be opened, that nothing half-written lies beside them, and that the
// newest set-up that waits is at a step of the way with everything that was answered before, but for the secret.
func (m *machine) wholeFiles(step int) {
	m.t.Helper()
	dir := filepath.Join(m.dir, "home", ".config", "draftt-databricks")
	v := vault.Open(dir)
	if err := v.Unlock(context.Background(), vault.Keys{KeyFile: m.keyFile()}); err != nil {
		m.t.Fatal(err)
	}
	drafts, damaged, err := v.Drafts(context.Background())
	if err != nil || len(damaged) > 0 || len(drafts) == 0 {
		m.t.Fatalf("%d set-ups wait, damaged %v, %v", len(drafts), damaged, err)
	}
	if drafts[0].Step != way[step].step {
		m.t.Errorf("the set-up waits at %q instead of %q", drafts[0].Step, way[step].step)
	}
	d, err := setup.RestoreDraft(drafts[0].Answers)
	if err != nil {
		m.t.Fatal(err)
	}
	answered := []bool{
		d.Host().Addr() == m.served.Host && d.ClientIDText() == m.served.ClientID && d.Secret().IsZero(), true,
		d.Warehouse().ID != "", d.Schema().String() == "inventory.assets", len(d.Tables()) == 1,
	}
	for i, ok := range answered[:step+1] {
		if !ok {
			m.t.Errorf("left at %s, the answers of %s are not there: %s", way[step].step, way[max(0, i-1)].step, drafts[0].Answers)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "drafts", "*"))
	if err != nil {
		m.t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file, ".age") {
			m.t.Errorf("%s was left behind", file)
		}
		if err := os.Remove(file); err != nil { // so that the next round stands alone
			m.t.Fatal(err)
		}
	}
}

// machines work side by side, since most of a round is waiting for a screen.
const machines = 4

// sideBySide does each round on one of the machines.
func sideBySide(t *testing.T, count int, round func(m *machine, step int)) {
	t.Helper()
	t.Run("side by side", func(t *testing.T) {
		for first := range machines {
			t.Run(fmt.Sprint("machine ", first+1), func(t *testing.T) {
				t.Parallel()
				m := newMachine(t)
				for i := first; i < count && !t.Failed(); i += machines {
					round(m, i%len(way))
				}
			})
		}
	})
}

func TestASignalGivesTheTerminalBackAndKeepsTheAnswers(t *testing.T) {
	kinds := []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT}
	for _, signal := range kinds {
		sideBySide(t, *signals, func(m *machine, step int) {
			s, before := m.at(step)
			if err := s.cmd.Process.Signal(signal); err != nil {
				m.t.Fatal(err)
			}
			code, _ := s.end()
			if code != 130 {
				m.t.Errorf("%s ended it with %d", signal, code)
			}
			s.givenBack(before)
			m.wholeFiles(step)
			if m.t.Failed() {
				m.t.Fatalf("after %s in step %d:\n%s", signal, step+1, s.since(0))
			}
		})
	}
	t.Logf("%d of each signal, over all steps", *signals)
}

func TestATerminalThatIsClosedKeepsTheAnswers(t *testing.T) {
	sideBySide(t, *signals, func(m *machine, step int) {
		s, _ := m.at(step)
		s.hangUp()
		ended := make(chan error, 1)
		go func() { ended <- s.cmd.Wait() }()
		select {
		case <-ended:
		case <-patience.Over(m.t):
			m.t.Fatal("the program goes on without its terminal")
		}
		m.wholeFiles(step)
	})
	t.Logf("closed %d times, over all steps", *signals)
}

// A shell with job control stops the program at Ctrl+Z and brings it back with fg.
func TestCtrlZGivesTheTerminalBackAndFgReturnsToTheSameScreen(t *testing.T) {
	m := newMachine(t)
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no shell with job control here")
	}
	shell := m.command()
	shell.Path, shell.Args = "/bin/bash", []string{"bash", "--norc", "--noediting", "-i"}
	shell.Env = append(shell.Env, "PS1=ready> ")
	s := start(t, shell)
	s.waitForLine(0, "ready>")
	before := s.modes()
	s.send(fmt.Sprintf("'%s' demo --scenario ready\n", m.program))
	s.waitFor("Connect to your workspace")
	s.send("\r")
	s.waitFor("Signed in as")
	s.send("\r")
	s.waitFor("› Starter Warehouse")
	s.send("anal")
	s.waitFor("1 of 1 (4)", "› Analytics")
	for range *signals {
		mark := s.mark()
		s.send("\x1a")
		s.waitForLine(mark, "Stopped", "ready>")
		s.givenBack(before)
		s.send("fg\n")
		s.waitFor("1 of 1 (4)", "› Analytics")
	}
	s.send("\x03")
	s.waitFor("ctrl+c leaves")
	mark := s.mark()
	s.send("\x03")
	s.waitForLine(mark, "Left the demo.", "ready>")
	s.givenBack(before)
	s.send("exit\n")
	s.end()
	t.Logf("stopped and brought back %d times", *signals)
}
