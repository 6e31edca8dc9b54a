package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui/clip"
)

// read opens a page over a step.
func read(t *testing.T, content PageContent) (*order, *Page) {
	t.Helper()
	o := newOrder(t, 80, 24)
	page := NewPage(o.theme, content)
	o.settle(o.open(page))
	return o, page
}

// mustShow fails unless all of it is on the screen.
func (o *order) mustShow(texts ...string) {
	o.t.Helper()
	for _, text := range texts {
		if !strings.Contains(o.screen(), text) {
			o.t.Fatalf("%q is not in sight:\n%s", text, o.screen())
		}
	}
}

func TestALongPageScrollsAndSaysWhere(t *testing.T) {
	var lines []string
	for i := range 50 {
		lines = append(lines, fmt.Sprintf("line %d.", i+1))
	}
	o, _ := read(t, PageContent{Title: "The house rules", Text: strings.Join(lines, "\n")})
	for _, press := range []struct{ name, seen string }{
		{"home", "1–18 of 50"}, {"down", "2–19 of 50"}, {"pgdown", "20–37 of 50"}, {"end", "33–50 of 50"}, {"down", "33–50 of 50"},
		{"pgup", "15–32 of 50"}, {"up", "14–31 of 50"}, {"home", "line 1."},
	} {
		o.press(press.name)
		o.mustShow("The house rules", press.seen, "↑↓ scroll · esc close · / search · ? help")
	}
	if o.press("enter"); len(o.stack) != 1 {
		t.Fatal("enter closes a page that has nothing else to do")
	}
}

func TestAPageIsTakenAlong(t *testing.T) {
	o, page := read(t, PageContent{Title: "Recipe", Text: "GRIND 18 g\nBREW", Filename: "recipe.txt"})
	folder := t.TempDir()
	page.take.SetFolder(folder)
	page.take.SetCopier(&clip.Copier{Getenv: func(string) string { return "" }, Native: func(string) error { return nil }})
	o.press("s")
	saved, err := os.ReadFile(filepath.Join(folder, "recipe.txt"))
	if err != nil || string(saved) != "GRIND 18 g\nBREW\n" {
		t.Fatalf("saved %q, %v", saved, err)
	}
	o.mustShow("GRIND 18 g", "Saved to", "y copy · s save as file")
	o.press("y")
	o.mustShow("Sent to the clipboard")
	o.press("v", "esc")
	o.mustShow("Recipe", "GRIND 18 g")
	if o.press("esc"); len(o.stack) != 1 {
		t.Fatal("the second esc closes the page")
	}
}

func TestAPageIsLoadedAgainAndSaysWhatWentWrong(t *testing.T) {
	answers := []error{errNoBeans, nil}
	o, page := read(t, PageContent{
		Title: "Stock", Filename: "stock.txt", Doing: "Counting",
		Load: func(context.Context) (string, error) {
			err := answers[0]
			answers = answers[1:]
			return "2 bags", err
		},
		Failed: func(err error) State { return Failed("Not counted", err.Error(), "count again with r.") },
	})
	o.mustShow("Not counted", "no beans", "esc close · r look again · ? help")
	if o.press("y"); page.take.Note() != "" {
		t.Fatal("what failed cannot be taken along")
	}
	o.press("r")
	o.mustShow("2 bags", "y copy")
}

func TestAPageThatIsLeftWhileItLoadsStaysShut(t *testing.T) {
	o := newOrder(t, 80, 24)
	page := NewPage(o.theme, PageContent{Title: "Stock", Doing: "Counting", Load: func(ctx context.Context) (string, error) {
		return "", ctx.Err()
	}})
	loading := o.open(page)
	o.mustShow("Counting")
	o.press("enter")
	o.mustShow("Counting") // which an enter too many does not throw away
	o.press("esc")
	o.settle(loading)
	if len(o.stack) != 1 || page.task.Running() || page.err != nil {
		t.Fatal("a late answer reached the page")
	}
}

func TestAPageHasKeysOfItsOwn(t *testing.T) {
	o := newOrder(t, 80, 24)
	details := NewPage(o.theme, PageContent{Title: "Details", Body: func(int) string { return "Arabica" }})
	page := NewPage(o.theme, PageContent{
		Title: "Stock", Body: func(width int) string { return fmt.Sprint("as wide as ", width) },
		Actions: []Action{
			{Bind("details", "enter"), func() (Move, tea.Cmd) { return Open(details), nil }},
			{Bind("order more", "o"), func() (Move, tea.Cmd) { return Close().Then(Next()), nil }},
		},
		Leave: key.NewBinding(key.WithKeys("esc", "x"), key.WithHelp("x", "done")),
	})
	o.settle(o.open(page))
	o.mustShow("as wide as 61", "x done · enter details · o order more")
	o.press("enter")
	o.mustShow("Arabica")
	o.press("esc", "o")
	if o.Current() != 1 || len(o.stack) != 1 {
		t.Fatalf("at step %d", o.Current())
	}
	if !errors.Is(page.ctx.Err(), context.Canceled) {
		t.Fatal("the page goes on")
	}
}
