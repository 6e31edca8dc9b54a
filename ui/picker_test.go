package ui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func newPicker(names ...string) *Picker {
	theme := NewTheme(true)
	picker := NewPicker(&theme)
	picker.AppendNames(names)
	return picker
}

func typeInto(p *Picker, text string) {
	for _, r := range text {
		p.Key(pressOf(string(r)))
	}
}

// hitNames are the names the filter lets through, in the order drawn.
func hitNames(p *Picker) []string {
	names := make([]string, p.Hits())
	for i := range names {
		names[i] = p.rows.Name(p.rows.Hit(i))
	}
	return names
}

func selectedName(t *testing.T, p *Picker) string {
	t.Helper()
	index, ok := p.Selected()
	if !ok {
		t.Fatal("nothing is selected")
	}
	return p.rows.Name(index)
}

func TestFilterRanksPrefixThenBoundaryThenAnywhere(t *testing.T) {
	p := newPicker("reorder", "sales_orders", "Orders", "border.ord", "x")
	typeInto(p, "ord")
	want := []string{"Orders", "sales_orders", "border.ord", "reorder"}
	if got := hitNames(p); !slices.Equal(got, want) {
		t.Fatalf("hits %v, want %v", got, want)
	}
}

func TestEveryPieceMustOccurInAnyOrder(t *testing.T) {
	p := newPicker("sales.orders", "sales.customers", "hr.orders", "ORDERS_OF_SALES", "wholesales.reorders")
	p.SetQuery("ord sales")
	want := []string{"ORDERS_OF_SALES", "sales.orders", "wholesales.reorders"}
	if got := hitNames(p); !slices.Equal(got, want) {
		t.Fatalf("hits %v, want %v", got, want)
	}
}

func TestFastEnterNeverChoosesAStaleRow(t *testing.T) {
	p := newPicker("alice", "bob", "carol")
	typeInto(p, "bo")
	if got := selectedName(t, p); got != "bob" {
		t.Fatalf("selected %s", got)
	}
	typeInto(p, "x")
	if index, ok := p.Selected(); ok || index != -1 {
		t.Fatalf("with no hit, selected %d, %v", index, ok)
	}
	p.Key(pressOf("backspace"))
	p.AppendNames([]string{"aaa", "bo"})
	if got := selectedName(t, p); got != "bob" {
		t.Fatalf("a page arrived and the selection became %s", got)
	}
}

func TestTheCursorKeepsItsItemWhenBetterHitsArrive(t *testing.T) {
	p := newPicker("my_orders", "more_orders")
	typeInto(p, "ord")
	p.Key(pressOf("down"))
	p.AppendNames([]string{"orders", "ordinary"})
	if got := selectedName(t, p); got != "more_orders" {
		t.Fatalf("selected %s", got)
	}
	if hitNames(p)[0] != "orders" {
		t.Fatalf("hits %v", hitNames(p))
	}
}

func TestNarrowingGivesTheSameHitsAsAFreshFilter(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	words := []string{"sales", "order", "ord", "or", "s_o", "x.y", "é", "Über"}
	var names []string
	for i := range 500 {
		names = append(names, fmt.Sprintf("%s%s%s%d", words[random.IntN(len(words))],
			[]string{".", "_", "", " "}[random.IntN(4)], words[random.IntN(len(words))], i))
	}
	for _, query := range []string{"or", "ord", "s o", "sales ord", "order 1 2", "über", "e1"} {
		typed, fresh := newPicker(names[:200]...), newPicker(names...)
		for i, r := range query {
			typed.Key(pressOf(map[bool]string{true: "space", false: string(r)}[r == ' ']))
			if i == 0 {
				typed.AppendNames(names[200:400])
			}
		}
		typed.AppendNames(names[400:])
		fresh.SetQuery(query)
		if !slices.Equal(hitNames(typed), hitNames(fresh)) {
			t.Errorf("%q: typing found %d, a fresh filter %d", query, typed.Hits(), fresh.Hits())
		}
	}
}

