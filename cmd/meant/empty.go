package meant

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector"
)

// meansEmpty are the flags, by command and name, for which an empty value says something.
var meansEmpty = []string{}

// Empty refuses a flag that was given an empty value, as a variable that is not set is: taken for a flag that was not given it would have a command
// do more than it was asked for. It knows no flag by name, so that one that is added later is guarded as well.
func Empty(c *cobra.Command) error {
	var err error
	c.Flags().Visit(func(f *pflag.Flag) {
		if err == nil && isEmpty(f.Value) && !slices.Contains(meansEmpty, c.Name()+" --"+f.Name) {
			err = &connector.Error{
				Kind: connector.ErrInput, What: "--" + f.Name + " has an empty value.",
				Remedy: "Give it a value, or leave it out. A variable that is not set is empty.",
			}
		}
	})
	return err
}

// isEmpty reports a text, or a list with a text in it, that is empty.
func isEmpty(v pflag.Value) bool {
	blank := func(text string) bool { return strings.TrimSpace(text) == "" }
	if list, is := v.(pflag.SliceValue); is {
		all := list.GetSlice()
		return len(all) == 0 || slices.ContainsFunc(all, blank)
	}
	return v.Type() == "string" && blank(v.String())
}
