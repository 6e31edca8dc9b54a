package torture

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// The counts of an ordinary run are small; scripts/torture asks for all.
var (
	keysPressed = flag.Int("keys", 5000, "how many random keys are pressed")
	keySeed     = flag.Uint64("seed", 0, "the seed of the random keys; 0 takes one for each round")
)

// keysPerRound is how many keys one wizard gets before it must be possible to leave it.
const keysPerRound = 1000

// monkey presses keys at random in front of the wizard, and holds every frame against what is true of all of them.
type monkey struct {
	*visitor
	random        *rand.Rand
	width, height int
	last          []string // the last events, to find out what went wrong
}

// sit puts a monkey in front of the wizard of a scenario.
func sit(t *testing.T, scenario string, seed uint64) *monkey {
	t.Helper()
	found, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	setup, o := demonstrated(t, found)
	m := &monkey{random: rand.New(rand.NewPCG(seed, 7)), width: 80, height: 24}
	m.visitor = toured(t, setup, o)
	m.watch = m.judge
	return m
}

// judge fails when a frame is larger than the window, or carries what a terminal would obey.
func (m *monkey) judge(view tea.View) {
	m.t.Helper()
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

// specials are the keys that type nothing.
var specials = []rune{
	tea.KeyEnter, tea.KeyEnter, tea.KeyEnter, tea.KeyEnter, tea.KeyEscape, tea.KeyTab, tea.KeyBackspace, tea.KeyDelete, tea.KeyInsert,
	tea.KeyUp, tea.KeyDown, tea.KeyDown, tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyPgUp, tea.KeyPgDown, tea.KeySpace,
	tea.KeyF1, tea.KeyF2, tea.KeyF3, tea.KeyF4, tea.KeyF5, tea.KeyF12, tea.KeyF20, tea.KeyMenu, tea.KeyCapsLock, tea.KeyMediaPlay,
}

// typed is what an input method may send as one key.
var typed = []string{
	"a", "b", "c", "d", "e", "r", "s", "t", "v", "y", "A", "Z", "0", "9", " ", ".", "-", "_", "'", "`", "\"", "\\", "/", "?", "%", "é", "ß", "日", "本語", "🧑🏽‍🚀",
	"e\u0301\u0302\u0303\u0304", "\u202E", "\u200B", "\u00A0", "\uFEFF", "\x00", "\x1b", "\x7f", "\u0085", "\uE000", "\xff", "esc", "ctrl+c", "\t", "\n",
}

// pasted is what may lie in a clipboard.
var pasted = []string{
	"", "\n", "adb-7405605741000000.0.azuredatabricks.net\r\n", "https://adb-1.2.azuredatabricks.net/?o=1", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22",
	"dosecafec0ffee\r\n", "inventory", "\x1b[2J\x1b]0;owned\a", "a\tb\tc", "\u202Egnirts", strings.Repeat("long ", 5000), strings.Repeat("日", 3000), "\x1b[201~", "apply\n",
}

// event is anything that a terminal may send.
func (m *monkey) event() tea.Msg {
	pick := func(n int) int { return m.random.IntN(n) }
	switch pick(40) {
	case 0:
		return tea.PasteMsg{Content: pasted[pick(len(pasted))]}
	case 1:
		return tea.WindowSizeMsg{Width: 1 + pick(160), Height: 1 + pick(60)}
	case 2, 3:
		return tea.WindowSizeMsg{Width: 60 + pick(60), Height: 18 + pick(20)}
	case 4:
		return tea.WindowSizeMsg{}
	case 5:
		return tea.FocusMsg{}
	case 6:
		return tea.KeyReleaseMsg{Code: tea.KeyEnter}
	case 7, 8, 9:
		return tea.KeyPressMsg{Code: rune('a' + pick(26)), Mod: tea.ModCtrl}
	case 10:
		return tea.KeyPressMsg{Code: rune('a' + pick(26)), Mod: tea.ModAlt}
	case 11:
		return tea.KeyPressMsg{Code: specials[pick(len(specials))], Mod: tea.KeyMod(pick(64))}
	case 12:
		return tea.MouseClickMsg{X: pick(200), Y: pick(60)}
	}
	if pick(2) == 0 {
		return tea.KeyPressMsg{Code: specials[pick(len(specials))]}
	}
	text := typed[pick(len(typed))]
	if runes := []rune(text); len(runes) == 1 {
		return tea.KeyPressMsg{Code: runes[0], Text: text}
	}
	return tea.KeyPressMsg{Code: tea.KeyExtended, Text: text}
}

var ctrlC = tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}

// play presses keys until there were enough or the wizard has ended, and gives how many.
func (m *monkey) play(most int) (keys int) {
	m.t.Helper()
	for keys = 0; keys < most && !m.Finished(); keys++ {
		msg := m.event()
		if key, ok := msg.(tea.KeyPressMsg); ok && key.Code == 'c' && key.Mod == tea.ModCtrl {
			m.do(tea.KeyPressMsg{Code: tea.KeyF5}) // so that it is never the second one in a row
		}
		m.do(msg)
		if m.Left() {
			m.t.Fatalf("it ended without being asked twice, after %s", m.story())
		}
		if m.random.IntN(100) == 0 {
			m.rest()
		}
	}
	return keys
}

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

// out checks that Esc leads to the question whether to leave, and Ctrl+C out, wherever the monkey is.
func (m *monkey) out() {
	m.t.Helper()
	if m.Finished() {
		return
	}
	m.do(tea.WindowSizeMsg{Width: 80, Height: 24})
	asks := func() bool { return strings.Contains(m.View().Content, "again leaves") }
	for presses := 0; !asks() || m.Current() != 0; presses++ {
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
}

func TestRandomKeysDoNoHarmAndThereIsAlwaysAWayOut(t *testing.T) {
	alone(t)
	scenarios := []string{"ready", "first-time", "ready", "warehouse-stopped", "ready", "wrong-secret", "ready"}
	began := map[int]int{}
	for round, left := uint64(1), *keysPressed; left > 0; round++ {
		seed := round
		if *keySeed != 0 {
			seed = *keySeed
		}
		scenario := scenarios[seed%uint64(len(scenarios))]
		t.Run(fmt.Sprintf("%s with seed %d", scenario, seed), func(t *testing.T) {
			m := sit(t, scenario, seed)
			m.advance(int(seed % 5))
			began[m.Current()+1]++
			left -= max(1, m.play(min(left, keysPerRound)))
			m.out()
		})
		if t.Failed() {
			return
		}
	}
	t.Logf("%d keys; rounds that began in each step: %v", *keysPressed, began)
}

// alone keeps the monkey's files in a folder of its own, and its hands off the machine's clipboard.
func alone(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
	t.Setenv("TMUX", "")
}