func TestResetKeepsTheQueryForTheRowsThatFollow(t *testing.T) {
	p := newPicker("alice", "bob")
	p.SetTicks(true)
	typeInto(p, "bo")
	p.Toggle()
	p.Reset()
	if p.Len() != 0 || p.Hits() != 0 || len(p.Ticked()) != 0 {
		t.Fatal("rows or ticks are left")
	}
	p.AppendNames([]string{"bonny", "carol"})
	if p.Query() != "bo" || p.Hits() != 1 {
		t.Fatalf("query %q, hits %d", p.Query(), p.Hits())
	}
}

func TestADisabledRowIsSeenAndNotChosen(t *testing.T) {
	p := newPicker("a", "b")
	p.SetTicks(true)
	p.Describe(func(index int) PickerRow { return PickerRow{Disabled: index == 0} })
	if index, ok := p.Selected(); ok || index != 0 {
		t.Fatalf("selected %d, %v", index, ok)
	}
	p.Toggle()
	if len(p.Ticked()) != 0 {
		t.Fatal("a disabled row was ticked")
	}
}

func TestSpaceTicksOnlyWhereThereAreTicks(t *testing.T) {
	p := newPicker("a b", "ab", "b")
	typeInto(p, "a")
	p.Key(pressOf("space"))
	typeInto(p, "b")
	if p.Query() != "a b" {
		t.Fatalf("query %q", p.Query())
	}
	p.SetQuery("")
	p.SetTicks(true)
	p.Key(pressOf("down"))
	p.Key(pressOf("space"))
	p.Tick(0, true)
	p.Tick(99, true)
	if got := p.Ticked(); !slices.Equal(got, []int{0, 1}) {
		t.Fatalf("ticked %v", got)
	}
	if got := p.Count(); got != "2 ticked, 2 of 3" {
		t.Fatalf("count %q", got)
	}
}

func TestOneKeyTicksAllThatTheFilterShowsAndTakesThemBack(t *testing.T) {
	p := newPicker("sales_a", "hr", "sales_b", "sales_locked")
	p.SetTicks(true)
	p.Describe(func(index int) PickerRow { return PickerRow{Disabled: index == 3} })
	p.Tick(1, true)
	typeInto(p, "sales")
	p.Key(pressOf("ctrl+a"))
	if got := p.Ticked(); !slices.Equal(got, []int{0, 1, 2}) {
		t.Fatalf("ticked %v", got)
	}
	p.Key(pressOf("ctrl+a"))
	if got := p.Ticked(); !slices.Equal(got, []int{1}) {
		t.Fatalf("taken back, ticked %v", got)
	}
}

func TestSortingKeepsTheCursorOnItsRowAndSaysWhatBy(t *testing.T) {
	p := newPicker("b", "c", "a")
	p.Key(pressOf("down"))
	p.Key(pressOf("ctrl+k"))
	if selectedName(t, p) != "c" || p.Count() != "by name, 3 of 3" || hitNames(p)[0] != "a" {
		t.Fatalf("%s, %s, %v", selectedName(t, p), p.Count(), hitNames(p))
	}
	p.Key(pressOf("ctrl+k"))
	if p.Count() != "2 of 3" {
		t.Fatal(p.Count())
	}
}

