package sift

import "strings"

// The ranks of a match, best first.
const (
	rankPrefix    uint8 = iota // the name begins with the piece
	rankBoundary               // the piece begins a word of the name
	rankAnywhere               // it is somewhere in the name
	rankElsewhere              // it is in what is known besides the name
	rankCount
)

// wordBoundary are the bytes behind which a word begins.
var wordBoundary = [256]bool{'.': true, '_': true, '-': true, ' ': true}

// HasPieces reports whether a list that is searched for text, split at its
// blanks, would keep a row of that name.
func HasPieces(name, text string) bool {
	low := strings.ToLower(name)
	for _, piece := range strings.Fields(strings.ToLower(text)) {
		if !strings.Contains(low, piece) {
			return false
		}
	}
	return true
}

// beside is where a piece is that is not in the name.
const beside = -1

// placeOf ranks a piece by where the name has it, and tells the place that
// ranks best. Only the first piece that was typed says how the name begins; a
// later one does no harm as long as it begins a word.
func placeOf(low, piece string, first bool) (rank uint8, at int) {
	at = strings.Index(low, piece)
	switch {
	case at < 0:
		return rankElsewhere, beside
	case at == 0:
		return rankPrefix, 0
	}
	best := rankBoundary
	if !first {
		best = rankPrefix
	}
	for spot := at; ; {
		if wordBoundary[low[spot-1]] {
			return best, spot
		}
		next := strings.Index(low[spot+1:], piece)
		if next < 0 {
			return rankAnywhere, at
		}
		spot += 1 + next
	}
}
