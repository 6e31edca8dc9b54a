package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/stdin"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

func (a *app) export() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "export NAME [FILE]", Short: "Write a saved connection to a file, without its secret", ValidArgsFunction: a.completeNames,
		Long: "Write a saved connection, without its secret, as a file that import and setup --answers read. Without FILE, or with -, it is printed.\n" +
			"The file is YAML, or JSON with --json or a name that ends in .json. A file that is there already is left alone.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 2 {
				return nil
			}
			return meant.ExactName(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				if err := a.loud("a text without the name of a file"); err != nil {
					return err
				}
			}
			_, one, err := a.load(c.Context(), args[0])
			if err != nil {
				return err
			}
			file := ""
			if len(args) == 2 {
				file = args[1]
			}
			content, err := saved.Exported(one, file, asJSON)
			if err == nil && asJSON {
				content, err = a.flags.form.Of(content)
			}
			if err != nil {
				return err
			}
			switch {
			case file == "", file == standardOutput:
				_, err := a.results().Write(content)
				return err
			}
			if _, err := a.writeNew(file, content); err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.out, saved.Wrote(one, file))
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (a *app) importCommand() *cobra.Command {
	var f struct {
		secret        secretFlags
		allow         []string
		name          string
		start, asJSON bool
	}
	c := &cobra.Command{
		Use: "import FILE", Short: "Set up a connection from a file that export wrote",
		Long: "Set up a connection from a file that export wrote, or from any answers file. The secret is asked for on the terminal, unless\n" +
			"--secret-stdin, --secret-fd or secret_file in the file gives it. With - the file is standard input, and the secret comes from --secret-fd or\n" +
			"secret_file. The connection is proven before it is saved.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return usage("Give one file to import.", "draftt-databricks export NAME FILE writes one.")
		},
		RunE: func(c *cobra.Command, args []string) error {
			answers, err := a.answers(args[0])
			if err != nil {
				return err
			}
			run := headlessRun{answers: answers, asJSON: f.asJSON}
			if f.name != "" {
				run.answers.Name = f.name
			}
			run.answers.StartWarehouse = run.answers.StartWarehouse || f.start
			allow := f.allow
			if run.secret, err = f.secret.read(a, run.answers.SecretFile); err == nil && run.secret.IsZero() {
				run.secret, allow, err = a.askImported(run.answers, allow)
			}
			if err != nil {
				return err
			}
			return a.headless(c.Context(), run, allow)
		},
	}
	f.secret.register(c)
	stdin.Argument(c)
	c.Flags().StringArrayVar(&f.allow, "allow-host", nil, "allow a workspace host outside the Databricks domains: HOST, or HOST:PORT where it has another port than 443")
	c.Flags().StringVar(&f.name, "name", "", "save it under another name than the file's")
	c.Flags().BoolVar(&f.start, "start", false, "start the SQL warehouse when it is stopped, which costs money while it runs")
	c.Flags().BoolVar(&f.asJSON, "json", false, "as JSON")
	return c
}

// askImported judges where the secret would go, and then asks for it on the terminal with its echo off. A host outside the Databricks domains is
// typed once more first, as in the five steps, and let in with what allow has. The question goes where errors go, so that what is printed can
// be piped on.
func (a *app) askImported(answers setup.AnswersFile, allow []string) (connector.Secret, []string, error) {
	if !a.asks() {
		return connector.Secret{}, allow, usage(lacks(answers)+"The file has no secret, and "+a.nobody()+".", "Give it with --secret-stdin or --secret-fd, or name a private file as secret_file.")
	}
	hosts, err := connector.ParseAllowList(allow)
	if err != nil {
		return connector.Secret{}, allow, err
	}
	host, foreign, err := saved.GoesTo(answers, hosts)
	if err == nil && foreign {
		err, allow = a.confirmForeign(answers, host), append(slices.Clone(allow), host.Addr())
	}
	if err != nil {
		return connector.Secret{}, allow, err
	}
	raw, err := a.dialogue().ReadHidden(a.err, connector.ShownText(saved.SecretOf(answers, host)+" (not shown): "))
	defer clear(raw)
	if err != nil {
		return connector.Secret{}, allow, left(err)
	}
	secret, err := connector.ParseSecret(raw)
	return secret, allow, err
}

// lacks says what a file lacks besides a secret, before what it says of that: all of it is for whoever writes the file.
func lacks(file setup.AnswersFile) string {
	if missing := file.Missing(); len(missing) > 0 {
		return "The answers file lacks " + strings.Join(missing, ", ") + ". "
	}
	return ""
}

// confirmForeign has the host of a file typed once more, by the rule of the draft.
func (a *app) confirmForeign(answers setup.AnswersFile, host connector.Host) error {
	draft := setup.NewDraft(nil)
	_, _, _ = draft.SetHost(answers.Host, setup.FromFile) // what is wrong with it is known
	ask := a.questions(setup.AskAgain)
	ask.Say("%q would send its secret to %s.", connector.CleanLine(answers.Name, 80), host.Typed())
	typed, err := ask.Line(setup.AskAgain, "")
	if err != nil {
		return left(err)
	}
	_, err = draft.ConfirmHost(typed)
	return err
}
