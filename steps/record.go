package steps

import (
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/check"
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

// Enter tells of the step.
func (r *recorded) Enter(ctx context.Context) tea.Cmd {
	r.setup.tell("Step " + r.Title())
	clear(r.told)
	cmd := r.Step.Enter(ctx)
	r.compare()
	return cmd
}

// Update tells what a key asked for, by the words of the footer, and what came of it.
func (r *recorded) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, isKey := msg.(tea.KeyPressMsg); isKey {
		if does := intent(r.Keys(), press, r.Typing()); does != "" {
			r.setup.tell("Key: " + does)
		}
	}
	saved := r.setup.Saved().ID
	move, cmd := r.Step.Update(msg)
	r.compare()
	if r.setup.Saved().ID != saved {
		r.setup.tell(fmt.Sprintf("Saved %q", r.setup.Saved().Name))
	}
	return move, cmd
}

// intent is what a key does, empty for one that types or moves.
func intent(keys []key.Binding, press tea.KeyPressMsg, typing bool) string {
	name := press.String()
	if name == "up" || name == "down" || typing && press.Text != "" {
		return ""
	}
	for _, binding := range keys {
		if binding.Enabled() && key.Matches(press, binding) {
			return binding.Help().Desc
		}
	}
	return ""
}

// compare tells what changed in the draft and in the checklist.
func (r *recorded) compare() {
	d := r.setup.Draft()
	for _, c := range d.Choices() {
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
			r.setup.tell(fmt.Sprintf("%s. %s Next: %s", result.Finding.Cause, result.Finding.Reason, result.Finding.Remedy.Text))
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
		return s.ladder.Results
	case *warehouse:
		return s.ladder.Results
	case *access:
		return append(s.grant.results(), s.ladder.Results...)
	case *namespace:
		return s.reach.results()
	}
	return nil
}
