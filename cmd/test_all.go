package cmd

import (
	"context"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/panels"
)

// testAll tests every saved connection, a few at once, and says one line of each in the order of the list.
func (a *app) testAll(ctx context.Context, f testFlags, upTo check.ID) error {
	v, all, err := a.everyConnection(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return a.listNothing(f.asJSON)
	}
	reports, worst := []report.Ladder{}, 0
	tests := saved.Tests{Start: f.start, UpTo: upTo}
	for t := range saved.InOrder(tests.All(ctx, a.environment(v), all), len(all)) {
		r := reportOfTested(t)
		reports = append(reports, r)
		if r.Exit != 0 && (worst == 0 || r.Exit < worst) {
			worst = r.Exit
		}
		if t.NotKept != nil {
			_, _ = fmt.Fprintln(a.err, saved.NotKept(t.Saved, t.NotKept))
		}
		if !f.asJSON {
			a.sayTested(t)
		}
	}
	if ctx.Err() != nil {
		return &exitError{code: exitLeft, quiet: true}
	}
	if f.asJSON {
		if err := a.printJSON(reports); err != nil {
			return err
		}
	}
	a.warnExpiring(all, time.Now())
	if worst != 0 {
		return &exitError{code: worst, quiet: true}
	}
	return nil
}

// reportOfTested is a test in JSON. One that could not be made has no stage.
func reportOfTested(t saved.Tested) report.Ladder {
	if t.Err == nil {
		return report.OfTest(t.Saved.Name, t.Test, t.Results)
	}
	what, _ := t.Line()
	return report.Ladder{Name: t.Saved.Name, Host: t.Saved.Host.String(), Exit: exitInternal, Verdict: what, Stages: []report.Stage{}}
}

func (a *app) sayTested(t saved.Tested) {
	text, next := t.Line()
	a.about(place.Of(t.Saved))
	_, _ = fmt.Fprintf(a.out, "%s  %s: %s\n", panels.OutcomeMarks[t.Outcome()], t.Saved.Name, text)
	if next != "" {
		_, _ = fmt.Fprintf(a.out, "   Next: %s\n", next)
	}
}
