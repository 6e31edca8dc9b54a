package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func longPage(t *testing.T) (*order, *Page) {
	t.Helper()
	var lines []string
	for i := range 60 {
		lines = append(lines, fmt.Sprintf("rule %d of the shop", i+1))
	}
	lines[30], lines[50] = "who grinds the Beans", "who counts the beans"
	done := 0
	o, page := read(t, PageContent{
		Title: "The house rules", Text: strings.Join(lines, "\n"), Filename: "rules.txt",
		Actions: []Action{{Bind("act", "e"), func() (Move, tea.Cmd) { done++; return Stay(), nil }}},
	})
	t.Cleanup(func() {
		if done > 0 {
			t.Error("a letter acted while it was typed into the search")
		}
	})
	return o, page
}

func TestALongPageIsSearched(t *testing.T) {
	o, page := longPage(t)
	o.mustShow("1–18 of 60")
	o.press("/")
	o.mustShow("/", "type what to look for", "enter look · esc end the search")
	o.text("the beans?")
	o.mustShow("not on this page")
	o.press("backspace")
	o.mustShow("who grinds the Beans", "line 1 of 2")
	o.press("enter", "n")
	o.mustShow("who counts the beans", "line 2 of 2", "n next · N the one before")
	o.press("n")
	o.mustShow("who grinds the Beans", "line 1 of 2")
	o.press("N")
	o.mustShow("line 2 of 2")
	if row := page.find.mark(o.theme, "who counts the beans", true); row == "who counts the beans" || plainText(row) != "who counts the beans\n" {
		t.Errorf("what was looked for is drawn as %q", row)
	}
	o.press("home")
	o.mustShow("rule 1 of the shop", "line 2 of 2")
	if o.press("esc"); len(o.stack) != 2 || page.find.on() {
		t.Fatal("esc does not end the search first")
	}
	if o.press("esc"); len(o.stack) != 1 {
		t.Fatal("the second esc does not close the page")
	}
}

func TestAPageThatIsAllInSightHasNothingToSearch(t *testing.T) {
	o, page := read(t, PageContent{Title: "Recipe", Text: "GRIND 18 g"})
	if o.press("/"); page.Typing() || strings.Contains(o.screen(), "search") {
		t.Fatalf("it is searched:\n%s", o.screen())
	}
}

func TestTheKeysOfAScreenAreAPageThatSaysWhereOneIs(t *testing.T) {
	o := newOrder(t, 60, 18)
	o.press("ctrl+g")
	page := NewPage(o.theme, PageContent{Title: "Stock", Text: "2 bags"})
	for i := range 20 {
		page.Actions = append(page.Actions, Action{Bind(fmt.Sprintf("do %d", i), fmt.Sprintf("f%d", i+20)), nil})
	}
	o.settle(o.open(page))
	o.press("?")
	o.mustShow("Keys", "1–11 of", "┃")
	o.press("end")
	o.mustShow("ctrl+c")
}
