// Package phrase finds phrases in text that was laid out for a screen: with styles in it, in several columns, its lines broken between words.
package phrase

import (
	"cmp"
	"math"
	"slices"
	"sort"
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
	hits, _ := find(lines, phrases)
	return hits
}

// find is Find with how much was looked at, in bytes and places: a line may be as long as a file.
func find(lines, phrases []string) (hits []Hit, looked int) {
	p := page{lines: make([]line, len(lines))}
	for i, text := range lines {
		p.lines[i].styled = text
	}
	order := make([]int, len(phrases))
	for i := range phrases {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(phrases[b]), len(phrases[a])) })
	for _, i := range order {
		words := strings.Fields(phrases[i])
		if len(words) == 0 {
			continue
		}
		r := reader{page: &p, words: words, known: map[place]*stretches{}}
		for row := range p.lines {
			r.starting(row, func(parts []Part) {
				if p.take(parts) {
					hits = append(hits, Hit{Phrase: i, Parts: parts})
				}
			})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return compare(a.Parts[0], b.Parts[0]) })
	return hits, p.looked
}

func compare(a, b Part) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.From, b.From)) }

// page is the text, and how much of it was looked at so far.
type page struct {
	lines  []line
	looked int
}

// take makes parts those of a hit, unless one of them overlaps with another hit's.
func (p *page) take(parts []Part) bool {
	for _, part := range parts {
		p.looked += part.To - part.From
		if taken := p.lines[part.Line].taken; taken != nil && slices.Contains(taken[part.From:part.To], true) {
			return false
		}
	}
	for _, part := range parts {
		l := &p.lines[part.Line]
		if l.taken == nil {
			l.taken = make([]bool, len(l.styled))
		}
		for i := part.From; i < part.To; i++ {
			l.taken[i] = true
		}
	}
	return true
}

// line is a line, and what one sees of it: made when it is first looked at.
type line struct {
	styled string
	plain  string
	at     []int // for each byte of plain, where it is in styled; nil while both are the same
	seen   bool
	cells  []int  // how wide what stands before each byte of plain is; nil until it is asked for
	taken  []bool // the bytes of styled that a hit has; nil while none does
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

// column is how wide what stands before a byte is.
func (p *page) column(row, at int) int {
	l := &p.lines[row]
	if l.cells == nil {
		l.cells = make([]int, 0, len(l.plain))
		width := 0
		for rest, state := l.plain, byte(0); rest != ""; {
			_, cells, n, next := ansi.DecodeSequence(rest, state, nil)
			for range n {
				l.cells = append(l.cells, width)
			}
			width, rest, state = width+cells, rest[n:], next
		}
		p.looked += len(l.plain)
	}
	return l.cells[at]
}

// reader looks for the words of one phrase.
type reader struct {
	*page
	words []string
	known map[place]*stretches
}

// place is a line, and the word that begins there.
type place struct{ row, word int }

// stretch is what stands of the words on one line, and the word that comes next.
type stretch struct{ at, end, next int }

// stretches are those of one place by the word that comes next, each list from left to right. from is the column from which on one of them
// leads to the last word.
type stretches struct {
	by   [][]stretch
	from int
}

// never is further right than any column.
const never = math.MaxInt

// starting tells each place on a line where the words begin.
func (r *reader) starting(row int, tell func([]Part)) {
	if !strings.Contains(r.lines[row].styled, r.words[0]) {
		return
	}
	text := r.lines[row].look()
	r.each(text, r.words[0], func(at int) {
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); inWord(before) {
			return
		}
		s, ok := r.read(row, at, 0)
		if !ok {
			return
		}
		parts := []Part{r.lines[row].part(row, s.at, s.end)}
		if s.next < len(r.words) {
			rest := r.below(place{row + 1, s.next}, r.column(row, at))
			if rest == nil {
				return
			}
			parts = append(parts, rest...)
		}
		tell(parts)
	})
}

// each gives the places of a word in a text.
func (r *reader) each(text, word string, do func(at int)) {
	r.looked += len(text)
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return
		}
		do(from + at)
		from += at + len(word)
	}
}

// read reads the words from a place on a line, where the first of them stands, as far as they go on there. It is false where neither the
// phrase nor the line of its column ends with them.
func (r *reader) read(row, at, word int) (stretch, bool) {
	text := r.lines[row].look()
	s := stretch{at: at, end: at + len(r.words[word]), next: word + 1}
	for s.next < len(r.words) && strings.HasPrefix(text[s.end:], " ") && strings.HasPrefix(text[s.end+1:], r.words[s.next]) {
		s.end += 1 + len(r.words[s.next])
		s.next++
	}
	r.looked += s.end - at
	if s.next < len(r.words) {
		return s, row+1 < len(r.lines) && endsHere(text[s.end:])
	}
	after, _ := utf8.DecodeRuneInString(text[s.end:])
	return s, !inWord(after)
}

// below finds the words where their column goes on, which begins no further right than the first word: the last such place.
func (r *reader) below(p place, column int) []Part {
	all := r.stretches(p)
	best := stretch{at: -1}
	for next, list := range all.by {
		if next < len(r.words) && (len(list) == 0 || r.stretches(place{p.row + 1, next}).from > column) {
			continue
		}
		n := sort.Search(len(list), func(i int) bool { return r.column(p.row, list[i].at) > column })
		r.looked++
		if n > 0 && list[n-1].at > best.at {
			best = list[n-1]
		}
	}
	if best.at < 0 {
		return nil
	}
	parts := []Part{r.lines[p.row].part(p.row, best.at, best.end)}
	if best.next < len(r.words) {
		parts = append(parts, r.below(place{p.row + 1, best.next}, column)...)
	}
	return parts
}

// stretches are looked for once: many lines may break above one.
func (r *reader) stretches(p place) *stretches {
	if known := r.known[p]; known != nil {
		return known
	}
	all := &stretches{by: make([][]stretch, len(r.words)+1), from: never}
	text := r.lines[p.row].look()
	r.each(text, r.words[p.word], func(at int) {
		if at > 0 && text[at-1] != ' ' {
			return
		}
		if s, ok := r.read(p.row, at, p.word); ok {
			all.by[s.next] = append(all.by[s.next], s)
		}
	})
	for next, list := range all.by {
		if len(list) == 0 {
			continue
		}
		from := r.column(p.row, list[0].at)
		if next < len(r.words) {
			from = max(from, r.stretches(place{p.row + 1, next}).from)
		}
		all.from = min(all.from, from)
	}
	r.known[p] = all
	return all
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
