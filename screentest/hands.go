package screentest

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/screentest/patience"
	"github.com/draftt-io/draftt-databricks/ui"
)

// send updates the shell and draws.
func (w *Walk) send(msg tea.Msg) {
	w.T.Helper()
	_, cmd := w.Update(msg)
	w.look()
	w.Run(cmd)
}

// Run runs a command on a goroutine of its own; its answer waits until the person looks.
func (w *Walk) Run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	w.Pending++
	go func() { w.inbox <- cmd() }()
}

var commandType = reflect.TypeFor[tea.Cmd]()

// take handles one answer. A batch is run at once; a sequence, whose type is not exported, one by one.
func (w *Walk) take(msg tea.Msg) {
	w.T.Helper()
	w.Pending--
	if msg == nil {
		return
	}
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			w.Run(cmd)
		}
		return
	}
	if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == commandType {
		for i := range list.Len() {
			w.Pending++
			w.take(list.Index(i).Interface().(tea.Cmd)())
		}
		return
	}
	if _, quit := msg.(tea.QuitMsg); !quit {
		w.send(msg)
	}
}

// Settle waits until nothing runs any more, neither work nor animation.
func (w *Walk) Settle() {
	w.T.Helper()
	w.Until("everything is still", func() bool { return w.Pending == 0 })
}

// Calm is settle where a privilege is missing and looked for again every few seconds: all but that wait and its count-down has ended.
func (w *Walk) Calm() {
	w.T.Helper()
	w.Until("only the next look is waited for", w.IsCalm)
}

// IsCalm reports whether all but that wait and its count-down has ended, which may go on in a panel below another.
func (w *Walk) IsCalm() bool {
	counts := func(panel ui.Panel) bool { return strings.Contains(panel.View(80, 100), "Looks again in") }
	return w.Pending == 0 || w.Pending == 2 && (w.Shows("Looks again in") || slices.ContainsFunc(w.Standing(), counts))
}

// Until takes answers until something is so.
func (w *Walk) Until(what string, so func() bool) {
	w.T.Helper()
	limit := patience.Over(w.T)
	for !so() {
		select {
		case msg := <-w.inbox:
			w.take(msg)
		case <-limit:
			w.T.Fatalf("it never came to be that %s:\n%s", what, w.Screen())
		}
	}
}

// Resize gives the window another size, in cells.
func (w *Walk) Resize(width, height int) {
	w.T.Helper()
	w.width, w.height = width, height
	w.send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Press presses keys by name; a name of one character is that character.
func (w *Walk) Press(names ...string) {
	w.T.Helper()
	for _, name := range names {
		w.send(PressOf(w.T, name))
	}
}

// PressKey presses one key.
func (w *Walk) PressKey(key tea.KeyPressMsg) {
	w.T.Helper()
	w.send(key)
}

// Write types text, key by key.
func (w *Walk) Write(text string) {
	w.T.Helper()
	for _, r := range text {
		w.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// Paste pastes a text as a terminal with bracketed paste does.
func (w *Walk) Paste(text string) {
	w.T.Helper()
	w.send(tea.PasteMsg{Content: text})
}

var namedKeys = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
}

// PressOf is the press of a key by its name, as Press takes it. It fails the test for a name of no key.
func PressOf(t testing.TB, name string) tea.KeyPressMsg {
	t.Helper()
	if code, ok := namedKeys[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if len([]rune(name)) != 1 {
		t.Fatalf("no key is called %q", name)
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}
