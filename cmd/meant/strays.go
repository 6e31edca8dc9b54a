package meant

import (
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector"
)

// readsAround are the flags and the commands whose readers take a value out of what has a secret beside it, the address of a driver for
// one, or whose text may have anything in it.
var readsAround = []string{"host", "warehouse", "doctor", "explain"}

// Strays refuses a command line with a secret in it, before anything is made of it: a name, the name of a file, a line of a record.
// It knows no flag by name, so that one that is added later is guarded as well.
func Strays(c *cobra.Command, args []string) error {
	var err error
	c.Flags().Visit(func(f *pflag.Flag) {
		if _, stray := connector.FindStray(f.Value.String()); stray && err == nil && !slices.Contains(readsAround, f.Name) {
			err = strayOn("--"+f.Name, f.Value.String())
		}
	})
	for _, arg := range args {
		if _, stray := connector.FindStray(arg); stray && err == nil && !slices.Contains(readsAround, c.Name()) {
			err = strayOn("an argument of "+c.Name(), arg)
		}
	}
	return err
}

func strayOn(place, value string) error {
	return connector.RefuseStray(value, place)
}
