package ui

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// longPaste is longer than a field is wide in any window of the tests.
var longPaste = tea.PasteMsg{Content: "https://adb-7405605519549535.15.azuredatabricks.net/sql/warehouses/5ab5dda58c1ea16b?o=7405605519549535&view=overview"}

func TestFramesLookAsDrawn(t *testing.T) {
	scenes := []struct {
		name string
		play func(o *order)
	}{
		{"empty", func(*order) {}},
		{"filled", func(o *order) {
			o.text("Ada")
			o.press("tab")
			o.send(tea.PasteMsg{Content: " dapi-0123456789 \r\n"})
			o.press("tab", "down")
		}},
		{"url", func(o *order) { o.send(longPaste) }},
		{"url-begins", func(o *order) {
			o.send(longPaste)
			o.press("home")
		}},
		{"url-shortened", func(o *order) {
			o.send(longPaste)
			o.press(slices.Repeat([]string{"backspace"}, 30)...)
		}},
		{"url-cleared", func(o *order) {
			o.send(longPaste)
			o.press("ctrl+u")
			o.text("adb")
		}},
		{"failed", func(o *order) { o.press("enter") }},
		{"confirm", func(o *order) { o.press("ctrl+t") }},
		{"help", func(o *order) { o.press("f1") }},
		{"leaving", func(o *order) { o.press("ctrl+c") }},
		{"beans", func(o *order) { o.press("ctrl+g") }},
		{"beans-filtered", func(o *order) {
			o.press("ctrl+g")
			o.text("hou")
		}},
		{"sugar", func(o *order) { o.press("ctrl+o", "esc") }},
		{"rules", func(o *order) { o.press("ctrl+o", "pgdown") }},
		{"recipe", func(o *order) { o.press("ctrl+g", "ctrl+v") }},
	}
	sizes := []struct{ width, height int }{{60, 18}, {80, 24}, {120, 40}, {200, 50}}
	for _, scene := range scenes {
		for _, size := range sizes {
			name := fmt.Sprintf("%s-%dx%d", scene.name, size.width, size.height)
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					o := newOrder(t, size.width, size.height)
					scene.play(o)
					compareGolden(t, name, o.screen())
				})
			})
		}
	}
}

func TestTooSmallAWindowShowsANoticeOnly(t *testing.T) {
	o := newOrder(t, 59, 18)
	compareGolden(t, "too-small-59x18", o.screen())
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	golden.Compare(t, filepath.Join("testdata", name+".golden"), got)
}
