package inventory

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/findings"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

// looking is what both commands of findings take.
type looking struct {
	choice
	connection      string
	tables, without []string
	allowed         []string
	gauges          []findings.Gauge
	asJSON          bool
}

func (l *looking) registerIn(c *cobra.Command, f Face) {
	l.register(c, true)
	flags := c.Flags()
	flags.StringVar(&l.connection, "connection", "", "the saved connection whose tables are looked at")
	flags.StringArrayVar(&l.tables, "table", nil, "a table to look at, as catalog.schema.table; may be given several times")
	flags.StringArrayVar(&l.without, "without", nil, "leave this finding out; may be given several times")
	flags.StringArrayVar(&l.allowed, "allowed", nil, "how many Databricks allows of something here, as in principals=20000; may be given several times")
	flags.BoolVar(&l.asJSON, "json", false, "as JSON")
	f.Words(c, "without", findings.IDs()...)
}

// found are the findings of at least a level, in the run that is meant.
func (l *looking) found(ctx context.Context, f Face, level string) (id string, out []findings.Finding, _ findings.Level, err error) {
	least := findings.Low
	if level != "" {
		if least, err = findings.ParseLevel(level); err != nil {
			return "", nil, "", err
		}
	}
	for _, left := range l.without {
		if !slices.Contains(findings.IDs(), left) {
			return "", nil, "", &connector.Error{
				Kind: connector.ErrInput, What: fmt.Sprintf("“%s” is no finding.", connector.CleanLine(left, 60)), Remedy: "Findings are: " + strings.Join(findings.IDs(), ", ") + ".",
			}
		}
	}
	tables, err := l.chosen(ctx, f)
	if err != nil {
		return "", nil, "", err
	}
	allowed, err := findings.ParseAllowed(l.allowed)
	if err != nil {
		return "", nil, "", err
	}
	run, m, err := l.open(f)
	if err != nil {
		return "", nil, "", err
	}
	defer func() { _ = run.Close() }()
	facts, in, err := stored.Read(run, access.Table())
	if err != nil {
		return "", nil, "", err
	}
	options := findings.Options{Tables: tables, Allowed: allowed}
	seen, err := estate.CoverageOf(run)
	if err != nil {
		return "", nil, "", err
	}
	l.gauges = findings.Gauges(seen, options)
	all, err := findings.Look(run, facts, in, options)
	if err != nil {
		return "", nil, "", err
	}
	all = slices.DeleteFunc(all, func(one findings.Finding) bool {
		return !one.Level.AtLeast(least) || slices.Contains(l.without, one.ID)
	})
	return m.ID, all, least, nil
}

