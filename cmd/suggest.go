package cmd

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector/glossary"
	"github.com/draftt-io/draftt-databricks/words"
)

// commandOrNothing is meant.NoArgs for the program itself, where a saved name is typed for what is done with it.
func (a *app) commandOrNothing(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		for _, name := range a.namesAtHand(c.Context()) {
			if strings.EqualFold(name, args[0]) {
				quoted := words.CommandArgument(name)
				return usage(fmt.Sprintf("%q is a saved connection, and no command.", name), "draftt-databricks show "+quoted+" shows it, draftt-databricks test "+quoted+" tests it.")
			}
		}
	}
	return meant.NoArgs(c, args)
}

// flagRefused words what is wrong with a flag.
func (a *app) flagRefused(c *cobra.Command, err error) error {
	a.ran = c
	a.flags.form.Seek(a.line)
	return meant.Flag(c, err)
}

// ownHelp has the commands that the command library adds refuse what they do not know, as every other command does.
func (a *app) ownHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Short, c.Long = "Help about a command", "Help about a command, as its --help prints it."
			c.Run, c.RunE = nil, meant.Help
		case "completion":
			c.Args, c.RunE = meant.NoArgs, func(c *cobra.Command, _ []string) error { return c.Help() }
			for _, shell := range c.Commands() {
				shell.Args = func(c *cobra.Command, args []string) error {
					return cmp.Or(meant.NoArgs(c, args), a.loud("a script for a shell"))
				}
			}
		}
	}
}

// words is the glossary, as a command and as its help, which read it when it is asked for.
func (a *app) words() *cobra.Command {
	text := func() string { return glossary.Text(glossary.OnScreens) }
	c := &cobra.Command{
		Use: "words", Short: "The words of Databricks, and of this program, that its screens use", Args: meant.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := a.loud("the glossary"); err != nil {
				return err
			}
			return a.printLong(text())
		},
	}
	c.SetHelpFunc(func(c *cobra.Command, args []string) {
		c.Long = text()
		c.Root().HelpFunc()(c, args)
	})
	return c
}

// completes offers the values of a flag to the shell. One may have a description behind a tab.
func completes(c *cobra.Command, flag string, values ...string) {
	completesLive(c, flag, func() []string { return values })
}

// completesLive is completes for values that are looked up when they are asked for.
func completesLive(c *cobra.Command, flag string, values func() []string) {
	_ = c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	})
}

// completeNames offers the saved names to the shell, where opening them needs no question.
func (a *app) completeNames(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		if len(args) == 1 && c.Name() == "export" { // its second argument is a file
			return nil, cobra.ShellCompDirectiveDefault
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.namesAtHand(c.Context()), cobra.ShellCompDirectiveNoFileComp
}

// namesAtHand are the saved names, none where opening them takes a question.
func (a *app) namesAtHand(ctx context.Context) (names []string) {
	v, err := a.vault()
	if err != nil || a.unlockSilently(ctx, v) != nil {
		return nil
	}
	saved, _, err := v.List(ctx)
	if err != nil {
		return nil
	}
	for _, s := range saved {
		names = append(names, s.Name)
	}
	return names
}
