package script

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Kind is what an action does.
type Kind int

// The kinds of action.
const (
	Press Kind = iota // one key
	Type              // a text, key by key
	Pause             // nothing, for a while
	See               // wait until a text shows
	Gone              // wait until a text no longer shows
)

// Action is one line of a script.
type Action struct {
	Line  int // counted from 1
	Kind  Kind
	Text  string // the name of the key, what is typed, or what is waited for
	Pause time.Duration
}

// LineError is a line that cannot be played, and why.
type LineError struct {
	Line int
	Why  string
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d of the script: %s", e.Line, e.Why) }

// longestPause keeps a slip of the hand, such as 500m, from standing still for hours.
const longestPause = time.Minute

// Parse reads a script, one action a line. A line is the name of a key, or one of
//
//	type TEXT       the rest of the line, key by key
//	pause 500ms     a duration of at most a minute
//	see "TEXT"      wait until the screen shows a text, wherever its lines break
//	gone "TEXT"     wait until it no longer does
//
// Empty lines and those that begin with # are left out. The error is a *LineError.
func Parse(content string) ([]Action, error) {
	var actions []Action
	for i, line := range strings.Split(content, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		action, why := parse(line)
		if why != "" {
			return nil, &LineError{i + 1, why}
		}
		action.Line = i + 1
		actions = append(actions, action)
	}
	return actions, nil
}

// parse reads one line, and says why it cannot be played.
func parse(line string) (action Action, why string) {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "type":
		if rest == "" {
			return action, "type is followed by the text to type."
		}
		return Action{Kind: Type, Text: rest}, ""
	case "pause":
		length, err := time.ParseDuration(rest)
		if err != nil || length <= 0 || length > longestPause {
			return action, "pause is followed by how long, such as 500ms or 2s, up to a minute."
		}
		return Action{Kind: Pause, Pause: length}, ""
	case "see", "gone":
		text, err := strconv.Unquote(rest)
		if err != nil || rest[0] != '"' || strings.TrimSpace(text) == "" {
			return action, fmt.Sprintf(`%s is followed by a text in double quotes: %s "Signed in".`, word, word)
		}
		kind := See
		if word == "gone" {
			kind = Gone
		}
		return Action{Kind: kind, Text: text}, ""
	}
	if _, ok := Key(line); !ok {
		return action, fmt.Sprintf("%q is neither a key nor type, pause, see or gone.", ansi.Truncate(line, 40, "…"))
	}
	return Action{Kind: Press, Text: line}, ""
}

var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f5": tea.KeyF5,
}

// Key is the press of a key by its name: one character, a name such as enter, esc, tab, space, up or f1, or ctrl+ and a letter.
func Key(name string) (tea.KeyPressMsg, bool) {
	if code, ok := named[name]; ok {
		return tea.KeyPressMsg{Code: code}, true
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}, true
	}
	if name == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}, true
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok && len(letter) == 1 && letter[0] >= 'a' && letter[0] <= 'z' {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}, true
	}
	if runes := []rune(name); len(runes) == 1 && runes[0] > ' ' {
		return tea.KeyPressMsg{Code: runes[0], Text: name}, true
	}
	return tea.KeyPressMsg{}, false
}

// Shows reports whether a frame or a text has another text in it, wherever lines break and whatever the colours.
func Shows(frame, text string) bool {
	return strings.Contains(inWords(frame), inWords(text))
}

func inWords(text string) string { return strings.Join(strings.Fields(ansi.Strip(text)), " ") }
