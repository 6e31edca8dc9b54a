package cmd

import (
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/report"
)

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "version", Short: "Print the version", Args: meant.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return a.printJSON(report.Program{Version: a.version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH})
			}
			return a.say("%s", strings.TrimSpace(a.versionLine()))
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// versionFlag has --version print what version prints, whatever else is on the command line. The command library would word it by a template,
// and a program with templates, which call methods by their names, keeps every method of every type.
func (a *app) versionFlag(root *cobra.Command) {
	asked := root.Flags().BoolP("version", "v", false, "print the version")
	judge, before, run := root.Args, root.PersistentPreRunE, root.RunE
	root.Args = func(c *cobra.Command, args []string) error {
		if *asked {
			return nil
		}
		return judge(c, args)
	}
	root.PersistentPreRunE = func(c *cobra.Command, args []string) error {
		if *asked {
			return nil
		}
		return before(c, args)
	}
	root.RunE = func(c *cobra.Command, args []string) error {
		if *asked {
			_, err := io.WriteString(c.OutOrStdout(), a.versionLine())
			return err //nolint:wrapcheck // the terminal's or the pipe's own
		}
		return run(c, args)
	}
}

// versionLine is what version and --version print.
func (a *app) versionLine() string {
	return fmt.Sprintf("draftt-databricks %s (%s, %s/%s)\n", a.version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
