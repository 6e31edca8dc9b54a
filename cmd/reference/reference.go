// Package reference is the commands that show the tables that access is judged by: roles, levels, the matrices and privileges, with what
// corrects Voyager's document.
package reference

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/desk"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/ui/console"
)

// printing is how the command line prints.
type printing struct{ desk.Desk }

func (p printing) say(text string) { _, _ = fmt.Fprintln(p.Out(), p.Prose(text)) }

func (p printing) head(text string) { _, _ = fmt.Fprintf(p.Out(), "\n%s\n", p.Title(text)) }

// page is a page of the reference.
type page struct {
	About  string    `json:"about"`
	Source source    `json:"source"`
	Parts  []part    `json:"parts"`
	Fixes  []mending `json:"corrections"`
}

type source struct {
	Reviewed string `json:"reviewed"`
	Read     string `json:"read"`
}

// part is a table below its heading, with what to know besides.
type part struct {
	Heading string              `json:"heading"`
	Columns []string            `json:"-"`
	Rows    [][]string          `json:"-"`
	Records []map[string]string `json:"rows"`
	Notes   []string            `json:"notes,omitempty"`
}

type mending struct {
	ID   string `json:"id"`
	At   string `json:"at"`
	Was  string `json:"document_says"`
	Is   string `json:"holds"`
	Why  string `json:"why"`
	Date string `json:"date"`
	Read string `json:"read"`
}

// Command is draftt-databricks docs, with a command for each page.
func Command(d desk.Desk) *cobra.Command {
	p := printing{d}
	c := &cobra.Command{
		Use: "docs", Short: "The roles, levels and privileges of Databricks, as this program goes by them",
		Long: "The roles, permission levels and privileges of Databricks as tables, as this program judges access by them.\n" +
			"Where Voyager's document says otherwise, that stands below the tables, with the date and the source. Voyager's document\n" +
			"is the description of roles, levels and privileges that these tables were begun from; you do not need it.\n\n" +
			"Nothing is asked of a workspace.",
	}
	rules := access.Table
	c.AddCommand(
		p.command("roles", "Roles of the account, a workspace and a metastore, entitlements, and the rules that hold everywhere", func() page { return roles(rules()) }),
		p.command("levels", "Permission levels of each kind of object, by their names on pages and in the API", func() page { return levels(rules()) }),
		p.command("matrix", "Who can do what, and what each level allows, at a glance", func() page { return matrix(rules()) }),
		p.command("privileges", "Privileges of Unity Catalog: what they allow, where they are granted, and what they are not part of", func() page { return privileges(rules()) }),
		p.command("tokens", "Tokens and secrets: whose rights they have, when they end, and what they reach", tokens),
		p.command("references", "Where the tables are from, with the day on which each was read", func() page { return references(rules()) }),
	)
	d.Bare(c)
	return c
}

func (p printing) command(name, short string, make func() page) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: name, Short: short, Args: p.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := p.Loud("a page"); err != nil {
				return err
			}
			shown := make()
			if asJSON {
				return p.JSON(shown.filled())
			}
			return p.Long(func() error { return p.show(shown) })
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (p printing) show(shown page) error {
	p.say(shown.About)
	for _, one := range shown.Parts {
		p.head(one.Heading)
		headings := make([]string, len(one.Columns))
		for i, column := range one.Columns {
			headings[i] = strings.ToUpper(column)
		}
		if err := p.Table(console.Table{Headings: headings, Rows: one.Rows}); err != nil {
			return err
		}
		for _, note := range one.Notes {
			p.say(note)
		}
	}
	if len(shown.Fixes) > 0 {
		p.head("Where Voyager's document says otherwise")
	}
	for _, fix := range shown.Fixes {
		p.say(fix.ID + "  " + fix.At + ": " + stop(fix.Is) + " Voyager: " + stop(fix.Was) + " " + fix.Why + " (" + fix.Date + ", " + fix.Read + ")")
	}
	p.head("Source")
	p.say("As of " + shown.Source.Reviewed + ", after " + shown.Source.Read)
	return nil
}

// stop ends a text as a sentence ends.
func stop(text string) string { return strings.TrimSuffix(text, ".") + "." }

// filled has the rows by the names of their columns.
func (p page) filled() page {
	for i := range p.Parts {
		one := &p.Parts[i]
		for _, row := range one.Rows {
			record := map[string]string{}
			for k, column := range one.Columns {
				record[strings.ReplaceAll(strings.ToLower(column), " ", "_")] = row[k]
			}
			one.Records = append(one.Records, record)
		}
	}
	return p
}

func fixes(all []access.Correction) []mending {
	out := make([]mending, len(all))
	for i, c := range all {
		out[i] = mending(c)
	}
	return out
}
