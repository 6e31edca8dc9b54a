package meant

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Help prints the help of the command that the arguments name.
func Help(c *cobra.Command, args []string) error {
	topic, rest, err := c.Root().Find(args)
	if err != nil || len(rest) > 0 {
		if topic == nil {
			topic = c.Root()
		}
		typed := connector.CleanLine(slices.Concat(rest, args)[0], 80)
		return refuse(fmt.Sprintf("There is no help on %q.", typed), Nearest(typed, Commands(topic))+"See "+topic.CommandPath()+" --help.")
	}
	topic.InitDefaultHelpFlag()
	topic.InitDefaultVersionFlag()
	return topic.Help()
}

// Before has something happen for every command before its arguments are judged.
func Before(c *cobra.Command, do func(*cobra.Command) error) {
	judge := c.Args
	c.Args = func(c *cobra.Command, args []string) error {
		if err := do(c); err != nil || judge == nil {
			return err
		}
		return judge(c, args)
	}
	for _, below := range c.Commands() {
		Before(below, do)
	}
}
