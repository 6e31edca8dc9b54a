package cmd

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/contract"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

// testFlags are what a test goes by.
type testFlags struct {
	asJSON, start, all bool
	stage              string
	contract           contractFlags
}

func (a *app) test() *cobra.Command {
	var f testFlags
	c := &cobra.Command{
		Use: "test NAME", Short: "Test a saved connection, from its address to a real read", ValidArgsFunction: a.completeNames,
		Long: "Test a saved connection, from its address to a real read.\n\n" +
			"The exit code is 0 when nothing failed, and else that of the stage that failed. With --all it is the smallest of those,\n" +
			"which is the one closest to the start.",
		Args: f.wanted,
		RunE: func(c *cobra.Command, args []string) error {
			upTo, err := f.upTo()
			if err != nil {
				return err
			}
			if f.all {
				return a.testAll(c.Context(), f, upTo)
			}
			name, err := f.contract.name(a, args)
			if err != nil {
				return err
			}
			return a.testOne(c.Context(), f, name, upTo)
		},
	}
	f.contract.register(c)
	flags := c.Flags()
	flags.BoolVar(&f.asJSON, "json", false, "as JSON")
	flags.BoolVar(&f.start, "start", false, "start the SQL warehouse when it is stopped, which costs money while it runs")
	flags.BoolVar(&f.all, "all", false, "test every saved connection, and say one line of each")
	flags.StringVar(&f.stage, "stage", "", "go as far as this stage, S00 to S18")
	completesLive(c, "stage", func() (ids []string) {
		for _, stage := range check.All() {
			ids = append(ids, fmt.Sprintf("%s\t%s", stage.ID, stage.Name))
		}
		return ids
	})
	return c
}

// wanted checks the arguments: a name, or what stands in for it.
func (f *testFlags) wanted(c *cobra.Command, args []string) error {
	if !f.all {
		return f.contract.nameOrContract(c, args)
	}
	if len(args) > 0 || f.contract.file != "" || f.contract.write != "" {
		return usage("test --all takes neither a name nor a contract.", "Leave it out, or test the connections one by one.")
	}
	return nil
}

// upTo is the stage that --stage names, empty without one.
func (f *testFlags) upTo() (check.ID, error) {
	if f.stage == "" {
		return "", nil
	}
	all := check.All()
	for _, stage := range all {
		if strings.EqualFold(string(stage.ID), f.stage) {
			return stage.ID, nil
		}
	}
	return "", usage(fmt.Sprintf("There is no stage %q.", connector.CleanLine(f.stage, 20)),
		fmt.Sprintf("Name one of %s to %s; test NAME lists them.", all[0].ID, all[len(all)-1].ID))
}

func (a *app) testOne(ctx context.Context, f testFlags, name string, upTo check.ID) error {
	v, one, err := a.load(ctx, name)
	if err != nil {
		return err
	}
	t, err := a.testOf(v, one, f.start, upTo)
	if err != nil {
		return err
	}
	defer t.Close()
	results, err := a.climb(ctx, t.Attempt, f.asJSON)
	if err != nil {
		return err
	}
	clauses, err := f.contract.hold(ctx, a, t, results, f.asJSON)
	if err != nil {
		return err
	}
	if err := a.conclude(one.Name, t, results, clauses, f.asJSON); err != nil {
		return err
	}
	if !f.asJSON {
		f.contract.say(a, clauses)
	}
	a.warnExpiring([]connector.Connection{one}, time.Now())
	a.keepProof(ctx, t)
	if err := verdict(results); err != nil {
		return err
	}
	return broken(clauses)
}

// testOf prepares the test of a saved connection, as far as a stage where one is named. Close it when done.
func (a *app) testOf(v *vault.Vault, c connector.Connection, start bool, upTo check.ID) (*setup.Test, error) {
	return saved.Tests{Start: start, UpTo: upTo}.Of(a.environment(v), c)
}

// keepProof writes beside the connection how its test ended. A test that was cut short by --stage proves too little to be kept.
func (a *app) keepProof(ctx context.Context, t *setup.Test) {
	if _, err := t.Keep(ctx); err != nil {
		_, _ = fmt.Fprintln(a.err, saved.NotKept(t.Saved, err))
	}
}

// climb walks the stages of an attempt and concludes it. It prints each result as it comes, unless it is to be quiet.
func (a *app) climb(ctx context.Context, attempt *setup.Attempt, quiet bool) ([]check.Result, error) {
	results, err := attempt.Walk(ctx, func(r check.Result) {
		a.debug.Tell(check.Line(r))
		if !quiet {
			_, _ = fmt.Fprintln(a.out, a.prose(check.Line(r)))
		}
	})
	if err != nil {
		return nil, &exitError{code: exitLeft, quiet: true}
	}
	return results, nil
}

// conclude prints what a test came to, or all of it as one JSON object.
func (a *app) conclude(name string, t *setup.Test, results []check.Result, clauses []contract.Clause, asJSON bool) error {
	if asJSON {
		out := report.OfTest(name, t, results)
		out.Contract = report.Clauses(clauses)
		if e := (*exitError)(nil); out.Passed && errors.As(broken(clauses), &e) {
			out.Passed, out.Exit = false, e.code
		}
		return a.printJSON(out)
	}
	return a.sayEnd(results, setup.VerdictLine(t.Proof()))
}

// sayEnd prints the failure of a walk with its remedy, or else the verdict.
func (a *app) sayEnd(results []check.Result, verdict string) error {
	f := check.Failure(results)
	if f == nil {
		_, err := fmt.Fprintf(a.out, "\n%s\n", a.prose(verdict))
		return err
	}
	_, err := fmt.Fprintf(a.out, "\n%s\n", a.failure(*f))
	if f.Finding.Remedy.Copy != "" {
		_, err = fmt.Fprintf(a.out, "\n%s", f.Finding.Remedy.Copy)
	}
	return err
}

// failure is a failed result in words, as this terminal shows them.
func (a *app) failure(f check.Result) string {
	cause, rest, _ := strings.Cut(check.Text(f), "\n")
	return a.style.Bad(cause) + "\n" + a.prose(rest)
}

// warnExpiring says which secrets are in their last 30 days.
func (a *app) warnExpiring(all []connector.Connection, now time.Time) {
	for _, c := range all {
		if text, warns := connector.Expiry(c, now); warns {
			a.note("! The %s of %q %s:  draftt-databricks rotate %s", c.Credentials.Method.Label(), c.Name, text, words.CommandArgument(c.Name))
		}
	}
}
