package torture

import (
	"flag"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

var resizes = flag.Int("resizes", 1000, "how often the window changes its size")

// passing is what changes by itself in a frame: how long something took, or has been so.
var passing = regexp.MustCompile(`\d+(\.\d)? m?s\b|\b\d+:\d\d\b`)

// turning is what a spinner shows, which is a blank before it begins to turn.
var turning = regexp.MustCompile(`[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]`)

func (m *monkey) screen() string {
	return passing.ReplaceAllString(turning.ReplaceAllString(ansi.Strip(m.View().Content), " "), "")
}

// storm changes the window's size over and over, and checks that the screen is as it was once the storm is over.
func (m *monkey) storm(count int) {
	m.t.Helper()
	m.do(tea.WindowSizeMsg{Width: 80, Height: 24})
	m.settle()
	before := m.screen()
	for range count {
		size := tea.WindowSizeMsg{Width: 1 + m.random.IntN(500), Height: 1 + m.random.IntN(200)}
		if m.random.IntN(2) == 0 { // around the sizes where the layout changes
			size = tea.WindowSizeMsg{Width: 1 + m.random.IntN(100), Height: 1 + m.random.IntN(30)}
		}
		m.do(size)
	}
	m.do(tea.WindowSizeMsg{Width: 80, Height: 24})
	m.settle()
	if after := m.screen(); after != before {
		m.t.Errorf("a storm of sizes left another screen\nbefore:\n%s\nafter:\n%s", before, after)
	}
}

func (m *monkey) write(text string) {
	for _, r := range text {
		m.do(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func TestNothingTypedIsLostInAStormOfSizes(t *testing.T) {
	alone(t)
	m := sit(t, "ready", 11)
	scenes := []func(){
		func() {},
		func() { m.write("x") },
		func() { m.press("esc") },
		func() { m.press("x"); m.do(tea.KeyPressMsg{Code: tea.KeyBackspace}) }, // whoever stays has typed it besides
		func() { m.do(tea.KeyPressMsg{Code: tea.KeyBackspace}) },
		func() { m.do(tea.KeyPressMsg{Code: tea.KeyF1}) },
		func() { m.press("esc"); m.press("enter") },
		func() { m.press("enter") },
		func() { m.write("start") },
		func() { m.press("enter") },
		func() { m.write("inventory") },
		func() { m.press("enter") },
		func() { m.press("enter") },
		func() { m.press("enter") },
		func() { m.write("comp") },
		func() { m.press("enter") },
		func() { m.press("enter") },
		func() { m.write(" of the whole house") },
		func() { m.do(tea.KeyPressMsg{Code: 'w', Mod: tea.ModCtrl}) },
	}
	m.storms(scenes)
	if m.Current() != 4 {
		t.Errorf("the storm ended in step %d", m.Current()+1)
	}
}

// storms plays scenes one after the other, each with a storm behind it.
func (m *monkey) storms(scenes []func()) {
	m.t.Helper()
	each := (*resizes + len(scenes) - 1) / len(scenes)
	for _, scene := range scenes {
		scene()
		m.settle()
		m.storm(each)
	}
	m.t.Logf("%d sizes, %d frames", each*len(scenes), m.frames)
}

func TestNothingTypedAtHomeIsLostInAStormOfSizes(t *testing.T) {
	alone(t)
	m := atHome(t, "ready", 13, false)
	showing := func(text string, play func()) func() {
		return func() {
			play()
			m.settle()
			if !strings.Contains(m.screen(), text) {
				t.Errorf("nothing shows %q:\n%s", text, m.screen())
			}
		}
	}
	m.storms([]func(){
		showing("› Field ops", func() {}),
		showing("› inventory of the", func() { m.press("down") }),
		showing("1 of 1 (3)", func() { m.press("/"); m.write("ops") }),
		showing("✓ Rows", func() { m.press("enter", "enter") }), // the first ends the filter
		showing("Read-only certificate", func() { m.press("esc", "u") }),
		showing("a new secret", func() { m.press("esc", "r") }),
		showing("Field o", func() { m.press("esc", "x"); m.write("Field o") }),
		showing("Each level", func() { m.press("esc", "d") }),
		showing("Keys", func() { m.press("esc", "?") }),
	})
	if m.house.setup != nil {
		t.Error("the storm left home")
	}
}

func TestANameThatWasTypedIsThereAfterGoingBackAndForth(t *testing.T) {
	alone(t)
	m := sit(t, "ready", 12)
	m.advance(4)
	if m.Current() != 4 {
		t.Fatalf("the walk ended in step %d", m.Current()+1)
	}
	m.settle()
	m.write("the whole house") // takes the place of the name that is proposed
	m.press("esc")
	m.settle()
	m.press("enter")
	m.settle()
	if m.Current() != 4 || !regexp.MustCompile(`Name +the whole house`).MatchString(m.screen()) {
		t.Errorf("the name was lost:\n%s", m.screen())
	}
}
