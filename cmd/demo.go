package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/steps"
)

func (a *app) demo() *cobra.Command {
	var scenario, serve string
	var list, asJSON bool
	c := &cobra.Command{
		Use: "demo", Short: "Walk the five steps on a workspace inside this program", Args: noArgs,
		Long: "Walk the five steps on a workspace that runs inside this program and speaks the real protocols.\n" +
			"It needs no network and no credentials, never leaves this machine, and cannot touch saved connections.\n" +
			"Without a terminal it prints the scenario's checklist.",
		RunE: func(c *cobra.Command, _ []string) error {
			if list {
				return a.listScenarios(asJSON)
			}
			found, err := demo.Find(scenario)
			if err != nil {
				return usage(upperFirst(err.Error())+".", "draftt-databricks demo --list describes them.")
			}
			if serve != "" {
				return a.serveDemo(c.Context(), found, serve)
			}
			return a.runDemo(c.Context(), found)
		},
	}
	c.Flags().StringVar(&scenario, "scenario", "first-time", "which situation to meet; --list names them")
	c.Flags().StringVar(&serve, "serve", "", "serve the workspace to other programs on this loopback address, for example 127.0.0.1:0")
	c.Flags().BoolVar(&list, "list", false, "list the scenarios")
	c.Flags().BoolVar(&asJSON, "json", false, "with --list, as JSON")
	_ = c.RegisterFlagCompletionFunc("scenario", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var ids []string
		for _, s := range demo.Scenarios() {
			ids = append(ids, s.ID+"\t"+s.Title)
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	})
	return c
}

func (a *app) listScenarios(asJSON bool) error {
	type line struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		Story string `json:"story"`
	}
	var lines []line
	for _, s := range demo.Scenarios() {
		lines = append(lines, line{s.ID, s.Title, s.Story})
	}
	if asJSON {
		return a.printJSON(lines)
	}
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, l := range lines {
		_, _ = fmt.Fprintf(table, "%s\t%s\n", l.ID, l.Title)
	}
	return table.Flush()
}

func (a *app) printJSON(v any) error {
	encoded, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	_, err = fmt.Fprintf(a.out, "%s\n", connector.EscapeJSON(encoded))
	return err
}

// runDemo starts the workspace, saves only into a throw-away vault, and fills the form in.
func (a *app) runDemo(ctx context.Context, s demo.Scenario) error {
	w, err := demo.Start(ctx, s, demo.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = w.Close() }()
	draft := steps.NewDraft(nil, nil)
	who := w.Connector()
	answers := steps.Answers{Host: w.Host(), ClientID: who.ClientID, Secret: who.Secret}
	if err := draft.Prefill(answers, steps.FromDemo); err != nil {
		return err
	}
	env := steps.Environment{Network: w.Network(), Version: a.version, Demo: &steps.Demo{Scenario: s.ID, Grant: w.Grant}}
	if a.face() == faceNone {
		return a.checkDemo(ctx, w, s, env, draft)
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
	return a.wizard(ctx, env, draft)
}
