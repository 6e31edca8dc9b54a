package meant

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector"
)

// readsAround are the flags and the commands whose readers take a value out of what has a secret beside it, the address of a driver for
// one, or whose text may have anything in it.
var readsAround = []string{"host", "warehouse", "doctor", "explain"}

// whose are the commands that take the names of principals, with the kind before a name: what follows user: looks like a password before a host.
var whose = []string{"tokens", "passwords"}

// kindsBefore stand before the name of a principal.
var kindsBefore = []string{"user:", "group:", "service-principal:"}

// Strays refuses a command line with a secret in it, before anything is made of it: a name, the name of a file, a line of a record.
// It knows no flag by name, so that one that is added later is guarded as well.
func Strays(c *cobra.Command, args []string) error {
	var err error
	look := func(value, place string) {
		if c.HasParent() && slices.Contains(whose, c.Parent().Name()) {
			value = withoutKind(value)
		}
		if _, stray := connector.FindStray(value); stray && err == nil {
			err = connector.RefuseStray(value, place)
		}
	}
	c.Flags().Visit(func(f *pflag.Flag) {
		if slices.Contains(readsAround, f.Name) {
			return
		}
		values := []string{f.Value.String()}
		if several, are := f.Value.(pflag.SliceValue); are {
			values = several.GetSlice()
		}
		for _, value := range values {
			look(value, "--"+f.Name)
		}
	})
	if slices.Contains(readsAround, c.Name()) {
		return err
	}
	for _, arg := range args {
		look(arg, "an argument of "+c.Name())
	}
	return err
}

// withoutKind is the name of a principal without the kind before it. What remains is looked at for a secret as any other value is.
func withoutKind(value string) string {
	for _, kind := range kindsBefore {
		if name, has := strings.CutPrefix(value, kind); has {
			return name
		}
	}
	return value
}
