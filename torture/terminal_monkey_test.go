package torture

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/ui"
)

// monkey presses keys at random in front of the wizard, and holds every frame against what is true of all of them.
type monkey struct {
	*visitor
	random        *rand.Rand
	width, height int
	last          []string   // the last events, to find out what went wrong
	shown         string     // the newest frame
	stood         []ui.Panel // what stood after the newest event, before the answers that came meanwhile
	house         *house     // where the screens lead from one to another; nil where a set-up stands alone
	leave         func()     // ends the screen that was opened last
}

func newMonkey(t *testing.T, seed uint64) *monkey {
	m := &monkey{visitor: &visitor{t: t, inbox: make(chan tea.Msg)}, random: rand.New(rand.NewPCG(seed, 7)), width: 80, height: 24}
	m.watch = m.judge
	return m
}

// judge fails when a frame is larger than the window, or carries what a terminal would obey. What has ended draws no more.
func (m *monkey) judge(view tea.View) {
	m.t.Helper()
	m.shown = view.Content
	if m.Left() || m.Finished() {
		return
	}
	lines := strings.Split(view.Content, "\n")
	if len(lines) > m.height {
		m.t.Fatalf("%d lines in a window of %d×%d after %s", len(lines), m.width, m.height, m.story())
	}
	for _, line := range lines {
		if got := ansi.StringWidth(line); got > m.width {
			m.t.Fatalf("a line of %d cells in a window of %d×%d after %s: %q", got, m.width, m.height, m.story(), line)
		}
	}
	for _, r := range ansi.Strip(view.Content) {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			m.t.Fatalf("a frame carries %q after %s", r, m.story())
		}
	}
	if c := view.Cursor; c != nil && (c.X < 0 || c.X >= m.width || c.Y < 0 || c.Y >= m.height) {
		m.t.Fatalf("the cursor is at %d,%d of %d×%d after %s", c.X, c.Y, m.width, m.height, m.story())
	}
}

func (m *monkey) story() string { return strings.Join(m.last, " ") }

// do sends an event, and takes the answers that have come meanwhile.
func (m *monkey) do(msg tea.Msg) {
	m.last = append(m.last, fmt.Sprintf("%T(%.40q)", msg, fmt.Sprint(msg)))
	m.last = m.last[max(0, len(m.last)-20):]
	if size, ok := msg.(tea.WindowSizeMsg); ok && size.Width > 0 && size.Height > 0 {
		m.width, m.height = size.Width, size.Height
	}
	m.send(msg)
	m.stood = m.Standing() // a save that was under way may end with the next answer
	m.drain()
	if err := m.Err(); err != nil {
		m.t.Fatalf("%v after %s", err, m.story())
	}
}

// drain takes every answer that waits, and waits for none.
func (m *monkey) drain() {
	for m.pending > 0 {
		select {
		case msg := <-m.inbox:
			m.take(msg)
		default:
			return
		}
	}
}

// rest takes what comes within a moment.
func (m *monkey) rest() {
	limit := time.After(10 * time.Millisecond)
	for m.pending > 0 {
		select {
		case msg := <-m.inbox:
			m.take(msg)
		case <-limit:
			return
		}
	}
}

var ctrlC = tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}

// play presses keys until there were enough or there is nowhere left to go, and gives how many.
func (m *monkey) play(most int) (keys int) {
	m.t.Helper()
	for keys = 0; keys < most; keys++ {
		switch away := m.house != nil && m.house.setup != nil; {
		case away && m.random.IntN(200) == 0:
			m.leaveTwice()
		case m.step():
			return keys
		}
		if m.random.IntN(100) == 0 {
			m.rest()
		}
		if m.typing() != nil && m.random.IntN(20) == 0 {
			m.keepsTyped()
		}
	}
	return keys
}

