package inventory

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/export"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

type showFlags struct {
	choice
	filter export.Filter
	limit  int
	asJSON bool
}

const shownRows = 100

func (f Face) show() *cobra.Command {
	var s showFlags
	c := &cobra.Command{
		Use: "show [KIND]", Short: "List what was found of a kind, or the kinds", Args: atMost(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return estate.AllKinds(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := limited(s.limit); err != nil {
				return err
			}
			run, m, err := s.open(f)
			if err != nil {
				return err
			}
			defer func() { _ = run.Close() }()
			if len(args) == 0 {
				return f.showKinds(run, m, s.asJSON)
			}
			return f.showRows(run, args[0], &s)
		},
	}
	s.register(c, true)
	flags := c.Flags()
	flags.StringVar(&s.filter.Text, "match", "", "only those with this text in their id, name or fields")
	flags.StringArrayVar(&s.filter.Where, "where", nil, "only those with this value of a field, as in owner=data-governance; may be given several times")
	flags.IntVar(&s.limit, "limit", shownRows, "at most so many, 0 for all")
	flags.BoolVar(&s.asJSON, "json", false, "as JSON")
	return c
}

type kindDocument struct {
	Kind  string `json:"kind"`
	Rows  int    `json:"rows"`
	Whole bool   `json:"whole"`
}

func (f Face) showKinds(run *store.Run, m store.Manifest, asJSON bool) error {
	seen, err := estate.CoverageOf(run)
	if err != nil {
		return err
	}
	var all []kindDocument
	for _, kind := range estate.AllKinds() {
		n, err := run.Count(kind)
		if err != nil {
			return err
		}
		all = append(all, kindDocument{kind, n, seen.Whole(kind)})
	}
	if asJSON {
		return f.JSON(map[string]any{"run": m.ID, "kinds": all})
	}
	table := console.Table{Headings: []string{"kind", "rows", ""}}
	for _, k := range all {
		state := ""
		if !k.Whole {
			state = "a part"
		}
		table.Rows = append(table.Rows, []string{k.Kind, words.Thousands(k.Rows), state})
	}
	return f.Table(table)
}

type rowDocument struct {
	ID         string          `json:"id"`
	Name       string          `json:"name,omitempty"`
	Parent     string          `json:"parent,omitempty"`
	Owner      string          `json:"owner,omitempty"`                  // of what goes by an ID for its owner
	Managed    string          `json:"managed_by,omitempty"`             // of users, groups and service principals
	Idle       string          `json:"revoked_for_inactivity,omitempty"` // of personal access tokens
	Properties json.RawMessage `json:"properties"`
}

func (f Face) showRows(run *store.Run, kind string, s *showFlags) error {
	if !slices.Contains(estate.AllKinds(), kind) {
		return &connector.Error{
			Kind: connector.ErrInput, What: fmt.Sprintf("There is no kind “%s”.", connector.CleanLine(kind, 60)),
			Remedy: "draftt-databricks inventory show lists the kinds.",
		}
	}
	keeps, err := s.filter.Keeps()
	if err != nil {
		return err
	}
	rows, more, now := []rowDocument{}, 0, time.Now()
	owners := estate.OwnersIn(run)
	for row, err := range run.Rows(kind) {
		if err != nil {
			return err
		}
		if !keeps(row) {
			continue
		}
		if s.limit > 0 && len(rows) >= s.limit {
			more++
			continue
		}
		owner, err := owners.Of(row)
		if err != nil {
			return err
		}
		managed, idle := estate.ManagedBy(row), estate.Idle(row, now)
		row = export.Shared(row)
		rows = append(rows, rowDocument{row.ID, row.Name, row.Parent, owner.String(), managed, idle, json.RawMessage(row.Body)})
	}
	if len(rows) == 0 {
		if err := s.filter.Fields(run.Rows(kind)); err != nil {
			return err
		}
	}
	if s.asJSON {
		return f.JSON(map[string]any{"kind": kind, "rows": rows, "more": more})
	}
	if err := f.Table(tableOf(rows)); err != nil {
		return err
	}
	if slices.ContainsFunc(rows, func(r rowDocument) bool { return r.Managed == "identity provider" }) && strings.HasSuffix(kind, "users") {
		if _, err := fmt.Fprintln(f.Out(), f.Prose(estate.NoPasswords)); err != nil {
			return err //nolint:wrapcheck // the terminal's or the pipe's own
		}
	}
	if more == 0 {
		return nil
	}
	_, err = fmt.Fprintf(f.Out(), "%s more; --limit 0 shows all.\n", words.Thousands(more))
	return err //nolint:wrapcheck // the terminal's or the pipe's own
}

// tableOf has a line for each row, with a column for what any of them has besides its properties.
func tableOf(rows []rowDocument) console.Table {
	table := console.Table{Headings: []string{"id", "name", "properties"}}
	for _, r := range rows {
		table.Rows = append(table.Rows, []string{connector.CleanLine(r.ID, 200), connector.CleanLine(r.Name, 120), connector.CleanLine(facts(r.Properties, r.Name), 400)})
	}
	for _, column := range []struct {
		heading string
		of      func(rowDocument) string
	}{
		{"revoked for inactivity", func(r rowDocument) string { return r.Idle }},
		{"managed by", func(r rowDocument) string { return r.Managed }},
		{"owner", func(r rowDocument) string { return connector.CleanLine(r.Owner, 120) }},
	} {
		if !slices.ContainsFunc(rows, func(r rowDocument) bool { return column.of(r) != "" }) {
			continue
		}
		table.Headings = append([]string{column.heading}, table.Headings...)
		for i, r := range rows {
			table.Rows[i] = append([]string{column.of(r)}, table.Rows[i]...)
		}
	}
	return table
}

// facts are the fields of a row in one line, without the one that is its name.
func facts(body json.RawMessage, name string) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return ""
	}
	var out []string
	for key, value := range fields {
		if text := strings.Trim(string(value), `"`); text != name {
			out = append(out, key+" "+estate.SayField(key, text))
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
