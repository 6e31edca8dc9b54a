package meant_test

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector"
)

func TestADashIsNoFolderAndNoFile(t *testing.T) {
	t.Parallel()
	streams := func(f *pflag.Flag) bool { return f.Name == "in" }
	for line, refused := range map[string]string{
		"export --to -": "--to takes a folder, and - is none.", "export --to ./-": "", "export --sheet -": "--sheet takes a file, and - is none.",
		"export --in -": "", "export --word -": "", "sync --to -": "",
	} {
		args := strings.Fields(line)
		c := &cobra.Command{Use: args[0], RunE: func(c *cobra.Command, _ []string) error { return meant.Dash(c, streams) }, SilenceErrors: true, SilenceUsage: true}
		for _, name := range []string{"to", "sheet", "in", "word"} {
			c.Flags().String(name, "", "")
		}
		_ = c.MarkFlagDirname("to")
		_ = c.MarkFlagFilename("sheet")
		_ = c.MarkFlagFilename("in")
		c.SetArgs(args[1:])
		if err := c.Execute(); refused == "" && err != nil || refused != "" && (err == nil || !strings.HasPrefix(connector.Sentence(err), refused)) {
			t.Errorf("%s: %v", line, err)
		}
	}
}
