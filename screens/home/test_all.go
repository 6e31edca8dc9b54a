package home

import (
	"context"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// testAllPanel tests every saved connection, a few at once, and shows a line of each.
type testAllPanel struct {
	*ui.Page
	home   *Screen
	ctx    context.Context
	all    []connector.Connection
	ended  []*saved.Tested // nil for those that have not ended
	stream ui.Stream[saved.Tested]
	pulse  *ui.Pulse
}

func newTestAllPanel(h *Screen) ui.Panel {
	p := &testAllPanel{home: h, all: h.list.connections(), pulse: ui.NewPulse(h.theme)}
	p.Page = ui.NewPage(h.theme, ui.PageContent{Body: p.body})
	return p
}

// Enter begins the tests.
func (p *testAllPanel) Enter(ctx context.Context) tea.Cmd {
	p.ctx = ctx
	return tea.Batch(p.Page.Enter(ctx), p.begin())
}

func (p *testAllPanel) begin() tea.Cmd {
	env, all := p.home.env, p.all
	p.ended = make([]*saved.Tested, len(all))
	p.settle()
	return tea.Batch(p.pulse.Beat(nil, true), p.stream.Start(p.ctx, func(ctx context.Context, emit func(saved.Tested)) error {
		for t := range (saved.Tests{}).All(ctx, env, all) {
			emit(t)
		}
		return ctx.Err()
	}))
}

// settle says in the title how many have ended, and offers to test again once all have.
func (p *testAllPanel) settle() {
	ended, failed := 0, 0
	for _, t := range p.ended {
		if t == nil {
			continue
		}
		if ended++; t.Outcome() == saved.Fails {
			failed++
		}
	}
	p.Title = fmt.Sprintf("Test all: %s of %s", words.Thousands(ended), words.Count(len(p.all), "connection"))
	if failed > 0 {
		p.Title += fmt.Sprintf(", %s failed", words.Thousands(failed))
	}
	p.Leave, p.Actions = ui.Bind("stop and close", "esc"), nil
	if ended == len(p.all) {
		p.Leave = ui.Bind("close", "esc", "enter")
		p.Actions = []ui.Action{{Key: ui.Bind("test again", "r"), Do: func() (ui.Move, tea.Cmd) { return ui.Stay(), p.begin() }}}
	}
}

// Update takes in the tests as they end, and scrolls.
func (p *testAllPanel) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return p.Page.Update(press)
	}
	t, state, next, _ := p.stream.Take(msg)
	if state == ui.StreamItem {
		p.take(t)
	}
	move, cmd := p.Page.Update(msg)
	return move, tea.Batch(next, cmd, p.pulse.Beat(msg, p.stream.Running()))
}

func (p *testAllPanel) take(t saved.Tested) {
	p.ended[t.At] = &t
	p.home.list.replace(t.Saved)
	if t.Err == nil {
		p.home.walked[t.Saved.ID] = t.Results
	}
	if t.NotKept != nil {
		p.home.say(saved.NotKept(t.Saved, t.NotKept), true)
	}
	p.settle()
}

// Keys are those of the page.
func (p *testAllPanel) Keys() []key.Binding { return p.Page.Keys() }

func (p *testAllPanel) body(width int) string {
	rows := make([]ui.CheckRow, len(p.all))
	for i, c := range p.all {
		rows[i] = ui.CheckRow{Name: c.Name, Mark: ui.MarkRunning, Text: "waits for its result"}
		if t := p.ended[i]; t != nil {
			rows[i] = testedRow(*t)
		}
	}
	return ui.Checklist(p.home.theme, rows, width)
}

// testedRow is how a test ended, and what to do next.
func testedRow(t saved.Tested) ui.CheckRow {
	text, next := t.Line()
	if next != "" {
		text += " Next: " + next
	}
	return ui.CheckRow{Name: t.Saved.Name, Mark: panels.OutcomeMarks[t.Outcome()], Text: text}
}
