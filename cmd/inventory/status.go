package inventory

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

func (f Face) status() *cobra.Command {
	var w choice
	var asJSON bool
	c := &cobra.Command{
		Use: "status", Short: "Say what inventories there are, and how much the last one saw", Args: atMost(0),
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := f.look(&w)
			if err != nil {
				return err
			}
			if asJSON {
				return f.JSON(s.document())
			}
			return f.sayStatus(s)
		},
	}
	w.register(c, true)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// standing is what is known of the inventories of a place.
type standing struct {
	folder  store.Folder
	runs    []store.Manifest
	last    store.Manifest
	seen    estate.Coverage
	who     estate.Identity
	open    string // the run that is not over
	partial estate.Coverage
	missed  int
}

func (f Face) look(w *choice) (*standing, error) {
	folder, err := w.folder(f)
	if err != nil {
		return nil, err
	}
	s := &standing{folder: folder}
	if s.runs, err = folder.Runs(); err != nil {
		return nil, err
	}
	s.missed = estate.Missed(s.runs, time.Now())
	if run, id, err := folder.Unfinished(); err == nil && run != nil {
		s.open = id
		s.partial, _ = estate.CoverageOf(run)
		_ = run.Close()
	}
	run, m, err := w.open(f)
	if err != nil {
		if s.open != "" && w.run == "" {
			return s, nil
		}
		return nil, err
	}
	defer func() { _ = run.Close() }()
	s.last, s.who = m, estate.IdentityOf(run)
	if s.seen, err = estate.CoverageOf(run); err != nil {
		return nil, err
	}
	names := connector.Known() // while the screen is shared, they are aliases
	names.Note(connector.KindHost, s.seen.Place.Host)
	names.Note(connector.KindSP, s.who.Name, s.who.DisplayName)
	return s, nil
}

type runDocument struct {
	ID       string    `json:"run"`
	Began    time.Time `json:"began"`
	Ended    time.Time `json:"ended"`
	Bytes    int64     `json:"bytes"`
	Rows     bool      `json:"rows_kept"`
	Coverage string    `json:"coverage"`
}

type statusDocument struct {
	Folder     string              `json:"folder"`
	Run        string              `json:"run,omitempty"`
	As         string              `json:"as,omitempty"`
	Coverage   string              `json:"coverage"`
	Right      string              `json:"next_right,omitempty"`
	Collectors []estate.Collection `json:"collectors,omitempty"`
	Runs       []runDocument       `json:"runs,omitempty"`
	Missed     int                 `json:"missed_runs"`
	Unfinished string              `json:"unfinished_run,omitempty"`
}

func (s *standing) document() statusDocument {
	right, _ := s.seen.Next()
	d := statusDocument{
		Folder: s.folder.Dir, Run: s.last.ID, As: s.who.Name, Coverage: s.seen.Say(), Right: string(right), Collectors: s.seen.Lines, Missed: s.missed, Unfinished: s.open,
	}
	for _, m := range s.runs {
		seen, _ := estate.Summary(m)
		d.Runs = append(d.Runs, runDocument{m.ID, m.Began, m.Ended, m.Size, m.Rows, seen.Say()})
	}
	return d
}

func (f Face) sayStatus(s *standing) error {
	say := func(format string, args ...any) { _, _ = fmt.Fprintln(f.Out(), f.Prose(fmt.Sprintf(format, args...))) }
	if s.open != "" {
		say("The inventory %s is not over. %s.", s.open, s.partial.Say())
		say("inventory run goes on with it.\n")
	}
	if s.last.ID == "" {
		return nil
	}
	say("Inventory of %s, run %s", s.seen.Place.Host, s.last.ID)
	if s.who.Name != "" {
		say("as %s", s.who.Name)
	}
	say("took %s, %s requests, %s slowed down, %s lost", words.Took(s.last.Ended.Sub(s.last.Began)), words.Thousands(s.seen.Requests), words.Thousands(s.seen.SlowedBy), words.Thousands(s.seen.Lost))
	say("%s, %s\n", filepath.Join(s.folder.Dir, s.last.ID+".db"), words.Bytes(s.last.Size))
	table := console.Table{Headings: []string{"", "resource", "rows", "state", "what is missing"}}
	for _, r := range s.seen.Resources {
		why := r.Why
		if r.Needs != estate.Anybody {
			why = "needs " + string(r.Needs) + ": " + why
		}
		table.Rows = append(table.Rows, []string{marks[r.State], r.Title, words.Thousands(r.Rows), string(r.State), why})
	}
	if err := f.Table(table); err != nil {
		return err
	}
	for _, l := range s.seen.Lines {
		if l.How != "" {
			say("%s: %s, %s of %s at once.", l.ID, connector.CleanLine(l.How, 300), words.Thousands(l.Bulk), words.Thousands(l.Answered))
		}
	}
	say("\n%s.", s.seen.Say())
	if right, n := s.seen.Next(); n > 0 {
		say("The right that would show most of what is missing is that of %s: %s.", right.Holder(), words.Count(n, "resource"))
	}
	if s.missed > 0 {
		say("%s were missed since %s.", words.Count(s.missed, "run"), s.last.Began.Local().Format("2006-01-02 15:04"))
	}
	return f.sayRuns(s)
}

func (f Face) sayRuns(s *standing) error {
	if len(s.runs) < 2 {
		return nil
	}
	_, _ = fmt.Fprintln(f.Out())
	table := console.Table{Headings: []string{"run", "took", "size", "rows"}}
	for _, m := range s.runs {
		kept := "kept"
		if !m.Rows {
			kept = "deleted"
		}
		table.Rows = append(table.Rows, []string{m.ID, words.Took(m.Ended.Sub(m.Began)), words.Bytes(m.Size), kept})
	}
	return f.Table(table)
}
