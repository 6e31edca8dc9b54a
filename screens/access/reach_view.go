package access

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// heading is what a side is called.
func (r *reach) heading(s side) string {
	switch {
	case s == groups:
		return "Is in"
	case s == members:
		return "Members"
	case s == holds:
		return "What is in it"
	case s == liesIn:
		return "What it is in"
	case r.end.on != access.Nothing:
		return "Who can reach it"
	}
	return "What it can reach"
}

// View draws the lists with what is known about the row under the cursor.
func (r *reach) View(width, height int) string {
	head := r.theme.Title.Render(ui.Cut(ui.Clean(r.world.heading(r.end)), width)) + "\n"
	switch {
	case r.err != nil:
		return head + "\n" + panels.Trouble(r.err).View(r.theme, width)
	case r.around == nil:
		return head + "\n" + ui.Working("Looking who can reach what", r.task.Since()).View(r.theme, width)
	}
	head += r.tabs(width) + "\n"
	if lines := r.world.facts.SayDoubts(r.around.untold); len(lines) > 0 {
		more := ""
		if n := len(lines) - 1; n > 0 {
			more = " And " + words.Thousands(n) + " more."
		}
		head += r.theme.Faint.Render(ui.Cut(ui.Clean(lines[0]), max(width-len(more), 1))+more) + "\n"
	}
	if line := r.sayUnknown(r.side()); line != "" {
		head += r.theme.Faint.Render(ui.Cut(ui.Clean(line), width)) + "\n"
	}
	head += "\n"
	if list := r.list(); r.typing || list.field.Value() != "" {
		head += list.field.View(width) + "\n"
	}
	return head + ui.Split(r.theme, width, height-strings.Count(head, "\n"), r.rows, panels.Steady(r.theme, r.about))
}

// tabs are the lists with how many rows each has, the one in sight standing out.
func (r *reach) tabs(width int) string {
	var tabs []string
	for i, s := range r.around.sides {
		text := r.heading(s) + " " + r.around.tally(s)
		if i == r.at {
			tabs = append(tabs, r.theme.Selected.Render(ui.MarkCursor.String()+" "+text))
		} else {
			tabs = append(tabs, r.theme.Faint.Render(text))
		}
	}
	return ui.Cut(strings.Join(tabs, r.theme.Faint.Render(" · "))+r.theme.Faint.Render("   "+r.list().tally()), width)
}

// waysFrom is how wide a list is that has room for the ways beside whole names.
const waysFrom = 90

func (r *reach) rows(width, height int) string {
	r.ways = width >= waysFrom
	if r.around.count(r.side()) > 0 {
		return r.list().list(width, height)
	}
	switch {
	case r.side() != reaches:
		return ui.Empty("Nobody", "None was collected.", "").View(r.theme, width)
	case r.end.on != access.Nothing:
		return ui.Empty("Nobody can reach it", "Of nobody it cannot be told, either.", "").View(r.theme, width)
	}
	return ui.Empty("It can reach nothing", "Of nothing it cannot be told, either.", "").View(r.theme, width)
}

// about is what is known about the row under the cursor: what is held, and by which way.
func (r *reach) about(width, _ int) string {
	i, ok := r.list().selected()
	if !ok {
		return ""
	}
	e := r.other(r.side(), i)
	var facts []panels.Fact
	if r.side() == reaches {
		facts = r.held(i)
	} else {
		facts = r.world.known(e)
	}
	return r.theme.Title.Render(ui.Cut(ui.Clean(r.world.name(e)), width)) + "\n" + panels.Facts(r.theme, facts, width)
}

func (r *reach) held(i int) (facts []panels.Fact) {
	f, h := r.world.facts, r.around.held[i]
	named := func(rights []access.Right) string {
		var names []string
		for _, right := range rights {
			names = append(names, f.Rules().UI(right, f.Kind(h.On)))
		}
		return strings.Join(names, ", ")
	}
	if r.end.on == access.Nothing {
		facts = append(facts, panels.Fact{Label: "Kind", Text: f.KindOf(h.On)})
	} else {
		kind := f.PrincipalKindOf(h.Who)
		if r.world.ours(h.Who) {
			kind = "our connector, a " + kind
		}
		facts = append(facts, panels.Fact{Label: "Kind", Text: kind})
	}
	if rights := h.Rights(); len(rights) > 0 {
		facts = append(facts, panels.Fact{Label: "Has", Text: named(rights)})
	}
	if rights := h.Unknown(); len(rights) > 0 {
		facts = append(facts, panels.Fact{Label: "Unknown", Text: named(rights)})
	}
	if needs := r.world.needed(h); needs != "" {
		facts = append(facts, panels.Fact{Label: "Needs", Text: needs})
	}
	if way := f.SayPath(r.question(i), r.path(i)); way != "" {
		facts = append(facts, panels.Fact{Label: "By", Text: way})
	}
	for n, line := range f.SayBecause(r.path(i)) {
		facts = append(facts, panels.Fact{Label: map[bool]string{true: "Because"}[n == 0], Text: line})
	}
	return facts
}
