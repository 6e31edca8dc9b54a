package journeys

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

var coloured = regexp.MustCompile(`\x1b\[[0-9;:]*\b(3[0-7]|38|4[0-7]|48|9[0-7]|10[0-7])\b[0-9;:]*m`)

func TestNoColorLeavesTheMarksAndTheWords(t *testing.T) {
	t.Parallel()
	home := NewHome(t).Set("NO_COLOR", "1").Set("COLORTERM", "truecolor")
	term := NewAt(t, home, 80, 24, "demo", "--scenario", "wrong-secret")
	term.WaitFor("Connect to your workspace")
	term.Press("Enter")
	term.WaitFor("✗ Token", "Authentication failed")
	if found := coloured.FindString(term.Painted()); found != "" {
		t.Errorf("there is a colour, %q:\n%s", found, term.Painted())
	}
}

func TestAColourTerminalGetsColours(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "wrong-secret")
	term.WaitFor("Connect to your workspace")
	term.Press("Enter")
	term.WaitFor("✗ Token", "Authentication failed")
	if !coloured.MatchString(term.Painted()) {
		t.Errorf("there is no colour:\n%q", term.Painted())
	}
}

func TestALightBackgroundChangesTheColours(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "ready")
	term.WaitFor("Connect to your workspace")
	dark := term.Painted()
	term.Answer("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
	term.until("other colours", func(string) bool { return term.Painted() != dark })
	term.WaitFor("Connect to your workspace", "36 characters received")
	if strings.Contains(term.Screen(), "rgb:") {
		t.Errorf("the terminal's answer was typed into a field:\n%s", term.Screen())
	}
}

// A terminal that does not tell its background has the one that was chosen, or else the one of COLORFGBG.
func TestTheBackgroundIsThatOfTheEnvironment(t *testing.T) {
	t.Parallel()
	screens := map[string]string{}
	for _, set := range []string{"TERM=xterm-256color", "COLORFGBG=0;15", "DRAFTT_DATABRICKS_THEME=light", "DRAFTT_DATABRICKS_THEME=dark"} {
		name, value, _ := strings.Cut(set, "=")
		term := NewAt(t, NewHome(t).Set(name, value), 80, 24, "demo", "--scenario", "ready")
		term.WaitFor("Connect to your workspace", "36 characters received")
		screens[set] = term.Painted()
	}
	dark, light := screens["TERM=xterm-256color"], screens["COLORFGBG=0;15"]
	if dark == light || screens["DRAFTT_DATABRICKS_THEME=light"] != light || screens["DRAFTT_DATABRICKS_THEME=dark"] != dark {
		t.Errorf("the screens are\n%q", screens)
	}
}

func TestEveryTerminalTypeGetsAScreen(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"xterm", "xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			term := NewAt(t, NewHome(t).Set("TERM", kind), 80, 24, "demo", "--scenario", "ready")
			term.SignIn()
			term.WaitFor("› Starter Warehouse")
		})
	}
}

// Plain faces: nothing is redrawn, so what was said stays in the scrollback.
func TestAPlainTerminalIsAskedLineByLine(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(t *testing.T) *Terminal{
		"TERM=dumb": func(t *testing.T) *Terminal {
			return NewAt(t, NewHome(t).Set("TERM", "dumb"), 100, 50, "demo", "--scenario", "ready")
		},
		"ACCESSIBLE=1": func(t *testing.T) *Terminal {
			return NewAt(t, NewHome(t).Set("ACCESSIBLE", "1"), 100, 50, "demo", "--scenario", "ready")
		},
		"--plain": func(t *testing.T) *Terminal {
			return New(t, 100, 50, "demo", "--scenario", "ready", "--plain")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := open(t)
			term.WaitFor("Step 1 of 5", "Signed in as draftt-connector", "Step 2 of 5", "1. Starter Warehouse")
			if term.FullScreen() {
				t.Error("the program took the alternate screen")
			}
			if painted := term.Painted(); strings.Contains(painted, "\x1b[") && coloured.MatchString(painted) {
				t.Errorf("there is colour:\n%q", painted)
			}
		})
	}
}

// Say answers a question of the plain face.
func (term *Terminal) Say(answer string) {
	term.t.Helper()
	if answer != "" {
		term.Type(answer)
	}
	term.Press("Enter")
}

// Pick answers with the number that stands before the option.
func (term *Terminal) Pick(option string) {
	term.t.Helper()
	screen := term.WaitFor(". " + option)
	numbers := regexp.MustCompile(`(?m)^(\d+)\. `+regexp.QuoteMeta(option)).FindAllStringSubmatch(screen, -1)
	if len(numbers) == 0 {
		term.t.Fatalf("no option is called %q:\n%s", option, screen)
	}
	term.Say(numbers[len(numbers)-1][1])
}

func TestPlainWalksAllFiveSteps(t *testing.T) {
	t.Parallel()
	term := New(t, 100, 60, "demo", "--scenario", "first-time", "--plain")
	for step, purpose := range []string{"Connect to your workspace", "Select your SQL warehouse"} {
		term.WaitFor(fmt.Sprintf("Step %d of 5", step+1), purpose)
	}
	term.Pick("Starter Warehouse")
	term.WaitFor("Step 3 of 5", "13 catalogs")
	term.Pick("inventory,")
	term.WaitFor("3 schemas")
	term.Pick("assets,")
	term.WaitFor("GRANT USE CATALOG ON CATALOG `inventory`", "GRANT USE SCHEMA ON SCHEMA `inventory`.`assets`", "a to act as admin")
	term.Say("a")
	term.WaitFor("Type apply")
	term.Say("apply")
	term.WaitFor("Step 4 of 5", "the whole schema")
	term.Pick("the whole schema")
	term.WaitFor("12 tables")
	term.Pick("components,")
	term.WaitFor("Another table")
	term.Say("no")
	term.WaitFor("Step 5 of 5", "Review and save", "DESCRIBE", "LIMIT 5", "Name")
	term.Say("Plain inventory")
	left := term.WaitForExit(0)
	if !strings.Contains(left, `Saved "Plain inventory".`) {
		t.Errorf("nothing says that the connection was saved:\n%s", left)
	}
}
