package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
)

const (
	gap = 2
	// minSubject is the narrowest subject worth showing; a chip may cut it
	// down to this.
	minSubject = 12
	// maxFooter is how many keys the footer holds; more are not read.
	maxFooter = 6
	separator = " · "

	longQuestion  = "Leave the set-up? %s leaves · %s"
	shortQuestion = "Leave? %s leaves · %s"
)

// header is product, subject and chips in one line. When room is short the
// subject is cut, then chips go from the left, then the subject and at last
// the product; the badge stays. In a narrow window the subject goes before the
// chips, because they tell what is happening now.
//
// Chips take their short forms before any of that.
func (s *Shell) header(l layout) string {
	room := max(0, l.frame-2*margin)
	chips, short, badge := s.status()
	subject := ""
	if s.opt.Subject != nil {
		subject = Clean(s.opt.Subject())
	}
	product := Clean(s.opt.Product)
	needs := func() int {
		width := cells(product)
		for _, part := range append([]string{subject, badge}, chips...) {
			if part != "" {
				width += gap + cells(part)
			}
		}
		return width
	}
	spare := max(0, cells(subject)-minSubject)
	if needs()-spare > room {
		chips = short
	}
	if !l.rail && needs()-spare > room {
		subject, spare = "", 0
	}
	for len(chips) > 0 && needs()-spare > room {
		chips = chips[1:]
	}
	if over := needs() - room; over > spare {
		subject = ""
	} else if over > 0 {
		subject = cut(subject, cells(subject)-over)
	}
	if over := needs() - room; over > 0 {
		product = cut(product, max(0, cells(product)-over))
	}
	left := s.theme.Title.Render(product)
	if subject != "" {
		left += blanks(gap) + subject
	}
	right := strings.Join(chips, blanks(gap))
	if badge != "" {
		if right != "" {
			right += blanks(gap)
		}
		right += s.theme.Badge.Render(badge)
	}
	return blanks(margin) + cut(spread(left, right, room), room)
}

// Chip is a few words on the right of the header. Short stands in for Text
// where the window is too narrow; without one Text is all there is.
type Chip struct{ Text, Short string }

// status splits the chips, in their long and their short forms, from the
// badge, the last of them.
func (s *Shell) status() (chips, short []string, badge string) {
	var all []Chip
	if s.opt.Status != nil {
		all = s.opt.Status()
	}
	for i, chip := range all {
		text, brief := Clean(chip.Text), Clean(chip.Short)
		if brief == "" {
			brief = text
		}
		switch {
		case i == len(all)-1:
			badge = text
		case text != "":
			chips, short = append(chips, text), append(short, brief)
		}
	}
	return chips, short, withShare(badge, " ")
}

// footer is the keys that work now, or the question whether to leave.
func (s *Shell) footer(l layout) string {
	room := max(0, l.frame-2*margin)
	if s.unveiling {
		return blanks(margin) + s.theme.Warn.Bold(true).Render(cut(unveilQuestion, room))
	}
	if s.theme.Notice != "" && !s.asking && !s.plainPage() {
		return blanks(margin) + s.theme.Warn.Render(cut(s.theme.Notice, room))
	}
	if s.asking {
		leaves := "ctrl+c"
		if s.escaping {
			leaves = "esc"
		}
		stays := "any other key stays"
		if s.typing() {
			stays = "typing goes on" // which is no answer, and least of all in a secret
		}
		question := fmt.Sprintf(longQuestion, leaves, stays)
		if s.opt.Stays != "" {
			question = Clean(s.opt.Stays) + ". " + fmt.Sprintf(shortQuestion, leaves, stays)
		}
		if s.opt.Alone || cells(question) > room {
			question = fmt.Sprintf(shortQuestion, leaves, stays)
		}
		return blanks(margin) + s.theme.Warn.Bold(true).Render(cut(question, room))
	}
	return blanks(margin) + s.faintDoings(cut(fitKeys(s.footerKeys(), room), room))
}

// faintDoings leaves the keys in the terminal's own colour and dims what they do, so that the eye finds the keys.
func (s *Shell) faintDoings(line string) string {
	hints := strings.Split(line, separator)
	for i, text := range hints {
		if name, does, found := strings.Cut(text, " "); found {
			hints[i] = name + " " + s.theme.Faint.Render(does)
		}
	}
	return strings.Join(hints, s.theme.Faint.Render(separator))
}

// hint is one key in the footer; the hint with the highest rank goes first
// when room is short.
type hint struct {
	text string
	rank int
}

// wordsRank is behind every key of a screen: the help page explains the words as well.
const wordsRank = 100

// footerKeys are the keys of what stands on top followed by the shell's own,
// ranked so that two of the former outlive the shell's and the rest do not.
func (s *Shell) footerKeys() []hint {
	var hints []hint
	for i, binding := range shownKeys(s.top()) {
		rank := i
		if i >= 2 {
			rank += 10
		}
		hints = append(hints, hint{hintText(binding), rank})
	}
	if s.plainPage() && s.top().Panel != s.card { // the card is the first screen that some people see
		return hints
	}
	for i, binding := range s.shellKeys(s.top()) {
		hints = append(hints, hint{hintText(binding), 5 + i})
	}
	if s.opt.Explain != nil {
		hints = append(hints, hint{wordsKey + " words", wordsRank})
	}
	return hints
}

// fitKeys joins as many hints as the footer may hold in width cells.
func fitKeys(hints []hint, width int) string {
	for {
		texts := make([]string, len(hints))
		worst := 0
		for i, h := range hints {
			texts[i] = h.text
			if h.rank > hints[worst].rank {
				worst = i
			}
		}
		line := strings.Join(texts, separator)
		if len(hints) <= 1 || len(hints) <= maxFooter && cells(line) <= width {
			return line
		}
		hints = append(hints[:worst:worst], hints[worst+1:]...)
	}
}

func hintText(binding key.Binding) string {
	return Clean(binding.Help().Key + " " + binding.Help().Desc)
}
