package cmd

import (
	"context"
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/cmd/values"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/words"
)

// answersFlags are those of a set-up that asks nobody.
type answersFlags struct {
	file            string
	example, asJSON bool
	secret          secretFlags
}

func (f *answersFlags) register(c *cobra.Command) {
	stdin.File(c, &f.file, "answers", "take the answers from this YAML file and ask nobody")
	c.Flags().BoolVar(&f.example, "answers-example", false, "print a commented answers file")
	c.Flags().BoolVar(&f.asJSON, "json", false, "with --answers, the checklist as JSON")
	f.secret.register(c)
}

// used reports whether these flags replace the questions, and refuses what would then be left unused.
func (f *answersFlags) used(typed bool) (bool, error) {
	switch {
	case f.example:
		return true, nil
	case f.file == "" && (f.asJSON || f.secret.given()):
		return false, usage("--json, --secret-stdin and --secret-fd go with an answers file.", "Add --answers FILE; --answers-example prints one.")
	case f.file != "" && typed:
		return false, usage("--host, --client-id, --schema and --name fill the questions in, and an answers file asks none.", "Write these answers into the file.")
	}
	return f.file != "", nil
}

// printExample prints a file to fill in.
func (a *app) printExample(f answersFlags) error {
	if f.asJSON {
		return values.TextAlone("--answers-example", "")
	}
	if err := a.loud("an answers file"); err != nil {
		return err
	}
	return a.long(func() error {
		_, err := fmt.Fprint(a.out, setup.AnswersExample())
		return err
	})
}

// setupFromFile is the set-up without a question.
func (a *app) setupFromFile(ctx context.Context, f answersFlags, trust trustFlags) error {
	if f.example {
		return a.printExample(f)
	}
	answers, err := a.answers(f.file)
	if err != nil {
		return err
	}
	_, caCerts, err := trust.read(a)
	if err != nil {
		return err
	}
	run := headlessRun{answers: answers, asJSON: f.asJSON}
	if caCerts != nil { // trusted besides those of the file
		run.answers.CACerts += "\n" + string(caCerts)
	}
	if run.secret, err = f.secret.read(a, run.answers.SecretFile); err != nil {
		return err
	}
	if run.secret.IsZero() {
		return usage(lacks(run.answers)+"The answers file names no secret.", "Give the secret with --secret-stdin or --secret-fd, or name a private file as secret_file.")
	}
	return a.headless(ctx, run, trust.allow)
}

// answers are those of a file that the command line names.
func (a *app) answers(path string) (setup.AnswersFile, error) {
	from, err := a.named(path)
	if err != nil {
		return setup.AnswersFile{}, err
	}
	return setup.ReadAnswersFile(from)
}

// headlessRun is what a set-up without a question starts from.
type headlessRun struct {
	answers setup.AnswersFile
	secret  connector.Secret
	asJSON  bool
}

// headless proves the answers, saves the connection and says how that ended, as lines or as JSON.
func (a *app) headless(ctx context.Context, run headlessRun, allow []string) error {
	hosts, err := connector.ParseAllowList(allow)
	if err != nil {
		return err
	}
	draft, err := run.answers.Draft(run.secret, hosts)
	if err != nil {
		return err
	}
	for _, line := range draft.HintLines() {
		a.note("Hint: %s", line)
	}
	v, err := a.vault()
	if err != nil {
		return err
	}
	guard, err := a.unattended(v, run.answers)
	if err != nil {
		return err
	}
	if err := guard.Ready(ctx, draft.Name()); err != nil {
		return err
	}
	s := setup.New(a.protecting(v, guard.KeyFile), draft)
	defer s.Close()
	a.about(s.At())
	waiting := 0
	h := setup.NewHeadless(s, run.answers, func(r check.Result) {
		a.debug.Tell(check.Line(r))
		switch {
		case run.asJSON:
		case r.State == check.Blocked: // so many lines would push what failed out of sight
			waiting++
		default:
			_, _ = fmt.Fprintln(a.out, a.prose(check.Line(r)))
		}
	})
	results, err := h.Run(ctx, guard.Protector)
	if waiting > 0 {
		_, _ = fmt.Fprintf(a.out, "%s %s for what failed.\n", check.Blocked.Mark(), words.Plural(waiting, "check waits", "checks wait"))
	}
	if ctx.Err() != nil && h.Saved().ID == "" {
		_, _ = fmt.Fprintln(a.err, "The set-up was left. Nothing was saved.")
		return &exitError{code: exitLeft, quiet: true}
	}
	if err != nil {
		return err
	}
	if err := a.tellSetup(h, results, run.asJSON); err != nil {
		return err
	}
	if code := h.Exit(results); code != 0 {
		return &exitError{code: code, quiet: true}
	}
	return nil
}

// tellSetup says what the checklist leaves open: why nothing was saved, or what was.
func (a *app) tellSetup(h *setup.Headless, results []check.Result, asJSON bool) error {
	saved := h.Saved()
	if asJSON {
		return a.printJSON(report.OfSetup(h, results))
	}
	_, _ = fmt.Fprintln(a.out)
	asks := h.MustAccept() && check.Blocking(results) == nil
	if f := check.Failure(results); f != nil && !asks {
		_, _ = fmt.Fprintln(a.out, a.failure(*f))
		if f.Finding.Remedy.Copy != "" {
			_, _ = fmt.Fprintf(a.out, "\n%s", f.Finding.Remedy.Copy)
		}
	}
	if asks {
		_, _ = fmt.Fprintf(a.out, "%s. %s\n%s\naccept_broader: true in the answers saves it all the same.\n",
			breadth.Title, breadth.NotNeeded, strings.Join(h.Breadth().Lines(), "\n"))
	}
	if saved.ID == "" {
		_, err := fmt.Fprintln(a.out, "\nNothing was saved.")
		return err
	}
	if check.Failure(results) != nil {
		_, _ = fmt.Fprintln(a.out)
	}
	_, err := lipgloss.Fprint(a.out, h.Transcript())
	return err
}
