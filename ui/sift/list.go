package sift

import (
	"slices"
	"strings"
)

// Row is what a row is found by and put in order by. All but the name may be
// empty.
type Row struct {
	Name string
	// Owner and Comment are searched as well, and count less than the name.
	Owner, Comment string
	// State is what rows are sorted by when one asks for that.
	State string
	// Group puts rows of a smaller group before all others of the same rank,
	// as long as nothing else is asked for. It is less than mostGroups.
	Group uint8
}

// mostGroups is how many groups a list can tell apart.
const mostGroups = 4

// List is rows, a query, and which rows match it in which order: by how well
// they match, within that by group or by what one sorted by, and within that
// in the order of Append. The zero value is an empty list.
//
// A query is split at blanks; every piece must occur in the name, the owner or
// the comment, in any case and any order. Names that begin with the first
// piece come first, then names where every piece begins a word (after . _ - or
// a blank), then other names, then rows that have a piece beside the name.
type List struct {
	names, owners, comments, states column
	groups                          []uint8 // nil while all are of the first
	length                          int

	query  string
	pieces []string
	sorted Key
	base   []int32 // all rows as they are sorted, nil while they are not
	match  []int32 // the rows that match, in the order of base
	ranks  []uint8 // how well each does
	spots  []int32 // where the name of each has the last piece, or beside
	hits   []int32 // match, best first
}

// Append adds rows at the end.
func (l *List) Append(rows []Row) {
	from := l.length
	l.grow(len(rows))
	for i, row := range rows {
		l.names.set(from+i, l.length, row.Name)
		l.owners.set(from+i, l.length, row.Owner)
		l.comments.set(from+i, l.length, row.Comment)
		l.states.set(from+i, l.length, row.State)
		l.group(from+i, row.Group)
	}
	l.added(from)
}

// AppendNames adds rows that have nothing but a name.
func (l *List) AppendNames(names []string) {
	from := l.length
	l.grow(len(names))
	for i, name := range names {
		l.names.set(from+i, l.length, name)
	}
	l.added(from)
}

func (l *List) grow(by int) {
	l.length += by
	l.names.grow(l.length)
	for _, c := range []*column{&l.owners, &l.comments, &l.states} {
		if c.text != nil {
			c.grow(l.length)
		}
	}
	if l.groups != nil {
		l.groups = append(l.groups, make([]uint8, by)...)
	}
}

func (l *List) group(at int, group uint8) {
	if group == 0 {
		return
	}
	if l.groups == nil {
		l.groups = make([]uint8, l.length)
	}
	l.groups[at] = min(group, mostGroups-1)
}

// added looks at the rows from index from on, which are new.
func (l *List) added(from int) {
	if l.sorted != Listed {
		l.merge(from)
		l.search()
		return
	}
	if len(l.pieces) > 0 {
		l.scan(from)
	}
	l.order()
}

// Reset drops the rows and keeps the query and what one sorts by.
func (l *List) Reset() { *l = List{query: l.query, pieces: l.pieces, sorted: l.sorted} }

// Len is the number of rows, and Hits the number of those that match.
func (l *List) Len() int { return l.length }

// Hits is the number of rows that match the query.
func (l *List) Hits() int {
	if l.whole() {
		return l.length
	}
	return len(l.hits)
}

// whole reports that every row is a hit, in the order of Append.
func (l *List) whole() bool { return len(l.pieces) == 0 && l.base == nil && l.groups == nil }

// Hit is the row at a position among the hits, counted in the order of Append.
func (l *List) Hit(position int) int {
	if l.whole() {
		return position
	}
	return int(l.hits[position])
}

// Find is the position of a row among the hits, -1 when it is not one.
func (l *List) Find(index int) int {
	switch {
	case index < 0 || index >= l.length:
		return -1
	case l.whole():
		return index
	}
	return slices.Index(l.hits, int32(index))
}

// Name is the name of a row.
func (l *List) Name(index int) string { return l.names.text[index] }

// Group is that of a row.
func (l *List) Group(index int) int {
	if l.groups == nil {
		return 0
	}
	return int(l.groups[index])
}

