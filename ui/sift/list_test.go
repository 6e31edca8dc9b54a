package sift

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func hits(l *List) []string {
	names := make([]string, l.Hits())
	for i := range names {
		names[i] = l.Name(l.Hit(i))
	}
	return names
}

func mustHit(t *testing.T, l *List, want ...string) {
	t.Helper()
	if got := hits(l); !slices.Equal(got, want) {
		t.Fatalf("%q finds %v, want %v", l.Query(), got, want)
	}
}

var places = []Row{
	{Name: "archive", Owner: "data-governance", State: "metadata only", Group: 3},
	{Name: "inventory", Owner: "data-governance", State: "usable"},
	{Name: "billing", Owner: "asset-owners", Comment: "Invoices and what they are for", State: "metadata only", Group: 3},
	{Name: "dev_inventory", Owner: "Asset-owners", State: "usable"},
	{Name: "main", State: "usable"},
}

func TestWhatCanBeUsedStandsFirstAndKeepsItsOrder(t *testing.T) {
	var l List
	l.Append(places[:3])
	l.Append(places[3:])
	mustHit(t, &l, "inventory", "dev_inventory", "main", "archive", "billing")
}

func TestPiecesAreFoundInOwnerAndCommentAndTheNameWeighsMore(t *testing.T) {
	var l List
	l.Append(places)
	l.Search("inv")
	mustHit(t, &l, "inventory", "dev_inventory", "billing")
	l.Search("owners inv")
	mustHit(t, &l, "dev_inventory", "billing")
	l.Search("governance arch")
	mustHit(t, &l, "archive")
	l.Search("governance nobody")
	mustHit(t, &l)
}

func TestSortingGoesThroughWhatTheRowsHaveAndBack(t *testing.T) {
	var l List
	l.Append(places)
	want := map[Key][]string{
		ByName:  {"archive", "billing", "dev_inventory", "inventory", "main"},
		ByOwner: {"billing", "dev_inventory", "archive", "inventory", "main"},
		ByState: {"archive", "billing", "inventory", "dev_inventory", "main"},
		Listed:  {"inventory", "dev_inventory", "main", "archive", "billing"},
	}
	for _, key := range []Key{ByName, ByOwner, ByState, Listed} {
		if l.Sort(l.Next()); l.Sorted() != key {
			t.Fatalf("sorted %q, want %q", l.Sorted(), key)
		}
		mustHit(t, &l, want[key]...)
	}
	var bare List
	bare.AppendNames([]string{"b", "a"})
	bare.Sort(bare.Next())
	mustHit(t, &bare, "a", "b")
	if bare.Next() != Listed {
		t.Errorf("rows without owners are to be sorted %s", bare.Next())
	}
}

// TestHowAListWasFilledAndTypedMakesNoDifference holds every way to a list and a query against a list that is filled and asked at once.
func TestHowAListWasFilledAndTypedMakesNoDifference(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	words := []string{"sales", "Order", "ord", "or", "s_o", "x.y", "é", "Über", ""}
	text := func() string { return words[random.IntN(len(words))] }
	rows := make([]Row, 600)
	for i := range rows {
		rows[i] = Row{Name: fmt.Sprintf("%s_%s%d", text(), text(), i), Owner: text(), Comment: text() + " " + text(), Group: uint8(random.IntN(mostGroups))}
	}
	for _, query := range []string{"", "or", "s o", "sales ord", "or 1 2", "über", "x ord sal"} {
		for by := range keyCount {
			var typed, fresh List
			typed.Sort(by)
			typed.Append(rows[:200])
			for i := range query {
				typed.Search(query[:i])
				if i == 1 {
					typed.Append(rows[200:400])
				}
			}
			typed.Search(query)
			typed.Append(rows[typed.Len():])
			fresh.Append(rows)
			fresh.Search(query)
			fresh.Sort(by)
			if !slices.Equal(hits(&typed), hits(&fresh)) {
				t.Errorf("%q %s: typing found\n%v, a fresh list\n%v", query, by, hits(&typed), hits(&fresh))
			}
			if query == "sales ord" && by == Listed {
				ranked(t, &fresh, rows)
			}
		}
	}
}

// ranked fails unless rows with all pieces in their names come before those without, and groups are kept within.
func ranked(t *testing.T, l *List, rows []Row) {
	t.Helper()
	beside := false
	for i := range l.Hits() {
		name := strings.ToLower(rows[l.Hit(i)].Name)
		switch {
		case !strings.Contains(name, "sales") || !strings.Contains(name, "ord"):
			beside = true
		case beside:
			t.Fatalf("%s stands behind a row whose name does not match", name)
		}
	}
	if !beside || l.Hits() < 10 {
		t.Fatalf("%d rows tell nothing", l.Hits())
	}
}
