package cmd

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			return a.say("%s", strings.TrimSpace(a.versionLine()))
		},
	}
}

// versionLine is what version and --version print.
func (a *app) versionLine() string {
	return fmt.Sprintf("draftt-databricks %s (%s, %s/%s)\n", a.version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
