package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A coach costs the step no row, hears what the step shows, and keeps silent over questions and the shell's own pages.
func TestTheCoachSpeaksAboveTheKeys(t *testing.T) {
	for _, size := range []struct{ width, height int }{{60, 18}, {120, 40}} {
		o := newOrder(t, size.width, size.height)
		without := strings.Split(o.screen(), "\n")
		var title, shows string
		o.opt.Coach = func(on string, _ bool, text string) string {
			title, shows = on, text
			return "Shop: enter " + strings.Repeat("brews ", 40)
		}
		o.send(tea.WindowSizeMsg{Width: size.width, Height: size.height})
		with := strings.Split(o.screen(), "\n")
		for i := range without {
			line := strings.TrimSpace(with[i])
			switch {
			case i == size.height-2:
				if !strings.HasPrefix(line, "Shop: enter brews") || cells(with[i]) > size.width {
					t.Errorf("above the keys stands %q", with[i])
				}
			case with[i] != without[i]:
				t.Errorf("line %d is %q with a coach, and %q without", i, with[i], without[i])
			}
		}
		if title != o.steps[0].Title() || shows == "" || strings.Contains(shows, "  ") || strings.Contains(shows, "\x1b") {
			t.Errorf("the coach heard of %q: %q", title, shows)
		}
		for _, name := range []string{"ctrl+c", "f1"} {
			o.press(name)
			if strings.Contains(o.screen(), "Shop:") {
				t.Errorf("the coach speaks after %s:\n%s", name, o.screen())
			}
			o.press("esc")
		}
	}
}

func TestTheCoachHearsWhetherAPanelIsOpenOverTheStep(t *testing.T) {
	o := newOrder(t, 80, 24)
	o.opt.Coach = func(on string, panel bool, _ string) string {
		if panel {
			return "Shop: over " + on
		}
		return "Shop: on " + on
	}
	title := o.steps[0].Title()
	for _, key := range []struct{ name, said string }{
		{"ctrl+o", "Shop: over " + title}, {"esc", "Shop: over " + title}, {"esc", "Shop: on " + title}, // the house rules, the sugar, the order
	} {
		if o.press(key.name); !strings.Contains(o.screen(), key.said) {
			t.Errorf("after %s the coach does not say %q:\n%s", key.name, key.said, o.screen())
		}
	}
}
