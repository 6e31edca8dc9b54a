package ui

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// fits fails when the frame is larger than the window.
func fits(t *testing.T, view tea.View, width, height int) {
	t.Helper()
	lines := strings.Split(view.Content, "\n")
	if len(lines) > height {
		t.Fatalf("%d lines in a window of %d×%d", len(lines), width, height)
	}
	for _, line := range lines {
		if got := ansi.StringWidth(line); got > width {
			t.Fatalf("a line of %d cells in a window of %d×%d: %q", got, width, height, line)
		}
	}
	if c := view.Cursor; c != nil && (c.X < 0 || c.X >= width || c.Y < 0 || c.Y >= height) {
		t.Fatalf("the cursor is outside the window: %+v", c)
	}
}

func TestAResizeStormNeverOverflowsTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 2))
		o := newOrder(t, 80, 24)
		o.text("Ada with a name that is longer than the field is wide, 日本語, to be scrolled")
		scenes := []func(){
			func() {},
			func() { o.press("enter") },
			func() { o.press("ctrl+t") },
			func() { o.press("esc", "f1") },
			func() { o.press("esc", "ctrl+c") },
			func() { o.press("x", "ctrl+g") },
			func() { o.press("ctrl+v", "down", "end") },
			func() { o.press("esc", "ctrl+o") },
			func() { o.press("end", "f1") },
			func() { o.press("esc", "v", "end") },
			func() { o.press("esc", "esc") },
		}
		for _, scene := range scenes {
			o.send(tea.WindowSizeMsg{Width: 80, Height: 24})
			scene()
			for range 120 {
				width, height := 1+random.IntN(500), 1+random.IntN(200)
				if random.IntN(2) == 0 {
					width, height = 1+random.IntN(90), 1+random.IntN(30)
				}
				o.send(tea.WindowSizeMsg{Width: width, Height: height})
				fits(t, o.View(), width, height)
			}
		}
		if _, isSugar := o.top().Panel.(*sugarPanel); o.Current() != 1 || !isSugar {
			t.Fatal("the storm did not reach the last scene")
		}
	})
}

func TestTwentyThousandRandomKeysDoNoHarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(3, 4))
		names := []string{"enter", "esc", "tab", "backspace", "up", "down", "left", "right", "pgup", "pgdown",
			"home", "end", "f1", "delete", "space", "ctrl+t", "ctrl+g", "ctrl+v", "ctrl+u", "ctrl+w", "ctrl+n",
			"ctrl+p", "ctrl+c", "ctrl+o", "f2", "?", "v", "a", "o", "é", "日", "\u200B", "\x1b", "\u202E"}
		again := func(width, height int) *order {
			o := newOrder(t, width, height)
			o.opt.Card = Card{Key: "f2", Title: "Beforehand", View: func(int) string { return strings.Repeat("Bring a cup.\n", 30) }}
			o.slow = func() bool { return random.IntN(2) == 0 }
			return o
		}
		width, height, deepest := 80, 24, 0
		o := again(width, height)
		for range 20_000 {
			name := names[random.IntN(len(names))]
			if o.asking && name == "ctrl+c" {
				continue
			}
			switch random.IntN(50) {
			case 0:
				o.send(tea.PasteMsg{Content: hostile})
			case 1:
				width, height = 1+random.IntN(120), 1+random.IntN(50)
				o.send(tea.WindowSizeMsg{Width: width, Height: height})
			}
			o.press(name)
			if random.IntN(20) == 0 {
				slow := o.slow
				o.catchUp()
				o.slow = slow
			}
			stands(t, o)
			deepest = max(deepest, len(o.stack))
			if o.Err() != nil {
				t.Fatalf("after %q: %v", name, o.Err())
			}
			fits(t, o.View(), width, height)
			if o.over() {
				o = again(width, height)
			}
		}
		if deepest < 5 {
			t.Errorf("the keys never came deeper than %d", deepest)
		}
		o.send(pressOf("ctrl+c"))
		o.send(pressOf("ctrl+c"))
		if !o.Left() {
			t.Fatal("ctrl+c twice must leave from anywhere")
		}
	})
}

// stands fails unless everything on the stack goes on, and each only once.
func stands(t *testing.T, o *order) {
	t.Helper()
	for i, who := range o.stack {
		if who.ctx.Err() != nil && !o.over() {
			t.Fatalf("%T is in sight after its end", who.Panel)
		}
		if o.at(who.Panel) != i {
			t.Fatalf("%T stands over itself", who.Panel)
		}
	}
}

func TestHostileTextCannotTouchTheScreen(t *testing.T) {
	theme := NewTheme(true)
	field := NewField(&theme, "Name", "")
	field.Focus()
	field.Paste(hostile)
	field.SetNote(MarkWarn, hostile)
	picker := NewPicker(&theme)
	picker.AppendNames([]string{hostile, "good"})
	picker.Describe(func(int) PickerRow { return PickerRow{Cells: []string{hostile, hostile}, Mark: MarkWarn} })
	drawn := map[string]string{
		"field":     field.View(60),
		"picker":    picker.View(60, 5),
		"checklist": Checklist(&theme, []CheckRow{{MarkFail, hostile, hostile, 1}}, 60),
		"table":     DataTable(&theme, []string{hostile, "b"}, [][]string{{hostile, hostile}}, 60, 5),
		"failed":    Failed(hostile, hostile, hostile).View(&theme, 60),
		"choice":    NewHuhSelect(&theme, "Size", new(int), HuhOption[int]{hostile, 0}).View(60),
		"snippet":   NewSnippet(&theme, hostile, "a.sql").View(60, 9),
	}
	for what, text := range drawn {
		bare := strings.NewReplacer(cursorMark, "", fullWidthMark, "").Replace(text)
		for _, bad := range []string{"\x1b[2J", "\x1b]", "\a", "\u202E", "\u200B", "\r", "\x9b", "\xff"} {
			if strings.Contains(bare, bad) {
				t.Errorf("%s draws %q: %q", what, bad, bare)
			}
		}
		for _, line := range strings.Split(bare, "\n") {
			if what != "snippet" && ansi.StringWidth(line) > 60 {
				t.Errorf("%s draws a line of %d cells", what, ansi.StringWidth(line))
			}
		}
	}
}
