package meant

import (
	"io"

	"github.com/spf13/cobra"
)

// Alone has a flag be all that a command answers, with a text: what else is on the command line is neither judged nor done. It is the last to
// be told of the command.
func Alone(c *cobra.Command, asked *bool, text string) {
	judge, before, run := c.Args, c.PersistentPreRunE, c.RunE
	c.Args = func(c *cobra.Command, args []string) error {
		if *asked {
			return nil
		}
		return judge(c, args)
	}
	c.PersistentPreRunE = func(c *cobra.Command, args []string) error {
		if *asked {
			return nil
		}
		return before(c, args)
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if *asked {
			_, err := io.WriteString(c.OutOrStdout(), text)
			return err //nolint:wrapcheck // the terminal's or the pipe's own
		}
		return run(c, args)
	}
}
