package cmd

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

func (a *app) demo() *cobra.Command {
	var scenario, serve, rules string
	var list, test, asJSON bool
	c := &cobra.Command{
		Use: "demo", Short: "Walk the five steps on a workspace inside this program", Args: noArgs,
		Long: "Walk the five steps on a workspace that runs inside this program and speaks the real protocols.\n" +
			"It needs no network and no credentials, never leaves this machine, and cannot touch saved connections.\n" +
			"Without a terminal it prints the scenario's checklist. With --test it does so anywhere, and ends with the\n" +
			"exit code that test would end with on a saved connection.\n\n" +
			"--fault plays single answers that were recorded, or that are wrong in another way, by the rules of a YAML file;\n" +
			"docs/relay.md has its keys. Whatever then runs on the workspace, in this program or in another, meets them.",
		Example: "  draftt-databricks demo --scenario no-can-use\n" +
			"  draftt-databricks demo --test --fault rules.yaml\n" +
			"  draftt-databricks demo --serve 127.0.0.1:0 --fault rules.yaml\n\n" +
			"  # rules.yaml: a gateway answers in place of the catalog\n" +
			"  rules:\n" +
			"    - stage: S13\n" +
			"      page: <html><title>Access denied by policy</title></html>\n" +
			"      status: 403",
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case test && (list || serve != ""):
				return usage("--test goes with neither --list nor --serve.", "Give one of them.")
			case list && rules != "":
				return usage("--fault does not go with --list.", "Give one of them.")
			case asJSON && !list && !test:
				return usage("--json needs --list or --test.", "draftt-databricks demo --scenario ready --test --json prints a checklist as JSON.")
			case list:
				return a.listScenarios(asJSON)
			}
			found, err := demo.Find(scenario)
			if err != nil {
				return usage(words.UpperFirst(err.Error())+".", "draftt-databricks demo --list describes them.")
			}
			if found.Faults, err = withRules(rules, found.Faults); err != nil {
				return err
			}
			switch {
			case serve != "":
				return a.serveDemo(c.Context(), found, serve)
			case test:
				return a.testDemo(c.Context(), found, asJSON)
			}
			return a.runDemo(c.Context(), found)
		},
	}
	c.Flags().StringVar(&scenario, "scenario", "first-time", "which situation to meet; --list names them")
	c.Flags().StringVar(&serve, "serve", "", "serve the workspace to other programs on this loopback address, for example 127.0.0.1:0")
	c.Flags().StringVar(&rules, "fault", "", "change answers of the workspace by the rules of this YAML file")
	c.Flags().BoolVar(&list, "list", false, "list the scenarios, by the cause that each shows")
	c.Flags().BoolVar(&test, "test", false, "run the whole ladder on the scenario instead of walking it")
	c.Flags().BoolVar(&asJSON, "json", false, "with --list or --test, as JSON")
	_ = c.RegisterFlagCompletionFunc("scenario", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var ids []string
		for _, s := range demo.Scenarios() {
			ids = append(ids, s.ID+"\t"+s.Title)
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	})
	return c
}

// withRules puts the rules of a file before what is wrong in a scenario anyway, so that they are what is met.
func withRules(path string, faults []relay.Rule) ([]relay.Rule, error) {
	if path == "" {
		return faults, nil
	}
	content, err := flatfile.Load(path, "The file of rules")
	if err != nil {
		return nil, err
	}
	rules, err := relay.Read(content)
	return append(rules, faults...), err
}

// runDemo starts the workspace, saves only into a throw-away vault, and fills the form in.
func (a *app) runDemo(ctx context.Context, s demo.Scenario) error {
	w, err := demo.Start(ctx, s, demo.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = w.Close() }()
	if a.face() == faceNone {
		return a.checkDemo(ctx, w, s)
	}
	env := setup.Environment{Network: a.watched(w.Network()), Version: a.version, Demo: &setup.Demo{Scenario: s.ID, Admin: demoAdmin(w, a.version)}}
	draft, err := prefilled(w)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "draftt-databricks-demo-")
	if err != nil {
		return fmt.Errorf("make a throw-away folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	env.Vault = vault.Open(filepath.Join(dir, "vault"))
	if err := env.Vault.InitKeyFile(ctx, filepath.Join(dir, "key.txt")); err != nil {
		return err
	}
	return a.wizard(ctx, setup.New(env, draft))
}

// prefilled fills the form in. What a scenario has in the client ID field need not be a client ID; the form says so then.
func prefilled(w *demo.Workspace) (*setup.Draft, error) {
	draft := setup.NewDraft(nil)
	if err := draft.Prefill(setup.Answers{Host: w.Host()}, setup.FromDemo); err != nil {
		return nil, err
	}
	creds := w.SignIn()
	draft.SetMethod(creds.Method)
	if creds.ClientID != "" {
		_, _ = draft.SetClientID(string(creds.ClientID), setup.FromDemo)
	}
	draft.SetSecret(creds.Secret)
	return draft, nil
}

// demoAdmin signs in as the admin of the embedded workspace, whom a presenter plays.
func demoAdmin(w *demo.Workspace, version string) func(context.Context) (*admin.Session, error) {
	return func(ctx context.Context) (*admin.Session, error) {
		host, _, err := connector.ParseHost(demo.HostName, nil)
		if err != nil {
			return nil, err
		}
		return admin.Open(ctx, admin.Config{Host: host, Network: w.Network(), Version: version, Credentials: connector.Credentials{
			Method: connector.OAuth, ClientID: w.Admin().ClientID, Secret: w.Admin().Secret,
		}})
	}
}
