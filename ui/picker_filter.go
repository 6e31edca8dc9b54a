package ui

import (
	"slices"
	"strings"
)

// The ranks of a hit, best first.
const (
	rankPrefix   uint8 = iota // the name begins with the piece
	rankBoundary              // the piece begins a word of the name
	rankAnywhere
	rankCount
)

const wordBoundaries = "._- "

// filter keeps which rows match a query. Without a query it holds nothing,
// and every row is a hit.
type filter struct {
	query  string
	pieces []string
	match  []int32 // matching rows in list order
	ranks  []uint8 // their ranks
	hits   []int32 // matching rows, best first
}

// set replaces the query. When the query only grew, every new match is among
// the old ones, so only those are looked at.
func (f *filter) set(query string, low []string) {
	narrowed := len(f.pieces) > 0 && strings.HasPrefix(query, f.query)
	f.query = query
	f.pieces = strings.Fields(strings.ToLower(query))
	switch {
	case len(f.pieces) == 0:
		f.match, f.ranks, f.hits = nil, nil, nil
		return
	case narrowed:
		old := f.match
		f.match, f.ranks = f.match[:0], f.ranks[:0]
		for _, index := range old {
			f.test(index, low[index])
		}
	default:
		f.match, f.ranks = f.match[:0], f.ranks[:0]
		f.scan(low, 0)
	}
	f.order()
}

// grow looks at the rows from index from on, which are new.
func (f *filter) grow(low []string, from int) {
	if len(f.pieces) == 0 {
		return
	}
	f.scan(low, from)
	f.order()
}

func (f *filter) scan(low []string, from int) {
	for index := from; index < len(low); index++ {
		f.test(int32(index), low[index])
	}
}

func (f *filter) test(index int32, low string) {
	if rank, ok := rankOf(low, f.pieces); ok {
		f.match = append(f.match, index)
		f.ranks = append(f.ranks, rank)
	}
}

// order puts the matches into hits by rank, keeping list order within a rank.
// Three passes by counting are cheaper than any sort.
func (f *filter) order() {
	var next [rankCount]int
	for _, rank := range f.ranks {
		next[rank]++
	}
	start := 0
	for rank, count := range next {
		next[rank] = start
		start += count
	}
	f.hits = slices.Grow(f.hits[:0], len(f.match))[:len(f.match)]
	for i, index := range f.match {
		rank := f.ranks[i]
		f.hits[next[rank]] = index
		next[rank]++
	}
}

// hit is the row at a position among the hits.
func (f *filter) hit(position int) int {
	if len(f.pieces) == 0 {
		return position
	}
	return int(f.hits[position])
}

// count is the number of hits among rows rows.
func (f *filter) count(rows int) int {
	if len(f.pieces) == 0 {
		return rows
	}
	return len(f.hits)
}

// find is the position of a row among the hits, -1 when it is not one.
func (f *filter) find(index, rows int) int {
	switch {
	case index < 0 || index >= rows:
		return -1
	case len(f.pieces) == 0:
		return index
	}
	return slices.Index(f.hits, int32(index))
}

// HasPieces reports whether a picker that is searched for text, split at its
// blanks, would keep a name.
func HasPieces(name, text string) bool {
	_, has := rankOf(strings.ToLower(name), strings.Fields(strings.ToLower(text)))
	return has
}

// rankOf ranks a name that has every piece. The first piece decides whether
// the name begins with what was typed; a later piece does no harm as long as
// it begins a word.
func rankOf(low string, pieces []string) (rank uint8, ok bool) {
	for i, piece := range pieces {
		place, found := placeOf(low, piece)
		if !found {
			return 0, false
		}
		if i > 0 && place == rankBoundary {
			place = rankPrefix
		}
		rank = max(rank, place)
	}
	return rank, true
}

func placeOf(low, piece string) (place uint8, found bool) {
	at := strings.Index(low, piece)
	switch {
	case at < 0:
		return 0, false
	case at == 0:
		return rankPrefix, true
	}
	for {
		if strings.IndexByte(wordBoundaries, low[at-1]) >= 0 {
			return rankBoundary, true
		}
		next := strings.Index(low[at+1:], piece)
		if next < 0 {
			return rankAnywhere, true
		}
		at += 1 + next
	}
}
