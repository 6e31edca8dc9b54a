package journeys

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A set-up that was ended from outside is offered again, with the answers that it had.
func TestASetUpThatASignalEndedIsOfferedWithItsAnswers(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			home := NewHome(t)
			w := NewWorkspace(t, home, "ready")
			key := filepath.Join(home.Dir, "key.txt")
			secret := string(w.Connector().Secret.Reveal())
			term := NewAt(t, home, 80, 24, append(w.Setup(), "--key-file", key)...)
			term.WaitFor("Connect to your workspace")
			term.Paste(secret)
			term.SignIn()
			term.TakeTheRunningWarehouse()
			term.FindInventory()
			term.Signal(signal)
			left := term.WaitForExit(130)
			if !strings.Contains(left, "Your answers are kept sealed") || term.FullScreen() {
				t.Errorf("full screen %v, left:\n%s", term.FullScreen(), left)
			}

			term = NewAt(t, home, 80, 24, "--key-file", key)
			term.WaitFor("A set-up of adb-7405605741000000.0.azuredatabricks.net was left", "Go on with it?")
			term.Press("Enter")
			term.WaitFor("Connect to your workspace", "adb-7405605741000000.0.azuredatabricks.net")
			term.Paste(secret)
			term.WaitFor("36 characters received")
			term.Press("Enter")
			term.WaitFor("Signed in as draftt-connector")
			term.Press("Enter")
			term.WaitFor("inventory.assets")
			noClearText(t, filepath.Join(home.Dir, "config"), secret, w.Host())
		})
	}
}
