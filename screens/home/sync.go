package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui"
)

// syncs are the newest whole runs of the saved connections, in words and by the ID of the connection, and the newest inventories of their
// workspaces. They are read in the background: a manifest may be large, and the list does not wait for it.
type syncs struct {
	task ui.Task[newest]
	newest
}

type newest struct{ last, inventory map[string]string }

// find notes what there is of a connection.
func (n *newest) find(env setup.Environment, c connector.Connection) {
	if said := saved.LastSync(env, c); said != "" {
		n.last[c.ID] = said
	}
	if said := estate.Last(estate.FolderOf(env.Vault.Dir(), c.Host.Typed())); said != "" {
		n.inventory[c.ID] = said
	}
}

func nothingNewest() newest { return newest{map[string]string{}, map[string]string{}} }

// look reads them anew.
func (s *syncs) look(h *Screen) tea.Cmd {
	env, all := h.env, h.list.connections()
	return s.task.Start(h.ctx, func(ctx context.Context) (newest, error) {
		found := nothingNewest()
		for _, c := range all {
			if ctx.Err() != nil {
				break
			}
			found.find(env, c)
		}
		return found, nil
	})
}

// take reads a message.
func (s *syncs) take(msg tea.Msg) {
	if found, err, ok := s.task.Take(msg); ok && err == nil {
		s.newest = found
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
