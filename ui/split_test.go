package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestFromOneHundredAndTenColumnsDetailsStandBesideTheList(t *testing.T) {
	theme := NewTheme(true)
	picker := NewPicker(&theme)
	picker.AppendNames(beanNames)
	about := func(width, _ int) string {
		return Wrap("Harrar grows in the east of Ethiopia, is dried in the sun, and tastes of blueberries and wine.", width)
	}
	for window, want := range map[int]string{109: "one below the other", 110: "side by side"} {
		theme.window = window
		lines := strings.Split(plainText(Split(&theme, 90, 12, picker.View, about)), "\n")
		is := "one below the other"
		if strings.Contains(lines[1], "Harrar longberry") && strings.Contains(lines[1], "│") {
			is = "side by side"
		}
		if is != want || len(lines) > 13 {
			t.Errorf("in a window of %d they stand %s:\n%s", window, is, strings.Join(lines, "\n"))
		}
	}
}

func TestASplitNeverOverflows(t *testing.T) {
	theme := NewTheme(true)
	long := func(width, height int) string { return strings.Repeat(strings.Repeat("日本", width)+"\n", height*2) }
	for _, window := range []int{60, 110, 140} {
		theme.window = window
		for width := 10; width <= 130; width += 7 {
			for height := 3; height < 40; height += 5 {
				drawn := strings.Split(Split(&theme, width, height, long, long), "\n")
				if len(drawn) > height {
					t.Fatalf("%d lines where there are %d", len(drawn), height)
				}
				for _, line := range drawn {
					if got := ansi.StringWidth(line); window >= splitFrom && got > width {
						t.Fatalf("%d cells where there are %d: %q", got, width, line)
					}
				}
			}
		}
	}
}

// TestDetailsGiveWayBeforeTheListDoes has a list of more rows than there is room for, and details of many lines.
func TestDetailsGiveWayBeforeTheListDoes(t *testing.T) {
	theme := NewTheme(true)
	theme.window = 60
	rows := func(_, height int) string { return strings.TrimSuffix(strings.Repeat("row\n", min(40, height)), "\n") }
	few := func(_, height int) string { return strings.TrimSuffix(strings.Repeat("row\n", min(2, height)), "\n") }
	about := func(_, height int) string { return strings.Repeat("detail\n", height) }
	for height := 3; height < 20; height++ {
		drawn := Split(&theme, 60, height, rows, about)
		if got := strings.Count(drawn, "row"); got < min(height, fewestRows) {
			t.Errorf("of %d lines the list has %d:\n%s", height, got, drawn)
		}
		if details := strings.Count(drawn, "detail"); details > 0 && details < leastAbout || height >= 14 && details == 0 {
			t.Errorf("of %d lines %d are details", height, details)
		}
		if got := strings.Count(Split(&theme, 60, height, few, about), "detail"); height >= 2+1+leastAbout && got != height-3 {
			t.Errorf("beside two rows in %d lines %d are details", height, got)
		}
	}
}
