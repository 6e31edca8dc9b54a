// Package schedule writes down what has a sync or an inventory run again and again: for systemd, cron, launchd, the Task Scheduler of Windows,
// Kubernetes or Databricks itself. It writes texts and starts nothing.
package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Kind is who starts it.
type Kind string

// The kinds.
const (
	Systemd       Kind = "systemd"
	Cron          Kind = "cron"
	Launchd       Kind = "launchd"
	TaskScheduler Kind = "task-scheduler"
	Kubernetes    Kind = "kubernetes"
	DatabricksJob Kind = "databricks-job"
)

// Kinds are all of them.
var Kinds = []Kind{Systemd, Cron, Launchd, TaskScheduler, Kubernetes, DatabricksJob}

const (
	// longest is how long a try may take. One that takes longer is ended, and the next goes on where it stopped.
	longest = 6 * time.Hour
	retries = 3
	pause   = 10 * time.Minute // before another try
	// allTries is how long a run may take with all of its tries.
	allTries = (retries+1)*longest + retries*pause
)

// Spec is what is to run.
type Spec struct {
	Task    Task     // Sync where it is empty
	Name    string   // of the connection of a sync
	Names   []string // of the connections whose workspaces an inventory is taken of, none: of all that are saved
	Program string   // the path of this program
	Home    string   // the folder of the saved connections
	KeyFile string   // opens them where nobody can be asked
	To      string   // the folder of the runs, empty: the usual one
	Start   bool     // the SQL warehouse is started when it is stopped
	Every   time.Duration
	At      time.Time // the time of the day of which the hour and the minute count
	Shards  int       // in how many parts it is read, each by a process of its own, 0: at once; only where there are several machines
}

// MostShards are of one schedule: a job of Databricks has a task for each, and two besides.
const MostShards = 90

// File is one text of a definition.
type File struct {
	Name string // by which it is usually kept
	Text string
}

// ErrEvery is the error of a span between runs that no schedule keeps.
type ErrEvery struct{ Every time.Duration }

func (e *ErrEvery) Error() string {
	return fmt.Sprintf("a run every %s cannot be scheduled: name 24h, or whole hours that divide a day", e.Every)
}

// ErrShards is the error of shards where they cannot be, or of too many.
type ErrShards struct{ Kind Kind }

func (e *ErrShards) Error() string {
	return fmt.Sprintf("%s reads in no such number of shards", e.Kind)
}

// ErrText is the error of a name or a path that a definition cannot hold: it has characters that do not print, or is too long for a line.
type ErrText struct{ Text string }

func (e *ErrText) Error() string {
	return fmt.Sprintf("this schedule cannot hold %q", e.Text)
}

// mostLine is how long a line of a crontab may be, after the least of the daemons that read them.
const mostLine = 990

// Definition writes down a schedule. It returns *ErrEvery for a span that is neither a day nor whole hours that divide one, and *ErrText for
// a name or a path that cannot be written, and *ErrShards for shards that all are of one machine, or too many.
func Definition(k Kind, s Spec) ([]File, error) {
	if hours := int(s.Every / time.Hour); s.Every%time.Hour != 0 || hours < 1 || 24%hours != 0 {
		return nil, &ErrEvery{s.Every}
	}
	for _, text := range append([]string{s.Name, s.Program, s.Home, s.KeyFile, s.To}, s.Names...) {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
			return nil, &ErrText{text}
		}
	}
	if s.Shards < 0 || s.Shards > MostShards || s.Shards > 0 && k != Kubernetes && k != DatabricksJob {
		return nil, &ErrShards{k}
	}
	switch k {
	case Systemd:
		return s.systemd(), nil
	case Cron:
		return s.cron()
	case Launchd:
		return s.launchd(), nil
	case TaskScheduler:
		return s.taskScheduler()
	case Kubernetes:
		return s.kubernetes()
	case DatabricksJob:
		return s.databricks()
	}
	return nil, fmt.Errorf("there is no schedule %q", k)
}

// hours are the hours of the day in which it runs, of which that of At is one.
func (s Spec) hours() (all []int) {
	step := int(s.Every / time.Hour)
	for h := s.At.Hour() % step; h < 24; h += step {
		all = append(all, h)
	}
	slices.Sort(all)
	return all
}

// list writes hours with commas between them.
func list(hours []int, form string) string {
	said := make([]string, len(hours))
	for i, h := range hours {
		said[i] = fmt.Sprintf(form, h)
	}
	return strings.Join(said, ",")
}
