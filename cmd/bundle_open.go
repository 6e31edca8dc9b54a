package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/infile"
	screen "github.com/draftt-io/draftt-databricks/screens/bundle"
)

func (a *app) bundleOpen() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "open FILE", Short: "Show what a support bundle tells, without a network",
		Long: "Show what a support bundle tells: the checklist of its test, with cause and remedy, the requests and the timeline.\n" +
			"In a terminal it is a screen to walk through; with --plain, or into a file, it is printed. FILE may be - for standard input.\n" +
			"Nothing is sent anywhere.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("Give one support bundle.", "draftt-databricks bundle open draftt-bundle.tar.gz")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			from, err := a.named(args[0])
			if err != nil {
				return err
			}
			file, err := from.Open()
			switch {
			case errors.Is(err, infile.ErrNotPlain):
				return usage(infile.Wrong(connector.CleanLine(args[0], 200), err), "Give bundle open a file that bundle create wrote.")
			case err != nil:
				return usage("The bundle could not be opened: "+connector.CleanLine(infile.Reason(err), 200)+".", "Give bundle open a file that bundle create wrote.")
			}
			defer func() { _ = file.Close() }()
			contents, err := bundle.Open(file)
			switch {
			case err != nil:
				return err
			case asJSON:
				return a.printJSON(struct {
					bundle.Contents
					Record string `json:"record,omitempty"`
				}{contents, contents.Record})
			case a.face() == faceScreen:
				return a.bundleScreen(c.Context(), contents)
			}
			return a.printBundle(contents)
		},
	}
	stdin.Argument(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// bundleScreen shows the bundle until it is left, which is no failure.
func (a *app) bundleScreen(ctx context.Context, c bundle.Contents) error {
	theme := a.theme()
	theme.Notice = "" // a bundle holds aliases alone
	err := a.shellOf(ctx, "the bundle", screen.New(c, theme).Shell(ctx))
	if err == nil && ctx.Err() != nil {
		return &exitError{code: exitLeft, quiet: true}
	}
	return err
}

// printBundle prints the checklist as test does, and what the bundle has beside it.
func (a *app) printBundle(c bundle.Contents) error {
	_, _ = fmt.Fprintf(a.out, "Made by draftt-databricks %s (%s, %s)\n", c.Program.Version, c.Program.Go, c.Program.System)
	for _, line := range c.Connection {
		_, _ = fmt.Fprintf(a.out, "%-12s %s\n", line.Label, line.Text)
	}
	_, _ = fmt.Fprintln(a.out)
	results := c.Results()
	for _, r := range results {
		_, _ = fmt.Fprintln(a.out, a.prose(check.Line(r)))
	}
	if err := a.sayEnd(results, cmp.Or(c.Verdict, setup.VerdictOf(results))); err != nil {
		return err
	}
	if len(c.Environment) > 0 {
		_, _ = fmt.Fprintf(a.out, "\nSet in its environment: %s\n", strings.Join(c.Environment, ", "))
	}
	if len(c.Requests) > 0 {
		_, _ = fmt.Fprintf(a.out, "\nRequests\n")
		for _, r := range c.Requests {
			_, _ = fmt.Fprintf(a.out, "  %3d %-4s %s %s\n", r.Status, r.Method, r.Path, r.RequestID)
		}
	}
	if c.Record != "" {
		_, _ = fmt.Fprintf(a.out, "\nRecord\n%s", c.Record)
	}
	return nil
}
