package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui/jobs"
)

// notSuspended is said where ctrl+z could not stop the program.
const notSuspended = "No shell here could bring the program back, so ctrl+z did nothing."

// press is the one place that decides who gets a key.
func (s *Shell) press(msg tea.KeyPressMsg) tea.Cmd {
	name := keyName(msg)
	if typedText(msg) != "" && !s.blind.IsZero() {
		if s.opt.Now().Before(s.blind) {
			return nil
		}
		s.blind = time.Time{}
	}
	if name != shareKey {
		s.theme.Notice = "" // it was read, or nobody cares
	}
	if typedText(msg) != "" && name != "?" { // which asks for help on a page
		s.uncover()
	}
	if text := typedText(msg); s.unveiling && text != "" && name != "y" && s.typing() {
		s.unveiling = false // it keeps the aliases, and goes on to the field that takes it
	}
	switch {
	case s.unveiling:
		s.unveil(name)
	case name == shareKey:
		s.share()
	case name == "ctrl+c", name == "esc" && s.asking && s.escaping && !msg.IsRepeat:
		s.left = s.asking
		s.asking = true
	case s.asking && (s.layout().tooSmall || typedText(msg) == "" || !s.typing()):
		// Any other key stays, and does nothing else: it was the answer. Only text goes on to the field that takes it.
		s.asking, s.escaping = false, false
	case s.layout().tooSmall:
	case name == "ctrl+z" && jobs.Control:
		return jobs.Suspend()
	case s.opt.Card.Key != "" && name == s.opt.Card.Key:
		return s.toggleCard()
	case s.opt.Explain != nil && name == wordsKey:
		return s.toggleWords()
	case name == "esc":
		return s.escape()
	case name == "f1", name == "?" && !s.typing():
		return s.toggleHelp()
	case s.top().scroll.press(name):
	default:
		s.asking, s.escaping = false, false
		s.hear(msg)
		return s.tell(msg, []*standing{s.top()})
	}
	return nil
}

// hear tells a listener what a key asks of whatever stands on top.
func (s *Shell) hear(msg tea.KeyPressMsg) {
	name := keyName(msg)
	if s.opt.Heard == nil || name == "up" || name == "down" || s.typing() && typedText(msg) != "" {
		return
	}
	s.attempt(s.named("hearing of", s.top()), func() {
		for _, binding := range s.top().Keys() {
			if pressed(msg, binding) {
				s.opt.Heard(binding.Help().Desc)
				return
			}
		}
	})
}

// paste goes to what stands on top.
func (s *Shell) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case s.unveiling && (s.layout().tooSmall || !s.typing()):
		s.unveiling = false
	case s.asking && (s.layout().tooSmall || !s.typing()):
		s.asking, s.escaping = false, false
	case s.layout().tooSmall:
	default:
		s.asking, s.escaping, s.unveiling = false, false, false
		s.uncover()
		return s.tell(msg, []*standing{s.top()})
	}
	return nil
}

// uncover closes the card over a text field when text comes: it is meant for
// the field, and arrives there whole.
func (s *Shell) uncover() {
	at := len(s.stack) - 1
	if s.asking || s.layout().tooSmall || s.card == nil || at < 1 || s.stack[at].Panel != s.card {
		return
	}
	typing, under := false, s.stack[at-1]
	s.attempt(s.named("asking", under), func() { typing = under.Typing() })
	if typing {
		s.closeFrom(at)
	}
}

// escape is the one ladder: something within the topmost panel, the panel
// itself, and at last the step.
func (s *Shell) escape() tea.Cmd {
	closed, top := false, s.top()
	s.attempt(s.named("closing something in", top), func() { closed = top.Escape() })
	switch {
	case closed || s.err != nil:
	case len(s.stack) > 1:
		s.closeFrom(len(s.stack) - 1)
	default:
		return s.move(top, Back())
	}
	return nil
}

func (s *Shell) typing() (typing bool) {
	s.attempt(s.named("asking", s.top()), func() { typing = s.top().Typing() })
	return typing
}
