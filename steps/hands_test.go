package steps

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// send updates the shell and draws.
func (w *Walk) send(msg tea.Msg) {
	w.t.Helper()
	_, cmd := w.Update(msg)
	w.look()
	w.run(cmd)
}
func (w *Walk) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	w.pending++
	go func() { w.inbox <- cmd() }()
}

var commandType = reflect.TypeFor[tea.Cmd]()

// take handles one answer. A batch is run at once; a sequence, whose type is not exported, one by one.
func (w *Walk) take(msg tea.Msg) {
	w.t.Helper()
	w.pending--
	if msg == nil {
		return
	}
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			w.run(cmd)
		}
		return
	}
	if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == commandType {
		for i := range list.Len() {
			w.pending++
			w.take(list.Index(i).Interface().(tea.Cmd)())
		}
		return
	}
	if _, quit := msg.(tea.QuitMsg); !quit {
		w.send(msg)
	}
}

// settle waits until nothing runs any more, neither work nor animation.
func (w *Walk) settle() {
	w.t.Helper()
	w.until("everything is still", func() bool { return w.pending == 0 })
}

// calm is settle where a privilege is missing and looked for again every few seconds: all but that wait and its count-down has ended.
func (w *Walk) calm() {
	w.t.Helper()
	w.until("only the next look is waited for", func() bool {
		return w.pending == 0 || w.pending == 2 && w.shows("Looks again in")
	})
}

// until takes answers until something is so.
func (w *Walk) until(what string, so func() bool) {
	w.t.Helper()
	limit := time.After(patience)
	for !so() {
		select {
		case msg := <-w.inbox:
			w.take(msg)
		case <-limit:
			w.t.Fatalf("it never came to be that %s:\n%s", what, w.screen())
		}
	}
}
func (w *Walk) resize(width, height int) {
	w.t.Helper()
	w.width, w.height = width, height
	w.send(tea.WindowSizeMsg{Width: width, Height: height})
}

// press presses keys by name; a name of one character is that character.
func (w *Walk) press(names ...string) {
	w.t.Helper()
	for _, name := range names {
		w.send(pressOf(w.t, name))
	}
}

// write types text, key by key.
func (w *Walk) write(text string) {
	w.t.Helper()
	for _, r := range text {
		w.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func (w *Walk) paste(text string) {
	w.t.Helper()
	w.send(tea.PasteMsg{Content: text})
}

var namedKeys = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome, "end": tea.KeyEnd, "f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3,
}

func pressOf(t testing.TB, name string) tea.KeyPressMsg {
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
