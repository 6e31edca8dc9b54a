// Package inventory is the command line of inventories: it takes one, says how much was seen, shows and compares what was found, and writes it to
// files for other programs.
package inventory

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/desk"
	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/export"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// SignIn opens what a command line names: the workspace as whoever has the credentials, and the way to it without them.
type SignIn struct {
	Open  func(context.Context) (*admin.Session, error)
	Line  func() (workspace.Config, error)
	Way   func() (workspace.Config, connector.AllowList, error) // to whatever workspace, and the hosts that are allowed by name
	Given func() bool                                           // whether the command line names a workspace or an admin of one
}

// Face is what the commands stand on of the command line.
type Face struct {
	desk.Desk
	Reach   func(*cobra.Command) SignIn // registers its flags
	Env     func(*vault.Vault) setup.Environment
	Vault   func(context.Context) (*vault.Vault, error)
	KeyFile func() string        // that opens it, empty where none is named
	Names   cobra.CompletionFunc // offers the saved connections
}

// Ways are those to the workspace that a command line names.
func Ways(
	target func() (setup.WorkspaceTarget, error), trusted func() (connector.AllowList, []byte, error), given func() bool,
	env func(*vault.Vault) setup.Environment, open func(context.Context, setup.WorkspaceTarget) (*admin.Session, error),
) SignIn {
	target = sync.OnceValues(target) // a file that it names may be standard input
	return SignIn{
		Given: given,
		Way: func() (workspace.Config, connector.AllowList, error) {
			allow, certs, err := trusted()
			e := env(nil)
			return workspace.Config{Network: setup.WorkspaceTarget{CACerts: certs}.Network(e.Network), Version: e.Version}, allow, err
		},
		Line: func() (workspace.Config, error) {
			to, err := target()
			e := env(nil)
			return workspace.Config{Host: to.Host, Network: to.Network(e.Network), Version: e.Version}, err
		},
		Open: func(ctx context.Context) (*admin.Session, error) {
			to, err := target()
			if err != nil {
				return nil, err
			}
			return open(ctx, to)
		},
	}
}

// All are the commands: inventory, and access, which answers from one.
func All(f Face) []*cobra.Command { return []*cobra.Command{f.inventory(), f.access()} }

// inventory is the command with those below it.
func (f Face) inventory() *cobra.Command {
	c := &cobra.Command{
		Use: "inventory", Short: "See what a workspace and its account hold, and who may do what there",
		Long: "See what a workspace and the account that it belongs to hold, and who may do what there. It only reads.\n\n" +
			"inventory run takes one, with whatever rights the one who signs in has; what they do not see is in the ledger, with the right\n" +
			"that it takes. It can be ended at any time: the next run goes on from there. No secret is kept, and no token's value.",
	}
	f.Bare(c)
	c.AddCommand(f.run(), f.status(), f.show(), f.diff(), f.findings(), f.check(), f.checkIP(), f.export(), f.schedule())
	return f.ends(c)
}

// ends gives the commands below one their exit codes.
func (f Face) ends(c *cobra.Command) *cobra.Command {
	for _, below := range c.Commands() {
		do := below.RunE
		below.RunE = func(c *cobra.Command, args []string) error { return f.coded(do(c, args)) }
	}
	return c
}

// endings are the exit codes of what is no refusal of a workspace.
var endings = []struct {
	kind error
	code int
}{
	{store.ErrNone, exits.Usage}, {estate.ErrOther, exits.Usage}, {store.ErrBusy, exits.Files}, {store.ErrFiles, exits.Files}, {export.ErrFiles, exits.Files},
	{store.ErrTorn, exits.Files}, {store.ErrNewer, exits.Files},
}

// coded gives an error its exit code where it has one of its own.
func (f Face) coded(err error) error {
	for _, e := range endings {
		if errors.Is(err, e.kind) {
			return f.Exit(e.code, err)
		}
	}
	return err
}

// atMost refuses more arguments than so many.
func atMost(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) <= n {
			return nil
		}
		return &connector.Error{
			Kind: connector.ErrInput, What: fmt.Sprintf("%s does not know what to do with “%s”.", c.CommandPath(), connector.CleanLine(args[n], 60)), Remedy: "See " + c.CommandPath() + " --help.",
		}
	}
}

// choice says which runs a command is about.
type choice struct {
	host, run string
	broken    []string // newer runs than the one that was opened that are not whole
}

func (w *choice) register(c *cobra.Command, withRun bool) {
	c.Flags().StringVar(&w.host, "of", "", "host of the workspace; needed where there are inventories of several")
	if withRun {
		c.Flags().StringVar(&w.run, "run", "", "id of the run, or how it begins; else the last whole one")
	}
}

// folder is that of the place that is named, or of the only one.
func (w *choice) folder(f Face) (store.Folder, error) {
	dir, err := vault.DefaultDir()
	if err != nil {
		return store.Folder{}, err
	}
	if w.host != "" {
		return estate.FolderOf(dir, w.host), nil
	}
	places := store.Places(dir)
	switch len(places) {
	case 0:
		return store.Folder{}, &connector.Error{Kind: store.ErrNone, What: "No inventory was taken yet.", Remedy: "draftt-databricks inventory run --host HOST --admin takes one."}
	case 1:
		return places[0], nil
	}
	return store.Folder{}, &connector.Error{Kind: connector.ErrInput, What: "There are inventories of several workspaces.", Remedy: "Say which with --of: " + store.Names(places) + "."}
}

// open opens the run that is named, or the last whole one, and says where newer ones are not whole.
func (w *choice) open(f Face) (*store.Run, store.Manifest, error) {
	folder, err := w.folder(f)
	if err != nil {
		return nil, store.Manifest{}, err
	}
	run, m, broken, err := w.opened(folder)
	f.broken(broken)
	if err == nil && w.run == "" {
		f.noteFuller(folder, m, "--run %s takes that one.")
	}
	return run, m, err
}

// noteFuller says that a run before the one that is meant unless another is named saw more, and how that is named.
func (f Face) noteFuller(of store.Folder, m store.Manifest, how string) {
	runs, err := of.Runs()
	if err != nil {
		return
	}
	if id, seen, more := estate.Fuller(runs, m); id != "" {
		f.Note("The run %s is less complete than %s before it: %d resources whole, and %d there. "+how, m.ID, id, seen, more, id)
	}
}

func (f Face) broken(ids []string) {
	for _, id := range ids {
		f.Note("The run %s is not whole. The last whole run before it is shown.", id)
	}
}
