package access

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// newWhy is a page with the answer to a question and its reasons. It walks on to the end that was asked about.
func newWhy(theme *ui.Theme, w *world, q access.Question, onward end) ui.Panel {
	var answer access.Answer
	return ui.NewPage(theme, ui.PageContent{
		Title: "Why, or why not", Doing: "Looking for the path", Failed: panels.Trouble,
		Load: func(context.Context) (string, error) {
			var err error
			answer, err = w.facts.Why(q)
			return "", err //nolint:wrapcheck // the page names its cause
		},
		Body: func(width int) string { return sayWhy(theme, w.facts.Say(answer), width) }, // drawn anew: names may be shared meanwhile
		Actions: []ui.Action{
			{Key: ui.Bind("next right", "tab"), Do: func() (ui.Move, tea.Cmd) {
				q.Right = nextRight(w.facts, q)
				return ui.Close().Then(ui.Open(newWhy(theme, w, q, onward))), nil
			}},
			{Key: ui.Bind("walk on", "o"), Do: ui.Opens(func() ui.Panel { return newReach(theme, w, onward) })},
		},
	})
}

// nextRight is the right that follows, of those that can be asked.
func nextRight(f *access.Facts, q access.Question) access.Right {
	all := f.Rules().Asked(f.Kind(q.On))
	return all[(slices.Index(all, q.Right)+1)%len(all)]
}

var verdicts = map[string]ui.Mark{access.Yes.String(): ui.MarkPass, access.No.String(): ui.MarkFail, access.Unknown.String(): ui.MarkUnknown}

// sections are the parts of an answer that have lines.
func sections(said access.Words) []panels.Fact {
	var all []panels.Fact
	add := func(label string, lines ...string) {
		for _, line := range lines {
			if line != "" {
				all = append(all, panels.Fact{Label: label, Text: line})
			}
		}
	}
	add("Missing", said.Missing)
	add("Because", said.Because...)
	add("What would end it", said.Ends...)
	add("Who can give it", said.GivenBy...)
	add("Which group would", said.Groups...)
	add("Not collected", said.NotCollected...)
	add("Besides", said.Besides...)
	return all
}

// sayWhy draws an answer.
func sayWhy(theme *ui.Theme, said access.Words, width int) string {
	text := ui.Wrap(theme.Mark(verdicts[said.Verdict])+" "+ui.Clean(said.Verdict+": "+said.Says), width)
	heading := ""
	for _, line := range sections(said) {
		if line.Label != heading {
			heading = line.Label
			text += "\n\n" + theme.Title.Render(heading)
		}
		text += "\n  " + strings.ReplaceAll(ui.Wrap(ui.Clean(line.Text), width-2), "\n", "\n  ")
	}
	return text
}

// another finds the other end of a question: somebody or something that an end may have nothing to do with.
type another struct {
	theme  *ui.Theme
	world  *world
	end    end
	finder *finder
}

func newAnother(theme *ui.Theme, w *world, e end) *another {
	f := newFinder(theme, w.facts)
	f.field.Focus()
	return &another{theme: theme, world: w, end: e, finder: f}
}

// Enter lists what there is.
func (a *another) Enter(ctx context.Context) tea.Cmd {
	w := a.world
	at := func(i int) end { return end{on: access.Object(i + 1)} } //nolint:gosec // an object has 32 bits
	count := w.things
	if a.end.on != access.Nothing {
		at = func(i int) end { return end{who: w.people[i]} }
		count = len(w.people)
	}
	return a.finder.fill(ctx, rows{
		count: count,
		rank:  func(m *access.Match, i int) (int, bool) { return w.matches(m, at(i)) },
		row:   func(i int) ui.PickerRow { return w.row(at(i)) },
	})
}

// ask asks about the row under the cursor: of an object the right that matters most there.
func (a *another) ask() (ui.Move, tea.Cmd) {
	i, ok := a.finder.selected()
	if !ok {
		return ui.Stay(), nil
	}
	w := a.world
	other := end{on: access.Object(i + 1)} //nolint:gosec // as above
	if a.end.on != access.Nothing {
		other = end{who: w.people[i]}
	}
	q := access.Question{Who: a.end.who, On: other.on, In: w.in}
	if a.end.on != access.Nothing {
		q.Who, q.On = other.who, a.end.on
	}
	q.Right = w.facts.Rules().First(w.facts.Kind(q.On))
	return ui.Close().Then(ui.Open(newWhy(a.theme, w, q, other))), nil
}

// Update hands keys to the finder, and takes in what it found.
func (a *another) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if msg.String() == "enter" {
			if a.finder.enter() {
				return a.ask()
			}
			return ui.Stay(), nil
		}
		_, cmd := a.finder.press(msg)
		return ui.Stay(), cmd
	case tea.PasteMsg:
		return ui.Stay(), a.finder.paste(msg.Content)
	}
	if a.finder.take(msg) {
		return a.ask()
	}
	return ui.Stay(), nil
}

// Keys lists what works now.
func (a *another) Keys() []key.Binding {
	if a.finder.found() == 0 {
		return nil
	}
	return []key.Binding{ui.Bind("why, or why not", "enter"), key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "choose"))}
}

// Typing is true: letters find something.
func (a *another) Typing() bool { return true }

// Leaves says what esc does, where that is not to close.
func (a *another) Leaves() string {
	if a.finder.field.Value() != "" {
		return "show all"
	}
	return ""
}

// Escape takes away what is typed.
func (a *another) Escape() bool { return a.finder.clear() }

// View draws what there is to ask about.
func (a *another) View(width, height int) string {
	what := "What may " + a.world.called(a.end) + " reach, or not, and why"
	if a.end.on != access.Nothing {
		what = "Who may reach " + a.world.called(a.end) + ", or not, and why"
	}
	head := a.theme.Title.Render(ui.Cut(ui.Clean(words.UpperFirst(what)), width)) + "\n\n" + a.finder.field.View(width) + "\n" + a.theme.Faint.Render(ui.Cut(a.finder.tally(), width)) + "\n"
	return head + a.finder.list(width, height-strings.Count(head, "\n"))
}
