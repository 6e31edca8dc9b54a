package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// newTestPanel tests a saved connection, and keeps how that ended beside it.
func newTestPanel(h *Screen, c connector.Connection) ui.Panel {
	return panels.NewTest(h.theme, h.env, c, h.keepProof)
}

// keepProof writes beside a connection how its test ended, and remembers what it found.
func (h *Screen) keepProof(test *setup.Test, results []check.Result) tea.Cmd {
	h.walked[test.Saved.ID] = results
	var kept connector.Connection
	return h.changes.begin(h.ctx, &change{
		write: func(ctx context.Context) (err error) {
			kept, err = test.Keep(ctx)
			return err
		},
		done: func() (ui.Move, tea.Cmd) {
			h.list.replace(kept)
			return ui.Stay(), nil
		},
		failed: func(err error) (ui.Move, tea.Cmd) {
			h.list.replace(kept)
			return h.tell(saved.NotKept(test.Saved, err), true)
		},
	})
}
