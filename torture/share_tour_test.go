package torture

import (
	"context"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screens/home"
	"github.com/draftt-io/draftt-databricks/ui"
)

// excursions are the keys that show something more of a screen, in the order in which a visitor tries them. A toggle is pressed twice.
var excursions = []struct {
	name   string
	toggle bool
}{
	{"d", true}, {"y", false}, {"v", true}, {"s", false}, {"r", false}, {"t", true}, {"h", false}, {"a", false}, {"tab", false}, {"space", true},
	{"f2", true}, {"f3", true}, {"ctrl+g", false}, {"ctrl+l", false}, {"ctrl+o", false}, {"ctrl+r", false}, {"ctrl+t", true}, {"ctrl+w", false}, {"ctrl+y", false},
}

var (
	// closes is what a footer says where Esc leads back to the screen before.
	closes = regexp.MustCompile(`esc (close|not now|keep it|do not keep|stop)|enter wait here`)
	// proceeds is what it says where Enter leads on within a page that lies over a step.
	proceeds = regexp.MustCompile(`enter (choose|plan it|sign in|write the files)`)
)

// tour walks as far as the scenario lets it, and opens on every screen whatever its help page lists.
func (v *visitor) tour(target demo.Target) {
	names := []string{target.Table.Catalog.Raw(), target.Table.Schema.Raw()}
	met := map[string]int{}
	for range 30 {
		v.settle()
		screen := v.footer()
		if met[screen]++; met[screen] == 1 {
			v.explore()
		}
		if v.Finished() || met[screen] > 3 || v.waits > mostWaits {
			break
		}
		if frame := v.View().Content; v.Current() == 2 && strings.Contains(frame, "Type to filter") && len(names) > 0 {
			v.press(strings.Split(names[0], "")...)
			names = names[1:]
		}
		v.press("enter")
	}
	v.settle()
	v.look()
}

// explore opens everything that the help page of the present screen lists, and comes back.
func (v *visitor) explore() {
	v.look()
	v.send(tea.WindowSizeMsg{Width: 120, Height: 60})
	v.chord("f1")
	help := ansi.Strip(v.View().Content)
	v.press("esc")
	for _, key := range excursions {
		if !regexp.MustCompile(`(?m)[ /]` + regexp.QuoteMeta(key.name) + `(/[a-z0-9+]+)* {2,}\S`).MatchString(help) {
			continue
		}
		if v.Current() == 0 && (key.name == "ctrl+t" || key.name == "ctrl+o" && v.keeps) { // it fills in another secret
			continue
		}
		before := v.footer()
		v.chord(key.name)
		v.settle()
		v.look()
		v.within(before)
		if key.toggle {
			v.chord(key.name)
			v.settle()
		}
		for range 4 {
			if v.footer() == before || !closes.MatchString(v.footer()) {
				break
			}
			v.press("esc")
			v.settle()
		}
	}
	v.send(tea.WindowSizeMsg{Width: 80, Height: 24})
}

// within goes on inside a page that a key opened, as far as Enter leads; a plan is applied where it would grant something.
func (v *visitor) within(before string) {
	for range 5 {
		switch footer := v.footer(); {
		case footer == before:
			return
		case strings.Contains(footer, "enter apply"):
			v.press(strings.Split("apply", "")...)
		case !proceeds.MatchString(footer):
			return
		}
		v.press("enter")
		v.settle()
		v.look()
	}
}

// footer is what the keys do now, which tells screens apart.
func (v *visitor) footer() string {
	frame := strings.TrimRight(ansi.Strip(v.View().Content), "\n ")
	return frame[strings.LastIndexByte(frame, '\n')+1:]
}

// chord presses a key by the name that a help page gives it.
func (v *visitor) chord(name string) {
	named := map[string]tea.KeyPressMsg{
		"f1": {Code: tea.KeyF1}, "f2": {Code: tea.KeyF2}, "f3": {Code: tea.KeyF3}, "tab": {Code: tea.KeyTab}, "space": {Code: tea.KeySpace, Text: " "},
	}
	if letter, found := strings.CutPrefix(name, "ctrl+"); found {
		v.send(tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl})
	} else if msg, found := named[name]; found {
		v.send(msg)
	} else {
		v.press(name)
	}
}

// atHome opens the home screen over what a set-up saved, with all its pages.
func (o *onlooker) atHome(t *testing.T, w *demo.Workspace, kept *vault.Vault, keys vault.Keys) {
	t.Helper()
	theme := ui.NewTheme(true)
	home := home.New(setup.Environment{Network: hurried(w.Network()), Version: "1.2.3", Vault: kept, Now: o.clock.Now}, keys, &theme)
	ctx, cancel := context.WithCancel(context.Background())
	v := o.before(t, home.Shell(ctx), cancel)
	v.settle()
	v.explore() // before anything is tested
	for _, page := range []string{"t", "u", "r", "d", "m", "x"} {
		v.settle()
		v.press(page)
		v.settle()
		v.explore()
		v.press("esc")
	}
	v.settle()
	v.explore() // now that home tells how a test went
}
