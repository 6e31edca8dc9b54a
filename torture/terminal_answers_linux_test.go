package torture

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest/patience"
)

// What terminals answer when a full-screen program asks for their colours, modes, attributes, keyboard and cursor.
var terminalAnswers = []string{
	"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\x07", "\x1b[?2026;2$y", "\x1b[?2027;0$y", "\x1b[?62;1;4c", "\x1b[?1u", "\x1b[12;40R",
	"\x1bP>|tmux 3.3a\x1b\\",
}

// slow is longer than a terminal library waits for the rest of a key. That a loaded machine makes it longer still does no harm.
const slow = 70 * time.Millisecond

// answersInPieces sends every answer cut at every byte behind its first, with something typed after each. How long Esc waits for more is
// told elsewhere, by a clock that is not the machine's.
func (s *screen) answersInPieces(typed string) {
	next := strings.NewReader(typed)
	for _, answer := range terminalAnswers {
		for at := 2; at < len(answer); at++ {
			s.send(answer[:at])
			time.Sleep(slow)
			s.send(answer[at:])
			if key, err := next.ReadByte(); err == nil {
				s.send(string(key))
			}
		}
	}
	for next.Len() > 0 {
		key, _ := next.ReadByte() // there is one
		s.send(string(key))
	}
}

func TestAnswersInPiecesAreNotTypedIntoAField(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	s := start(t, m.command("setup"))
	s.waitFor("Before you begin")
	s.send("\r")
	s.waitFor("Connect to your workspace", "Workspace host")
	const host = "adb-7405605519549535.15.azuredatabricks.net"
	s.answersInPieces(host)
	s.waitFor("Workspace host " + host)
	if shown := s.shownNow(); strings.Contains(shown, "rgb") || strings.Contains(shown, "2026") || strings.Contains(shown, "tmux") || strings.Contains(shown, "Leave?") {
		t.Errorf("something of an answer is on the screen:\n%s", shown)
	}
	s.send("\t")
	s.send("\x1b[200~0b5e")
	time.Sleep(slow)
	s.send("7f4c\x1b[2")
	time.Sleep(slow)
	s.send("01~")
	s.waitFor("Workspace host "+host, "0b5e7f4c")
}

func TestAnswersInPiecesDoNotActAtHomeOrInAPanel(t *testing.T) {
	t.Parallel()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	m := &machine{t: t, dir: t.TempDir(), program: program}
	if err := os.Mkdir(filepath.Join(m.dir, "cwd"), 0o700); err != nil {
		t.Fatal(err)
	}
	h := &house{}
	keys := h.furnish(t, openTo(t, "ready"))
	command := m.command("--key-file", keys.KeyFile)
	command.Env = append(command.Env, "DRAFTT_DATABRICKS_HOME="+h.env.Vault.Dir())
	s := start(t, command)
	s.waitFor("Your connections", savedNames[0])
	before := s.shownNow()
	s.answersInPieces("")
	if after := s.shownNow(); after != before {
		t.Errorf("home showed\n%s\nand shows\n%s", before, after)
	}
	s.send("r")
	s.waitFor("Where does the new secret come from?")
	before = s.shownNow()
	s.answersInPieces("")
	if after := s.shownNow(); after != before {
		t.Errorf("the panel showed\n%s\nand shows\n%s", before, after)
	}
	s.send("\x1b")
	s.waitFor("Your connections", savedNames[0])
}

// shownNow is the screen as it is painted anew, once two paintings in a row are the same. A busy machine may paint it twice; the last is it.
func (s *screen) shownNow() string {
	s.t.Helper()
	last := ""
	for range patience.Each(s.t, 0) {
		s.waitFor()
		mark := s.mark()
		s.columns ^= 1
		if err := s.resize(); err != nil {
			s.t.Fatal(err)
		}
		time.Sleep(300 * time.Millisecond)
		shown := s.since(mark)
		shown = shown[max(0, strings.LastIndex(shown, setup.Product)):]
		if strings.Contains(shown, " help") && shown == last {
			return shown
		}
		last = shown
	}
	s.t.Fatalf("the screen never rests:\n%s", last)
	return ""
}
