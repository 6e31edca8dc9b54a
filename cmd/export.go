package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector/saved"
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
			return meant.ExactName(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				if err := a.loud("a text without the name of a file"); err != nil {
					return err
				}
			}
			_, one, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			file := ""
			if len(args) == 2 {
				file = args[1]
			}
			content, err := saved.Exported(one, file, asJSON)
			if err == nil && asJSON {
				content, err = a.flags.form.Of(content)
			}
			if err != nil {
				return err
			}
			switch {
			case file == "", file == standardOutput:
				_, err := a.results().Write(content)
				return err
			}
			if _, err := a.writeNew(file, content); err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.out, saved.Wrote(one, file))
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}
