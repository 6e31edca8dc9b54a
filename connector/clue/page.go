package clue

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Place is where in a text something stands, as two byte offsets.
type Place = [2]int

// Page is a text to look into, with the places of the words that clues are looked for by. Its lower case has the offsets of the text.
type Page struct {
	Text, lower string
	first       map[string][]int // the first places of each word
	last        map[string][]int // and those nearest to the end, after them
}

// PageOf reads a text once for the words of all clues of the program.
func PageOf(text string) *Page {
	p := &Page{Text: text, lower: strings.Map(sameLength, text), first: map[string][]int{}, last: map[string][]int{}}
	p.search(vocabulary())
	return p
}

// sameLength is the lower case of a letter where it has as many bytes.
func sameLength(r rune) rune {
	if low := unicode.ToLower(r); utf8.RuneLen(low) == utf8.RuneLen(r) {
		return low
	}
	return r
}

// Unlimited asks for all places.
const Unlimited = math.MaxInt

const (
	// occurrences is how often a word is looked for from each end of a text.
	occurrences = 48
	// around is how many bytes before and after its words an expression is tried on. It bounds what one may match.
	around = 1 << 10
	// Tried is how many bytes an expression is tried on from each end of a text.
	Tried = 16 << 10
)

// lexicon is a set of words by how they begin. Most places of a text begin none of them, which one look tells.
type lexicon struct {
	begins [1 << 16]bool
	words  map[string][]string // by their first letters
	short  []string
}

// beginning is how many bytes of a word tell where to look for it.
const beginning = 3

func (l *lexicon) add(word string) {
	if len(word) < beginning {
		l.short = append(l.short, word)
		return
	}
	l.begins[hashed(word)] = true
	l.words[word[:beginning]] = append(l.words[word[:beginning]], word)
}

func hashed(word string) uint16 { return uint16(word[0])<<8 ^ uint16(word[1])<<4 ^ uint16(word[2]) }

// vocabulary are the words of all clues.
var vocabulary = sync.OnceValue(func() *lexicon {
	l := &lexicon{words: map[string][]string{}}
	known := map[string]bool{}
	for _, k := range clues {
		for _, c := range k.read() {
			for _, word := range c.words {
				if !known[word] {
					known[word] = true
					l.add(word)
				}
			}
		}
	}
	return l
})

// search goes through the text once and notes where words of the lexicon stand.
func (p *Page) search(l *lexicon) {
	for i := 0; i+beginning <= len(p.lower); i++ {
		if !l.begins[hashed(p.lower[i:])] {
			continue
		}
		for _, word := range l.words[p.lower[i:i+beginning]] {
			if strings.HasPrefix(p.lower[i:], word) {
				p.note(word, i)
			}
		}
	}
	for _, word := range l.short {
		for from := 0; ; {
			i := strings.Index(p.lower[from:], word)
			if i < 0 {
				break
			}
			p.note(word, from+i)
			from += i + len(word)
		}
	}
}

// note keeps a place of a word among the first, or among the last in place of the oldest of them.
func (p *Page) note(word string, at int) {
	if len(p.first[word]) < occurrences {
		p.first[word] = append(p.first[word], at)
		return
	}
	last := append(p.last[word], at)
	if len(last) > 2*occurrences {
		last = append(last[:0], last[occurrences:]...)
	}
	p.last[word] = last
}

// where are the places of a word: all, or those nearest to the two ends of the text.
func (p *Page) where(word string) []int {
	return append(slices.Clone(p.first[word]), p.last[word]...)
}

// windows are the parts of the text that have one of the words, with what is around them. Without words they are its two ends.
func (p *Page) windows(words []string) []Place {
	if len(words) == 0 {
		return p.ends([]Place{{0, len(p.Text)}})
	}
	var at []int
	for _, word := range words {
		at = append(at, p.where(word)...)
	}
	slices.Sort(at)
	var list []Place
	for _, i := range at {
		from, to := p.Letter(i-around), p.Letter(i+around)
		if last := len(list) - 1; last >= 0 && from <= list[last][1] {
			list[last][1] = to
			continue
		}
		list = append(list, Place{from, to})
	}
	return p.ends(list)
}

// ends cuts windows down to what is nearest to the two ends of the text.
func (p *Page) ends(list []Place) []Place {
	total := 0
	for _, w := range list {
		total += w[1] - w[0]
	}
	if total <= 2*Tried {
		return list
	}
	var first, last []Place
	for left, i := Tried, 0; left > 0 && i < len(list); i++ {
		to := p.Letter(min(list[i][1], list[i][0]+left))
		first = append(first, Place{list[i][0], to})
		left -= to - list[i][0]
	}
	after := first[len(first)-1][1]
	for left, i := Tried, len(list)-1; left > 0 && i >= 0 && list[i][1] > after; i-- {
		from := p.Letter(max(list[i][0], list[i][1]-left, after))
		last = append(last, Place{from, list[i][1]})
		left -= list[i][1] - from
	}
	slices.Reverse(last)
	return append(first, last...)
}

// Remembers gives the places of a clue, up to n as Places has them, and looks for each clue once.
func (p *Page) Remembers(n int) func(*Clue) [][]int {
	known := map[*Clue][][]int{}
	return func(k *Clue) [][]int {
		if _, looked := known[k]; !looked {
			known[k] = k.Places(p, n)
		}
		return known[k]
	}
}

// Letter is the offset or, where that is inside a letter, the next one.
func (p *Page) Letter(i int) int {
	i = min(max(i, 0), len(p.Text))
	for i < len(p.Text) && !utf8.RuneStart(p.Text[i]) {
		i++
	}
	return i
}