// Query is what the rows must match.
func (l *List) Query() string { return l.query }

// Search replaces the query. When it only grew, every new match is among the
// old ones and only its last piece is new, so only that is looked at.
func (l *List) Search(query string) {
	grew := len(l.pieces) > 0 && strings.HasPrefix(query, l.query)
	before, last := len(l.pieces), ""
	if grew {
		last = l.pieces[before-1]
	}
	l.query = query
	l.pieces = strings.Fields(strings.ToLower(query))
	if grew && len(l.pieces)-before <= 1 {
		longer := len(l.pieces) == before && strings.HasPrefix(l.pieces[before-1], last)
		if l.narrow(longer) {
			l.order()
		}
		return
	}
	l.search()
}

// search looks at all rows.
func (l *List) search() {
	l.match, l.ranks, l.spots = l.match[:0], l.ranks[:0], l.spots[:0]
	if len(l.pieces) > 0 {
		l.scan(0)
	}
	l.order()
}

// scan looks at the rows of base from a place on.
func (l *List) scan(from int) {
	for at := from; at < l.length; at++ {
		index := l.row(at)
		worst, spot := rankPrefix, beside
		for i := 0; i < len(l.pieces) && worst < rankCount; i++ {
			rank, at := l.place(index, i)
			worst, spot = max(worst, rank), at
		}
		if worst < rankCount {
			l.match, l.ranks, l.spots = append(l.match, index), append(l.ranks, worst), append(l.spots, int32(spot))
		}
	}
}

// narrow looks among the matches for the last piece. It never ranks better
// than the shorter one that it was, and where the name has it in the place of
// the shorter one it ranks the same. It reports whether anything changed.
func (l *List) narrow(longer bool) (changed bool) {
	last, kept := len(l.pieces)-1, 0
	piece := l.pieces[last]
	for i, index := range l.match {
		rank, spot := l.ranks[i], l.spots[i]
		if !longer || spot == beside || !strings.HasPrefix(l.names.low[index][spot:], piece) {
			found, at := l.place(index, last)
			if found == rankCount {
				continue
			}
			changed = changed || found > rank
			rank, spot = max(rank, found), int32(at)
		}
		l.match[kept], l.ranks[kept], l.spots[kept] = index, rank, spot
		kept++
	}
	changed = changed || kept < len(l.match)
	l.match, l.ranks, l.spots = l.match[:kept], l.ranks[:kept], l.spots[:kept]
	return changed
}

// place ranks a piece in a row, with rankCount where it is nowhere.
func (l *List) place(index int32, piece int) (rank uint8, spot int) {
	text := l.pieces[piece]
	rank, spot = placeOf(l.names.low[index], text, piece == 0)
	if spot == beside && !l.owners.has(index, text) && !l.comments.has(index, text) {
		rank = rankCount
	}
	return rank, spot
}

// row is the row at a place of base.
func (l *List) row(at int) int32 {
	if l.base == nil {
		return int32(at)
	}
	return l.base[at]
}

// order puts the matches into hits by rank and group, and keeps their order
// within both. Passes that count are cheaper than any sort.
func (l *List) order() {
	if l.whole() {
		l.hits = nil
		return
	}
	count := len(l.match)
	if len(l.pieces) == 0 {
		count = l.length
	}
	var next [int(rankCount) * mostGroups]int
	for i := range count {
		next[l.bucket(i)]++
	}
	start := 0
	for bucket, size := range next {
		next[bucket] = start
		start += size
	}
	l.hits = slices.Grow(l.hits[:0], count)[:count]
	for i := range count {
		bucket := l.bucket(i)
		l.hits[next[bucket]] = l.matched(i)
		next[bucket]++
	}
}

func (l *List) matched(i int) int32 {
	if len(l.pieces) == 0 {
		return l.row(i)
	}
	return l.match[i]
}

func (l *List) bucket(i int) int {
	bucket := 0
	if len(l.pieces) > 0 {
		bucket = int(l.ranks[i]) * mostGroups
	}
	if l.groups != nil && l.sorted == Listed {
		bucket += int(l.groups[l.matched(i)])
	}
	return bucket
}
