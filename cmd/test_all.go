package cmd

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui"
)

// parallelTests is how many connections are tested at once. They may share a workspace, which limits how often it is asked.
const parallelTests = 4

// tested is how the test of one connection ended.
type tested struct {
	test    *setup.Test
	results []check.Result
	report  report.Ladder
	fault   string // why there was no test, empty where there was one
}

// testAll tests every saved connection, a few at once, and says one line of each in the order of the list.
func (a *app) testAll(ctx context.Context, f testFlags, upTo check.ID) error {
	v, saved, err := a.everyConnection(ctx)
	if err != nil {
		return err
	}
	if len(saved) == 0 {
		return a.listNothing(f.asJSON)
	}
	ended := make([]<-chan contain.Answer[tested], len(saved))
	slots := make(chan struct{}, parallelTests)
	for i, s := range saved {
		ended[i] = contain.Ask("testing a connection", func() (tested, error) {
			slots <- struct{}{}
			defer func() { <-slots }()
			return a.quietTest(ctx, v, s, f.start, upTo)
		})
	}
	reports, worst := []report.Ladder{}, 0
	for i, end := range ended {
		answer := <-end
		t := answer.Value
		if ctx.Err() != nil {
			return &exitError{code: exitLeft, quiet: true}
		}
		if answer.Err != nil {
			t = untested(saved[i], answer.Err)
		}
		reports = append(reports, t.report)
		if code := t.report.Exit; code != 0 && (worst == 0 || code < worst) {
			worst = code
		}
		if f.stage == "" && answer.Err == nil {
			a.keepProof(ctx, t.test)
		}
		if !f.asJSON {
			a.sayVerdict(t)
		}
	}
	if f.asJSON {
		if err := a.printJSON(reports); err != nil {
			return err
		}
	}
	a.warnExpiring(saved, time.Now())
	if worst != 0 {
		return &exitError{code: worst, quiet: true}
	}
	return nil
}

// everyConnection reads all that is saved. A damaged file is named, and does not keep the others from being tested.
func (a *app) everyConnection(ctx context.Context) (*vault.Vault, []connector.Connection, error) {
	v, err := a.unlocked(ctx)
	if err != nil || v.Locked() {
		return v, nil, err
	}
	saved, damaged, err := v.List(ctx)
	for _, d := range damaged {
		what, remedy := connector.Words(d.Err)
		_, _ = fmt.Fprintf(a.err, "%s: %s %s\n", d.File, what, remedy)
	}
	if err == nil && len(saved) == 0 && len(damaged) > 0 {
		err = &exitError{code: exitInternal, quiet: true}
	}
	return v, saved, err
}

func (a *app) quietTest(ctx context.Context, v *vault.Vault, saved connector.Connection, start bool, upTo check.ID) (t tested, err error) {
	if t.test, err = a.testOf(v, saved, start, upTo); err != nil {
		return t, err
	}
	defer t.test.Close()
	t.results, err = a.climb(ctx, t.test.Attempt, true)
	t.report = report.OfTest(saved.Name, t.test, t.results)
	return t, err
}

// untested is the end of a test that could not be made. The others go on.
func untested(saved connector.Connection, err error) tested {
	what, remedy := connector.Words(err)
	return tested{fault: strings.TrimSpace(what + " " + remedy), report: report.Ladder{
		Name: saved.Name, Host: saved.Host.String(), Exit: exitInternal, Verdict: what, Stages: []report.Stage{},
	}}
}

func (a *app) sayVerdict(t tested) {
	if t.fault != "" {
		_, _ = fmt.Fprintf(a.out, "%s  %s: %s\n", ui.MarkFail, t.report.Name, t.fault)
		return
	}
	f := check.Failure(t.results)
	if f == nil {
		_, _ = fmt.Fprintf(a.out, "%s  %s\n", ui.MarkPass, t.test.Saved.Name+": "+setup.VerdictLine(t.test.Proof()))
		return
	}
	_, _ = fmt.Fprintf(a.out, "%s  %s: %s at %s %s. %s\n   Next: %s\n", ui.MarkFail, t.test.Saved.Name, f.Finding.Cause, f.Stage, f.Name, f.Finding.Reason, f.Finding.Remedy.Text)
}
