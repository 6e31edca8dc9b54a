package keys

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// met is which kinds of screens and panels the rows led to.
type met struct {
	mu    sync.Mutex
	kinds map[string]bool
	rows  int
}

func (m *met) note(p *person) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows++
	for _, panel := range p.Standing() {
		m.kinds[kindOf(panel)] = true
	}
}

// unseen are the types that are no screens themselves: home line by line, what stands around a step where a record is kept, and what screens about a
// workspace stand on.
var unseen = []string{"home.lineByLine", "steps.recorded", "panels.Listing"}

// The whole table. Whatever opens on a screen has a row: a panel that has none fails the test, as does a row whose panel is gone.
func TestEveryKeyOnEveryScreenDoesWhatItSaysAndNoOther(t *testing.T) {
	seen := &met{kinds: map[string]bool{}}
	scenes := slices.Concat(wizardScenes, otherScenes, workspaceScenes)
	t.Run("rows", func(t *testing.T) {
		for _, s := range scenes {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				s.judge(t, seen)
			})
		}
	})
	has, made := found(t), map[string]bool{}
	for _, s := range scenes {
		for _, r := range s.rows {
			if made[r.by] = true; r.by != "" && !has.makers[r.by] {
				t.Errorf("%s: %s makes no panel any more", s.name, r.by)
			}
		}
	}
	for _, maker := range slices.Sorted(maps.Keys(has.makers)) {
		if !made[maker] {
			t.Errorf("the panel that %s makes is in no row", maker)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(has.kinds)) {
		if !seen.kinds[kind] && !slices.Contains(unseen, kind) {
			t.Errorf("no row leads to a %s", kind)
		}
	}
	t.Logf("%d scenes, %d rows with their states", len(scenes), seen.rows)
}

// judge holds each row of a scene against the rules, first while it works and then once it has come.
func (s scene) judge(t *testing.T, seen *met) {
	j := &judge{person: s.open(t), t: t}
	for i, r := range s.rows {
		j.what, j.anew = fmt.Sprintf("row %d %q", i+1, r.shows), func() *person { return s.at(t, i) }
		j.calm()
		j.down(r.back)
		if r.play(j.person); j.Pending > 0 && !r.there(j.person) {
			seen.note(j.person)
			if *full || i%2 == 0 {
				j.atWork(r)
			}
		}
		if j.calm(); !r.there(j.person) {
			j.person = s.at(t, i)
		}
		seen.note(j.person)
		j.next = s.opens(i)
		j.all(*full || i%3 == 0)
	}
	j.up()
}

// open puts a person in front of what the first row begins at.
func (s scene) open(t testing.TB) *person {
	p := s.begin(t)
	if s.past != nil {
		p.calm()
		s.past(p)
	}
	return p
}

// at is another person in front of a row, past the rows that it is over.
func (s scene) at(t testing.TB, i int) *person {
	t.Helper()
	p := s.open(t)
	for _, at := range s.path(i) {
		p.calm()
		s.rows[at].play(p)
	}
	if p.calm(); !s.rows[i].there(p) {
		t.Fatalf("row %d does not show %q:\n%s", i+1, s.rows[i].shows, p.Screen())
	}
	return p
}

// path are the rows that one is over, and itself.
func (s scene) path(i int) (path []int) {
	for _, level := range s.levels(i) {
		path = append(path, level...)
	}
	return path
}

// levels are the rows on each level up to one.
func (s scene) levels(i int) (levels [][]int) {
	for at, r := range s.rows[:i+1] {
		if levels = levels[:max(0, len(levels)-r.back)]; r.same {
			last := len(levels) - 1
			levels[last] = append(slices.Clone(levels[last]), at)
			continue
		}
		levels = append(levels, []int{at})
	}
	return levels
}

// opens are the keys by which the rows over one open: they are judged there.
func (s scene) opens(i int) (names []string) {
	for at := i + 1; at < len(s.rows); at++ {
		if path := s.path(at); len(path) > 1 && path[len(path)-2] == i && s.rows[at].text == "" {
			names = append(names, strings.Fields(s.rows[at].keys)...)
		}
	}
	return names
}

// there reports that what a row shows is there, wherever its lines break.
func (r row) there(p *person) bool {
	return p.Pending == 0 && strings.Contains(strings.Join(strings.Fields(p.Screen()), " "), strings.Join(strings.Fields(r.shows), " ")) ||
		p.Shows(r.shows)
}
