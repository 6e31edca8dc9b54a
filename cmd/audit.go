package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// auditFlags say who looks for a certificate, and where it goes.
type auditFlags struct {
	admin               adminFlags
	asJSON, overwriting bool
	file                string
}

func (a *app) audit() *cobra.Command {
	var f auditFlags
	c := &cobra.Command{
		Use: "audit NAME", Short: "Certify that a saved connection can only read", Args: meant.ExactName, ValidArgsFunction: a.completeNames,
		Long: "Certify that a saved connection can only read, and read only what was chosen. It asks, and never tries a write.\n" +
			"The connection itself is not shown everything about itself, so only an admin session can certify all of it.\n\n" +
			"The exit code is 0 where nothing beyond what was chosen was seen, 50 where it holds more or can write, and 51 where\n" +
			"nothing to write with was found, but not everything was seen. What was not is listed. The JSON calls these verdicts\n" +
			"READ-ONLY-EXACT, READ-ONLY-BROADER, CAN-WRITE and UNKNOWN.",
		RunE: func(c *cobra.Command, args []string) error { return a.runAudit(c.Context(), args[0], &f) },
	}
	f.admin.register(c)
	c.Flags().BoolVar(&f.asJSON, "json", false, "as JSON")
	outFlag(c, &f.file, "text", "", "write the page to this file")
	c.Flags().BoolVar(&f.overwriting, "overwrite", false, "with --text, replace a file that is there")
	return c
}

func (a *app) runAudit(ctx context.Context, name string, f *auditFlags) error {
	v, saved, err := a.load(ctx, name)
	if err != nil {
		return err
	}
	var s *admin.Session
	if f.admin.given() {
		if s, err = a.session(ctx, &f.admin, setup.TargetOf(saved)); err != nil {
			return err
		}
		defer s.Close()
	}
	certificate, _, err := a.environment(v).Certify(ctx, saved, s)
	if err != nil {
		return workspaceError(ctx, "", err)
	}
	if f.file != "" {
		if err := a.keepFile(f.file, []byte(certificate.Text()), f.overwriting); err != nil {
			return err
		}
	}
	if err := a.long(func() error { return a.sayCertificate(certificate, f.asJSON, f.file != "") }); err != nil {
		return err
	}
	if certificate.Verdict == audit.Unknown && s == nil {
		a.note("An admin is shown all of it: add --admin.")
	}
	return certificateCode(certificate.Verdict)
}

// sayCertificate prints the page or the JSON, or one line where the page went to a file.
func (a *app) sayCertificate(c audit.Certificate, asJSON, kept bool) error {
	text := c.Text()
	switch {
	case asJSON:
		plain, err := c.JSON()
		if err != nil {
			return err
		}
		return a.printEncoded(plain)
	case kept:
		text = c.Headline() + "\n"
	}
	_, err := fmt.Fprint(a.out, text)
	return err
}

// certificateCode is the exit code of a verdict.
func certificateCode(v audit.Verdict) error {
	code, ok := map[audit.Verdict]int{audit.Exact: exitOK, audit.Broader: check.ExitBeyond, audit.CanWrite: check.ExitBeyond}[v]
	switch {
	case !ok:
		return &exitError{code: exitUnseen, quiet: true}
	case code != exitOK:
		return &exitError{code: code, quiet: true}
	}
	return nil
}
