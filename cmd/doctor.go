package cmd

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/trust"
)

// doctorFlags are what doctor goes by.
type doctorFlags struct {
	trust       trustFlags
	certificate string
	asJSON      bool
}

func (a *app) doctor() *cobra.Command {
	var f doctorFlags
	c := &cobra.Command{
		Use: "doctor HOST", Short: "See whether a workspace can be reached from here, without credentials",
		Long: "See how far one comes on the way to a workspace: its address, the proxy, the certificate, the workspace itself\n" +
			"and its network rules. No credentials are needed and none can be sent.\n\n" +
			"The exit code is 0 when the workspace answers and asks this address for credentials.",
		Example: "  draftt-databricks doctor adb-1234567890123456.7.azuredatabricks.net\n" +
			"  draftt-databricks doctor HOST --save-certificate shown.pem",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("doctor takes one workspace host.", "draftt-databricks doctor adb-1234567890123456.7.azuredatabricks.net")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return a.examine(c.Context(), args[0], f) },
	}
	flags := c.Flags()
	f.trust.register(c)
	outFlag(c, &f.certificate, "save-certificate", "", "save the certificate authorities that were shown to this new file, for whoever can tell whether they are right")
	flags.BoolVar(&f.asJSON, "json", false, "as JSON")
	return c
}

// examine walks the stages that need no credentials, and prints them.
func (a *app) examine(ctx context.Context, given string, f doctorFlags) error {
	allow, ca, err := f.trust.read(a)
	if err != nil {
		return err
	}
	host, notes, err := connector.ParseHost(given, allow)
	if err != nil {
		return a.examined(connector.CleanLine(given, 120), host, setup.Unreached(err), f.asJSON)
	}
	if !f.asJSON {
		for _, note := range notes {
			_, _ = fmt.Fprintf(a.out, "%s: %s.\n", host, note)
		}
	}
	a.about(place.At{Host: host})
	way, err := a.environment(nil).Reach(setup.WorkspaceTarget{Host: host, CACerts: ca})
	if err != nil {
		return err
	}
	defer way.Close()
	results, err := a.climb(ctx, way.Attempt, true)
	if err != nil {
		return err
	}
	if f.certificate != "" {
		if err := a.saveShown(f.certificate, way.Seen()); err != nil {
			return err
		}
	}
	return a.examined(host.String(), host, results, f.asJSON)
}

// noProxy is said where a failure looks like that of a machine that reaches the outside through a proxy alone.
const noProxy = "No proxy is set here. Where programs need one to reach the outside, set HTTPS_PROXY to it and run this again."

// examined prints the results and turns the first failure into its exit code. at is the zero host where what was given is none.
func (a *app) examined(host string, at connector.Host, results []check.Result, asJSON bool) error {
	if asJSON {
		if err := a.printJSON(report.At("", host, results)); err != nil {
			return err
		}
		return cmp.Or(verdict(results), unproven(results))
	}
	for _, r := range results {
		_, _ = fmt.Fprintln(a.out, a.prose(check.Line(r)))
	}
	if failed := check.Failure(results); failed != nil {
		_, _ = fmt.Fprintf(a.out, "\n%s\n", a.failure(*failed))
		if !at.IsZero() && failed.MayNeedProxy(at) {
			_, _ = fmt.Fprintln(a.out, a.prose(noProxy))
		}
		return verdict(results)
	}
	if len(check.Uncertain(results)) > 0 {
		_, _ = fmt.Fprintf(a.out, "\n%s can be reached from here. What is marked with ? was not confirmed.\n", host)
		return unproven(results)
	}
	_, err := fmt.Fprintf(a.out, "\n%s can be reached from here, and asks for credentials. No sign-in was tried.\n", host)
	return err
}

// unproven is the end of an examination in which nothing failed and a stage stayed unknown: that the way is open is not seen then.
func unproven(results []check.Result) error {
	if len(check.Uncertain(results)) == 0 {
		return nil
	}
	return &exitError{code: check.ExitNotWorkspace, quiet: true}
}

// saveShown writes the authorities that were shown to a new file.
func (a *app) saveShown(path string, seen trust.Seen) error {
	shown := seen.Authorities().PEM()
	if len(shown) == 0 {
		a.note("No certificate was shown, so none was saved.")
		return nil
	}
	inFile, err := a.writeNew(path, shown)
	if err != nil {
		return err
	}
	if !inFile {
		path = "standard output"
	}
	a.note("Saved what was shown to %s. Nothing vouches for it: have %s look at it before you trust it.", connector.CleanLine(path, 200), seen.Whom())
	return nil
}
