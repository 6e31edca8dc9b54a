package console

import "testing"

func TestColourFollowsTheWishesOfTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		name           string
		set            map[string]string
		terminal, want bool
	}{
		{"a terminal", nil, true, true},
		{"a pipe", nil, false, false},
		{"NO_COLOR", map[string]string{"NO_COLOR": "yes"}, true, false},
		{"NO_COLOR against what forces", map[string]string{"NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, true, false},
		{"NO_COLOR that is empty", map[string]string{"NO_COLOR": ""}, true, true},
		{"FORCE_COLOR in a pipe", map[string]string{"FORCE_COLOR": "3"}, false, true},
		{"FORCE_COLOR=0", map[string]string{"FORCE_COLOR": "0"}, true, false},
		{"FORCE_COLOR=false", map[string]string{"FORCE_COLOR": "false"}, true, false},
		{"CLICOLOR_FORCE in a pipe", map[string]string{"CLICOLOR_FORCE": "1"}, false, true},
		{"CLICOLOR_FORCE=0", map[string]string{"CLICOLOR_FORCE": "0"}, false, false},
		{"CLICOLOR=0", map[string]string{"CLICOLOR": "0"}, true, false},
		{"CLICOLOR=1 in a pipe", map[string]string{"CLICOLOR": "1"}, false, false},
		{"CLICOLOR=0 against what forces", map[string]string{"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Coloured(func(name string) string { return c.set[name] }, c.terminal); got != c.want {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestTheBackgroundIsTheChosenOneOrElseWhatTheTerminalSet(t *testing.T) {
	for _, c := range []struct {
		chosen, colorfgbg string
		want              Background
		known             bool
	}{
		{"", "", Background{}, true},
		{"", "0;15", Background{Light: true}, true},
		{"", "0;default;7", Background{Light: true}, true},
		{"auto", "15;0", Background{}, true},
		{"", "15;8", Background{}, true},
		{"", "0;default", Background{}, true},
		{"Light", "15;0", Background{Light: true, Chosen: true}, true},
		{"dark", "0;15", Background{Chosen: true}, true},
		{"blue", "0;15", Background{Light: true}, false},
	} {
		if got, known := BackgroundOf(c.chosen, c.colorfgbg); got != c.want || known != c.known {
			t.Errorf("%q and %q: %+v, %v", c.chosen, c.colorfgbg, got, known)
		}
	}
}
