package ui

import (
	"slices"
	"strconv"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// A terminal with 16 colours takes the nearest one. Yellow and cyan on white, or blue on black, cannot be read there.
func TestWithSixteenColoursEveryTextCanBeRead(t *testing.T) {
	for _, story := range []struct {
		name       string
		colours    palette
		unreadable []ansi.BasicColor
	}{
		{"dark", darkPalette, []ansi.BasicColor{ansi.Black, ansi.Red, ansi.Blue, ansi.Magenta, ansi.BrightBlack, ansi.BrightBlue}},
		{"light", lightPalette, []ansi.BasicColor{ansi.Yellow, ansi.Cyan, ansi.White, ansi.BrightRed, ansi.BrightGreen,
			ansi.BrightYellow, ansi.BrightBlue, ansi.BrightMagenta, ansi.BrightCyan, ansi.BrightWhite}},
	} {
		c := story.colours
		for _, number := range []string{c.accent, c.good, c.bad, c.warn, c.grey} {
			n, err := strconv.ParseUint(number, 10, 8)
			if err != nil {
				t.Fatal(err)
			}
			if basic := ansi.Convert16(ansi.IndexedColor(n)); slices.Contains(story.unreadable, basic) {
				t.Errorf("on a %s background, colour %s becomes number %d of the 16", story.name, number, basic)
			}
		}
	}
}
