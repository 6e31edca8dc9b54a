package tokens

import (
	"context"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

// which are the flags that say which tokens are meant.
type which struct {
	text  string
	flags []string
}

func (w *which) register(c *cobra.Command) {
	c.Flags().StringVar(&w.text, "search", "", "only tokens with this text in the owner, the comment or the ID")
	c.Flags().StringArrayVar(&w.flags, "flag", nil, "only tokens with this flag, such as stale or no-end; may be given several times")
	var names []string
	for _, f := range authorization.Flags {
		names = append(names, strings.ReplaceAll(string(f), " ", "-"))
	}
	completes(c, "flag", names...)
}

func (w *which) filter(ids []string) (authorization.Filter, error) {
	f := authorization.Filter{Text: w.text, IDs: ids}
	for _, name := range w.flags {
		flag, err := authorization.ParseFlag(name)
		if err != nil {
			return f, err //nolint:wrapcheck // it has words of its own
		}
		f.Flags = append(f.Flags, flag)
	}
	return f, nil
}

// meant are the tokens that are meant.
func (w *which) meant(s *authorization.Snapshot, ids []string) (out []authorization.Owned, err error) {
	f, err := w.filter(ids)
	if err != nil {
		return nil, err
	}
	for _, o := range s.Owned() {
		if f.Matches(o) {
			out = append(out, o)
		}
	}
	return out, nil
}

func (g group) list() *cobra.Command {
	var w which
	var by, to string
	var over, asCSV bool
	c := &cobra.Command{Use: "list", Short: "List the tokens of the workspace", Args: g.NoArgs,
		Long: "List the tokens of the workspace: the owner, when a token was made, last used and ends, and what is remarkable about it.\n" +
			"Databricks revokes a token that was not used for 90 days. Who is no admin sees their own."}
	c, r := g.reads(c, func(_ context.Context, r *reading, _ *admin.Session, s *authorization.Snapshot, _ []string) error {
		found, err := w.meant(s, nil)
		if err != nil {
			return err
		}
		if err := sorted(found, by); err != nil {
			return err
		}
		switch {
		case r.asJSON:
			return g.JSON(ofTokens(s, found))
		case asCSV:
			return g.writeCSV(s, found, to, over)
		}
		return g.sayTokens(s, found)
	})
	w.register(c)
	c.Flags().StringVar(&by, "sort", string(authorization.ByOwner), "owner, created, used or end")
	completes(c, "sort", "owner", "created", "used", "end")
	c.Flags().BoolVar(&asCSV, "csv", false, "as CSV")
	g.Place(c, &to, "to", "", "with --csv, write it to this file")
	c.Flags().BoolVar(&over, "overwrite", false, "with --to, replace a file that is there")
	r.json(c)
	return c
}

func sorted(found []authorization.Owned, by string) error {
	for _, order := range authorization.Orders {
		if string(order) == by {
			authorization.Sort(found, order)
			return nil
		}
	}
	return usage("That is no order of tokens.", "Give --sort owner, created, used or end.")
}

// sayTokens prints tokens as a table, with what the settings are and what is not shown.
func (g group) sayTokens(s *authorization.Snapshot, found []authorization.Owned) error {
	table := console.Table{Headings: authorization.Headings}
	for _, o := range found {
		table.Rows = append(table.Rows, s.Columns(o))
	}
	if err := g.Table(table); err != nil {
		return err
	}
	line := fmt.Sprintf("\n%d of %s.", len(found), words.Count(len(s.Tokens), "token"))
	switch {
	case s.Settings.Known && !s.Settings.Enabled:
		line += " Tokens are switched off: none of them signs in."
	case s.Settings.MaxDays > 0:
		line += fmt.Sprintf(" New ones last at most %d days.", s.Settings.MaxDays)
	}
	if err := g.Say("%s", line); err != nil || !s.Limited {
		return err
	}
	return g.Say("These are your own. Those of others are shown to workspace admins alone.")
}

// writeCSV writes tokens as a table for a spreadsheet. No cell is a formula there.
func (g group) writeCSV(s *authorization.Snapshot, found []authorization.Owned, to string, over bool) error {
	var b strings.Builder
	out := csv.NewWriter(&b)
	rows := [][]string{authorization.Headings}
	for _, o := range found {
		rows = append(rows, s.Columns(o))
	}
	for _, row := range rows {
		for i, cell := range row {
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "+") || strings.HasPrefix(cell, "-") || strings.HasPrefix(cell, "@") {
				row[i] = "'" + cell
			}
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	if to != "" {
		return g.Keep(to, []byte(b.String()), over)
	}
	_, err := fmt.Fprint(g.Out(), b.String())
	return err //nolint:wrapcheck // the terminal's or the pipe's own
}
