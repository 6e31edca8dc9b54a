package report

import (
	"encoding/json"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// Stages reads what test --json printed.
func Stages(text []byte) ([]bundle.Stage, string, error) {
	var r Ladder
	if err := json.Unmarshal(text, &r); err != nil || len(r.Stages) == 0 {
		return nil, "", &connector.Error{
			Kind: connector.ErrInput, What: "The results do not read as those of a test.", Remedy: "Make them with draftt-databricks test NAME --json.",
		}
	}
	var stages []bundle.Stage
	for _, s := range r.Stages {
		stage := bundle.Stage{
			ID: s.ID, State: s.State, Evidence: s.Evidence, Detail: s.Detail, BlockedBy: s.BlockedBy,
			Cause: s.Cause, Reason: s.Reason, Remedy: s.Remedy, Copy: s.Copy, Pattern: s.Pattern,
		}
		if s.State == string(check.Failed) && s.Cause != "" {
			stage.Exit = r.Exit
		}
		stages = append(stages, stage)
	}
	return stages, r.Verdict, nil
}
