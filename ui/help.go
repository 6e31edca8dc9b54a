package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui/jobs"
)

// shownKeys are the enabled keys of a step or panel that have a help text.
func shownKeys(of Panel) []key.Binding {
	var shown []key.Binding
	for _, binding := range of.Keys() {
		if binding.Enabled() && binding.Help().Key != "" {
			shown = append(shown, binding)
		}
	}
	return shown
}

// shellKeys are help and going back, unless a step or panel says itself what
// those keys do.
func (s *Shell) shellKeys(of *standing) []key.Binding {
	own := shownKeys(of)
	back := "back"
	switch {
	case of != s.stack[0]:
		back = "close"
	case s.current == 0:
		back = "quit"
	}
	if leaver, ok := of.Panel.(Leaver); ok && leaver.Leaves() != "" {
		back = leaver.Leaves()
	}
	help := Bind("help", "?", "f1")
	if of.Typing() {
		help = Bind("help", "f1")
	}
	var keys []key.Binding
	for _, binding := range []key.Binding{help, Bind(back, "esc")} {
		if !names(own, binding.Keys()[0]) {
			keys = append(keys, binding)
		}
	}
	return keys
}

// allKeys is what the help page lists.
func (s *Shell) allKeys(of *standing) []key.Binding {
	keys := append(shownKeys(of), s.shellKeys(of)...)
	if s.opt.Card.Key != "" {
		keys = append(keys, Bind(strings.ToLower(s.opt.Card.Title), s.opt.Card.Key))
	}
	if s.opt.Explain != nil {
		keys = append(keys, Bind("the words on this screen", wordsKey))
	}
	keys = append(keys, shareHint()...)
	keys = append(keys, Bind("leave; a second time without asking", "ctrl+c"))
	if jobs.Control {
		keys = append(keys, Bind("suspend; fg comes back", "ctrl+z"))
	}
	return keys
}

// Card is a page that a key opens over whatever is on the screen, for what a
// person wants to look up at any time.
type Card struct {
	// Key opens and closes it. Letters belong to the steps, so it is one that
	// types nothing, such as "f2".
	Key   string
	Title string
	// View draws the page within width cells, as many lines as it needs.
	View func(width int) string
	// Opens shows it before the first step.
	Opens bool
}

// toggle opens a page of the shell, or closes it with whatever lies over it.
func (s *Shell) toggle(page **Page, content func() PageContent) tea.Cmd {
	if *page != nil && s.closePanel(*page) {
		return nil
	}
	if page != &s.help && s.help != nil {
		s.closePanel(s.help)
	}
	*page = NewPage(s.theme, content())
	(*page).plain = true
	return s.open(*page)
}

func (s *Shell) toggleCard() tea.Cmd {
	return s.toggle(&s.card, func() PageContent {
		return PageContent{Title: s.opt.Card.Title, Body: s.opt.Card.View, Leave: Bind("go on", "enter")}
	})
}

// toggleHelp opens the page of all keys that work now, with the words that stood on the screen below them.
func (s *Shell) toggleHelp() tea.Cmd {
	return s.toggle(&s.help, func() PageContent {
		under, words := s.top(), s.explained()
		return PageContent{Title: "Keys", Body: func(width int) string {
			text := keyTable(s.theme, s.allKeys(under), width)
			if helper, helps := under.Panel.(Helper); helps {
				title, about := helper.Helps(width)
				text += "\n\n" + s.theme.Title.Render(title) + "\n\n" + about
			}
			if words == nil {
				return text
			}
			return text + "\n\n" + s.theme.Title.Render(wordsTitle) + "\n\n" + words(width)
		}}
	})
}

const wordsTitle, wordsKey = "Words on this screen", "f5"

func (s *Shell) toggleWords() tea.Cmd {
	return s.toggle(&s.words, func() PageContent { return PageContent{Title: wordsTitle, Body: s.explained()} })
}

// explained explains the words of what is on the screen now, nil where nothing is explained.
func (s *Shell) explained() (words func(width int) string) {
	if s.opt.Explain == nil {
		return nil
	}
	l, top := s.layout(), s.top()
	s.attempt("explaining words", func() {
		body := strings.Split(top.View(l.bodyW, l.bodyH), "\n")
		words = s.opt.Explain(append(body, s.header(l), s.footer(l)))
	})
	return words
}

// closePanel closes a panel and whatever lies over it, and reports whether it
// was open.
func (s *Shell) closePanel(panel Panel) bool {
	at := s.at(panel)
	if at > 0 {
		s.closeFrom(at)
	}
	return at > 0
}

// plainPage reports that a page of the shell itself is on top.
func (s *Shell) plainPage() bool {
	if top := s.top(); top != nil {
		page, ok := top.Panel.(*Page)
		return ok && page.plain
	}
	return false
}

// keyTable lists keys and what they do.
func keyTable(theme *Theme, keys []key.Binding, width int) string {
	column := 0
	for _, binding := range keys {
		column = max(column, cells(binding.Help().Key))
	}
	column = min(column, width/2)
	var rows []string
	for _, binding := range keys {
		name := padRight(theme.Accent.Render(cut(Clean(binding.Help().Key), column)), column+gap)
		does := strings.Split(Wrap(Clean(binding.Help().Desc), width-column-gap), "\n")
		for i, line := range does {
			if i > 0 {
				name = blanks(column + gap)
			}
			rows = append(rows, name+line)
		}
	}
	return strings.Join(rows, "\n")
}
