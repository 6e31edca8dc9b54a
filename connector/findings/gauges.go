package findings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/words"
)

// Gauge is how many there are of something, and how many there may be.
type Gauge struct {
	Name  string `json:"limit"`
	What  string `json:"what"`
	Count int    `json:"count"`
	Most  int    `json:"most"`
	Whole bool   `json:"whole"` // all were seen, so that there are no more
	Read  string `json:"limit_read"`
}

// String is such as “9,312 of 10,000 users and service principals of the account”.
func (g Gauge) String() string {
	text := words.Thousands(g.Count) + " of " + words.Thousands(g.Most) + " " + g.What
	if !g.Whole {
		text = "at least " + text
	}
	return text
}

// seenInWorkspace are the kinds of rows that show a part of what the account has, where that was not read.
var seenInWorkspace = map[string]string{"users": "workspace-users", "service-principals": "workspace-service-principals"}

// Gauges hold what a run saw against the limits of what is counted as a whole. What was not seen at all has none.
func Gauges(seen estate.Coverage, o Options) (all []Gauge) {
	for _, l := range limits {
		if l.each != "" {
			continue
		}
		g := Gauge{l.name, l.what, 0, o.most(l), true, LimitsRead}
		for _, kind := range l.kinds {
			n, whole := seen.Line(kind).Rows, seen.Whole(kind)
			if !whole && seenInWorkspace[kind] != "" {
				n = max(n, seen.Line(seenInWorkspace[kind]).Rows)
			}
			g.Count, g.Whole = g.Count+n, g.Whole && whole
		}
		if g.Whole || g.Count > 0 {
			all = append(all, g)
		}
	}
	return all
}

// SayGauges are those of the account in a sentence, with the date of the limits; empty where there is none.
func SayGauges(all []Gauge) string {
	var texts []string
	for _, g := range all {
		if g.Name == "principals" || g.Name == "groups" {
			texts = append(texts, g.String())
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return words.UpperFirst(strings.Join(texts, ", ")) + "; limits as of " + LimitsRead + "."
}

// most is how many there may be: what is said for this account, or else what the page says.
func (o Options) most(l limit) int {
	if n, given := o.Allowed[l.name]; given {
		return n
	}
	return l.most
}

// LimitNames are what the limits go by.
func LimitNames() (all []string) {
	for _, l := range limits {
		all = append(all, l.name)
	}
	return all
}

// ParseAllowed reads limits such as “principals=20000”. The error is of kind connector.ErrInput.
func ParseAllowed(texts []string) (map[string]int, error) {
	out := map[string]int{}
	for _, text := range texts {
		name, value, _ := strings.Cut(text, "=")
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || !slices.Contains(LimitNames(), name) {
			return nil, &connector.Error{
				Kind: connector.ErrInput, What: fmt.Sprintf("“%s” is no limit.", connector.CleanLine(text, 60)),
				Remedy: "Give one as in principals=20000. Limits are: " + strings.Join(LimitNames(), ", ") + ".",
			}
		}
		out[name] = n
	}
	return out, nil
}
