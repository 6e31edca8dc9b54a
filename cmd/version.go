package cmd

import (
	"fmt"
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

// versionFlag has --version print what version prints. The command library would word it by a template, and a program with templates, which
// call methods by their names, keeps every method of every type.
func (a *app) versionFlag(root *cobra.Command) {
	meant.Alone(root, root.Flags().BoolP("version", "v", false, "print the version"), a.versionLine())
}

// versionLine is what version and --version print.
func (a *app) versionLine() string {
	return fmt.Sprintf("draftt-databricks %s (%s, %s/%s)\n", a.version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
