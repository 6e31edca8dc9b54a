package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// bundleFlags are those of bundle create.
type bundleFlags struct {
	last, yes             bool
	file, results, record string
}

func (a *app) bundle() *cobra.Command {
	c := &cobra.Command{
		Use: "bundle", Short: "Make or open a support bundle", Args: meant.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.bundleCreate(), a.bundleOpen())
	return c
}

func (a *app) bundleCreate() *cobra.Command {
	var f bundleFlags
	c := &cobra.Command{
		Use: "create NAME", Short: "Test a connection and put what support needs into a file", ValidArgsFunction: a.completeNames,
		Long: "Test a saved connection and put what a support engineer needs into one file: the checklist with its causes,\n" +
			"the requests without what they asked for, and the versions. Hosts, names, IDs and e-mails are aliases in it.\n\n" +
			"Everything is shown before it is written. The file is searched for every value and secret, and not written\n" +
			"when one is found. Nothing is sent anywhere.",
		Example: "  draftt-databricks bundle create prod --to prod-bundle.tar.gz\n  draftt-databricks bundle open prod-bundle.tar.gz",
		Args: func(c *cobra.Command, args []string) error {
			if f.last != (len(args) == 0) || len(args) > 1 {
				return usage("Give the name of one saved connection, or --last for the one that was tested last.", "draftt-databricks list shows them.")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return a.createBundle(c.Context(), f, args) },
	}
	flags := c.Flags()
	flags.BoolVar(&f.last, "last", false, "the connection that was tested last")
	flags.BoolVar(&f.yes, "yes", false, "write it without asking")
	outFlag(c, &f.file, "to", saved.BundleName, "the new file to write")
	stdin.File(c, &f.results, "results", "take the results of test --json from this file instead of testing")
	stdin.File(c, &f.record, "with-record", "put in this file, which --record wrote")
	return c
}

func (a *app) createBundle(ctx context.Context, f bundleFlags, args []string) error {
	if a.flags.quiet && !f.yes {
		return usage("--quiet neither shows what will be written nor asks.", "Leave it out, or add --yes where nobody needs to look.")
	}
	name := ""
	if len(args) > 0 {
		name = args[0]
	} else {
		var err error
		if name, err = a.lastTested(ctx); err != nil {
			return err
		}
	}
	_, one, err := a.load(ctx, name)
	if err != nil {
		return err
	}
	if f.file != standardOutput {
		if err := saved.IsFree(f.file); err != nil {
			return err // before a test is waited for
		}
	}
	contents, err := a.gather(ctx, f, one)
	if err != nil {
		return err
	}
	made, err := saved.MakeBundle(contents, one)
	if err != nil {
		return err
	}
	return a.offerBundle(made, f)
}

// lastTested is the name of the connection whose test is the newest.
func (a *app) lastTested(ctx context.Context) (string, error) {
	_, all, err := a.everyConnection(ctx)
	if err != nil {
		return "", err
	}
	var last connector.Connection
	for _, s := range all {
		if s.Proof.At.After(last.Proof.At) {
			last = s
		}
	}
	if last.Name == "" {
		return "", usage("No saved connection was tested yet.", "draftt-databricks bundle create NAME tests one first.")
	}
	return last.Name, nil
}

// offerBundle shows every file, asks, and writes.
func (a *app) offerBundle(made *bundle.Bundle, f bundleFlags) error {
	_, _ = fmt.Fprintln(a.out, saved.BundleText(made))
	if !f.yes {
		if !a.asks() {
			return usage("Nothing was written: nobody can be asked here.", "Look at the files above, then add --yes.")
		}
		write, err := a.questions(saved.BundleShown).Confirm("Write this to "+f.file+"?", false)
		if prompt.Ended(err) || err == nil && !write {
			_, err := fmt.Fprintln(a.out, "Nothing was written.")
			return err
		}
		if err != nil {
			return err
		}
	}
	packed, err := saved.PackedBundle(made)
	if err != nil {
		return err
	}
	inFile, err := a.writePacked(f.file, packed)
	if err != nil || !inFile {
		return err
	}
	_, err = fmt.Fprintln(a.out, saved.BundleWritten(f.file))
	return err
}
