package windows

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/screentest/patience"
)

// console is a console of Wine in a tmux. Wine hands the sequences of a screen through as if they were letters, and breaks lines where so
// many letters would need it. So a screen is not looked at: what was written since the last key is, without sequences and breaks. Of the keys
// it gives the program letters, Enter, Tab and most of those with Ctrl, but no arrow, no Esc and no function key.
type console struct {
	t      *testing.T
	p      person
	socket string
	bytes  string // the file with everything that was written
	seen   int    // how much of it was there at the last key
}

// open runs the program in a console.
func open(t *testing.T, p person, args ...string) *console {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("a console needs tmux; scripts/need-tmux installs it or says how")
	}
	dir := t.TempDir()
	c := &console{t: t, p: p, socket: filepath.Join(dir, "tmux"), bytes: filepath.Join(dir, "bytes")}
	call := p.call(args...)
	script := "cd " + quote(p.dir) + "; env -i"
	for _, word := range append(call.Env, call.Args...) {
		script += " " + quote(word)
	}
	script = "trap : INT; sleep 0.2; " + script + `; echo "[exit $?]"; until stty -a | grep -q " icanon"; do sleep 0.1; done; stty -a; exec sleep 3600`
	c.tmux("new-session", "-d", "-x", "400", "-y", "50", "sh", "-c", script)
	t.Cleanup(func() { _ = c.command("kill-server").Run() })
	c.tmux("pipe-pane", "-o", "cat >"+quote(c.bytes))
	return c
}

func quote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

func (c *console) command(args ...string) *exec.Cmd {
	cmd := exec.Command("tmux", append([]string{"-u", "-S", c.socket, "-f", "/dev/null"}, args...)...)
	cmd.Env = c.p.environ("TERM=xterm-256color")
	return cmd
}

func (c *console) tmux(args ...string) {
	c.t.Helper()
	if out, err := c.command(args...).CombinedOutput(); err != nil {
		c.t.Fatalf("tmux %s: %v: %s", args[0], err, out)
	}
}

// settle is given before a key, because Wine's console may lose what comes between a question and the read behind it.
const settle = 500 * time.Millisecond

// press presses keys by the names that tmux has for them.
func (c *console) press(keys ...string) {
	c.t.Helper()
	time.Sleep(settle)
	c.seen = len(c.written())
	c.tmux(append([]string{"send-keys"}, keys...)...)
}

// enter types a line.
func (c *console) enter(text string) {
	c.t.Helper()
	time.Sleep(settle)
	c.seen = len(c.written())
	c.tmux("send-keys", "-l", text)
	c.tmux("send-keys", "Enter")
}

// lastOfAll is the end of what stty says of a terminal, which is asked once the program has ended.
const lastOfAll = "extproc"

// sequence is what a terminal is told besides letters.
var sequence = regexp.MustCompile("\x1b(\\][^\a\x1b]*(\a|\x1b\\\\)|\\[[0-9;?<>= ]*[a-zA-Z@ ]q?|[=>M78(][B0]?)|[\r\n]")

func (c *console) written() string {
	text, _ := os.ReadFile(c.bytes)
	return string(text)
}

// see waits until a text was written since the last key.
func (c *console) see(text string) {
	c.t.Helper()
	for range patience.Each(c.t, 20*time.Millisecond) {
		now := c.written()
		if strings.Contains(sequence.ReplaceAllString(now[min(c.seen, len(now)):], ""), text) {
			return
		}
		if strings.Contains(now, lastOfAll) {
			break // the program has ended, and nothing more will come
		}
	}
	c.t.Fatalf("%q was never written. All that was:\n%s", text, strings.Join(strings.Fields(sequence.ReplaceAllString(c.written(), "\n")), " "))
}

// ends waits for the end of the program, and for a terminal that shows what is typed again, which Wine sees to a moment later.
func (c *console) ends(code string) {
	c.t.Helper()
	c.see("[exit " + code + "]")
	c.see(" icanon")
	c.see(" echo ")
}

func TestTheWizardIsWalkedInAConsole(t *testing.T) {
	c := open(t, somebody(t, "a home of the wizard"), "demo", "--scenario", "ready")
	c.see("characters received")
	c.press("Enter")
	c.see("Signed in as draftt-connector")
	c.press("Enter")
	c.see("› Starter Warehouse")
	c.press("Enter")
	c.see("Not in the list?")
	c.enter("inventory")
	c.see("› assets")
	c.press("Enter")
	c.see("The way to the schema is open.")
	c.press("Enter")
	c.see("› [ ] components")
	c.press("Space", "Enter")
	c.see("✓ read, 5 rows shown")
	c.press("Enter")
	c.see("enter saves it encrypted")
	c.press("Enter")
	c.see("Draftt can read inventory.assets")
	c.press("h")
	c.see("Kept encrypted on this machine")
	c.press("C-c") // as above: Wine gives nobody Esc either
	c.ends("130")
}

func TestTheWizardIsLeftInAConsole(t *testing.T) {
	c := open(t, somebody(t, "a home of the wizard"), "setup")
	c.see("enter go on")
	c.press("Enter")
	c.see("enter tests the connection")
	c.enter("adb-7405605741000000.0.azuredatabricks.net")
	c.see("✓ Azure, workspace 7405605741000000")
	c.press("C-c") // which ends the program as the end of a console does, because Wine gives nobody this key
	c.see("Your answers are kept sealed")
	c.ends("130")
}

func TestAConnectionIsEditedAndRotatedAndDeletedInAConsole(t *testing.T) {
	p, w := somebody(t, "a home of a console"), served(t, "ready")
	w.setUp(t, p, blanks, "protection: keychain")

	c := open(t, p, "edit", blanks, "--plain")
	c.see("for help [1]:")
	c.press("C-c")
	c.see(`edit "` + blanks + `"`)
	c.ends("130")

	c = open(t, p, "edit", blanks, "--plain")
	c.see("for help [1]:")
	c.press("Enter")
	c.see("for help [yes]:")
	c.press("Enter")
	c.see("for help [" + blanks + "]:")
	c.press("Enter")
	c.see(`Saved "` + blanks + `".`)
	c.ends("0")

	c = open(t, p, "rotate", blanks)
	c.see("? for help [1]:")
	c.enter("2")
	c.see("(not shown)")
	c.enter("x" + w.ClientSecret) // which the workspace refuses
	c.see("Authentication failed")
	c.ends("20")
	if strings.Contains(c.written(), w.ClientSecret) {
		t.Error("the secret was shown")
	}

	c = open(t, p, "rotate", blanks)
	c.see("? for help [1]:")
	c.enter("2")
	c.see("(not shown)")
	c.press("C-c")
	c.ends("130")

	c = open(t, p, "delete", blanks)
	c.see("Type its name to confirm")
	c.enter("another")
	c.see("The names differ")
	c.ends("64")

	c = open(t, p, "delete", blanks)
	c.see("Type its name to confirm")
	c.enter(blanks)
	c.see("Deleted")
	c.ends("0")
}
