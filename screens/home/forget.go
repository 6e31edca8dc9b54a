package home

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// newForgetPanel asks once more before the answers of a set-up that was left are deleted.
func newForgetPanel(h *Screen, left setup.Interrupted) ui.Panel {
	this := entry{left: &left}
	return ui.NewFormPanel(h.theme, ui.FormContent{
		Title: "Forget: " + this.name(), Text: "Its answers are deleted from this machine, and nothing else is.",
		Form: ui.NewForm(), Does: "forget it", Leave: "keep it",
		Done: func() (ui.Move, tea.Cmd) { return ui.Close(), h.forget(this) },
	})
}

func (h *Screen) forget(this entry) tea.Cmd {
	return h.changes.begin(h.ctx, &change{
		write: this.left.Forget,
		done: func() (ui.Move, tea.Cmd) {
			h.list.drop(this.id())
			return h.tell("Forgotten.", false)
		},
		failed: func(err error) (ui.Move, tea.Cmd) {
			return h.tell("It was not forgotten: "+connector.Sentence(err), true)
		},
	})
}
