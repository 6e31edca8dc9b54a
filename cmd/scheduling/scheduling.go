// Package scheduling is what the commands say that print the definition of a schedule, of a sync and of inventories alike.
package scheduling

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd/desk"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/schedule"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

// Flags are those of a schedule.
type Flags struct {
	Task      schedule.Task
	Dir       string // for the files, empty to print them
	Overwrite bool
	as, at    string
	runs      string
	every     time.Duration
	shards    int
	start     bool
}

// Register adds the flags.
func (f *Flags) Register(flags *pflag.FlagSet) {
	flags.StringVar(&f.as, "as", "", "who starts it: "+strings.Join(Whos(), ", "))
	flags.DurationVar(&f.every, "every", 24*time.Hour, "how often: 24h, or whole hours that divide a day")
	flags.StringVar(&f.at, "at", "02:00", "the time of the day, HH:MM")
	flags.StringVar(&f.Dir, "to", "", "write the files of the definition into this folder; else, and with -, they are printed")
	flags.BoolVar(&f.Overwrite, "overwrite", false, "replace files in --to that say something else")
	flags.StringVar(&f.runs, "runs", "", "the folder of the runs, as --to of "+f.command())
	if f.Task == schedule.Inventory {
		flags.IntVar(&f.shards, "shards", 0, "read the workspaces in so many parts at once, each on a machine of its own: kubernetes, databricks-job")
		return
	}
	flags.IntVar(&f.shards, "shards", 0, "read in so many shards at once, each on a machine of its own: kubernetes, databricks-job")
	flags.BoolVar(&f.start, "start", false, "have each run start the SQL warehouse when it is stopped, which costs money while it runs")
}

// command is what a schedule has run.
func (f *Flags) command() string {
	if f.Task == schedule.Inventory {
		return "inventory run"
	}
	return "sync"
}

// Prints reports whether the definition is printed, and not written into a folder.
func (f *Flags) Prints() bool { return f.Dir == "" || f.Dir == "-" }

// Whos are the words of --as.
func Whos() (all []string) {
	for _, kind := range schedule.Kinds {
		all = append(all, string(kind))
	}
	return all
}

// Files are those of the definition, for the saved connections of these names: one for a sync, and for inventories any number of them, none for
// all that are saved. Errors are *connector.Error of kind connector.ErrInput.
func (f *Flags) Files(names []string, home, key string) ([]schedule.File, error) {
	s := schedule.Spec{Task: f.Task, Start: f.start, Every: f.every, Shards: f.shards}
	if f.Task == schedule.Inventory {
		s.Names = names
	} else {
		s.Name = names[0]
	}
	kind := schedule.Kind(strings.ToLower(f.as))
	if !slices.Contains(schedule.Kinds, kind) {
		what := "It is not said what starts it."
		if kind != "" {
			what = fmt.Sprintf("“%s” starts nothing that is known here.", connector.CleanLine(f.as, 40))
		}
		return nil, refused(what, "Give --as with one of "+strings.Join(Whos(), ", ")+".")
	}
	if f.runs == "-" {
		return nil, refused("What a schedule starts has no standard output for rows.", "Name a folder with --runs, or leave it out.")
	}
	if f.runs != "" && (kind == schedule.Kubernetes || kind == schedule.DatabricksJob) {
		return nil, refused("--runs is a folder of this machine, and "+string(kind)+" runs elsewhere.", "Leave it out, and change the folder in the definition.")
	}
	if f.Task == schedule.Inventory && len(names) > 0 && f.shards > len(names) {
		return nil, refused(fmt.Sprintf("There are %d shards for %s.", f.shards, words.Count(len(names), "workspace")), "Give --shards with no more than there are names, or name none: then all are read that are saved.")
	}
	var err error
	if s.At, err = time.Parse("15:04", f.at); err != nil {
		return nil, refused(quoted(f.at)+" is no time of the day.", "Give --at as HH:MM, such as 02:00.")
	}
	if s.Program, err = os.Executable(); err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	s.Home, s.KeyFile, s.To = home, key, f.runs
	for _, path := range []*string{&s.Home, &s.KeyFile, &s.To} {
		if *path == "" {
			continue
		}
		if *path, err = filepath.Abs(*path); err != nil { // what starts it has another current folder
			return nil, refused("A path cannot be completed: "+connector.Said(err, 100)+".", "Give whole paths.")
		}
	}
	files, err := schedule.Definition(kind, s)
	var every *schedule.ErrEvery
	var text *schedule.ErrText
	var shards *schedule.ErrShards
	switch {
	case errors.As(err, &every):
		return nil, refused("A day has no whole number of "+f.every.String()+".", "Give --every 24h, or whole hours that divide a day, such as 6h.")
	case errors.As(err, &shards):
		return nil, refused(fmt.Sprintf("%s cannot read in %d shards.", shards.Kind, f.shards), fmt.Sprintf("Give --shards from 1 to %d with kubernetes or databricks-job, or leave it out.", schedule.MostShards))
	case errors.As(err, &text):
		return nil, refused("The schedule cannot hold "+quoted(text.Text)+".", "Choose a shorter name or path without special characters; rename changes that of a connection.")
	}
	return files, err
}

