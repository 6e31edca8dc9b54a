package sift

import (
	"cmp"
	"slices"
	"strings"
)

// Key is what rows are sorted by.
type Key int

// The keys, in the order in which Next goes through them.
const (
	Listed Key = iota // as they were appended, by their groups
	ByName
	ByOwner
	ByState
	keyCount
)

// String says in a word or two what rows are sorted by; it is empty while
// they are not.
func (k Key) String() string {
	return [...]string{Listed: "", ByName: "by name", ByOwner: "by owner", ByState: "by state"}[k]
}

// Sorted is what the rows are sorted by.
func (l *List) Sorted() Key { return l.sorted }

// Next is the key that follows, of those that some row has a text for.
func (l *List) Next() Key {
	for key := l.sorted + 1; key < keyCount; key++ {
		if l.column(key).text != nil {
			return key
		}
	}
	return Listed
}

// Sort puts the rows in another order. Rows of the same text keep the order of
// Append, and those without any come last.
func (l *List) Sort(by Key) {
	l.sorted, l.base = by, nil
	if by != Listed {
		l.merge(0)
	}
	l.search()
}

func (l *List) column(key Key) *column {
	switch key {
	case ByOwner:
		return &l.owners
	case ByState:
		return &l.states
	}
	return &l.names
}

// merge puts the rows from index from on, which are new, among those that are
// sorted already.
func (l *List) merge(from int) {
	low := l.column(l.sorted).low
	fresh := sorted(low, from, l.length)
	if from == 0 || low == nil {
		l.base = append(l.base, fresh...)
		return
	}
	old, all := l.base, make([]int32, 0, l.length)
	for len(old) > 0 && len(fresh) > 0 {
		if follows(low[old[0]], low[fresh[0]]) <= 0 {
			all, old = append(all, old[0]), old[1:]
		} else {
			all, fresh = append(all, fresh[0]), fresh[1:]
		}
	}
	l.base = append(append(all, old...), fresh...)
}

// follows compares two texts; an empty one stands behind all others.
func follows(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(len(b), len(a))
	}
	return strings.Compare(a, b)
}

// place is a row with eight bytes of its text, which stand beside each other
// in memory as the texts do not.
type place struct {
	head  uint64
	index int32
}

// sorted gives the rows from index from to index until in the order of their
// texts.
func sorted(low []string, from, until int) []int32 {
	places := make([]place, until-from)
	for i := range places {
		places[i].index = int32(from + i)
	}
	if low != nil {
		arrange(places, low, 0)
	}
	order := make([]int32, len(places))
	for i, at := range places {
		order[i] = at.index
	}
	return order
}

// arrange sorts places by their texts from the byte at skip on: by the eight
// bytes behind what all have in common, and those that agree in them again by
// what follows.
func arrange(places []place, low []string, skip int) {
	skip += common(places, low, skip)
	for i := range places {
		places[i].head = head(low[places[i].index], skip)
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return cmp.Compare(a.index, b.index)
	})
	for len(places) > 0 {
		same, longer := 0, false
		for same < len(places) && places[same].head == places[0].head {
			longer = longer || len(low[places[same].index]) > skip+8
			same++
		}
		if same > 1 && longer {
			arrange(places[:same], low, skip+8)
		}
		places = places[same:]
	}
}

// common is how many bytes from skip on are the same in all texts. An empty
// text has no say.
func common(places []place, low []string, skip int) int {
	first, length := "", 0
	for _, at := range places {
		text := low[at.index]
		if text == "" {
			continue
		}
		text = text[min(skip, len(text)):]
		if first == "" {
			first, length = text, len(text)
		}
		length = min(length, len(text))
		for text[:length] != first[:length] {
			length--
		}
	}
	return length
}

// head is the eight bytes of a text behind skip of them, as a number that
// compares as they do. Nothing stands behind everything.
func head(text string, skip int) (number uint64) {
	if text == "" {
		return 1<<64 - 1
	}
	for i := range 8 {
		number <<= 8
		if skip+i < len(text) {
			number |= uint64(text[skip+i])
		}
	}
	return number
}
