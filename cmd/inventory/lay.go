package inventory

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/scheduling"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/export"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/schedule"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

// lay writes a run into its place below the folder that was named.
func (f Face) lay(r *runFlags, of store.Folder, id string) (laid export.Laid, err error) {
	run, m, _, err := of.Open(id)
	if err != nil {
		return laid, err //nolint:wrapcheck // its errors have words
	}
	defer func() { _ = run.Close() }()
	return r.layout.Lay(run, m, of) //nolint:wrapcheck // as above
}

// laid says where a run was laid out.
func (t *telling) laid(l export.Laid) {
	if t.asJSON {
		rows := l.Rows()
		t.put(line{Event: "laid", Workspace: t.host, Run: l.Run, Rows: &rows, File: l.Folder})
		return
	}
	t.say("Laid out in %s: %s, %s.", connector.CleanLine(l.Folder, 300), words.Count(len(l.Files), "file"), words.Count(l.Rows(), "row"))
}

// everywhere lays out the last whole run of each workspace of which there is an inventory here, or of the one that is named.
func (f Face) everywhere(w *choice, l export.Layout) error {
	if err := l.Check(); err != nil {
		return err //nolint:wrapcheck // its errors have words
	}
	dir, err := vault.DefaultDir()
	if err != nil {
		return err //nolint:wrapcheck // its errors have words
	}
	places := store.Places(dir)
	if one, err := w.folder(f); err == nil {
		places = []store.Folder{one}
	} else if w.host != "" || w.run != "" || len(places) == 0 {
		return err
	}
	for _, of := range places {
		run, m, broken, err := of.Open(w.run)
		if errors.Is(err, store.ErrNone) && len(places) > 1 {
			f.Note("Of %s there is no whole run yet.", connector.Shown(connector.KindHost, filepath.Base(of.Dir)))
			continue
		}
		if err != nil {
			return noneWhole(err, broken)
		}
		f.broken(broken)
		laid, err := l.Lay(run, m, of)
		_ = run.Close()
		if err != nil {
			return err //nolint:wrapcheck // its errors have words
		}
		said := "The run %s of %s is in %s: %s, %s."
		if laid.Before {
			said = "The run %s of %s is in %s already: %s, %s."
		}
		place := connector.Shown(connector.KindHost, filepath.Base(of.Dir))
		said = fmt.Sprintf(said, m.ID, place, connector.CleanLine(laid.Folder, 300), words.Count(len(laid.Files), "file"), words.Count(laid.Rows(), "row"))
		if err := f.Say("%s", f.Prose(said)); err != nil {
			return err
		}
	}
	return nil
}

// schedule prints what has inventories taken again and again.
func (f Face) schedule() *cobra.Command {
	s := scheduling.Flags{Task: schedule.Inventory}
	c := &cobra.Command{
		Use: "schedule [NAME...]", Short: "Print what has inventories taken again and again", Args: cobra.ArbitraryArgs, ValidArgsFunction: f.Names,
		Long: "Print the definition of a schedule that takes inventories of the workspaces of saved connections again and again, of all that are\n" +
			"saved where none is named. Nothing is installed or started, and no workspace is asked.\n\n" +
			"A try may take 6 hours, and three more follow where one fails; each begins with the workspaces that wait the longest, and goes on\n" +
			"with what was ended. Where systemd, cron, launchd or Windows start it, --at is the time of that machine; Kubernetes and Databricks\n" +
			"take it as UTC. Nobody can be asked then, so a key file must open the saved connections: name it with --key-file.\n" +
			"docs/inventory.md says more.",
		RunE: func(c *cobra.Command, names []string) error {
			if err := f.Loud("a definition"); err != nil && s.Prints() {
				return err
			}
			known, err := f.Saved(c.Context())
			if err != nil {
				return err
			}
			chosen, err := named(known, names)
			if err != nil {
				return err
			}
			for i, one := range chosen {
				names[i] = one.Name
			}
			v, err := f.Vault(c.Context())
			if err != nil {
				return err
			}
			return s.Give(f.Desk, names, v, f.KeyFile())
		},
	}
	s.Register(c.Flags())
	_ = c.MarkFlagDirname("to")
	_ = c.MarkFlagDirname("runs")
	f.Words(c, "as", scheduling.Whos()...)
	return c
}
