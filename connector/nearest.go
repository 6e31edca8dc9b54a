package connector

import (
	"slices"
	"strings"
)

// Nearest gives up to limit of the names that contain the asked one or differ from it in at most a third of its letters, closest first.
// Case does not count. It is for "did you mean", never for choosing.
func Nearest(asked string, names []string, limit int) []string {
	type candidate struct {
		name string
		far  int
	}
	want := []rune(strings.ToLower(strings.TrimSpace(asked)))
	var found []candidate
	for _, name := range names {
		lower := strings.ToLower(name)
		far := distance(want, []rune(lower))
		if far <= max(1, len(want)/3) || len(want) > 1 && strings.Contains(lower, string(want)) {
			found = append(found, candidate{name, far})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.far - b.far })
	var near []string
	for _, c := range found[:min(limit, len(found))] {
		near = append(near, c.name)
	}
	return near
}

// distance is how many letters to insert, drop, replace, or swap with the next one.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before, last, row = last, row, before
		row[0] = i + 1
		for j, y := range b {
			cost := last[j]
			if x != y {
				cost++
			}
			row[j+1] = min(cost, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && x == b[j-1] && a[i-1] == y {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
