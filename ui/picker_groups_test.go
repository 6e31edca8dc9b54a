package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// fruitAndRoots is a picker of two groups, of which the first has no heading.
func fruitAndRoots() *Picker {
	p := newPicker()
	p.SetHeadings("", "Roots (2)")
	p.Append([]PickerItem{{Name: "apple"}, {Name: "pear"}, {Name: "red currant"}, {Name: "carrot", Group: 1}, {Name: "parsnip", Group: 1}})
	return p
}

func linesOf(p *Picker, height int) []string {
	view := strings.Split(ansi.Strip(p.View(40, height)), "\n")[1:]
	for i, line := range view {
		view[i] = strings.Trim(line, " ›│┃")
	}
	return view
}

func TestGroupsStandBelowTheirHeadings(t *testing.T) {
	p := fruitAndRoots()
	want := []string{"apple", "pear", "red currant", "", "Roots (2)", "carrot", "parsnip"}
	if got := linesOf(p, 20); !slices.Equal(got, want) {
		t.Errorf("drew %q", got)
	}
	if got := p.Height(100); got != len(want) {
		t.Errorf("needs %d lines", got)
	}
}

func TestWhatAFilterLetsThroughIsOneListBestFirst(t *testing.T) {
	p := fruitAndRoots()
	typeInto(p, "pa")
	if got := linesOf(p, 20); !slices.Equal(got, []string{"parsnip"}) {
		t.Errorf("drew %q", got)
	}
	p.SetQuery("r")
	if got := linesOf(p, 20); len(got) != 4 || got[0] != "red currant" {
		t.Errorf("drew %q", got)
	}
	p.SetQuery("")
	if got := linesOf(p, 20); !slices.Contains(got, "Roots (2)") {
		t.Errorf("drew %q", got)
	}
}

func TestTheRowUnderTheCursorIsInSightWhateverStandsOverIt(t *testing.T) {
	for height := 2; height < 10; height++ {
		p := fruitAndRoots()
		for range 2 {
			for _, key := range []string{"down", "down", "down", "down", "up", "up", "end", "home", "pgdown", "pgdown", "pgup"} {
				p.Key(pressOf(key))
				lines := linesOf(p, height)
				if len(lines) > height-1 || !slices.Contains(lines, selectedName(t, p)) {
					t.Fatalf("%d lines, after %s: %q is not among %q", height, key, selectedName(t, p), lines)
				}
			}
		}
	}
}
