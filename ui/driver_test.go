package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// order is a wizard under test.
type order struct {
	*Shell
	t     testing.TB
	first *orderStep
	beans *beansStep
	// slow has the world take its time over a command; waits are those that
	// it has not got to yet. Without it every answer comes at once.
	slow  func() bool
	waits []tea.Cmd
}

func newOrder(t testing.TB, width, height int) *order {
	t.Setenv("REDUCED_MOTION", "1")
	theme := NewTheme(true)
	o := &order{t: t, first: newOrderStep(&theme), beans: newBeansStep(&theme)}
	o.Shell = NewShell(t.Context(), []Step{o.first, o.beans}, Options{
		Product: "Coffee · Corner shop",
		Status:  func() []Chip { return []Chip{{Text: "Machine warming up 1:40"}, {Text: "DEMO"}} },
		Subject: func() string { return "counter-7.corner.example" },
		Done:    func(index int) bool { return index < o.Current() },
		Theme:   &theme,
	})
	o.Init()
	o.send(tea.WindowSizeMsg{Width: width, Height: height})
	return o
}

// send updates the shell with messages and runs what comes back until
// everything has settled; ticks and questions to the terminal are left out.
func (o *order) send(msgs ...tea.Msg) {
	o.t.Helper()
	for _, msg := range msgs {
		_, cmd := o.Update(msg)
		o.View()
		if !o.over() {
			o.settle(cmd)
		}
	}
}

func (o *order) settle(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if o.slow != nil && o.slow() {
		o.waits = append(o.waits, cmd)
		return
	}
	switch msg := cmd().(type) {
	case nil, pulseMsg:
	case tea.BatchMsg:
		for _, inner := range msg {
			o.settle(inner)
		}
	default:
		o.send(msg)
	}
}

// catchUp has the world get to everything that it took its time over.
func (o *order) catchUp() {
	o.t.Helper()
	late := o.waits
	o.waits, o.slow = nil, nil
	for _, cmd := range late {
		if !o.over() {
			o.settle(cmd)
		}
	}
}

// press sends keys by name; a name of one character is typed text.
func (o *order) press(names ...string) {
	o.t.Helper()
	for _, name := range names {
		o.send(pressOf(name))
	}
}

func (o *order) text(text string) {
	o.t.Helper()
	for _, r := range text {
		o.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

var namedKeys = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "delete": tea.KeyDelete,
}

func pressOf(name string) tea.KeyPressMsg {
	if code, ok := namedKeys[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	if name == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if len([]rune(name)) != 1 {
		panic(fmt.Sprintf("no key is called %q", name))
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// screen is the frame as plain text.
func (o *order) screen() string { return plainText(o.View().Content) }

func plainText(content string) string {
	lines := strings.Split(ansi.Strip(content), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}
