package journeys

import (
	"strings"
	"testing"
	"time"
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
func (term *Terminal) answersInPieces(typed string) {
	term.t.Helper()
	for _, answer := range terminalAnswers {
		for at := 2; at < len(answer); at++ {
			term.Answer(answer[:at])
			time.Sleep(slow)
			key := typed[:min(1, len(typed))]
			term.Answer(answer[at:] + key)
			typed = typed[len(key):]
		}
	}
	if typed != "" {
		term.Type(typed)
	}
}

func TestAnswersInPiecesAreNotTypedIntoAField(t *testing.T) {
	t.Parallel()
	term := New(t, 100, 30, "setup")
	term.WaitFor("Before you begin")
	term.Press("Enter")
	term.WaitFor("Connect to your workspace", "Workspace host")
	const host = "adb-7405605519549535.15.azuredatabricks.net"
	term.answersInPieces(host)
	term.Press("Tab")
	for _, piece := range []string{"\x1b[200~0b5e", "7f4c\x1b[2", "01~"} { // what is pasted comes in pieces too
		term.Answer(piece)
		time.Sleep(slow)
	}
	shown := term.WaitFor("Workspace host "+host, "0b5e7f4c")
	for _, text := range []string{"rgb", "2026", "tmux", "Leave?"} {
		if strings.Contains(shown, text) {
			t.Errorf("something of an answer is on the screen:\n%s", shown)
		}
	}
}

func TestAnswersInPiecesDoNotActAtHomeOrInAPanel(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "Field ops", "inventory")
	term := NewAt(t, m.home, 100, 30, "--key-file", m.keyFile)
	term.WaitFor("Your connections", "› Field ops")
	term.standsAsBefore("› Field ops", "› inventory")
	term.Press("r")
	term.WaitFor("Where does the new secret come from?")
	term.standsAsBefore("(•) An admin session makes it", "(•) I type it")
	term.Press("Escape")
	term.WaitFor("Your connections", "› Field ops")
}

// standsAsBefore checks that answers in pieces change nothing of a list. A key behind them moves its cursor on, which shows that the program
// has read them all, and another moves it back.
func (term *Terminal) standsAsBefore(first, second string) {
	term.t.Helper()
	before := term.WaitFor(first)
	term.answersInPieces("")
	term.Press("Down")
	term.WaitFor(second)
	term.Press("Up")
	term.until("the screen to be as it was:\n"+before, func(screen string) bool { return screen == before })
}
