package steps

import (
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// newProof shows whether the chosen warehouse takes statements.
func (w *warehouse) newProof() *panels.Checks {
	return panels.NewChecks(w.setup.theme, panels.ChecksContent{
		Head: func(width, _ int) string {
			return w.head(width, roomyBody) + w.setup.theme.Title.Render(ui.ShownName(w.asked.Name.String())) + "\n\n"
		},
		Attempt: func() (*setup.Attempt, error) { return w.setup.ProveWarehouse(w.asked, false) },
		Stop:    "choose another", Filename: "warehouse-test.txt", Ended: w.proven,
		Failed: []ui.Action{
			{Key: ui.Bind("try again", "r")},
			{Key: ui.Bind("choose another", "enter"), Do: func() (ui.Move, tea.Cmd) { return ui.Close(), w.load() }},
			{Key: ui.Bind("act as admin", "ctrl+o"), Do: func() (ui.Move, tea.Cmd) { return w.allow(), nil }},
		},
	})
}

// proven goes on, or marks the warehouse.
func (w *warehouse) proven(f *check.Result) (ui.Move, tea.Cmd) {
	w.refused[w.asked.ID] = f != nil && f.Stage == check.StageCanUse
	if f != nil {
		return ui.Stay(), nil
	}
	return ui.Next(), nil
}

// allow has an admin give CAN_USE on a warehouse, and looks at the list again. A proof that failed closes with it.
func (w *warehouse) allow() ui.Move {
	return ui.Open(adminWork{w.setup, w.setup.WarehouseTask(), func(out admin.Outcome, task setup.AdminTask) (ui.Move, tea.Cmd) {
		w.told, w.wanted = w.setup.Made(out), task.Want.Warehouse
		delete(w.refused, w.wanted)
		return ui.Close(), w.load()
	}}.open())
}
