package cmd

import (
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
)

// TestAnEmptyValueOfAFlagIsNotTakenForNone gives each flag of each command that takes a text an empty one, as a script does whose variable is
// not set.
func TestAnEmptyValueOfAFlagIsNotTakenForNone(t *testing.T) {
	texts := 0
	var walk func(of func(*cobra.Command) *cobra.Command)
	walk = func(of func(*cobra.Command) *cobra.Command) {
		visit := func(f *pflag.Flag) {
			c := of(Commands("test")) // each flag on a command line of its own
			_, list := f.Value.(pflag.SliceValue)
			if !list && f.Value.Type() != "string" {
				return
			}
			texts++
			for _, value := range []string{"", " "} {
				if err := c.ParseFlags([]string{"--" + f.Name, value}); err == nil && meant.Empty(c) == nil {
					t.Errorf("%s --%s takes an empty value", c.CommandPath(), f.Name)
				}
			}
		}
		here := of(Commands("test"))
		here.LocalFlags().VisitAll(visit)
		for i := range here.Commands() {
			walk(func(root *cobra.Command) *cobra.Command { return of(root).Commands()[i] })
		}
	}
	walk(func(root *cobra.Command) *cobra.Command { return root })
	if texts < 100 {
		t.Errorf("only %d flags take a text", texts)
	}
}

// TestAListThatWasNotMeantReadsNothing runs a sync as a script does whose variable is not set, or that has a name twice.
func TestAListThatWasNotMeantReadsNothing(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.ofTwo("prod"))
	for _, flag := range []string{"--table", "--shard", "--since", "--to", "--key", "--columns", "--cursor", "--cloud-fetch"} {
		o := s.run("sync", "prod", flag, "")
		o.wants(t, exitUsage, flag+" has an empty value")
	}
	for flag, twice := range map[string]string{"--columns": "id,ID", "--key": "id, id", "--table": "components,inventory.assets.components"} {
		s.run("sync", "prod", flag, twice, "--to", t.TempDir()).wants(t, exitUsage, flag+" names “", "” twice.")
	}
	s.run("sync", "prod", "--columns", "id,").wants(t, exitUsage, "--columns has an empty value")
}
