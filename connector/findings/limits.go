package findings

import (
	"fmt"
	"maps"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/words"
)

// LimitsRead is when the limits were taken from the page on resource limits of Azure Databricks,
// learn.microsoft.com/azure/databricks/resources/limits.
const LimitsRead = "2026-11-28"

// limit is how many there may be of something.
type limit struct {
	name  string
	what  string
	most  int
	kinds []string
	each  string // of each thing of this kind, empty for all together
}

var limits = []limit{
	{"principals", "users and service principals of the account", 10_000, []string{"users", "service-principals"}, ""},
	{"groups", "groups of the account", 5_000, []string{"groups"}, ""},
	{"jobs", "jobs of the workspace", 10_000, []string{"jobs"}, ""},
	{"apps", "apps of the workspace", 100, []string{"apps"}, ""},
	{"tables", "tables of the metastore", 1_000_000, []string{"tables"}, ""},
	{"schema-tables", "tables of the schema", 10_000, []string{"tables"}, "schemas"},
}

// near is the part of a limit, in hundredths, from which on it is nearly reached.
const near = 80

var nearLimits = rule{
	id: "near-limits", level: Low, title: "Limits of Databricks that are nearly reached",
	means:  "At the limit nothing more of the kind can be made, and what makes some by itself fails.",
	remedy: "Delete what is not used any more, before the limit is reached.",
	needs: func(*access.Rules) []string {
		return []string{"users", "service-principals", "groups", "memberships", "jobs", "apps", "tables"}
	},
	find: findLimits,
}

func findLimits(l *look) (out []Evidence, _ []string, err error) {
	for _, limit := range limits {
		limit.most = l.options.most(limit)
		counts := map[string]int{}
		for _, kind := range limit.kinds {
			if limit.each != "" {
				if counts, err = l.run.Children(kind); err != nil {
					return nil, nil, err //nolint:wrapcheck // the store's errors have words
				}
				continue
			}
			n, err := l.run.Count(kind)
			if err != nil {
				return nil, nil, err //nolint:wrapcheck // as above
			}
			counts[""] += n
		}
		for _, parent := range slices.Sorted(maps.Keys(counts)) {
			n := counts[parent]
			if n*100 < limit.most*near {
				continue
			}
			what := limit.what
			if parent != "" {
				what += " " + shown(estate.AliasKind(limit.each), parent)
			}
			row := store.Row{Kind: limit.kinds[0]}
			if limit.each != "" {
				row = store.Row{Kind: limit.each, ID: parent, Name: parent}
			}
			out = append(out, proof(row, fmt.Sprintf("%s: %s of %s.", words.UpperFirst(what), words.Thousands(n), words.Thousands(limit.most))))
		}
	}
	nested, err := findNesting(l)
	return append(out, nested...), nil, err
}
