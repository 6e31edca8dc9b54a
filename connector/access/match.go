package access

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
)

// The ranks of a match, the best first: the whole name or its last part, its beginning, the beginning of a word in it, anywhere, and what is known
// besides the name.
const (
	matchWhole = iota
	matchBegins
	matchWord
	matchAnywhere
	matchBeside
	// MatchRanks is how many there are.
	MatchRanks
)

// Match finds principals and objects by pieces of what they are called and of their kind, in any case and any order. There may be a million, so
// nothing is made for one that is looked at. It is for one goroutine.
type Match struct {
	f      *Facts
	pieces [][][]byte // each in all the ways in which it may be in a name
	kinds  [][]bool   // of each piece, in the names of which kinds of objects it is, by their codes
	people [][]bool   // the same of kinds of principals
	low    []byte
}

// peopleWords are what kinds of principals are found by.
var peopleWords = []string{User: "user", ServicePrincipal: "service principal", Group: "group"}

// Match reads what is looked for. Nothing matches everything.
func (f *Facts) Match(text string) *Match {
	m := &Match{f: f}
	for _, piece := range pieces(text) {
		m.pieces = append(m.pieces, meant(piece))
		kinds := make([]bool, len(f.rules.codes))
		for code, k := range f.rules.codes {
			kinds[code] = strings.Contains(strings.ToLower(f.rules.KindName(k)), piece)
		}
		people := make([]bool, len(peopleWords))
		for kind, word := range peopleWords {
			people[kind] = strings.Contains(word, piece)
		}
		m.kinds, m.people = append(m.kinds, kinds), append(m.people, people)
	}
	return m
}

// pieces are what is looked for in lower case. A full name that is put together from aliases is looked for by its parts.
func pieces(text string) (all []string) {
	for _, piece := range strings.Fields(strings.ToLower(text)) {
		within := strings.FieldsFunc(piece, func(r rune) bool { return r == '.' || r == '/' })
		if slices.ContainsFunc(within, func(part string) bool { return len(behind(part)) == 0 }) {
			within = []string{piece}
		}
		all = append(all, within...)
	}
	return all
}

// meant are the texts of which one has to be in a name: a piece, or what it is the alias of on this screen.
func meant(piece string) (all [][]byte) {
	for _, value := range behind(piece) {
		all = append(all, []byte(value))
	}
	if all == nil {
		all = [][]byte{[]byte(piece)}
	}
	return all
}

// behind is what an alias stands for while the screen is shared.
func behind(piece string) []string {
	if !connector.Sharing() {
		return nil
	}
	return connector.Known().Behind(piece)
}

// Principal tells how well a principal matches, and whether it does.
func (m *Match) Principal(p Principal) (rank int, ok bool) {
	is := &m.f.people.list[p].Member
	for i, piece := range m.pieces {
		at := m.within(is.Name, piece)
		if is.Display != "" {
			at = min(at, m.within(is.Display, piece))
		}
		if at == MatchRanks && m.people[i][is.Kind] {
			at = matchBeside
		}
		rank = max(rank, at)
	}
	return rank, rank < MatchRanks
}

// Object tells how well an object matches, and whether it does.
func (m *Match) Object(o Object) (rank int, ok bool) {
	s := &m.f.objects
	key, title := s.texts.at(s.key[o]), []byte(nil)
	if at := s.title[o]; at != 0 {
		title = s.texts.at(at - 1)
	}
	for i, piece := range m.pieces {
		at := MatchRanks
		if title == nil {
			at = m.rank(key, piece)
		} else if at = m.rank(title, piece); at == MatchRanks && m.rank(key, piece) < MatchRanks {
			at = matchBeside
		}
		if at == MatchRanks && m.kinds[i][s.kind[o]] {
			at = matchBeside
		}
		if rank = max(rank, at); rank == MatchRanks {
			return rank, false
		}
	}
	return rank, true
}

// Text tells how well a text matches, and whether it does.
func (m *Match) Text(text string) (rank int, ok bool) {
	for _, piece := range m.pieces {
		rank = max(rank, m.within(text, piece))
	}
	return rank, rank < MatchRanks
}

func (m *Match) within(name string, piece [][]byte) int {
	m.low = append(m.low[:0], name...)
	return m.rank(m.low, piece)
}

// lower gives a text in lower case, which is itself where nothing in it is another case.
func (m *Match) lower(text []byte) []byte {
	for i, c := range text {
		switch {
		case c >= utf8.RuneSelf:
			return bytes.ToLower(text)
		case 'A' <= c && c <= 'Z':
			if len(m.low) == 0 || &m.low[0] != &text[0] {
				m.low = append(m.low[:0], text...)
			}
			for j := i; j < len(m.low); j++ {
				switch c := m.low[j]; {
				case c >= utf8.RuneSelf:
					return bytes.ToLower(text)
				case 'A' <= c && c <= 'Z':
					m.low[j] = c + 'a' - 'A'
				}
			}
			return m.low
		}
	}
	return text
}

// parts are what names are put together with.
const parts = "./_- @:"

// rank is how well a name has a piece, MatchRanks where it has not.
func (m *Match) rank(name []byte, piece [][]byte) int {
	low, best := m.lower(name), MatchRanks
	for _, text := range piece {
		best = min(best, rankOf(low, text))
	}
	return best
}

func rankOf(low, piece []byte) int {
	at := bytes.Index(low, piece)
	if at < 0 {
		return MatchRanks
	}
	best := matchAnywhere
	for from := 0; at >= 0; {
		spot := from + at
		end := spot+len(piece) == len(low)
		switch {
		case spot == 0 && end, end && (low[spot-1] == '.' || low[spot-1] == '/'):
			return matchWhole
		case spot == 0:
			best = matchBegins
		case strings.IndexByte(parts, low[spot-1]) >= 0:
			best = min(best, matchWord)
		}
		from = spot + 1
		at = bytes.Index(low[from:], piece)
	}
	return best
}

// Everybody lists the principals that were collected.
func (f *Facts) Everybody() []Principal { return f.everyone.list() }
