package syncing

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// twice refuses a list that names something twice: whoever wrote it meant something else. Columns are the same in capitals and small letters.
func (f *Flags) twice(c connector.Connection, o *sync.Options) error {
	for _, list := range []struct {
		flag  string
		names []string
	}{{"--table", full(c, f.tables)}, {"--columns", o.Columns}, {"--key", o.Key}} {
		for i, name := range list.names {
			if slices.ContainsFunc(list.names[:i], func(other string) bool { return strings.EqualFold(other, name) }) {
				return refused(list.flag+" names "+quoted(name)+" twice.", "Name it once.")
			}
		}
	}
	return nil
}

// full are the whole names of tables, which were found in the connection.
func full(c connector.Connection, names []string) (all []string) {
	for _, name := range names {
		if found, err := sync.Chosen(c, []string{name}); err == nil && len(found) == 1 {
			all = append(all, found[0].Full())
		}
	}
	return all
}
