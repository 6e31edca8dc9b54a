package check

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
)

// clue is a regular expression, and words of which a text must have at least one for it to match. Looking for words is so much quicker
// that a log of a megabyte is read in the time that a person waits.
type clue struct{ read func() *compiled }

// compiled is a clue made ready with its first use: a hundred of them cost more than all else that the program does before it answers.
type compiled struct {
	*regexp.Regexp
	words []string // in lower case; none where every text must be tried
}

// says compiles a text to look for. Case never matters: programs repeat an error in their own.
func says(text string) *clue { return exactly(`(?i)` + text) }

// exactly is says for a text whose case matters.
func exactly(text string) *clue {
	return &clue{sync.OnceValue(func() *compiled {
		c := &compiled{Regexp: regexp.MustCompile(text)}
		if tree, err := syntax.Parse(text, syntax.Perl); err == nil {
			c.words = needed(tree)
		}
		return c
	})}
}

// MatchString reports whether the text says it.
func (c *clue) MatchString(text string) bool { return c.read().MatchString(text) }

// needed are words of which whatever the expression matches has at least one, or nil when there are none.
func needed(tree *syntax.Regexp) []string {
	switch tree.Op {
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(tree.Rune))}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(tree.Sub[0])
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

// page is a text to look into. The lower case is for words only: its offsets may differ from those of the text.
type page struct{ text, lower string }

func pageOf(text string) page { return page{text, strings.ToLower(text)} }

// places are the first n matches, or all when n is -1, each with its groups as pairs of offsets.
func (k *clue) places(p page, n int) [][]int {
	c := k.read()
	if len(c.words) > 0 && !slices.ContainsFunc(c.words, func(word string) bool { return strings.Contains(p.lower, word) }) {
		return nil
	}
	return c.FindAllStringSubmatchIndex(p.text, n)
}
