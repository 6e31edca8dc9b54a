package screentest

import (
	"context"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// Unattended is a set-up from a file on the workspace of a walk. What the scenario's target chooses stands in the file.
func (w *Walk) Unattended(change func(*setup.AnswersFile)) *setup.Headless {
	w.T.Helper()
	target, err := w.Workspace.Target()
	if err != nil {
		w.T.Fatal(err)
	}
	signIn := w.Workspace.SignIn()
	f := setup.AnswersFile{
		Host: w.Workspace.Host(), Method: signIn.Method, ClientID: string(signIn.ClientID), Warehouse: string(target.WarehouseID), StartWarehouse: target.Start,
		SecretExpires: target.Expires, Catalog: setup.Written(target.Table.Catalog), Schema: setup.Written(target.Table.Schema), Name: "from a file",
	}
	if f.Warehouse == "" {
		f.Warehouse = "Starter Warehouse"
	}
	for _, table := range target.Tables {
		f.Tables = append(f.Tables, setup.Written(table.Table))
	}
	if change != nil {
		change(&f)
	}
	draft, err := setup.FileDraft(f, signIn.Secret, nil, nil)
	if err != nil {
		w.T.Fatal(err)
	}
	s := setup.New(w.Env, draft)
	w.T.Cleanup(s.Close)
	h := setup.NewHeadless(s, f, func(check.Result) {})
	h.Stages = func() []check.Stage { return w.Impatient() }
	return h
}

// Impatient is the ladder without the waits that a person has to sit through: the stage that a scenario says will get no answer gives up soon, and
// whenever a stage says that it waits for something, ten seconds go by in the workspace.
func (w *Walk) Impatient() []check.Stage {
	want, stages := w.Workspace.Scenario().Want, check.All()
	for i := range stages {
		if string(stages[i].ID) == want.Stage && want.Pattern == "timeout" {
			stages[i].Deadline = time.Second
		}
		run := stages[i].Run
		stages[i].Run = func(ctx context.Context, s *check.Subject, note func(string)) check.Result {
			return run(ctx, s, func(text string) {
				w.Clock.Advance(10 * time.Second)
				note(text)
			})
		}
	}
	return stages
}

// WarehouseNames are those of the usual warehouses, by their IDs.
var WarehouseNames = map[connector.WarehouseID]string{
	"a3f19c0d7be24418": "Starter Warehouse", "5e70b2c94d1f8a36": "Analytics", "c81d4460af9e2b57": "BI Classic", "09fb6a7d35c2e184": "Finance",
}
