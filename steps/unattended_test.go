package steps

import (
	"context"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
)

// unattended is a set-up from a file on the workspace of a walk. What the scenario's target chooses stands in the file.
func (w *Walk) unattended(change func(*AnswersFile)) *Headless {
	w.t.Helper()
	target, err := w.workspace.Target()
	if err != nil {
		w.t.Fatal(err)
	}
	signIn := w.workspace.SignIn()
	f := AnswersFile{
		Host: w.workspace.Host(), Method: signIn.Method, ClientID: signIn.ClientID, Warehouse: target.WarehouseID, StartWarehouse: target.Start,
		SecretExpires: target.Expires, Catalog: written(target.Table.Catalog), Schema: written(target.Table.Schema), Name: "from a file",
	}
	if f.Warehouse == "" {
		f.Warehouse = "Starter Warehouse"
	}
	for _, table := range target.Tables {
		f.Tables = append(f.Tables, written(table.Table))
	}
	if change != nil {
		change(&f)
	}
	draft, err := FileDraft(f, signIn.Secret, nil, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	setup := NewSetup(w.env, draft)
	w.t.Cleanup(setup.Close)
	h := NewHeadless(setup, f, func(check.Result) {})
	h.stages = func() []check.Stage { return w.impatient() }
	return h
}

// impatient is the ladder without the waits that a person has to sit through: the stage that a scenario says will fail does so soon, and
// whenever a stage says that it waits for something, ten seconds go by in the workspace.
func (w *Walk) impatient() []check.Stage {
	want, stages := w.workspace.Scenario().Want, check.All()
	for i := range stages {
		if string(stages[i].ID) == want.Stage && (want.Pattern == "timeout" || want.Pattern == "server-trouble") {
			stages[i].Deadline = time.Second
		}
		run := stages[i].Run
		stages[i].Run = func(ctx context.Context, s *check.Subject, note func(string)) check.Result {
			return run(ctx, s, func(text string) {
				w.clock.Advance(10 * time.Second)
				note(text)
			})
		}
	}
	return stages
}

// warehouseNames are those of the usual warehouses, by their IDs.
var warehouseNames = map[string]string{
	"a3f19c0d7be24418": "Starter Warehouse", "5e70b2c94d1f8a36": "Analytics", "c81d4460af9e2b57": "BI Classic", "09fb6a7d35c2e184": "Finance",
}
