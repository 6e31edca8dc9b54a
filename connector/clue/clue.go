// Package clue looks for many expressions in long texts: by the words that each needs first, and near the two ends of a text where a word
// stands everywhere.
package clue

import (
	"regexp/syntax"
	"slices"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// Clue is one or more regular expressions of which any will do, each with words of which a text must have at least one for it to match.
// Looking for words is so much quicker that a log of a megabyte is read in the time that a person waits.
type Clue struct {
	flags string
	texts []string

	first sync.Once
	ready []compiled // after first
}

// compiled is an expression made ready with its first use: hundreds of them cost more than all else that the program does before it
// answers.
type compiled struct {
	expression pattern.Pattern
	words      []string // in lower case; none where every text must be tried
}

// Says makes a clue of texts of which one is enough. Case never matters: programs repeat an error in their own.
func Says(texts ...string) *Clue { return clueOf(`(?i)`, texts) }

// Exactly is Says for texts whose case matters.
func Exactly(texts ...string) *Clue { return clueOf("", texts) }

// clues are all of the program, for the vocabulary that a text is searched for.
var clues []*Clue

func clueOf(flags string, texts []string) *Clue {
	made := &Clue{flags: flags, texts: texts}
	clues = append(clues, made)
	return made
}

// read makes the expressions ready when they are first looked for.
func (k *Clue) read() []compiled {
	k.first.Do(func() {
		for _, text := range k.texts {
			for _, one := range alternatives(text) {
				c := compiled{expression: pattern.New(k.flags + one)}
				if tree, err := syntax.Parse(k.flags+one, syntax.Perl); err == nil {
					c.words = needed(tree)
				}
				k.ready = append(k.ready, c)
			}
		}
	})
	return k.ready
}

// alternatives cuts an expression at the bars that stand in no group, so that each part is looked for by its own words.
func alternatives(text string) []string {
	var parts []string
	depth, from, class := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '|' && depth == 0:
			parts, from = append(parts, text[from:i]), i+1
		}
	}
	return append(parts, text[from:])
}

// MatchString reports whether the text says it.
func (k *Clue) MatchString(text string) bool {
	lower := strings.Map(sameLength, text)
	return slices.ContainsFunc(k.read(), func(c compiled) bool { return c.mayBeIn(lower) && c.expression().MatchString(text) })
}

// mayBeIn reports whether a text in lower case has one of the words.
func (c compiled) mayBeIn(lower string) bool {
	return len(c.words) == 0 || slices.ContainsFunc(c.words, func(word string) bool { return strings.Contains(lower, word) })
}

// Places are up to n matches in the order of the text, each with its groups as pairs of offsets. Of more, and of a long text that has the
// words of the clue everywhere, they are those at its beginning and at its end.
func (k *Clue) Places(p *Page, n int) [][]int {
	var found [][]int
	for _, c := range k.read() {
		found = append(found, c.places(p)...)
	}
	slices.SortStableFunc(found, func(a, b []int) int { return a[0] - b[0] })
	if len(found) > n {
		found = slices.Delete(found, n/2, len(found)-(n-n/2))
	}
	return found
}

func (c compiled) places(p *Page) [][]int {
	var found [][]int
	for _, w := range p.windows(c.words) {
		for _, m := range c.expression().FindAllStringSubmatchIndex(p.Text[w[0]:w[1]], -1) {
			// What ends where the window is cut may go on, and $ is the end of the text alone.
			if m[0] == 0 && w[0] > 0 || m[1] == w[1]-w[0] && w[1] < len(p.Text) {
				continue
			}
			for i := range m {
				if m[i] >= 0 {
					m[i] += w[0]
				}
			}
			found = append(found, m)
		}
	}
	return found
}

// needed are words of which whatever the expression matches has at least one, or nil when there are none.
func needed(tree *syntax.Regexp) []string {
	switch tree.Op {
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(tree.Rune))}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Min > 0 {
			return needed(tree.Sub[0])
		}
	case syntax.OpConcat: // one part is enough, the most telling one
		var best []string
		for _, part := range tree.Sub {
			if words := needed(part); shortest(words) > shortest(best) {
				best = words
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, part := range tree.Sub {
			words := needed(part)
			if words == nil {
				return nil
			}
			all = append(all, words...)
		}
		return all
	}
	return nil
}

func shortest(words []string) int {
	if len(words) == 0 {
		return 0
	}
	return len(slices.MinFunc(words, func(a, b string) int { return len(a) - len(b) }))
}
