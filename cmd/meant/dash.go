package meant

import (
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector"
)

// takesDash are the flags of a folder, by command and name, for which - is standard output: those of what may be a single file.
var takesDash = []string{"sync --to", "join --to", "schedule --to", "create --value-to"} // some of them in words of their own

// Dash refuses - for a flag of a command that names a folder or a file, where it is neither standard input nor standard output: it would become one that is called so. It
// goes by how the flag is completed, so that one that is added later is guarded as well.
func Dash(c *cobra.Command, streams func(*pflag.Flag) bool) error {
	var err error
	c.Flags().Visit(func(f *pflag.Flag) {
		_, folder := f.Annotations[cobra.BashCompSubdirsInDir]
		_, file := f.Annotations[cobra.BashCompFilenameExt]
		if c.Root().PersistentFlags().Lookup(f.Name) == f { // of which each has words of its own
			return
		}
		if err != nil || f.Value.String() != "-" || !folder && !file || streams(f) || slices.Contains(takesDash, c.Name()+" --"+f.Name) {
			return
		}
		what := map[bool]string{true: "folder", false: "file"}[folder]
		err = &connector.Error{
			Kind: connector.ErrInput, What: "--" + f.Name + " takes a " + what + ", and - is none.",
			Remedy: "Name a " + what + "; one that is called - is ./- there.",
		}
	})
	return err
}
