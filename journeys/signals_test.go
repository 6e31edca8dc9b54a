package journeys

import (
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest/patience"
)

// stop is where a set-up is ended: how to come there, where the next start says that it was, and what it shows once signed in again.
type stop struct {
	step  string
	walk  func(*Terminal)
	offer string
	again func(*Terminal)
}

var stops = []stop{
	{"Connect", func(*Terminal) {}, "at step 1, Connect", func(term *Terminal) {
		term.WaitFor("Select your SQL warehouse")
	}},
	{"Warehouse", (*Terminal).signInFromBlank, "at step 2, Warehouse", func(term *Terminal) {
		term.WaitFor("Select your SQL warehouse")
	}},
	{"Catalog", func(term *Terminal) {
		term.signInFromBlank()
		term.TakeTheRunningWarehouse()
		term.WaitFor("dev_inventory")
		term.Type("inventory")
		term.WaitFor("› inventory ")
		term.Press("Enter")
		term.WaitFor("Catalog inventory", "› assets")
	}, "at step 3, Catalog", func(term *Terminal) {
		term.WaitFor("✓ Warehouse", "Catalog inventory", "› assets")
	}},
	{"Access", func(term *Terminal) {
		term.signInFromBlank()
		term.TakeTheRunningWarehouse()
		term.FindInventory()
		term.GoOnToTheTables()
		term.Press("Space")
		term.WaitFor("[✓] components")
	}, "at step 4, Access", func(term *Terminal) {
		term.WaitFor("✓ Catalog", "Choose what Draftt may read", "[✓] components")
	}},
	{"Review", func(term *Terminal) {
		term.signInFromBlank()
		term.TakeTheRunningWarehouse()
		term.FindInventory()
		term.GoOnToTheTables()
		term.ReadComponents()
		term.Press("Enter")
		term.WaitFor("Review and save", "enter save")
		term.Type("east") // takes the place of the name that is proposed
		term.WaitFor(" east")
	}, "at step 5, Review", func(term *Terminal) { // what was read is read again before it is reviewed
		term.WaitFor("✓ Catalog", "[✓] components")
		term.Press("Enter")
		term.WaitFor("[✓] components", "✓ read")
		term.Press("Enter")
		term.WaitFor("Review and save", " east", "Starter Warehouse")
	}},
}

// signInFromBlank signs in where host and client ID were typed and the secret was pasted.
func (term *Terminal) signInFromBlank() {
	term.t.Helper()
	term.WaitFor("36 characters received")
	term.SignIn()
}

// endings are the ways in which a set-up ends without having been finished.
var endings = []struct {
	name string
	end  func(*Terminal)
}{
	{"SIGTERM", func(term *Terminal) { term.endBy(syscall.SIGTERM) }},
	{"SIGHUP", func(term *Terminal) { term.endBy(syscall.SIGHUP) }},
	{"a closed terminal", func(term *Terminal) {
		term.tmux("kill-server")
		term.waitUntilEnded()
	}},
	{"Ctrl+Z and a closed terminal", func(term *Terminal) {
		term.Press("C-z")
		term.WaitFor("[stopped]")
		term.tmux("kill-server")
		term.waitUntilEnded()
	}},
	{"Ctrl+Z and back, then Ctrl+C", func(term *Terminal) {
		title := heading(term.Screen())
		term.Press("C-z")
		term.WaitFor("[stopped]")
		if term.FullScreen() {
			term.t.Error("a stopped program is still on the alternate screen")
		}
		term.Press("Enter")
		term.WaitFor(title)
		term.Press("C-c")
		term.WaitFor("ctrl+c leaves")
		term.Press("C-c")
		term.WaitForExit(130)
	}},
}

// heading is what stands beside the first step of the rail, which stays while lists load and notes come and go.
func heading(screen string) string {
	for line := range strings.Lines(screen) {
		if _, title, ok := strings.Cut(line, " Connect  "); ok {
			return strings.TrimSpace(title)
		}
	}
	return screen
}

// endBy ends the program with a signal, and checks that the terminal is given back.
func (term *Terminal) endBy(signal syscall.Signal) {
	term.t.Helper()
	term.Signal(signal)
	left := term.WaitForExit(130)
	if !strings.Contains(left, "Your answers are kept sealed") || term.FullScreen() {
		term.t.Errorf("full screen %v, left:\n%s", term.FullScreen(), left)
	}
}

// waitUntilEnded waits for a program that has no terminal any more. One that has ended is a zombie until somebody asks for its exit code.
func (term *Terminal) waitUntilEnded() {
	term.t.Helper()
	id := strconv.Itoa(term.process().Pid)
	for range patience.Each(term.t, glance) {
		if state, _ := exec.Command("ps", "-o", "stat=", "-p", id).Output(); len(state) == 0 || state[0] == 'Z' {
			return
		}
	}
	term.t.Fatal("the program goes on without its terminal")
}

// withJobs is NewAt in a shell with job control: when the program is stopped it says so, and brings it back at the next Enter.
func withJobs(t *testing.T, home *Home, args ...string) *Terminal {
	t.Helper()
	return openIn(t, home, 80, 24, `set -m; trap : INT; PROGRAM; code=$?
		while test $code = 146 || test $code = 148; do echo "[stopped]"; read -r _; fg; code=$?; done; echo "[exit $code]"; exec sleep 3600`, args)
}

// A set-up that was ended from outside is offered again at the step where it was. Everything that was answered is there; the secret alone
// is asked for.
func TestASetUpThatWasEndedIsOfferedAtItsStepWithItsAnswers(t *testing.T) {
	t.Parallel()
	for _, stop := range stops {
		for _, ending := range endings {
			t.Run(stop.step+" by "+ending.name, func(t *testing.T) {
				t.Parallel()
				home := NewHome(t)
				w := NewWorkspace(t, home, "ready")
				key, secret, client := filepath.Join(home.Dir, "key.txt"), string(w.Connector().Secret.Reveal()), string(w.Connector().ClientID)
				term := withJobs(t, home, "setup", "--ca-file", w.CAFile, "--key-file", key)
				term.WaitFor("Before you begin")
				term.Press("Enter")
				term.WaitFor("Connect to your workspace")
				term.Type(w.Host())
				term.Press("Tab")
				term.Type(client)
				term.Press("Tab")
				term.WaitFor(w.Host(), client)
				term.Paste(secret)
				term.WaitFor("36 characters received")
				stop.walk(term)
				ending.end(term)

				term = NewAt(t, home, 80, 24, "--key-file", key)
				term.WaitFor("A set-up of "+w.Host()+" was left", stop.offer, "Go on with it?")
				term.Press("Enter")
				form := term.WaitFor("Connect to your workspace", w.Host(), client, "OAuth secret")
				if strings.Contains(form, "characters received") {
					t.Errorf("the secret was kept:\n%s", form)
				}
				term.Paste(secret)
				term.WaitFor("36 characters received")
				term.Press("Enter")
				term.WaitFor("Signed in as draftt-connector")
				term.Press("Enter")
				stop.again(term)
				noClearText(t, filepath.Join(home.Dir, "config"), secret, w.Host())
			})
		}
	}
}

// A program that no shell could bring back is not stopped: in a container, or in a window that was opened for it alone.
func TestCtrlZWithoutJobControlGoesOn(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "ready")
	term.WaitFor("Connect to your workspace")
	term.Press("C-z")
	term.WaitFor("Connect to your workspace", "No shell here could bring the program back, so ctrl+z did nothing.")
	term.SignIn()
	term.Press("C-c", "C-c")
	term.WaitForExit(0)
}
