package access

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

// Lines is the same line by line: it finds somebody or something, says what is around that, and why.
func Lines(ctx context.Context, a prompt.Asker, visit panels.Visit) error {
	w, err := prompt.Patiently(ctx, a, "reading the inventory", func(ctx context.Context) (*world, error) {
		return open(ctx, visit, func(int, int) {})
	})
	switch {
	case err != nil:
		return err //nolint:wrapcheck // the caller names its cause
	case w.facts == nil:
		a.Say("%s.", w.SayNone())
		if only := w.SayOnly(); only != "" {
			a.Say("%s", only)
		}
		a.Say("To take one: %s", estate.HowToTake(visit.Saved.Name))
		return nil
	}
	l := plain{Asker: a, world: w, near: &[]end{}}
	a.Say("%s. %s.", ui.Clean(w.Of()), w.Seen.SayShort())
	for _, e := range w.own {
		a.Say("Ours: %s", ui.Clean(w.called(e)))
	}
	for _, name := range w.lost {
		a.Say("Not in this inventory: %s", ui.ShownName(name))
	}
	for {
		text, err := a.Line("Principal or object; an empty answer ends this", "")
		if over, err := ended(text, err); over {
			return err
		}
		e, found := l.find(ctx, text)
		if !found {
			continue
		}
		if err := l.walk(ctx, e); err != nil {
			return err
		}
	}
}

// ended reports that an answer leads back.
func ended(text string, err error) (bool, error) {
	if errors.Is(err, prompt.ErrBack) {
		return true, nil
	}
	return err != nil || text == "", err //nolint:wrapcheck // the prompt's own
}

type plain struct {
	prompt.Asker
	*world
	near *[]end // what was said last to be near what was asked for, which its number names
}

// mostSaid are how many rows of a list are said; the commands say all.
const mostSaid = 50

// find is who or what a text names, whole or by the number of what was said to be near. Otherwise it says what has the text in its name.
func (l plain) find(ctx context.Context, text string) (end, bool) {
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(*l.near) {
		return (*l.near)[n-1], true
	}
	if who, err := l.facts.Find(l.in, text); err == nil {
		return end{who: who}, true
	}
	on, err := l.facts.Seek(text, l.in)
	if err == nil {
		return end{on: on}, true
	}
	hits, _ := matching(ctx, l.facts.Match(text), l.everything())
	if *l.near = nil; len(hits) == 0 {
		l.Say("%s", connector.Sentence(err))
		return end{}, false
	}
	l.Say("%s; the number of one goes on.", words.Plural(len(hits), "matches", "match"))
	for i, at := range hits {
		if i == mostNear {
			l.Say("And %s more.", words.Thousands(len(hits)-i))
			break
		}
		e := l.at(int(at))
		*l.near = append(*l.near, e)
		l.Say("%d. %s", i+1, ui.Clean(l.called(e)))
	}
	return end{}, false
}

// mostNear is how many names are said that are near one.
const mostNear = 10

// walk says what is around an end, and answers about others.
func (l plain) walk(ctx context.Context, e end) error {
	found, err := look(ctx, l.world, e)
	if err != nil {
		return err
	}
	for _, line := range panels.FactLines(l.known(e)) {
		l.Say("%s", ui.Clean(line))
	}
	r := &reach{world: l.world, end: e, around: found, ways: true, paths: map[int][]access.Step{}}
	for _, s := range found.sides {
		l.Say("%s: %s.", r.heading(s), found.tally(s))
		if line := r.sayUnknown(s); line != "" {
			l.Say("%s", ui.Clean(line))
		}
		for i := range min(found.count(s), mostSaid) {
			if i == found.certain && s == reaches {
				l.Say("Unknown:")
			}
			row := r.row(s, i)
			cells := append([]string{row.Name}, row.Cells...)
			l.Say("- %s", ui.Clean(strings.Join(filled(cells), ", ")))
		}
		if rest := found.count(s) - mostSaid; rest > 0 {
			l.Say("And %s more; draftt-databricks access lists them all.", words.Thousands(rest))
		}
	}
	for _, line := range l.facts.SayDoubts(found.untold) {
		l.Say("%s", ui.Clean(line))
	}
	for {
		text, err := l.Line("Why, and why not: the other end; an empty answer goes back", "")
		if over, err := ended(text, err); over {
			return err
		}
		if other, ok := l.find(ctx, text); ok {
			l.why(e, other)
		}
	}
}

// filled are the texts that are not empty.
func filled(all []string) (out []string) {
	for _, text := range all {
		if text != "" {
			out = append(out, text)
		}
	}
	return out
}

// why answers about two ends, of which one is somebody and one something.
func (l plain) why(a, b end) {
	if a.on != access.Nothing {
		a, b = b, a
	}
	if a.who == access.Nobody || b.on == access.Nothing {
		l.Say("One end is a principal, and the other one an object.")
		return
	}
	answer, err := l.facts.Why(access.Question{Who: a.who, Right: l.facts.Rules().First(l.facts.Kind(b.on)), On: b.on, In: l.in})
	if err != nil {
		l.Say("%s", connector.Sentence(err))
		return
	}
	said := l.facts.Say(answer)
	l.Say("%s", ui.Clean(words.UpperFirst(said.Verdict)+": "+said.Says))
	for _, line := range sections(said) {
		l.Say("%s: %s", line.Label, ui.Clean(line.Text))
	}
}