// chosen are the tables that are named, and those of the connection.
func (l *looking) chosen(ctx context.Context, f Face) (out []connector.TableName, err error) {
	for _, text := range l.tables {
		t, err := connector.ParseTable(text, connector.SchemaName{})
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	if l.connection == "" {
		return out, nil
	}
	saved, err := f.Saved(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(saved, func(c connector.Connection) bool { return c.Name == l.connection })
	if i < 0 {
		return nil, &connector.Error{
			Kind: connector.ErrInput, What: "No connection is called " + connector.Refused(connector.KindConnection, l.connection) + ".", Remedy: "draftt-databricks list shows the saved ones.",
		}
	}
	return append(out, saved[i].Tables...), nil
}

func (f Face) findings() *cobra.Command {
	var l looking
	var level string
	var limit int
	c := &cobra.Command{
		Use: "findings", Short: "Say what is worth mending, with what proves it", Args: atMost(0),
		Long: "Say what an inventory shows that is worth mending, each with the rows and paths that prove it and with one thing to do. Nothing is\n" +
			"asked of the workspace. Where something that it takes was not collected, the finding is unknown, and says what is missing. Where a\n" +
			"newer run is not whole, the last whole one before it is looked at, and the exit code is 51.",
		RunE: func(c *cobra.Command, _ []string) error {
			run, all, _, err := l.found(c.Context(), f, level)
			if err != nil {
				return err
			}
			if l.asJSON {
				err = f.JSON(documents(run, all, &l))
			} else {
				err = f.sayFindings(all, l.gauges, limit)
			}
			if code := l.judged(exits.OK); err == nil && code != exits.OK {
				return f.Exit(code, nil)
			}
			return err
		},
	}
	l.registerIn(c, f)
	c.Flags().StringVar(&level, "level", "", "only those of this level and above: low, medium, high")
	c.Flags().IntVar(&limit, "limit", shownProofs, "at most so many proofs of each, 0 for all")
	f.Words(c, "level", levels()...)
	return c
}

// shownProofs is how many proofs of a finding are shown where nobody says otherwise.
const shownProofs = 10

func levels() (out []string) {
	for _, l := range findings.Levels {
		out = append(out, string(l))
	}
	return out
}

func (f Face) check() *cobra.Command {
	var l looking
	var level string
	c := &cobra.Command{
		Use: "check", Short: "End with an exit code that says whether there are findings, for CI", Args: atMost(0),
		Long: "Look at the findings of a level and above, and end with an exit code: 0 where there are none, 50 where there is one, and 51 where\n" +
			"none was found and one cannot be told of, or a newer run is not whole. What is unknown never counts as passed; --without leaves out\n" +
			"what is not wanted.",
		Example: "  draftt-databricks inventory check --fail-on medium --connection prod\n  draftt-databricks inventory check --fail-on high --without inventory-writers",
		RunE: func(c *cobra.Command, _ []string) error {
			run, all, least, err := l.found(c.Context(), f, level)
			if err != nil {
				return err
			}
			if l.asJSON {
				err = f.JSON(documents(run, all, &l))
			} else {
				err = f.sayChecked(all, least)
			}
			if code := l.judged(verdictOf(all)); err == nil && code != exits.OK {
				return f.Exit(code, nil)
			}
			return err
		},
	}
	l.registerIn(c, f)
	c.Flags().StringVar(&level, "fail-on", string(findings.High), "the lowest level that counts: low, medium, high")
	f.Words(c, "fail-on", levels()...)
	return c
}

// verdictOf is the exit code of some findings: one that was found before one that cannot be told of.
func verdictOf(all []findings.Finding) int {
	code := exits.OK
	for _, one := range all {
		switch one.State {
		case findings.Found:
			return check.ExitBeyond
		case findings.Unknown:
			code = exits.Unseen
		}
	}
	return code
}

var findingMarks = map[findings.State]string{findings.Found: "✗", findings.None: "✓", findings.Unknown: "?"}

func stateOf(one findings.Finding) string {
	if one.State == findings.Found {
		return words.Thousands(len(one.Evidence)) + " found"
	}
	return string(one.State)
}

// table has a line for each finding.
func (f Face) table(all []findings.Finding) error {
	t := console.Table{Headings: []string{"", "LEVEL", "FINDING", "", "WHAT"}}
	for _, one := range all {
		t.Rows = append(t.Rows, []string{findingMarks[one.State], string(one.Level), one.ID, stateOf(one), one.Title})
	}
	return f.Table(t)
}

func (f Face) sayFindings(all []findings.Finding, gauges []findings.Gauge, limit int) error {
	if err := f.table(all); err != nil {
		return err
	}
	if text := findings.SayGauges(gauges); text != "" {
		_, _ = fmt.Fprintf(f.Out(), "\n%s\n", f.Prose(text))
	}
	for _, one := range all {
		if one.State == findings.None {
			continue
		}
		_, _ = fmt.Fprintf(f.Out(), "\n%s\n", f.Title(one.Title))
		if one.State == findings.Found {
			f.sayProofs(one, limit)
		}
		if len(one.Missing) > 0 {
			f.say("Not collected", one.Missing)
		}
	}
	return nil
}

func (f Face) sayProofs(one findings.Finding, limit int) {
	line := func(indent, text string) { _, _ = fmt.Fprintln(f.Out(), f.Prose(indent+text)) }
	line("", one.Means)
	for i, e := range one.Evidence {
		if limit > 0 && i == limit {
			line("  ", words.Thousands(len(one.Evidence)-limit)+" more; --limit 0 shows all.")
			break
		}
		line("  ", e.Says)
		for _, step := range e.Path {
			line("    ", step)
		}
	}
	line("", "To mend it: "+one.Remedy)
}

func (f Face) sayChecked(all []findings.Finding, least findings.Level) error {
	if err := f.table(all); err != nil {
		return err
	}
	found, unknown := 0, 0
	for _, one := range all {
		switch one.State {
		case findings.Found:
			found++
		case findings.Unknown:
			unknown++
			f.say(one.ID+" cannot be told of. Not collected", one.Missing)
		}
	}
	_, err := fmt.Fprintf(f.Out(), "\nLevel %s and above: %d found, %d cannot be told of, of %d.\n", least, found, unknown, len(all))
	return err //nolint:wrapcheck // the terminal's or the pipe's own
}