// step sends one event, and reports whether it led out.
func (m *monkey) step() bool {
	m.t.Helper()
	msg, before := m.event(), m.shown
	if key, ok := msg.(tea.KeyPressMsg); ok && key.Code == 'c' && key.Mod == tea.ModCtrl {
		m.do(tea.KeyPressMsg{Code: tea.KeyF5}) // so that it is never the second one in a row
	}
	typing := m.typing()
	m.do(msg)
	if key, ok := msg.(tea.KeyPressMsg); ok && typing != nil && letter(key) && !slices.Equal(typing, m.stood) && !m.turnedAway() {
		m.t.Fatalf("a letter acted in a text, after %s\nbefore:\n%s", m.story(), ansi.Strip(before))
	}
	switch {
	case m.turnedAway():
		return true
	case m.Left() && !asks(before) && !strings.Contains(before, "leave now"): // a hand-off that is done offers it
		m.t.Fatalf("it ended without being asked twice, after %s\nbefore:\n%s", m.story(), ansi.Strip(before))
	case m.Left(), m.Finished():
		return m.house == nil || !m.house.onward(m)
	}
	return false
}

// typing is what stands on the screen while a text has the focus, and nothing else does: nil where letters act, where a question is open,
// and under a page that gives way to whoever types.
func (m *monkey) typing() []ui.Panel {
	standing := m.Standing()
	if len(standing) == 0 || !standing[len(standing)-1].Typing() {
		return nil
	}
	return standing
}

// letter reports that a key types one letter and nothing else.
func letter(key tea.KeyPressMsg) bool {
	return key.Mod == 0 && len(key.Text) == 1 && key.Text[0] > ' ' && key.Text[0] < 0x7f
}

// keepsTyped checks that a text is there after the window was too small for it. No answer is taken meanwhile.
func (m *monkey) keepsTyped() {
	m.t.Helper()
	before, width, height := m.screen(), m.width, m.height
	for _, size := range []tea.WindowSizeMsg{{Width: 30, Height: 5}, {Width: width, Height: height}} {
		m.width, m.height = size.Width, size.Height
		m.send(size)
	}
	if after := m.screen(); after != before {
		m.t.Fatalf("another size left another screen after %s\nbefore:\n%s\nafter:\n%s", m.story(), before, after)
	}
}

// leaveTwice leaves a set-up that home led to.
func (m *monkey) leaveTwice() {
	m.t.Helper()
	m.do(tea.KeyPressMsg{Code: tea.KeyF5})
	m.do(ctrlC)
	m.do(ctrlC)
	if !m.Left() || !m.house.onward(m) {
		m.t.Fatalf("Ctrl+C twice does not lead home, after %s", m.story())
	}
}

// asks reports that a frame asks whether to leave, and says which key does.
func asks(frame string) bool { return strings.Contains(frame, " leaves · ") }

// turnedAway reports that the home screen ended because no passphrase was the right one.
func (m *monkey) turnedAway() bool { return m.house != nil && m.house.home.Err() != nil }

// advance walks to a step, or as far as the scenario lets it.
func (m *monkey) advance(step int) {
	m.t.Helper()
	for _, typed := range []string{"", "", "", "inventory", "assets", "", "", ""} {
		m.settle()
		if m.Current() >= step {
			return
		}
		for _, letter := range typed {
			m.press(string(letter))
		}
		m.press("enter")
	}
}

// out checks that Esc leads to the question whether to leave, and Ctrl+C out, wherever the monkey is. A set-up that was opened from home
// leads back there first.
func (m *monkey) out() {
	m.t.Helper()
	if m.Finished() || m.Left() || m.turnedAway() {
		return
	}
	m.do(tea.WindowSizeMsg{Width: 80, Height: 24})
	for presses := 0; !asks(m.View().Content) || m.Current() != 0; presses++ {
		if presses > 60 {
			m.t.Fatalf("Esc does not lead out:\n%s", ansi.Strip(m.View().Content))
		}
		m.do(tea.KeyPressMsg{Code: tea.KeyEscape})
		m.rest()
	}
	for range 2 {
		if !m.Left() {
			m.do(ctrlC)
		}
	}
	if !m.Left() {
		m.t.Fatalf("Ctrl+C twice does not lead out:\n%s", ansi.Strip(m.View().Content))
	}
	if m.house != nil && m.house.onward(m) {
		m.out()
	}
}
