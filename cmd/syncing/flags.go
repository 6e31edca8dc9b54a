// Package syncing is what the command line says of a sync: its flags, its plan, how far it is and what came of it, as text and as JSON.
package syncing

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
)

// Flags are those of a sync.
type Flags struct {
	To      string
	format  string
	tables  []string
	columns []string
	key     []string
	cursors []string
	since   string
	fetch   []string
	mode    string
	limit   int64
	keep    int

	shard string
	fresh bool

	Every time.Duration

	Start, DryRun, AsJSON bool
}

// Register adds the flags.
func (f *Flags) Register(flags *pflag.FlagSet) {
	usual := sync.Usual(nil)
	flags.StringVar(&f.format, "format", string(usual.Format), "of the files: "+words(format.All))
	flags.StringSliceVar(&f.tables, "table", nil, "only this table of the connection; more than once for more")
	flags.StringSliceVar(&f.columns, "columns", nil, "only these columns, separated by commas")
	flags.StringSliceVar(&f.key, "key", nil, "the columns that tell rows apart; else the table's PRIMARY KEY, or the whole row")
	flags.StringArrayVar(&f.cursors, "cursor", nil, "the `column` that tells newer rows: [TABLE=]COLUMN; from its highest value of the last run on, and NULL, they are read")
	flags.StringVar(&f.since, "since", "", "leave out the rows in which the --cursor is below this `value`")
	flags.StringVar(&f.mode, "mode", string(usual.Mode), "how tables are read: "+words(sync.Modes))
	flags.Int64Var(&f.limit, "limit", 0, "at most so many rows of each table, 0 for all")
	flags.IntVar(&f.keep, "keep", usual.Keep, "how many whole runs stay, 0 for all")
	flags.DurationVar(&f.Every, "every", 0, "read again after this time, as in 24h, until Ctrl+C")
	flags.StringVar(&f.shard, "shard", "", "read one of several parts, as in 2/3, into a folder that they share; sync join closes the run")
	flags.BoolVar(&f.fresh, "fresh", false, "drop what was stopped, rather than go on with it")
	flags.StringSliceVar(&f.fetch, "cloud-fetch", nil, "fetch large results from this `host` beside the workspace, without a credential; “ask” finds it and asks")
	flags.BoolVar(&f.Start, "start", false, "start the SQL warehouse when it is stopped, which costs money while it runs")
	flags.BoolVar(&f.DryRun, "dry-run", false, "say what would be read, and how, and read no rows")
	flags.BoolVar(&f.AsJSON, "json", false, "a line of JSON for each step")
}

func words[W ~string](all []W) string {
	said := make([]string, len(all))
	for i, w := range all {
		said[i] = string(w)
	}
	return strings.Join(said, ", ")
}

// Formats and Modes are the words that flags take, for completion.
func Formats() []string { return strings.Split(words(format.All), ", ") }

// Modes are the words of --mode.
func Modes() []string { return strings.Split(words(sync.Modes), ", ") }

// Options are what the flags ask for of a connection. Errors are *connector.Error of kind connector.ErrInput.
func (f *Flags) Options(c connector.Connection) (sync.Options, error) {
	o := sync.Options{Columns: f.columns, Key: f.key, Mode: sync.Mode(strings.ToLower(f.mode)), Limit: f.limit, Keep: f.keep, Start: f.Start}
	var err error
	if o.Format, err = format.Parse(f.format); err != nil {
		return o, refused("There is no format "+quoted(f.format)+".", "Choose one of "+words(format.All)+".")
	}
	if !slices.Contains(sync.Modes, o.Mode) {
		return o, refused("There is no mode "+quoted(f.mode)+".", "Choose one of "+words(sync.Modes)+".")
	}
	if f.Every < 0 || f.Every > 0 && (f.Every < time.Minute || f.To == "-") {
		return o, refused("--every takes a minute or more, and a folder.", "Leave it out, or give a longer time as in 24h.")
	}
	o.Fresh = f.fresh
	if o.Shard, err = f.part(); err != nil {
		return o, err
	}
	if f.limit < 0 || f.keep < 0 {
		return o, refused("--limit and --keep count from 0.", "Leave them out, or give a larger number.")
	}
	for _, names := range []*[]string{&o.Columns, &o.Key} {
		for i := range *names {
			(*names)[i] = strings.TrimSpace((*names)[i])
		}
	}
	if o.Tables, err = sync.Chosen(c, f.tables); err != nil {
		return o, err
	}
	if err := f.twice(c, &o); err != nil {
		return o, err
	}
	if err := f.newer(&o); err != nil {
		return o, err
	}
	if o.Links, err = f.links(); err != nil {
		return o, err
	}
	if partly := f.limit > 0 || f.since != "" || len(f.columns) > 0 || len(o.Tables) < len(c.Tables); partly && f.To == "" && !f.DryRun {
		return o, refused("This reads a part of what the connection reads, which its usual folder is not for.", "Name a folder for it with --to.")
	}
	return o, nil
}

func quoted(text string) string { return "“" + connector.CleanLine(text, 40) + "”" }

func refused(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}

// Dir is the folder of the runs of a connection: the one that was named, or one beside the saved connections.
func (f *Flags) Dir(vault string, c connector.Connection) string {
	if f.To != "" && f.To != "-" {
		return f.To
	}
	return saved.RunsOf(vault, c)
}
