package steps

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// recorded is a step that tells what happens in it.
type recorded struct {
	ui.Step
	setup *Wizard
	last  map[string]string // what was told of the draft
	told  map[check.ID]check.State
}

// record puts a teller around steps, where somebody listens.
func (s *Wizard) record(steps []ui.Step) []ui.Step {
	if s.tell == nil {
		return steps
	}
	last := map[string]string{}
	for i, step := range steps {
		steps[i] = &recorded{Step: step, setup: s, last: last, told: map[check.ID]check.State{}}
	}
	return steps
}

// heed goes on with a step, once all is told of the one before: a panel over it may have changed something that it never heard of.
func (s *Wizard) heed(next *recorded) {
	if s.on != nil {
		s.on.compare()
	}
	s.on = next
}

// heard tells what a key asks for, in the words of the footer.
func (s *Wizard) heard(does string) {
	if s.on != nil {
		s.on.compare()
		s.tell("Key: " + does)
	}
}

// Enter tells of the step.
func (r *recorded) Enter(ctx context.Context) tea.Cmd {
	r.setup.heed(r)
	r.setup.tell("Step " + r.Title())
	clear(r.told)
	cmd := r.Step.Enter(ctx)
	r.compare()
	return cmd
}

// Opening is the panel that the step begins with.
func (r *recorded) Opening() ui.Panel {
	if opener, opens := r.Step.(ui.Opener); opens {
		return opener.Opening()
	}
	return nil
}

// Leaves is what the step says of esc.
func (r *recorded) Leaves() string {
	if leaver, ok := r.Step.(ui.Leaver); ok {
		return leaver.Leaves()
	}
	return ""
}

// Update tells what came of a message.
func (r *recorded) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	saved := r.setup.Saved().ID
	move, cmd := r.Step.Update(msg)
	r.compare()
	if r.setup.Saved().ID != saved {
		r.setup.tell(fmt.Sprintf("Saved %q", r.setup.Saved().Name))
	}
	return move, cmd
}

// compare tells what changed in the draft and in the checklist.
func (r *recorded) compare() {
	for _, c := range r.setup.Choices() {
		text := ""
		if c.Source != "" {
			text = strings.TrimSpace(c.Text)
		}
		if text != r.last[c.Label] {
			r.last[c.Label] = text
			r.setup.tell(fmt.Sprintf("%s: %s", c.Label, orNone(text)))
		}
	}
	r.statements()
	for _, result := range resultsOf(r.Step) {
		if result.State == check.Running || r.told[result.Stage] == result.State {
			continue
		}
		r.told[result.Stage] = result.State
		r.setup.tell(check.Line(result))
		if result.State == check.Failed && result.Finding != nil {
			r.setup.tell(panels.Told(*result.Finding))
		}
	}
}

// statements tells which statements are on screen to be run by somebody who may.
func (r *recorded) statements() {
	panel := panelOf(r.Step)
	if panel == nil {
		return
	}
	var wanted []string
	for line := range strings.SplitSeq(panel.snippet.Text(), "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "--") {
			wanted = append(wanted, line)
		}
	}
	if text := strings.Join(wanted, " "); text != r.last[r.Title()] {
		r.last[r.Title()] = text
		if text != "" {
			r.setup.tell("Statements to run: " + text)
		}
	}
}

// panelOf is the panel of missing privileges of a step, nil where it has none.
func panelOf(step ui.Step) *grantPanel {
	switch s := step.(type) {
	case *namespace:
		return s.reach
	case *access:
		return s.grant
	}
	return nil
}

func orNone(text string) string {
	if text == "" {
		return "not chosen"
	}
	return text
}

// resultsOf are those of the checklist of a step, none where it has none.
func resultsOf(step ui.Step) []check.Result {
	switch s := step.(type) {
	case *connect:
		return s.test.Ladder().Results
	case *warehouse:
		return s.proof.Ladder().Results
	case *access:
		return append(s.grant.results(), s.reading.Ladder().Results...)
	case *namespace:
		return s.reach.results()
	}
	return nil
}
