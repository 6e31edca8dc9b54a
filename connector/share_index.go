package connector

import (
	"slices"
	"strings"
)

// mostFresh is how many first words may wait to be put in order: a workspace tells of its tables one by one, and a frame must not wait.
const mostFresh = 1000

// learn keeps a first word for begins. The caller holds the lock.
func (r *Registry) learn(word string) {
	if r.fresh = append(r.fresh, word); len(r.fresh) < mostFresh {
		return
	}
	r.words = append(r.words, r.fresh...)
	slices.Sort(r.words)
	r.fresh = r.fresh[:0]
}

// begins is the first word, in order, that begins with start: what a name may have been before it was cut. The caller holds the lock.
func (r *Registry) begins(start string) string {
	best := ""
	if at, _ := slices.BinarySearch(r.words, start); at < len(r.words) && strings.HasPrefix(r.words[at], start) {
		best = r.words[at]
	}
	for _, word := range r.fresh {
		if strings.HasPrefix(word, start) && (best == "" || word < best) {
			best = word
		}
	}
	return best
}
