package ui

import (
	tea "charm.land/bubbletea/v2"
)

// press is the one place that decides who gets a key.
func (s *Shell) press(msg tea.KeyPressMsg) tea.Cmd {
	name := keyName(msg)
	if name != shareKey {
		s.theme.Notice = "" // it was read, or nobody cares
	}
	switch {
	case name == shareKey:
		return s.share()
	case name == "ctrl+c":
		s.left = s.asking
		s.asking = true
	case s.asking:
		// Any other key stays, and does nothing else: it was the answer.
		s.asking = false
	case s.layout().tooSmall:
	case name == "ctrl+z" && canSuspend:
		return suspend()
	case s.opt.Card.Key != "" && name == s.opt.Card.Key:
		s.help, s.card = helpPage{}, helpPage{open: !s.card.open}
	case s.page() != nil:
		s.page().press(name)
	case name == "esc":
		return s.escape()
	case name == "f1", name == "?" && !s.typing():
		s.help.open = true
	default:
		return s.tell(msg)
	}
	return nil
}

// paste goes to the step, unless something of the shell lies over it.
func (s *Shell) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case s.asking:
		s.asking = false
	case s.layout().tooSmall, s.page() != nil:
	default:
		return s.tell(msg)
	}
	return nil
}

func (s *Shell) escape() tea.Cmd {
	closed := false
	s.attempt(s.named("closing something in"), func() { closed = s.steps[s.current].Escape() })
	if closed {
		return nil
	}
	return s.move(Back())
}

func (s *Shell) typing() (typing bool) {
	s.attempt(s.named("asking"), func() { typing = s.steps[s.current].Typing() })
	return typing
}
