package screentest

import (
	"image/color"
	"maps"
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui"
)

// coloured is a colour of the table of 256, as a style begins with it.
var coloured = regexp.MustCompile(`38;5;\d+`)

// onDark and onLight are the colours that a theme has on the one background and never on the other.
var onDark, onLight = coloursBut(true), coloursBut(false)

func coloursBut(dark bool) []string {
	of := func(dark bool) map[string]bool {
		t, found := ui.NewTheme(dark), map[string]bool{}
		for _, sample := range []string{t.Faint.Render("a"), t.Accent.Render("a"), t.Good.Render("a"), t.Bad.Render("a"), t.Warn.Render("a")} {
			for _, c := range coloured.FindAllString(sample, -1) {
				found[c] = true
			}
		}
		return found
	}
	other := of(!dark)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(of(dark))), func(c string) bool { return other[c] })
}

// has reports which of some colours a frame has.
func has(frame string, colours []string) (found []string) {
	for _, c := range coloured.FindAllString(frame, -1) {
		if slices.Contains(colours, c) && !slices.Contains(found, c) {
			found = append(found, c)
		}
	}
	return found
}

// mustSuitLight sees that the present screen has the same text on a light background, in colours for that, and leaves it on the dark one. A screen that
// is on a light one already is left alone.
func (w *Walk) mustSuitLight(name string) {
	w.T.Helper()
	before := w.View().Content
	if len(has(before, onDark)) == 0 {
		return
	}
	w.send(tea.BackgroundColorMsg{Color: color.White})
	light := w.View().Content
	w.send(tea.BackgroundColorMsg{Color: color.Black})
	if stray := has(light, onDark); len(stray) > 0 || len(has(light, onLight)) == 0 {
		w.T.Errorf("%s: on a light background it has the colours %s of a dark one", name, strings.Join(stray, ", "))
	}
	if PlainText(light) != PlainText(before) {
		w.T.Errorf("%s: on a light background it says something else:\n%s", name, PlainText(light))
	}
}
