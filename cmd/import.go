package cmd

import (
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/words"
)

func (a *app) importCommand() *cobra.Command {
	var f struct {
		secret        secretFlags
		allow         []string
		name          string
		start, asJSON bool
	}
	c := &cobra.Command{
		Use: "import FILE", Short: "Set up a connection from a file that export wrote",
		Long: "Set up a connection from a file that export wrote, or from any answers file. The secret is asked for on the terminal,\n" +
			"unless --secret-stdin, --secret-fd or secret_file in the file gives it. The connection is proven before it is saved.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return usage("Give one file to import.", "draftt-databricks export NAME FILE writes one.")
		},
		RunE: func(c *cobra.Command, args []string) error {
			answers, err := setup.ReadAnswersFile(args[0])
			if err != nil {
				return err
			}
			run := headlessRun{answers: answers, asJSON: f.asJSON}
			if f.name != "" {
				run.answers.Name = f.name
			}
			run.answers.StartWarehouse = run.answers.StartWarehouse || f.start
			if run.secret, err = f.secret.read(a, run.answers.SecretFile); err == nil && run.secret.IsZero() {
				run.secret, err = a.askSecret(run.answers.Method)
			}
			if err != nil {
				return err
			}
			return a.headless(c.Context(), run, f.allow)
		},
	}
	f.secret.register(c)
	c.Flags().StringArrayVar(&f.allow, "allow-host", nil, "allow a workspace host outside the Databricks domains, HOST or HOST:PORT")
	c.Flags().StringVar(&f.name, "name", "", "save it under another name than the file's")
	c.Flags().BoolVar(&f.start, "start", false, "start the SQL warehouse when it is stopped, which costs money while it runs")
	c.Flags().BoolVar(&f.asJSON, "json", false, "as JSON")
	return c
}

// askSecret asks on the terminal with its echo off. The question goes where errors go, so that what is printed can be piped on.
func (a *app) askSecret(method connector.AuthMethod) (connector.Secret, error) {
	if !a.asks() {
		return connector.Secret{}, usage("The file has no secret, and "+a.nobody()+".", "Give it with --secret-stdin or --secret-fd, or name a private file as secret_file.")
	}
	if method == "" {
		method = connector.OAuth
	}
	raw, err := a.dialogue().ReadHidden(a.err, words.UpperFirst(method.Label())+" (not shown): ")
	defer clear(raw)
	if err != nil {
		return connector.Secret{}, left(err)
	}
	return connector.ParseSecret(raw)
}
