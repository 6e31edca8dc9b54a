package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui"
)

// syncs are the newest whole runs of the saved connections, in words and by the ID of the connection. They are read in the background: a
// manifest may be large, and the list does not wait for it.
type syncs struct {
	task ui.Task[map[string]string]
	last map[string]string
}

// look reads them anew.
func (s *syncs) look(h *Screen) tea.Cmd {
	env, all := h.env, h.list.connections()
	return s.task.Start(h.ctx, func(ctx context.Context) (map[string]string, error) {
		found := map[string]string{}
		for _, c := range all {
			if ctx.Err() != nil {
				break
			}
			if said := saved.LastSync(env, c); said != "" {
				found[c.ID] = said
			}
		}
		return found, nil
	})
}

// take reads a message.
func (s *syncs) take(msg tea.Msg) {
	if found, err, ok := s.task.Take(msg); ok && err == nil {
		s.last = found
	}
}

// newSyncPanel reads the tables of a saved connection into files.
func newSyncPanel(h *Screen, c connector.Connection) ui.Panel {
	return panels.NewSync(h.theme, h.env, c, func() tea.Cmd { return h.syncs.look(h) })
}

// sync reads the tables line by line.
func (p lineByLine) sync(ctx context.Context, c connector.Connection) error {
	return p.refused(lines.Sync(ctx, p.Asker, p.env, c))
}