// Remarks are what to do with a definition, and what it needs where nobody can be asked.
func (f *Flags) Remarks(files []schedule.File, v *vault.Vault, key string) (all []string) {
	name := strings.TrimSuffix(files[0].Name, filepath.Ext(files[0].Name))
	switch schedule.Kind(strings.ToLower(f.as)) {
	case schedule.Systemd:
		all = append(all, "Put both files into ~/.config/systemd/user, and run: systemctl --user enable --now "+name+".timer")
	case schedule.Cron:
		all = append(all, "Add the line with crontab -e.")
	case schedule.Launchd:
		all = append(all, "Put the file into ~/Library/LaunchAgents, and run: launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/"+files[0].Name)
	case schedule.TaskScheduler:
		all = append(all, "On Windows run: schtasks /create /tn "+name+" /xml "+files[0].Name)
	case schedule.Kubernetes:
		all = append(all, "Put your image in place of IMAGE. The Secret "+name+"-key holds key.txt; the volume claim "+name+" holds the saved connections in home.")
		if f.shards > 1 {
			all = append(all, "Pods on several machines write into the volume: its access mode is ReadWriteMany.")
		}
	case schedule.DatabricksJob:
		all = append(all, "Put your volume in place of /Volumes/CATALOG/SCHEMA/VOLUME. The job is paused until you start it.")
	}
	return append(all, keyRemarks(v, key)...)
}

// keyRemarks say how the saved connections are opened where nobody can be asked.
func keyRemarks(v *vault.Vault, key string) (all []string) {
	if kept, chosen, err := v.Protection(); err == nil && chosen && (kept != vault.KeyFile || key == "") {
		said := "Nobody can be asked when it runs, so a key file must open the saved connections. "
		if kept == vault.KeyFile {
			return append(all, said+"Name it with --key-file.")
		}
		all = append(all, said+"These have the "+kept.Label()+": export the connection, and import it with --key-file into a folder of its own, which DRAFTT_DATABRICKS_HOME names.")
	}
	return all
}

// Give prints the files, or writes them into the folder that was named, and says what to do with them.
func (f *Flags) Give(d desk.Desk, names []string, v *vault.Vault, key string) error {
	files, err := f.Files(names, v.Dir(), key)
	if err != nil {
		return err
	}
	if f.Prints() {
		_, err = io.WriteString(d.Results(), printed(files))
	} else if wrong := os.MkdirAll(f.Dir, 0o755); wrong != nil {
		err = refused("The folder could not be made: "+connector.Said(wrong, 300)+".", "Give another folder.")
	}
	for i := 0; i < len(files) && !f.Prints() && err == nil; i++ {
		err = d.Keep(filepath.Join(f.Dir, files[i].Name), []byte(files[i].Text), f.Overwrite)
	}
	if err != nil {
		return err //nolint:wrapcheck // the terminal's or the pipe's own, or one with words
	}
	for _, remark := range f.Remarks(files, v, key) {
		d.Note("%s", d.Prose(remark))
	}
	return nil
}

// printed are the files as one text: a single one as it is, several below their names.
func printed(files []schedule.File) string {
	if len(files) == 1 {
		return files[0].Text
	}
	var b strings.Builder
	for i, file := range files {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "# %s\n%s", file.Name, file.Text)
	}
	return b.String()
}

func quoted(text string) string { return "“" + connector.CleanLine(text, 40) + "”" }

func refused(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}
