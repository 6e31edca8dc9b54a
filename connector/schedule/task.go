package schedule

import (
	"slices"
	"strings"
	"time"
)

// Task is what is run again and again.
type Task string

// The tasks.
const (
	Sync      Task = "sync"
	Inventory Task = "inventory"
)

// ended is how long an inventory may take before it ends by itself and keeps what it has, a little less than who starts it waits.
const ended = longest - 30*time.Minute

// task is what is run.
func (s Spec) task() Task {
	if s.Task == "" {
		return Sync
	}
	return s.Task
}

// said is what it is called where people read it.
func (s Spec) said() string {
	if s.task() == Sync {
		return "Sync of " + s.Name
	}
	if len(s.Names) == 0 {
		return "Inventories"
	}
	return "Inventory of " + strings.Join(s.Names, ", ")
}

// arguments are those of the program. The names come last, behind a mark that ends the flags.
func (s Spec) arguments(how string) []string {
	var all []string
	if s.task() == Inventory {
		all = append(all, "inventory", "run", how)
	} else {
		all = append(all, "sync", how)
	}
	if s.KeyFile != "" {
		all = append(all, "--key-file", s.KeyFile)
	}
	if s.To != "" {
		all = append(all, "--to", s.To)
	}
	if s.task() == Sync {
		if s.Start {
			all = append(all, "--start")
		}
		return append(all, "--", s.Name)
	}
	// One that is tried again begins with the workspaces that no try has read yet.
	all = append(all, "--budget", ended.String(), "--older-than", (s.Every / 2).String())
	if len(s.Names) == 0 {
		all = append(all, "--all")
	}
	return append(append(all, "--"), s.Names...)
}

// within are arguments with more flags among them.
func within(arguments []string, flags ...string) []string {
	return slices.Insert(slices.Clone(arguments), slices.Index(arguments, "--"), flags...)
}

// slug is the name of the connection as names of units and of Kubernetes may be: at most 40 lower-case letters, digits and hyphens.
func (s Spec) slug() string {
	name := s.Name
	if len(s.Names) == 1 {
		name = s.Names[0]
	}
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() == longestSlug[s.task()] {
			break
		}
	}
	if slug := strings.Trim(b.String(), "-"); slug != "" {
		return "draftt-" + string(s.task()) + "-" + slug
	}
	return "draftt-" + string(s.task())
}

// longestSlug leaves what Kubernetes allows of the name of a CronJob, 52 letters, to what stands before it.
var longestSlug = map[Task]int{Sync: 40, Inventory: 35}
