package cmd

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/words"
)

func (a *app) export() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "export NAME [FILE]", Short: "Write a saved connection to a file, without its secret", ValidArgsFunction: a.completeNames,
		Long: "Write a saved connection, without its secret, as a file that import and setup --answers read. Without FILE, or with -, it is printed.\n" +
			"The file is YAML, or JSON with --json or a name that ends in .json. A file that is there already is left alone.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 2 {
				return nil
			}
			return exactName(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			_, saved, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			write := setup.ExportedFrom(saved).YAML
			if asJSON || len(args) == 2 && strings.EqualFold(filepath.Ext(args[1]), ".json") {
				write = setup.ExportedFrom(saved).JSON
			}
			content, err := write()
			if err == nil && asJSON {
				content, err = a.flags.form.formed(content)
			}
			if err != nil {
				return err
			}
			switch {
			case len(args) == 1:
				_, err := a.out.Write(content)
				return err
			case args[1] == standardOutput:
				_, err := a.results().Write(content)
				return err
			}
			if _, err := a.writeNew(args[1], content); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "Wrote %q to %s, without its secret.\nOn another machine:  draftt-databricks import %s\n",
				saved.Name, connector.CleanLine(args[1], 300), words.CommandArgument(connector.CleanLine(filepath.Base(args[1]), 300)))
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}
