package cmd

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
)

func (a *app) show() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "show NAME", Short: "Show a saved connection, without its secret", Args: exactName, ValidArgsFunction: a.completeNames,
		RunE: func(c *cobra.Command, args []string) error {
			v, s, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(report.InFull(s, v.Describe()))
			}
			return a.showLines(s, v.Describe())
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (a *app) showLines(s connector.Connection, where string) error {
	var tables []string
	for _, t := range s.Tables {
		tables = append(tables, t.String())
	}
	scope := "SELECT on the schema, future tables too"
	if s.Scope == connector.ScopeTables {
		scope = "SELECT on these tables only"
	}
	ends, _ := connector.Expiry(s, time.Now())
	lines := [][2]string{
		{"Name", s.Name},
		{"Workspace", s.Host.String() + " (" + s.Host.Describe() + ")"},
		{"Sign-in", s.Credentials.Method.Label() + " of " + s.Principal.Label()},
		{"Client ID", s.Credentials.ClientID.String()},
		{"Secret", fmt.Sprintf("saved %s (fingerprint %s); it cannot be shown", s.SecretSetAt.Local().Format("2006-01-02"), s.Credentials.Secret.Fingerprint())},
		{"Secret ends", strings.TrimPrefix(ends, "ends ")},
		{"Warehouse", fmt.Sprintf("%s (%s, %s)", s.Warehouse.Name, s.Warehouse.Type, s.Warehouse.ID)},
		{"Schema", s.Schema.String()},
		{"Reads", strings.Join(tables, "\n")},
		{"Scope", scope},
		{"Last test", lastTest(s.Proof)},
		{"Verdict", s.Proof.Summary},
		{"Rights", s.Proof.ReadOnly},
		{"Kept in", where},
	}
	for _, line := range lines {
		if line[1] == "" {
			continue
		}
		value := strings.ReplaceAll(line[1], "\n", "\n             ")
		if _, err := fmt.Fprintf(a.out, "%-12s %s\n", line[0], value); err != nil {
			return err
		}
	}
	return nil
}

// exactName wants one argument and says which.
func exactName(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("Give the name of one saved connection.", "draftt-databricks list shows them; put a name with blanks in quotes.")
	}
	return nil
}

// completeNames offers the saved names to the shell, where opening them needs no question.
func (a *app) completeNames(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	v, err := a.vault()
	if err != nil || len(args) > 0 {
		if len(args) == 1 && c.Name() == "export" { // its second argument is a file
			return nil, cobra.ShellCompDirectiveDefault
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if a.unlockSilently(c.Context(), v) != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	saved, _, err := v.List(c.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, s := range saved {
		names = append(names, s.Name)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
