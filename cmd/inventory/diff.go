package inventory

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/export"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/words"
)

func (f Face) diff() *cobra.Command {
	var w choice
	var asJSON bool
	c := &cobra.Command{
		Use: "diff [RUN] [RUN]", Short: "Compare two runs: the last two, a run with the last one, or two that are named", Args: atMost(2),
		Long: "Compare two runs, an earlier and a later one. That something was deleted, or is new, is said only where both runs saw all of its\n" +
			"kind; of what a run saw a part of, it says no more than that it is not seen now, or seen now.",
		RunE: func(_ *cobra.Command, args []string) error {
			before, after, err := f.two(&w, args)
			if err != nil {
				return err
			}
			defer func() { _, _ = before.Close(), after.Close() }()
			return f.sayDiff(before, after, asJSON)
		},
	}
	w.register(c, false)
	c.Flags().BoolVar(&asJSON, "json", false, "a line of JSON for each difference")
	return c
}

// two opens the runs that are compared.
func (f Face) two(w *choice, args []string) (before, after *store.Run, err error) {
	folder, err := w.folder(f)
	if err != nil {
		return nil, nil, err
	}
	ids := append([]string{}, args...)
	if len(ids) == 0 {
		if ids, err = f.compared(folder); err != nil && !errors.Is(err, store.ErrNone) {
			return nil, nil, err
		}
		if len(ids) < 2 {
			return nil, nil, noTwo
		}
		ids = ids[len(ids)-2:]
	}
	if len(ids) == 1 {
		ids = append(ids, "")
	}
	before, first, _, err := folder.Open(ids[0])
	if err != nil {
		return nil, nil, err
	}
	after, second, _, err := folder.Open(ids[1])
	if err == nil && first.ID == second.ID {
		if _ = after.Close(); len(args) < 2 {
			err = noTwo
		} else {
			err = &connector.Error{Kind: connector.ErrInput, What: "Both are the run " + first.ID + ".", Remedy: "Name another one: inventory status lists those that are there."}
		}
	}
	if err != nil {
		_ = before.Close()
		return nil, nil, err
	}
	if len(args) < 2 {
		f.noteFuller(folder, second, "inventory diff %s RUN compares that one.")
	}
	return before, after, nil
}

var noTwo = &connector.Error{Kind: store.ErrNone, What: "There are no two runs to compare.", Remedy: "draftt-databricks inventory run takes another one."}

func (f Face) sayDiff(before, after *store.Run, asJSON bool) error {
	counts := map[estate.What]int{}
	for d, err := range estate.Diff(before, after) {
		if err != nil {
			return err
		}
		counts[d.What]++
		row := export.Shared(store.Row{Kind: d.Kind, ID: d.ID, Name: d.Name, Body: "{}"})
		d.ID, d.Name = row.ID, row.Name
		if asJSON {
			err = putLine(f.Out(), d)
		} else {
			_, err = fmt.Fprintln(f.Out(), f.Prose(diffLine(d)))
		}
		if err != nil {
			return err //nolint:wrapcheck // the terminal's or the pipe's own
		}
	}
	if asJSON {
		return nil
	}
	var parts []string
	for _, what := range []estate.What{estate.Added, estate.Removed, estate.Changed, estate.NewlySeen, estate.NoLongerSee} {
		if counts[what] > 0 {
			parts = append(parts, words.Thousands(counts[what])+" "+string(what))
		}
	}
	if len(parts) == 0 {
		parts = []string{"Nothing differs"}
	}
	_, err := fmt.Fprintln(f.Out(), strings.Join(parts, ", ")+".")
	return err //nolint:wrapcheck // as above
}

var diffMarks = map[estate.What]string{estate.Added: "+", estate.Removed: "-", estate.Changed: "~", estate.NewlySeen: "?", estate.NoLongerSee: "?"}

func diffLine(d estate.Change) string {
	text := fmt.Sprintf("%s %s %s", diffMarks[d.What], d.Kind, connector.CleanLine(d.ID, 200))
	if d.Name != "" && d.Name != d.ID {
		text += " (" + connector.CleanLine(d.Name, 120) + ")"
	}
	if len(d.Fields) > 0 {
		text += ": " + strings.Join(d.Fields, ", ")
	}
	if d.What == estate.NewlySeen || d.What == estate.NoLongerSee {
		text += "  " + string(d.What) + ": one of the runs saw a part only"
	}
	return text
}
