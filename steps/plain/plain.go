package plain

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// goTo is the step that a person wants to change.
type goTo setup.Index

func (g goTo) Error() string { return fmt.Sprintf("go to step %d", int(g)+1) }

// conversation is the set-up line by line: for screen readers, for terminals that cannot redraw, and for whoever likes it. It has the same
// draft, the same ladder and the same words as the screens.
type conversation struct {
	*setup.Setup
	prompt.Asker
	*talk
}

// talk is where a conversation stands.
type talk struct {
	hasten   func([]check.Stage) []check.Stage // shortens what is waited for; nil but in tests
	returned bool                              // the person came back to this step, to change what they answered
	filled   bool                              // an admin filled in the secret just now
	passed   bool                              // the person goes on although something is still missing for a later step
	trouble  string                            // what stands in the way, to be said again at the end
}

// Run asks through the five steps. The error has prompt.Ended when the person left, and is nil once the connection was saved.
func Run(ctx context.Context, s *setup.Setup, on *prompt.Prompt) error {
	return converse(ctx, s, on, nil)
}

// converse is Run with the stages of each walk as hasten, which may be nil, makes them.
func converse(ctx context.Context, s *setup.Setup, on *prompt.Prompt, hasten func([]check.Stage) []check.Stage) error {
	p := conversation{s, prompt.Asker{Prompt: on}, &talk{hasten: hasten}}
	p.Asker.Help = p.help
	if s.Environment().Demo != nil {
		p.Say("DEMO, scenario %s. Nothing leaves this machine.", s.Environment().Demo.Scenario)
	}
	lines.Greet(p.Asker)
	if s.FirstStart() {
		p.prerequisites()
	}
	err := p.walk(ctx)
	if err != nil && p.trouble != "" {
		p.Say("\nNot solved yet: %s", p.trouble)
	}
	return err
}

func (p conversation) walk(ctx context.Context) error {
	asks := []func(context.Context) error{p.connect, p.warehouse, p.namespace, p.access, p.review}
	for step := 0; step < len(asks); {
		err := asks[step](ctx)
		var to goTo
		p.returned = err != nil
		switch {
		case err == nil:
			p.trouble = ""
			p.KeepNow(ctx)
			step = int(p.Next(setup.Index(step)))
		case ctx.Err() != nil:
			return prompt.ErrLeft
		case errors.As(err, &to):
			step = int(to)
		case errors.Is(err, prompt.ErrBack):
			step = max(0, step-1)
		default:
			return err
		}
		if ctx.Err() != nil && step < len(asks) {
			return prompt.ErrLeft
		}
	}
	return nil
}

func (p conversation) heading(step setup.Index, head setup.Headline) {
	p.Say("")
	p.Say("Step %d of 5. %s.", int(step)+1, head.Title)
	p.Say("%s", head.Purpose)
	lines.Coach(p.Asker, p.Environment(), step.String())
}

// climb walks the stages of an attempt. What fails is kept for the end; a person who left meanwhile is told nothing more.
func (p conversation) climb(ctx context.Context, attempt *setup.Attempt) (*check.Result, error) {
	if p.hasten != nil {
		attempt.Stages = p.hasten(attempt.Stages)
	}
	results, err := lines.Walk(ctx, p.Asker, attempt)
	if err != nil {
		return nil, err
	}
	failed := check.Failure(results)
	p.trouble = ""
	if failed != nil {
		p.trouble = check.Text(*failed)
	}
	return failed, nil
}

// explain says what an error means and what to do, unless the person goes away.
func (p conversation) explain(err error) error {
	if prompt.GoesAway(err) {
		return err
	}
	p.finding(check.Explain(err))
	return nil
}

// finding says what is wrong, and keeps it for the end.
func (p conversation) finding(f check.Finding) {
	p.trouble = panels.Told(f)
	p.Say("%s", p.trouble)
}

func (p conversation) complain(err error) { p.Say("%s", connector.Sentence(err)) }

// until asks for a line until take accepts it. It may be given one of the letters in place of a text.
func (p conversation) until(label, def string, take func(text, letter string) error, letters ...prompt.Shortcut) error {
	for {
		text, letter, err := p.LineOr(label, def, letters...)
		if err != nil {
			return err
		}
		err = take(text, letter)
		switch {
		case err == nil, prompt.Ended(err):
			return err
		case errors.Is(err, prompt.ErrBack): // of a question within this one
		default:
			p.Say("%s", setup.Trouble(err))
		}
	}
}

// decideOn asks what to do about what failed, if anything; details of that are said as often as they are asked for.
func (p conversation) decideOn(failed *check.Result, ways ...prompt.Shortcut) (string, error) {
	if failed != nil {
		ways = append(ways, prompt.Shortcut{Letter: "d", Does: "for details"})
	}
	for {
		choice, err := p.Decide(ways...)
		if err != nil || choice != "d" {
			return choice, err
		}
		for line := range strings.Lines(check.Report(*failed)) {
			p.Say("%s", ui.Clean(strings.TrimSuffix(line, "\n")))
		}
	}
}

// retry asks whether to look again; the other answers lead away.
func (p conversation) retry() error {
	_, err := p.Decide(prompt.Shortcut{Letter: "r", Does: "to look again"})
	return err
}
