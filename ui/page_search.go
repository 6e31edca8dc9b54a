package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// pageSearch is what a page is searched for: "/" begins it, enter ends the
// typing, n and N go from one row that has it to another, esc ends it.
type pageSearch struct {
	typing bool
	query  string
	rows   []int // the rows that have it
	at     int   // which of them is looked at
	jump   bool  // what is looked at is to be brought into sight
}

func (s *pageSearch) on() bool { return s.typing || s.query != "" }

// escape ends the search, and reports whether there was one.
func (s *pageSearch) escape() bool {
	was := s.on()
	*s = pageSearch{}
	return was
}

// press handles a key, and reports whether it was for the search.
func (s *pageSearch) press(msg tea.KeyPressMsg) bool {
	name := keyName(msg)
	switch {
	case !s.typing && name == "/":
		*s = pageSearch{typing: true}
	case !s.typing && s.query != "" && (name == "n" || name == "N"):
		s.step(map[string]int{"n": 1, "N": -1}[name])
	case !s.typing:
		return false
	case name == "enter":
		s.typing = false
	case name == "backspace", name == "ctrl+h":
		runes := []rune(s.query)
		s.set(string(runes[:max(0, len(runes)-1)]))
	case name == "ctrl+u":
		s.set("")
	default:
		text := typedText(msg)
		s.set(s.query + text)
		return text != ""
	}
	return true
}

func (s *pageSearch) set(query string) {
	s.jump = s.jump || query != s.query
	s.query, s.at = query, 0
}

// step goes to another row, and around at the ends.
func (s *pageSearch) step(by int) {
	if count := len(s.rows); count > 0 {
		s.at, s.jump = (s.at+by+count)%count, true
	}
}

// look finds the rows that have the text, in any case, and tells which of them
// to bring into sight, or -1.
func (s *pageSearch) look(rows []string) int {
	s.rows = s.rows[:0]
	if s.query == "" {
		return -1
	}
	query := strings.ToLower(s.query)
	for i, row := range rows {
		if strings.Contains(strings.ToLower(ansi.Strip(row)), query) {
			s.rows = append(s.rows, i)
		}
	}
	jump := s.jump && len(s.rows) > 0
	if s.at = max(0, min(s.at, len(s.rows)-1)); !jump {
		return -1
	}
	s.jump = false
	return s.rows[s.at]
}

// mark draws a row with what is searched for standing out.
func (s *pageSearch) mark(theme *Theme, row string, current bool) string {
	query := strings.ToLower(s.query)
	plain := ansi.Strip(row)
	low := strings.ToLower(plain)
	if query == "" || len(low) != len(plain) || strings.HasPrefix(row, fullWidthMark) {
		return row
	}
	style := theme.Faint.Reverse(true)
	if current {
		style = theme.Selected.Reverse(true)
	}
	var ranges []lipgloss.Range
	for from := 0; ; {
		at := strings.Index(low[from:], query)
		if at < 0 {
			return lipgloss.StyleRanges(row, ranges...)
		}
		at += from
		from = at + len(query)
		ranges = append(ranges, lipgloss.NewRange(cells(plain[:at]), cells(plain[:from]), style))
	}
}

// line is what stands below the page while it is searched.
func (s *pageSearch) line(theme *Theme, width int) string {
	said := "type what to look for"
	switch {
	case s.query != "" && len(s.rows) == 0:
		said = "not on this page"
	case s.query != "":
		said = fmt.Sprintf("line %d of %d", s.at+1, len(s.rows))
	}
	mark := ""
	if s.typing {
		mark = cursorMark
	}
	typed := tail(shownTyped(s.query), width-cells(said)-gap-2)
	return spread(theme.Accent.Render("/")+typed+mark, theme.Faint.Render(said), width)
}

func (s *pageSearch) keys() []key.Binding {
	if s.typing {
		return []key.Binding{Bind("look", "enter"), Bind("end the search", "esc")}
	}
	return []key.Binding{Bind("next", "n"), Bind("the one before", "N"), Bind("end the search", "esc")}
}
