// Package findings looks in an inventory for what is worth mending: each finding with the rows and the paths that prove it, and with one remedy.
// What it would take to find something and was not collected is said. Nothing is asked of the workspace.
package findings

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Level is how much a finding weighs.
type Level string

// The levels, the lowest first.
const (
	Low    Level = "low"
	Medium Level = "medium"
	High   Level = "high"
)

// Levels are all of them, the lowest first.
var Levels = []Level{Low, Medium, High}

// ParseLevel reads a level. The error is of kind connector.ErrInput.
func ParseLevel(text string) (Level, error) {
	if l := Level(strings.ToLower(strings.TrimSpace(text))); slices.Contains(Levels, l) {
		return l, nil
	}
	return "", &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("“%s” is no level.", connector.CleanLine(text, 40)), Remedy: "Give low, medium or high."}
}

// AtLeast reports whether a level is another one or above it.
func (l Level) AtLeast(other Level) bool {
	return slices.Index(Levels, l) >= slices.Index(Levels, other)
}

// State is what came of looking.
type State string

// The states. None is said only where all that was needed was collected.
const (
	Found   State = "found"
	None    State = "none"
	Unknown State = "unknown"
)

// Finding is one thing that was looked for.
type Finding struct {
	ID       string
	Level    Level
	State    State
	Title    string // what was looked for
	Means    string // why that matters
	Remedy   string // the one thing to do
	Evidence []Evidence
	Missing  []string // what was not collected: of an unknown, and of a finding that may have more
}

// Evidence is one proof: a row of the inventory, and what it says. Names in the sentences are those that may be shown now.
type Evidence struct {
	Row  store.Row // its body is left out
	Says string
	Path []string // how it comes to be, where that takes more than the row
}

// Options are what the inventory does not know.
type Options struct {
	Tables  []connector.TableName // that a connection reads
	Allowed map[string]int        // limits that are others than Databricks has for everybody, by their name
}

// rule is how something is looked for.
type rule struct {
	id, title, means, remedy string
	level                    Level
	needs                    func(*access.Rules) []string // the kinds of rows that have to be whole
	find                     func(*look) ([]Evidence, []string, error)
}

func kinds(list ...string) func(*access.Rules) []string {
	return func(*access.Rules) []string { return list }
}

// rules are all that is looked for, what weighs most first.
var rules = []rule{departedTokens, inventoryWriters, sharedPrincipals, outsideAdmins, readsEverything, groupOwners, nearLimits}

// IDs are those of all findings.
func IDs() []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.id)
	}
	return out
}

// Look goes through all findings, in the facts that were made of the run. The errors are those of the store.
func Look(run *store.Run, facts *access.Facts, in access.Place, o Options) ([]Finding, error) {
	seen, err := estate.CoverageOf(run)
	if err != nil {
		return nil, err //nolint:wrapcheck // the store's errors have words
	}
	l := &look{run: run, facts: facts, in: in, seen: seen, options: o}
	var out []Finding
	for _, r := range rules {
		f := Finding{ID: r.id, Level: r.level, Title: r.title, Means: r.means, Remedy: r.remedy}
		f.Missing = l.missing(r.needs(facts.Rules()))
		evidence, missing, err := r.find(l)
		if err != nil {
			return nil, err
		}
		f.Evidence, f.Missing = evidence, append(f.Missing, missing...)
		switch {
		case len(f.Evidence) > 0:
			f.State = Found
		case len(f.Missing) > 0:
			f.State = Unknown
		default:
			f.State = None
		}
		out = append(out, f)
	}
	return out, nil
}

// look is an inventory while it is looked through.
type look struct {
	run     *store.Run
	facts   *access.Facts
	in      access.Place
	seen    estate.Coverage
	options Options
	known   map[string]principal
}

// missing says which of some kinds of rows were not seen whole, why, and what it takes.
func (l *look) missing(kinds []string) []string {
	var out []string
	for _, c := range estate.Collectors() {
		line := l.seen.Line(c.ID)
		if line.State.Whole() || !slices.ContainsFunc(c.Kinds(), func(k string) bool { return slices.Contains(kinds, k) }) {
			continue
		}
		said := fmt.Sprintf("%s: %s", c.ID, line.State)
		if line.Lacks != estate.Anybody {
			said += ", needs " + string(line.Lacks)
		}
		out = append(out, said)
	}
	return out
}

// each goes through the rows of a kind, with their bodies as T.
func each[T any](l *look, kind string, do func(store.Row, T)) error {
	for row, err := range l.run.Rows(kind) {
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		var body T
		_ = json.Unmarshal([]byte(row.Body), &body)
		do(row, body)
	}
	return nil
}

func proof(row store.Row, says string, path ...string) Evidence {
	row.Body = ""
	return Evidence{Row: row, Says: says, Path: path}
}

// shown is a name as it may be shown now.
func shown(kind connector.Kind, text string) string {
	if text == "" {
		return ""
	}
	return connector.Shown(kind, connector.FromRemote(text).String())
}
