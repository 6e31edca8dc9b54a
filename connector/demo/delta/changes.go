package delta

import (
	"slices"
	"sort"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// feedColumns are behind those of the table in what table_changes gives.
var feedColumns = []engine.Column{
	{Name: "_change_type", Type: textType, Nullable: true}, {Name: "_commit_version", Type: engine.BigIntType, Nullable: true},
	{Name: "_commit_timestamp", Type: engine.TimestampType, Nullable: true},
}

var textType = engine.Type{Kind: engine.String, Text: "string"}

// changed are the changes of several commits one after the other.
type changed struct {
	spans []recorded
	rows  int
}

// recorded are changes of one kind with the commit that they are from, behind so many others.
type recorded struct {
	span
	first   int
	version int64
	at      time.Time
}

func (c *changed) add(v version) {
	for _, sp := range v.changes {
		if sp.rows > 0 {
			c.spans = append(c.spans, recorded{sp, c.rows, v.Version, v.At})
			c.rows += sp.rows
		}
	}
}

// row is row i of all.
func (c *changed) row(i int) []any {
	r := c.spans[sort.Search(len(c.spans), func(n int) bool { return c.spans[n].first > i })-1]
	return append(slices.Clip(slices.Clone(r.row(i-r.first))), r.kind, r.version, r.at)
}
