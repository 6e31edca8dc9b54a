package home

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/ui"
)

// change is one change of what is saved on this machine.
type change struct {
	write func(context.Context) error
	// done and failed take in how it ended, on the goroutine of Update.
	done   func() (ui.Move, tea.Cmd)
	failed func(error) (ui.Move, tea.Cmd)

	task ui.Task[struct{}]
}

// changes are those that were begun. Each is worth finishing whatever is opened or closed meanwhile, even when the screen is left.
type changes struct{ begun []*change }

func (c *changes) begin(ctx context.Context, one *change) tea.Cmd {
	c.begun = append(c.begun, one)
	return one.task.Start(context.WithoutCancel(ctx), func(ctx context.Context) (struct{}, error) { return struct{}{}, one.write(ctx) })
}

// take reads a message, and reports whether it told of a change.
func (c *changes) take(msg tea.Msg) (move ui.Move, cmd tea.Cmd, mine bool) {
	for i, one := range c.begun {
		_, err, ok := one.task.Take(msg)
		if !ok {
			continue
		}
		c.begun = slices.Delete(c.begun, i, i+1)
		if err != nil {
			move, cmd = one.failed(err)
		} else {
			move, cmd = one.done()
		}
		return move, cmd, true
	}
	return ui.Stay(), nil, false
}
