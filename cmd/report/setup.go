package report

import (
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// Setup is a set-up without a question.
type Setup struct {
	Ladder
	CanWrite []grants.Extra `json:"can_write,omitempty"` // what lets the principal write
	Saved    *Connection    `json:"saved"`               // null when nothing was saved
}

// OfSetup is a set-up that has ended.
func OfSetup(h *setup.Headless, results []check.Result) Setup {
	out := Setup{Ladder: At(h.Draft().Name(), h.Draft().Host().String(), results), CanWrite: h.Breadth().Writes}
	out.Exit = h.Exit(results)
	out.Passed = out.Exit == 0
	if saved := h.Saved(); saved.ID != "" {
		line := OfConnection(saved)
		out.Saved = &line
	}
	return out
}
