package home

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/ui"
)

func newDeletePanel(h *Screen, c connector.Connection) ui.Panel { return deletePanel(h, c, ui.Close()) }

// deletePanel deletes a saved connection from this machine, once its name was typed. leave is where it goes on then.
func deletePanel(h *Screen, c connector.Connection, leave ui.Move) ui.Panel {
	typed := ""
	form := ui.NewForm(ui.FormField{
		Input:   ui.NewHuhText(h.theme, "Its name", "", &typed),
		Problem: func() error { return saved.ConfirmDeletion(c, typed) },
	})
	form.Say = connector.Sentence
	return ui.NewFormPanel(h.theme, ui.FormContent{
		Title: fmt.Sprintf("Delete %q", c.Name), Text: saved.DeletionKeeps + " Type the name to delete the connection from this machine.",
		Form: form, Does: "delete on this machine", Leave: "keep it",
		Done: func() (ui.Move, tea.Cmd) { return leave, h.delete(c) },
	})
}

func (h *Screen) delete(c connector.Connection) tea.Cmd {
	return h.changes.begin(h.ctx, &change{
		write: func(ctx context.Context) error { return h.env.Vault.Delete(ctx, c.ID) },
		done: func() (ui.Move, tea.Cmd) {
			h.list.remove(c)
			return h.tell(saved.Deleted(c), false)
		},
		failed: func(err error) (ui.Move, tea.Cmd) { return h.tell(connector.Sentence(err), true) },
	})
}
