package journeys

import (
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// waysOut end every question of the plain set-up, so that they also count how many were asked.
const waysOut = "b to go back, q to leave, ? for help"

// answer waits for the next question, and types a line once it stands there.
func (term *Terminal) answer(number int, line string) {
	term.t.Helper()
	term.untilAsked(number)
	term.Type(line)
	term.Press("Enter")
}

func (term *Terminal) untilAsked(number int) {
	term.t.Helper()
	term.until("the next question", func(string) bool { return strings.Count(flat(term.Scrollback()), waysOut) >= number })
}

// converse answers question after question.
func (term *Terminal) converse(answers ...string) {
	term.t.Helper()
	for i, line := range answers {
		term.answer(i+1, line)
	}
}

// plainJourneys are walks of the demo line by line, as they stand in the terminal when they are over.
var plainJourneys = []struct {
	scenario string
	answers  []string
}{
	{"ready", []string{"", "inventory,", "inventory", "assets", "", "components", "no", ""}},
	{"first-time", []string{"", "inventory,", "inventory", "assets", "a", "apply", "", "components", "no", ""}},
	{"wrong-secret", []string{"?", "r", "q"}},
	{"no-warehouse", []string{"r", "a", "1", "apply", "q"}},
	{"warehouse-stopped", []string{"1", "yes", "q"}},
	{"missing-grants", []string{"", "inventory,", "inventory", "assets", "t", "a", "apply", "", "components", "no", "a", "apply", ""}},
	{"unreachable", []string{"e", "b", "q"}},
}

func TestThePlainWalkIsATranscriptOfItself(t *testing.T) {
	t.Parallel()
	for _, journey := range plainJourneys {
		t.Run(journey.scenario, func(t *testing.T) {
			t.Parallel()
			term := New(t, 250, 50, "demo", "--scenario", journey.scenario, "--plain")
			term.converse(journey.answers...)
			left := term.WaitForExit(0)
			if term.FullScreen() {
				t.Error("the terminal is on the alternate screen")
			}
			term.compareTranscript(journey.scenario, left)
		})
	}
}

// changing is what differs from run to run: how long things took, the folder of the journey, and today.
var changing = []struct {
	what *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`(?m) \(\d+(\.\d)? m?s\)$`), " (time)"},
	{regexp.MustCompile(`started in \d+s`), "started in (time)"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?`), "(moment)"},
	{regexp.MustCompile(`read at \d\d:\d\d\b`), "read at (time)"},
	{regexp.MustCompile(`\d+ days left`), "(days) left"},
	{regexp.MustCompile(`until [\d-]{10}, SHA-256 [0-9A-F:]+`), "until (day), SHA-256 (fingerprint)"}, // a workspace's authority is made anew
	{regexp.MustCompile(`until \d+ \pL+`), "until (day)"},
	{regexp.MustCompile(`\d+ \pL+ \d{4}, \d\d:\d\d`), "(moment)"},
	{regexp.MustCompile(`(a moment|\d+ (second|minute)s?) ago`), "(age) ago"},
	{regexp.MustCompile(`(?m)^S11 State: (stopped|starting)\.\n`), ""}, // a look may come too late for a state
	{regexp.MustCompile(`(?m)^Still .*\n`), ""},                        // told on a busy machine
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:(port)"},
	{regexp.MustCompile(`[0-9a-f]{64}`), "(hash)"},
	{regexp.MustCompile(`by draftt-databricks \S+`), "by draftt-databricks (version)"},
	{regexp.MustCompile(`(?m)[ \t]+$`), ""},
	{regexp.MustCompile(`(?s)\[exit 0\].*`), "[exit 0]\n"},
}

func (term *Terminal) compareTranscript(name, got string) {
	t := term.t
	t.Helper()
	got = strings.ReplaceAll(got, term.home.Dir, "(machine)")
	for _, c := range changing {
		got = c.what.ReplaceAllString(got, c.as)
	}
	golden.Compare(t, filepath.Join("testdata", "plain", name+".golden"), got)
}

// inFolder opens the plain demo in a folder of the journey, where what is saved as a file goes.
func inFolder(t *testing.T, home *Home, args ...string) *Terminal {
	t.Helper()
	return openIn(t, home, 250, 50, `trap : INT; cd "$HOME"; PROGRAM; echo "[exit $?]"; exec sleep 3600`, args)
}

func TestStatementsLineByLineAreSavedAndHandedOff(t *testing.T) {
	t.Parallel()
	home := NewHome(t)
	term := inFolder(t, home, "demo", "--scenario", "first-time", "--plain")
	term.converse("", "inventory,", "inventory", "assets", "s", "h", "", "")
	left := term.WaitForExit(0)
	for _, pattern := range []string{"grants.sql", "handoff-*.txt"} {
		if files, err := filepath.Glob(filepath.Join(home.Env["HOME"], pattern)); err != nil || len(files) == 0 {
			t.Errorf("there is no %s: %v", pattern, err)
		}
	}
	term.compareTranscript("handed-off", left)
}

// TestASetUpLineByLineIsLeftResumedAndAtHome is one story of three starts: the set-up is left at step 3, gone on with, and tested at home.
func TestASetUpLineByLineIsLeftResumedAndAtHome(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	w := NewWorkspace(t, m.home, "ready")
	secret := string(w.Connector().Secret.Reveal())
	at := func(args ...string) *Terminal {
		return NewAt(t, m.home, 250, 50, append(args, "--plain", "--key-file", m.keyFile)...)
	}

	term := at(w.Setup()...)
	term.converse("", "", "", secret, "", "?", "inventory,", "inventory", "q")
	term.compareTranscript("left", term.WaitForExit(130))

	term = at("setup")
	term.converse("?", "b", "", secret, "inventory", "assets", "", "components", "", "Field ops")
	term.compareTranscript("resumed", term.WaitForExit(0))

	term = at()
	term.converse("?", "b", "", "", "1", "certificate", "", "1", "disconnect", "b", "1", "18")
	term.until("it says what there is", func(string) bool {
		return strings.Contains(flat(term.Scrollback()), "Enter goes back to your connections")
	})
	term.Press("Enter")
	term.answer(13, "q")
	left := term.WaitForExit(0)
	if strings.Contains(left, secret) {
		t.Error("the secret is shown")
	}
	term.compareTranscript("home", left)
}

func TestPlainIsLeftCleanlyAtEveryQuestion(t *testing.T) {
	t.Parallel()
	answers := []string{"", "inventory,", "inventory", "assets", "", "components", "no"}
	ways := map[string]struct {
		leave func(*Terminal)
		code  int // leaving a demo is how it ends, and a signal is none of its ends
	}{
		"ctrl+d": {func(term *Terminal) { term.Press("C-d") }, 0},
		"ctrl+c": {func(term *Terminal) { term.Press("C-c") }, 130},
		"hangup": {func(term *Terminal) { term.Signal(syscall.SIGHUP) }, 130},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for n := range len(answers) + 1 {
				term := New(t, 160, 50, "demo", "--scenario", "ready", "--plain")
				term.converse(answers[:n]...)
				term.untilAsked(n + 1)
				way.leave(term)
				if left := term.WaitForExit(way.code); !strings.Contains(left, "draftt-databricks demo --scenario ready") {
					t.Errorf("after %d answers nothing says how to go on:\n%s", n, left)
				}
				term.Close()
			}
		})
	}
}

func TestPlainSaysOnceWhatAnAliasDoesNotHide(t *testing.T) {
	t.Parallel()
	term := New(t, 160, 50, "demo", "--scenario", "ready", "--plain", "--share")
	term.untilAsked(1)
	if screen := term.Scrollback(); strings.Count(screen, "What you type is shown by the terminal as you type it") != 1 || strings.Contains(screen, "adb-7405605741000000") {
		t.Errorf("the screen is:\n%s", screen)
	}
	term.Press("C-c")
	term.WaitForExit(130)
}

func TestTheSecretIsTypedWithoutEchoAndWhatWasTypedIsKept(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*Terminal){
		"ctrl+c": func(term *Terminal) { term.Type("dose0123456789abcdef"); term.Press("C-c") },
		// A signal overtakes keys that are still on their way, and whatever comes after the end is the shell's to echo.
		"SIGTERM": func(term *Terminal) { term.Signal(syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := NewAt(t, NewHome(t), 160, 50, "setup", "--plain")
			term.converse("adb-7405605741000000.0.azuredatabricks.net", "", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22")
			term.untilAsked(4)
			leave(term)
			left := term.WaitForExit(130)
			for _, text := range []string{"OAuth secret (not shown)", "--host adb-7405605741000000.0.azuredatabricks.net", "--client-id 6f0c5f3e"} {
				if !strings.Contains(left, text) {
					t.Errorf("what is left lacks %q:\n%s", text, left)
				}
			}
			if strings.Contains(left, "dose0123") {
				t.Error("the secret was echoed")
			}
		})
	}
}
