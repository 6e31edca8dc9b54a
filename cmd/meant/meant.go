// Package meant refuses what was mistyped on a command line, with the name that was most likely meant.
package meant

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// Nearest is a sentence with the one of these names that was most likely meant, empty where none is near.
func Nearest(typed string, names []string) string {
	near := connector.Nearest(typed, names, 1)
	if len(near) == 0 {
		return ""
	}
	return fmt.Sprintf("Did you mean %q? ", near[0])
}

// NoArgs refuses an argument, which to a command with commands below it is one that does not exist.
func NoArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	typed := connector.CleanLine(args[0], 80)
	return refuse(fmt.Sprintf("%s does not know %q.", c.CommandPath(), typed), Nearest(typed, Commands(c))+alone(c)+"See "+c.CommandPath()+" --help.")
}

// alone is a sentence with what a command takes that takes flags alone, empty for one with commands below it or without flags of its own.
func alone(c *cobra.Command) string {
	var flags []string
	c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && f.Name != "help" {
			flags = append(flags, "--"+f.Name)
		}
	})
	if len(Commands(c)) > 0 || len(flags) == 0 {
		return ""
	}
	return "It takes no name, only flags: " + strings.Join(flags, ", ") + ". "
}

// ExactName wants one argument and says which.
func ExactName(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return refuse("Give the name of one saved connection.", "draftt-databricks list shows them; put a name with blanks in quotes.")
	}
	return nil
}

// Commands are the names of the commands below one.
func Commands(c *cobra.Command) (names []string) {
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			names = append(append(names, below.Name()), below.Aliases...)
		}
	}
	return names
}

// Flag words what is wrong with a flag, and names the one that was meant.
func Flag(c *cobra.Command, err error) error {
	meant, what := "", words.UpperFirst(connector.CleanLine(err.Error(), 300))+"."
	var unknown *pflag.NotExistError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && argument(c) == strings.ToUpper(unknown.GetSpecifiedName()):
		meant = fmt.Sprintf("%s stands without a flag: %s %s. ", argument(c), c.CommandPath(), argument(c))
	case errors.As(err, &unknown):
		if flag := flagMeant(c, unknown.GetSpecifiedName()); flag != "" {
			meant = "Did you mean " + flag + "? "
		}
	case errors.As(err, &wrong):
		what = fmt.Sprintf("--%s takes %s, not %q.", wrong.GetFlag().Name, takes(wrong.GetFlag().Value.Type()), connector.CleanLine(wrong.GetValue(), 40))
	}
	return refuse(what, meant+"See "+c.CommandPath()+" --help.")
}

// argument is what a command takes without a flag, in the word of its help, empty where it takes nothing.
func argument(c *cobra.Command) string {
	_, rest, _ := strings.Cut(c.Use, " ")
	first, _, _ := strings.Cut(rest, " ")
	return strings.Trim(first, "[].")
}

// takenBy is what flags take, by the kind of their value, for those kinds that do not take every text.
var takenBy = map[string]string{
	"int": "a whole number", "int64": "a whole number", "bool": "no value, or true or false", "duration": "a time such as 24h or 90m", "float64": "a number such as 0.5",
	"stringSlice": "values separated by commas, with a quote only around a whole one",
}

// takes is what a flag takes. What the library says of a value that it cannot read is for programmers.
func takes(kind string) string {
	if said, known := takenBy[kind]; known {
		return said
	}
	return "another value"
}

// flagMeant is the flag that is most like one that there is not, empty where none is. A single letter is like that in the other case, and
// like a long name that begins with it.
func flagMeant(c *cobra.Command, typed string) (meant string) {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		switch {
		case f.Hidden:
		case len(typed) > 1:
			names = append(names, f.Name)
		case strings.EqualFold(f.Shorthand, typed):
			meant = "-" + f.Shorthand
		case meant == "" && strings.HasPrefix(f.Name, strings.ToLower(typed)):
			meant = "--" + f.Name
		}
	})
	for _, near := range connector.Nearest(typed, names, 1) {
		meant = "--" + near
	}
	return meant
}

func refuse(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}
