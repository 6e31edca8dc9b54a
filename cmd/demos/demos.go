// Package demos is what the demo does without a screen: its list of stories and scenarios, and the embedded workspace for other clients.
package demos

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"

	"github.com/draftt-io/draftt-databricks/cmd/desk"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/story"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

// scenarioGroups are the headings of the list, in its order. The last one is of those that pass.
var scenarioGroups = []check.Cause{
	check.Unreachable, check.AuthenticationFailed, check.WarehouseAccess, check.WarehouseNotRunning, check.MissingPermissions, check.BeyondReadOnly, "",
}

// List prints the stories, and the scenarios by the cause that each shows.
func List(d desk.Desk) error {
	all := demo.Scenarios()
	slices.SortStableFunc(all, func(x, y demo.Scenario) int { return cmp.Compare(x.Want.Stage, y.Want.Stage) })
	told := console.Table{Indent: "  "}
	for _, s := range story.All() {
		told.Rows = append(told.Rows, []string{s.ID, s.Title})
	}
	_, _ = fmt.Fprintln(d.Out(), d.Title("Stories, for --story"))
	if err := d.Table(told); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(d.Out(), d.Title("\nScenarios, for --scenario"))
	for _, group := range scenarioGroups {
		heading := cmp.Or(string(group), "Nothing fails")
		_, _ = fmt.Fprintln(d.Out(), d.Title("\n"+heading))
		table := console.Table{Indent: "  "}
		for _, s := range all {
			if s.Want.Cause == string(group) {
				table.Rows = append(table.Rows, []string{s.ID, s.Want.Stage, s.Title})
			}
		}
		if err := d.Table(table); err != nil {
			return err
		}
	}
	return nil
}

// servedMemory is what a served workspace may hold before collecting garbage is worth more time than serving: it holds pages for clients of any kind.
const servedMemory = 512 << 20

// Serve serves the embedded workspace on loopback to any client until the program is stopped. The first thing it prints is one JSON
// object with everything a client needs; its secrets are new in every run and open nothing else, so out may hide nothing.
func Serve(ctx context.Context, out io.Writer, s demo.Scenario, addr string) error {
	debug.SetMemoryLimit(servedMemory)
	w, err := demo.Start(ctx, s, demo.Options{Addr: addr})
	if err != nil {
		return &connector.Error{Kind: connector.ErrInput, What: words.UpperFirst(err.Error()) + ".", Remedy: "Give --serve a loopback address, for example 127.0.0.1:0.", Cause: err}
	}
	defer func() { _ = w.Close() }()
	dir, err := os.MkdirTemp("", "draftt-databricks-serve-")
	if err != nil {
		return fmt.Errorf("make a folder for the CA file: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	caFile := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(caFile, w.CAPEM(), 0o600); err != nil {
		return fmt.Errorf("write the CA file: %w", err)
	}
	handout, err := w.Handout(caFile)
	if err != nil {
		return err
	}
	line, err := json.Marshal(handout)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	if _, err := fmt.Fprintf(out, "%s\n", line); err != nil { // these secrets are there to be handed out
		return fmt.Errorf("print: %w", err)
	}
	<-ctx.Done()
	return nil
}