func TestABarShowsThatThereIsMoreAndWhere(t *testing.T) {
	p := newPicker(manyNames(100)...)
	bar := func() string {
		var bar strings.Builder
		for _, line := range strings.Split(strings.TrimSpace(plainText(p.View(40, 9))), "\n")[1:] {
			bar.WriteString(string([]rune(line)[39:]))
		}
		return bar.String()
	}
	for _, at := range []struct{ key, want string }{{"home", "┃│││││││"}, {"end", "│││││││┃"}} {
		p.Key(pressOf(at.key))
		if got := bar(); got != at.want {
			t.Errorf("after %s the bar is %s, want %s", at.key, got, at.want)
		}
	}
	p.Key(pressOf("up"))
	p.Key(pressOf("pgup"))
	if got := bar(); !strings.HasPrefix(got, "│") || !strings.HasSuffix(got, "│") {
		t.Errorf("in the middle the bar is %s", got)
	}
	few := newPicker("a", "b")
	if strings.Contains(few.View(40, 9), "│") {
		t.Error("a list that is all in sight has a bar")
	}
}

func TestCountShowsHitsAndWhatIsStillLoading(t *testing.T) {
	p := newPicker(manyNames(100_000)...)
	p.SetQuery("orders_09999")
	p.SetLoading(true)
	if got := p.Count(); got != "1 of 1 (100,000)…" {
		t.Fatalf("count %q", got)
	}
}

func TestMovingStaysWithinTheListAndTheWindow(t *testing.T) {
	p := newPicker(manyNames(100)...)
	p.View(60, 11)
	steps := []struct {
		key  string
		want int
	}{{"up", 0}, {"down", 1}, {"ctrl+n", 2}, {"ctrl+p", 1}, {"pgdown", 11}, {"end", 99}, {"down", 99}, {"pgup", 89}, {"home", 0}}
	for _, step := range steps {
		p.Key(pressOf(step.key))
		if index, _ := p.Selected(); index != step.want {
			t.Fatalf("after %s: %d, want %d", step.key, index, step.want)
		}
		if view := plainText(p.View(60, 11)); !strings.Contains(view, "› "+p.rows.Name(step.want)) {
			t.Fatalf("after %s the cursor is out of sight:\n%s", step.key, view)
		}
	}
}

func TestOnlyRowsOnScreenAreDescribed(t *testing.T) {
	p := newPicker(manyNames(100_000)...)
	calls := 0
	p.Describe(func(int) PickerRow { calls++; return PickerRow{Cells: []string{"x"}} })
	p.View(80, 21)
	if calls != 20 {
		t.Fatalf("%d rows described for 20 on screen", calls)
	}
}

func TestAFilterWithoutHitsExplainsItself(t *testing.T) {
	p := newPicker("a", "b")
	typeInto(p, "zz")
	if view := plainText(p.View(60, 5)); !strings.Contains(view, `No name has "zz" among the 2.`) {
		t.Fatalf("view:\n%s", view)
	}
}

func TestTheStateIsKeptWhenRoomIsShort(t *testing.T) {
	p := newPicker("a_table_with_quite_a_long_name_indeed", "b")
	p.Describe(func(int) PickerRow {
		return PickerRow{Cells: []string{"serverless", "2X-Small", "no CAN_USE"}, Mark: MarkFail}
	})
	view := plainText(p.View(44, 3))
	if !strings.Contains(view, "✗ no CAN_USE") || strings.Contains(view, "2X-Small") {
		t.Fatalf("view:\n%s", view)
	}
}

func TestPastedTextFiltersOnOneLine(t *testing.T) {
	p := newPicker("main.sales.orders", "x")
	p.Paste("  main.sales\u200B.orders\r\n")
	if p.Query() != "main.sales.orders" || p.Hits() != 1 {
		t.Fatalf("query %q, hits %d", p.Query(), p.Hits())
	}
}

func TestKeysThatAreNotForAListAreLeftToTheStep(t *testing.T) {
	p := newPicker("a")
	for _, name := range []string{"enter", "esc", "tab", "left", "right", "ctrl+t", "f1"} {
		if p.Key(pressOf(name)) {
			t.Errorf("the picker used %s", name)
		}
	}
}

func manyNames(count int) []string {
	names := make([]string, count)
	for i := range names {
		names[i] = fmt.Sprintf("catalog_%d.sales_%03d.orders_%05d", i%7, i%333, i)
	}
	return names
}
