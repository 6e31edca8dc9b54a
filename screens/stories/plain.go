package stories

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Plain asks line by line what to see: the stories first, and every scenario where the person asks for them. The error has
// prompt.Ended when the person left.
func (s *Screen) Plain(ctx context.Context, on *prompt.Prompt) error {
	s.chosen = nil
	p := prompt.Asker{Prompt: on}
	p.Help = func() {
		p.HowTo()
		p.Say("%s", purpose)
		lines.Words(p)
	}
	p.Say("%s. %s", setup.DemoBadge, purpose)
	p.HowTo()
	from, until := 0, s.stories()
	for {
		options := make([]string, 0, until-from)
		for _, e := range s.entries[from:until] {
			options = append(options, e.said())
		}
		i, letter, err := p.ChooseOr(heading, options, 0, s.otherPart(from)...)
		switch {
		case errors.Is(err, prompt.ErrBack) && from > 0, letter == "a":
			from, until = s.otherThan(from)
			continue
		case errors.Is(err, prompt.ErrBack):
			p.NothingBefore()
			continue
		case err != nil:
			return err
		case ctx.Err() != nil:
			return prompt.ErrLeft
		}
		s.chosen = &s.entries[from+i].Story
		return nil
	}
}

// stories is how many lines of the menu are stories.
func (s *Screen) stories() int {
	n := 0
	for n < len(s.entries) && s.entries[n].ID != "" {
		n++
	}
	return n
}

// otherThan is the part of the menu that is not asked for now.
func (s *Screen) otherThan(from int) (int, int) {
	if from > 0 {
		return 0, s.stories()
	}
	return s.stories(), len(s.entries)
}

// otherPart leads from the stories to the scenarios. Back leads from there.
func (s *Screen) otherPart(from int) []prompt.Shortcut {
	if from > 0 {
		return nil
	}
	return []prompt.Shortcut{{Letter: "a", Does: "for every scenario"}}
}

// said is a line of the menu as it is heard.
func (e entry) said() string {
	if e.ID != "" {
		return e.Title + ". " + e.Says
	}
	return e.name() + ", " + e.Title
}
