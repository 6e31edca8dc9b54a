package home

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/ui"
)

// newRenamePanel gives a saved connection another name. Where that is refused it opens again, to be corrected.
func newRenamePanel(h *Screen, c connector.Connection) ui.Panel {
	typed := c.Name
	field := ui.NewHuhText(h.theme, "New name", "", &typed).Propose()
	form := ui.NewForm(ui.FormField{Input: field, Problem: func() error {
		_, err := connector.ParseConnectionName(typed)
		return err
	}})
	form.Say = connector.Sentence
	var panel *ui.FormPanel
	panel = ui.NewFormPanel(h.theme, ui.FormContent{
		Title: fmt.Sprintf("Rename %q", c.Name), Text: "Only its name on this machine changes.", Form: form, Does: "rename",
		Done: func() (ui.Move, tea.Cmd) {
			return ui.Close(), h.rename(c, typed, func(err error) (ui.Move, tea.Cmd) {
				field.SetNote(ui.MarkFail, connector.Sentence(err))
				return ui.Open(panel), nil
			})
		},
	})
	return panel
}

func (h *Screen) rename(c connector.Connection, name string, refused func(error) (ui.Move, tea.Cmd)) tea.Cmd {
	var renamed connector.Connection
	return h.changes.begin(h.ctx, &change{
		write: func(ctx context.Context) (err error) {
			renamed, err = h.env.Vault.Rename(ctx, c, name)
			return err
		},
		done: func() (ui.Move, tea.Cmd) {
			h.list.replace(renamed)
			return h.tell(saved.Renamed(c, renamed), false)
		},
		failed: refused,
	})
}
