package torture

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// specials are the keys that type nothing.
var specials = []rune{
	tea.KeyEnter, tea.KeyEnter, tea.KeyEnter, tea.KeyEnter, tea.KeyEscape, tea.KeyTab, tea.KeyBackspace, tea.KeyDelete, tea.KeyInsert,
	tea.KeyUp, tea.KeyDown, tea.KeyDown, tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyPgUp, tea.KeyPgDown, tea.KeySpace,
	tea.KeyF1, tea.KeyF2, tea.KeyF3, tea.KeyF4, tea.KeyF5, tea.KeyF12, tea.KeyF20, tea.KeyMenu, tea.KeyCapsLock, tea.KeyMediaPlay,
}

// typed is what an input method may send as one key.
var typed = []string{
	"a", "b", "c", "d", "e", "g", "h", "k", "n", "r", "s", "t", "u", "v", "x", "y", "A", "Z", "0", "9", " ", ".", "-", "_", "'", "`", "\"", "\\", "/", "?", "%", "é", "ß", "日", "本語", "🧑🏽‍🚀",
	"e\u0301\u0302\u0303\u0304", "\u202E", "\u200B", "\u00A0", "\uFEFF", "\x00", "\x1b", "\x7f", "\u0085", "\uE000", "\xff", "esc", "ctrl+c", "\t", "\n",
}

// pasted is what may lie in a clipboard.
var pasted = []string{
	"", "\n", "adb-7405605741000000.0.azuredatabricks.net\r\n", "https://adb-1.2.azuredatabricks.net/?o=1", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22",
	"dosecafec0ffee\r\n", "inventory", "\x1b[2J\x1b]0;owned\a", "a\tb\tc", "\u202Egnirts", strings.Repeat("long ", 5000), strings.Repeat("日", 3000), "\x1b[201~", "apply\n", savedNames[0], homePassphrase,
}

// event is anything that a terminal may send.
func (m *monkey) event() tea.Msg {
	pick := func(n int) int { return m.random.IntN(n) }
	switch pick(40) {
	case 0:
		return tea.PasteMsg{Content: pasted[pick(len(pasted))]}
	case 1:
		return tea.WindowSizeMsg{Width: 1 + pick(160), Height: 1 + pick(60)}
	case 2, 3: // on both sides of where two panes begin
		return tea.WindowSizeMsg{Width: 60 + pick(100), Height: 18 + pick(30)}
	case 4:
		return tea.WindowSizeMsg{}
	case 5:
		return tea.FocusMsg{}
	case 6:
		return tea.KeyReleaseMsg{Code: tea.KeyEnter}
	case 7, 8, 9:
		return tea.KeyPressMsg{Code: rune('a' + pick(26)), Mod: tea.ModCtrl}
	case 10:
		return tea.KeyPressMsg{Code: rune('a' + pick(26)), Mod: tea.ModAlt}
	case 11:
		return tea.KeyPressMsg{Code: specials[pick(len(specials))], Mod: tea.KeyMod(pick(64))}
	case 12:
		return tea.MouseClickMsg{X: pick(200), Y: pick(60)}
	}
	if pick(2) == 0 {
		return tea.KeyPressMsg{Code: specials[pick(len(specials))]}
	}
	text := typed[pick(len(typed))]
	if runes := []rune(text); len(runes) == 1 {
		return tea.KeyPressMsg{Code: runes[0], Text: text}
	}
	return tea.KeyPressMsg{Code: tea.KeyExtended, Text: text}
}
