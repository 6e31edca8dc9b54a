package inventory

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/findings"
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
				return f.JSON(document(s))
			}
			return f.sayStatus(s)
		},
	}
	w.register(c, true)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// look says what inventories there are, and notes where newer runs are not whole.
func (f Face) look(w *choice) (estate.Standing, error) {
	folder, err := w.folder(f)
	if err != nil {
		return estate.Standing{}, err
	}
	s, run, err := estate.Look(folder, w.run, time.Now())
	f.notWhole(s, run)
	switch {
	case err != nil:
		return s, err
	case run != nil:
		if w.run == "" {
			f.noteFuller(folder, s.Last, "--run %s shows that one.")
		}
		return s, run.Close()
	case s.Open == "":
		_, _, _, err = w.opened(folder) // it says that there is none
	}
	return s, err
}

type runDocument struct {
	ID       string    `json:"run"`
	Began    time.Time `json:"began"`
	Ended    time.Time `json:"ended"`
	Bytes    int64     `json:"bytes"`
	Rows     bool      `json:"rows_kept"`
	Coverage string    `json:"coverage"`
}

// begunDocument is what is known of the run that is not over.
type begunDocument struct {
	As      string    `json:"as,omitempty"`
	Began   time.Time `json:"began,omitzero"`
	Account string    `json:"account_id,omitempty"`
	Bytes   int64     `json:"bytes"`
}

type statusDocument struct {
	Folder     string              `json:"folder"`
	Run        string              `json:"run,omitempty"`
	As         string              `json:"as,omitempty"`
	Identities []estate.Reader     `json:"identities,omitempty"`     // all who read, where the account was read by another
	Broken     []string            `json:"runs_not_whole,omitempty"` // newer than the run
	Coverage   string              `json:"coverage"`
	Right      string              `json:"next_right,omitempty"`
	Resources  []resourceDocument  `json:"resources,omitempty"`
	Collectors []estate.Collection `json:"collectors,omitempty"`
	Runs       []runDocument       `json:"runs,omitempty"`
	Limits     []findings.Gauge    `json:"limits,omitempty"`
	Missed     int                 `json:"missed_runs"`
	Unfinished string              `json:"unfinished_run,omitempty"`
	Taken      bool                `json:"being_taken,omitempty"` // that one, now
	Begun      *begunDocument      `json:"unfinished,omitempty"`  // more of that one
}

func document(s estate.Standing) statusDocument {
	right, _ := s.Seen.Next()
	d := statusDocument{
		Folder: s.Folder.Dir, Run: s.Last.ID, As: s.Who.Name, Coverage: s.Seen.Say(), Right: string(right), Collectors: s.Seen.Lines, Missed: s.Missed, Unfinished: s.Open, Taken: s.Taken,
	}
	for _, m := range s.Runs {
		seen, _ := estate.Summary(m)
		d.Runs = append(d.Runs, runDocument{m.ID, m.Began, m.Ended, m.Size, m.Rows, seen.Say()})
	}
	d.Broken = s.Broken
	d.Identities = s.Readers
	if s.Last.ID != "" {
		d.Limits = findings.Gauges(s.Seen, findings.Options{})
	}
	d.Resources = resourceDocuments(s)
	if s.Open != "" {
		_, size := s.Folder.File(s.Open)
		d.Begun = &begunDocument{s.By.Name, s.Began, s.Partial.Place.Account, size}
	}
	return d
}

func (f Face) sayStatus(s estate.Standing) error {
	say := func(format string, args ...any) { _, _ = fmt.Fprintln(f.Out(), f.Prose(fmt.Sprintf(format, args...))) }
	if s.Open != "" {
		path, size := s.Folder.File(s.Open)
		if s.Taken {
			say("The inventory %s is being taken now. %s.", s.Open, s.Partial.Say())
		} else {
			say("The inventory %s is not over. %s.", s.Open, s.Partial.Say())
			say("%s", s.SayBegun())
			say("inventory run goes on with it.")
		}
		say("%s, %s so far\n", path, words.Bytes(size))
	}
	if s.Last.ID == "" {
		return nil
	}
	say("Inventory of %s, run %s", s.Seen.Place.Host, s.Last.ID)
	if who := s.SayWho(true); who != "" {
		say("as %s", who)
	}
	say("took %s, %s requests, %s", words.Took(s.Last.Ended.Sub(s.Last.Began)), words.Thousands(s.Seen.Requests), s.Seen.SayFate())
	say("%s, %s\n", filepath.Join(s.Folder.Dir, s.Last.ID+".db"), words.Bytes(s.Last.Size))
	table := console.Table{Headings: []string{"", "resource", "rows", "pages", "time", "state", "what is missing"}}
	asked, not := s.Seen.Asked()
	for _, p := range not {
		table.Rows = append(table.Rows, []string{marks[estate.Skipped], "the " + string(p), "", "", "", "not asked for", ""})
	}
	for _, r := range asked {
		why := r.Why
		if r.Needs != estate.Anybody {
			why = "needs " + string(r.Needs) + ": " + why
		}
		table.Rows = append(table.Rows, []string{marks[r.State], r.Title, words.Thousands(r.Rows), words.Thousands(r.Pages), words.Took(r.Took), string(r.State), why})
	}
	if err := f.Table(table); err != nil {
		return err
	}
	for _, r := range asked {
		if r.Note != "" && r.Rows > 0 {
			say("%s: %s", words.UpperFirst(r.Title), r.Note)
		}
	}
	for _, l := range s.Seen.Lines {
		if l.How != "" {
			say("%s: %s, %s of %s at once.", l.ID, connector.CleanLine(l.How, 300), words.Thousands(l.Bulk), words.Thousands(l.Answered))
		}
	}
	say("\n%s.", s.Seen.Say())
	if next := s.Seen.SayNext(); next != "" {
		say("%s", next)
	}
	if text := findings.SayGauges(findings.Gauges(s.Seen, findings.Options{})); text != "" {
		say("%s", text)
	}
	if s.Missed > 0 {
		say("%s were missed since %s.", words.Count(s.Missed, "run"), s.Last.Began.Local().Format("2006-01-02 15:04"))
	}
	return f.sayRuns(s)
}

func (f Face) sayRuns(s estate.Standing) error {
	if len(s.Runs) < 2 {
		return nil
	}
	_, _ = fmt.Fprintln(f.Out())
	table := console.Table{Headings: []string{"run", "took", "size", "rows"}}
	for _, m := range s.Runs {
		kept := "kept"
		switch {
		case slices.Contains(s.Broken, m.ID):
			kept = "not whole"
		case !m.Rows:
			kept = "deleted"
		}
		table.Rows = append(table.Rows, []string{m.ID, words.Took(m.Ended.Sub(m.Began)), words.Bytes(m.Size), kept})
	}
	return f.Table(table)
}
