// Package phrase finds phrases in text that was laid out for a screen: with styles in it, in several columns, its lines broken between words.
package phrase

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Part is where a phrase, or what stands of it on one line, begins and ends: in bytes of the line, styles included.
type Part struct{ Line, From, To int }

// Hit is a phrase that was found, by its index, in a part for each line that it stands on.
type Hit struct {
	Phrase int
	Parts  []Part
}

// Find gives where the phrases stand. Of two that overlap it is the longer one. Blanks within a phrase may be a line break of its column.
func Find(lines, phrases []string) []Hit {
	seen := make(page, len(lines))
	for i, text := range lines {
		seen[i].styled = text
	}
	order := make([]int, len(phrases))
	for i := range phrases {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(phrases[b]), len(phrases[a])) })
	var hits []Hit
	for _, i := range order {
		words := strings.Fields(phrases[i])
		if len(words) == 0 {
			continue
		}
		for row := range seen {
			for _, parts := range seen.starting(row, words) {
				if !overlaps(hits, parts) {
					hits = append(hits, Hit{Phrase: i, Parts: parts})
				}
			}
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return compare(a.Parts[0], b.Parts[0]) })
	return hits
}

func compare(a, b Part) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.From, b.From)) }

func overlaps(hits []Hit, parts []Part) bool {
	return slices.ContainsFunc(hits, func(h Hit) bool {
		return slices.ContainsFunc(h.Parts, func(a Part) bool {
			return slices.ContainsFunc(parts, func(b Part) bool { return a.Line == b.Line && a.From < b.To && b.From < a.To })
		})
	})
}

// line is a line, and what one sees of it: made when it is first looked at.
type line struct {
	styled string
	plain  string
	at     []int // for each byte of plain, where it is in styled; nil while both are the same
	seen   bool
}

func (l *line) look() string {
	if l.seen {
		return l.plain
	}
	l.seen, l.plain = true, l.styled
	if !strings.ContainsRune(l.styled, ansi.ESC) {
		return l.plain
	}
	var plain strings.Builder
	l.at = make([]int, 0, len(l.styled)+1)
	for rest, from, state := l.styled, 0, byte(0); rest != ""; {
		part, _, n, next := ansi.DecodeSequence(rest, state, nil)
		if part[0] != ansi.ESC {
			plain.WriteString(part)
			for i := range len(part) {
				l.at = append(l.at, from+i)
			}
		}
		rest, from, state = rest[n:], from+n, next
	}
	l.plain = plain.String()
	return l.plain
}

// part is a stretch of what one sees, as a part of the line.
func (l *line) part(row, from, to int) Part {
	if l.at == nil {
		return Part{row, from, to}
	}
	return Part{row, l.at[from], l.at[to-1] + 1}
}

type page []line

// starting gives each place on a line where the words begin.
func (p page) starting(row int, words []string) (found [][]Part) {
	if !strings.Contains(p[row].styled, words[0]) {
		return nil
	}
	text := p[row].look()
	for from := 0; ; {
		at := strings.Index(text[from:], words[0])
		if at < 0 {
			return found
		}
		at += from
		from = at + len(words[0])
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); inWord(before) {
			continue
		}
		if parts := p.goingOn(row, at, words, ansi.StringWidth(text[:at])); parts != nil {
			found = append(found, parts)
		}
	}
}

// goingOn reads the words from a place on a line, and on the next one in the same column, which begins no further right than the first word.
func (p page) goingOn(row, at int, words []string, column int) []Part {
	text := p[row].look()
	end := at
	for i, word := range words {
		if i > 0 && strings.HasPrefix(text[end:], " "+word) {
			end++
		} else if i > 0 {
			if !endsHere(text[end:]) || row+1 == len(p) {
				return nil
			}
			rest := p.below(row+1, words[i:], column)
			if rest == nil {
				return nil
			}
			return append([]Part{p[row].part(row, at, end)}, rest...)
		}
		end += len(word)
	}
	if after, _ := utf8.DecodeRuneInString(text[end:]); inWord(after) {
		return nil
	}
	return []Part{p[row].part(row, at, end)}
}

// below finds the words where their column goes on: the last place that is no further right than the column.
func (p page) below(row int, words []string, column int) (best []Part) {
	text := p[row].look()
	for from := 0; ; {
		at := strings.Index(text[from:], words[0])
		if at < 0 || ansi.StringWidth(text[:from+at]) > column {
			return best
		}
		at += from
		from = at + len(words[0])
		if at > 0 && text[at-1] != ' ' {
			continue
		}
		if parts := p.goingOn(row, at, words, column); parts != nil {
			best = parts
		}
	}
}

// endsHere reports whether a line of a column ends: with the line, or with the gap before the next column.
func endsHere(rest string) bool {
	trimmed := strings.TrimLeft(rest, " ")
	return trimmed == "" || len(rest)-len(trimmed) > 1 || strings.HasPrefix(rest, " │")
}

// inWord reports whether a letter next to a phrase makes it a part of a longer word.
func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}
