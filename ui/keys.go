package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Bind makes a key binding whose help names the first key and says in a word
// or two what it does: Bind("choose", "enter").
func Bind(does, name string, more ...string) key.Binding {
	return key.NewBinding(key.WithKeys(append([]string{name}, more...)...), key.WithHelp(name, does))
}

// keyName is the name of a pressed key as bindings write it. Several
// characters that arrive as one key press, as input methods send them, are
// text and have no name: the typed word "esc" is not the Esc key.
func keyName(msg tea.KeyPressMsg) string {
	if msg.Code == tea.KeyExtended {
		return ""
	}
	return msg.String()
}

// typedText is the printable text of a key press, empty for keys that edit,
// move or act.
func typedText(msg tea.KeyPressMsg) string {
	if msg.Mod.Contains(tea.ModCtrl) || msg.Mod.Contains(tea.ModAlt) {
		return ""
	}
	return keepPrintable(msg.Text)
}

// covers reports whether one of the enabled bindings uses the named key.
func covers(bindings []key.Binding, name string) bool {
	for _, binding := range bindings {
		if !binding.Enabled() {
			continue
		}
		for _, k := range binding.Keys() {
			if k == name {
				return true
			}
		}
	}
	return false
}

// names reports whether the hint of one of the bindings is the named key.
func names(bindings []key.Binding, name string) bool {
	return slices.ContainsFunc(bindings, func(b key.Binding) bool { return b.Help().Key == name })
}

// pressed reports whether a key press is one of an enabled binding.
func pressed(msg tea.KeyPressMsg, binding key.Binding) bool {
	name := keyName(msg)
	return name != "" && covers([]key.Binding{binding}, name)
}

// Leaves says what esc does while there is a filter, empty where it leaves the
// list; see Leaver.
func (p *Picker) Leaves() string {
	if p.Query() == "" {
		return ""
	}
	return "show all"
}

// WithChoice is the key that chooses, where there is a row to choose, before
// the other keys.
func (p *Picker) WithChoice(choose key.Binding, others ...key.Binding) []key.Binding {
	if _, ok := p.Selected(); !ok {
		return others
	}
	return append([]key.Binding{choose}, others...)
}
