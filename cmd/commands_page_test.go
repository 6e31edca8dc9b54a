package cmd

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// commandsPage writes the command tree as a page for people.
func commandsPage() string {
	var b strings.Builder
	b.WriteString("# Commands\n\nThis page is generated: `go test ./cmd -run CommandsPage -update`. `draftt-databricks COMMAND --help` says the same.\n")
	root := Commands("")
	b.WriteString("\n| command | what it does |\n|---|---|\n")
	each(root, func(c *cobra.Command) {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s |\n", c.UseLine(), anchor(c), cell(c.Short))
	})
	each(root, func(c *cobra.Command) {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", c.CommandPath(), strings.TrimSpace(first(c.Long, c.Short)))
		own := c.LocalFlags() // those for the commands below it as well
		if !c.HasParent() {
			own = c.LocalNonPersistentFlags()
		}
		if flags := flagRows(own); flags != "" {
			b.WriteString("\n| flag | |\n|---|---|\n" + flags)
		}
		codes, _ := exits.Of(exits.Name(c))
		b.WriteString("\n| [exit code](exit-codes.md) | |\n|---|---|\n")
		for _, code := range codes {
			fmt.Fprintf(&b, "| %d | %s |\n", code.Number, cell(code.Meaning))
		}
	})
	b.WriteString("\n## With every command\n\n| flag | |\n|---|---|\n" + flagRows(root.PersistentFlags()))
	return b.String()
}

func each(c *cobra.Command, do func(*cobra.Command)) {
	if c.Runnable() && !c.Hidden {
		do(c)
	}
	for _, sub := range c.Commands() {
		each(sub, do)
	}
}

func first(long, short string) string {
	if long != "" {
		return long
	}
	return short + "."
}

func anchor(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func cell(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "|", "\\|"), "\n", " ")
}

func flagRows(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", strings.TrimSpace(name+" "+kind), cell(usage))
	})
	return b.String()
}

func TestTheCommandsPageIsThatOfTheCommands(t *testing.T) {
	golden.Compare(t, filepath.Join("..", "docs", "commands.md"), commandsPage())
}
