package cmd

import (
	"os"

	"github.com/spf13/cobra"
)

// Commands is the tree of all commands, for tools that write it down as pages or completions.
func Commands(version string) *cobra.Command {
	return (&app{version: version, in: os.Stdin, out: os.Stdout, err: os.Stderr}).root()
}
