package sync

import (
	"fmt"
	"slices"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// distinct refuses columns that cannot be told apart in a file, and none at all.
func distinct(schema *arrow.Schema) error {
	if len(schema.Fields()) == 0 {
		return &connector.Error{
			Kind: ErrFormat, What: "It has no columns.", Remedy: "Name the other tables with --table, or edit the connection.",
		}
	}
	seen := map[string]bool{}
	for _, f := range schema.Fields() {
		if seen[f.Name] {
			return &connector.Error{
				Kind: ErrFormat, What: fmt.Sprintf("Two columns are named %s.", connector.CleanLine(f.Name, 120)),
				Remedy: "Have its owner rename one of them.",
			}
		}
		seen[f.Name] = true
	}
	return nil
}

// reads reports whether all of some columns are read.
func (t *TablePlan) reads(columns []string) bool {
	return len(t.Only) == 0 || !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(t.Only, c) })
}

// describe takes the columns over, and refuses what was asked for and is not there.
func (t *TablePlan) describe(detail workspace.TableDetail) error {
	wanted := t.Only
	for _, c := range detail.Columns {
		if len(wanted) > 0 && !slices.Contains(wanted, c.Name.Raw()) {
			continue
		}
		t.Columns = append(t.Columns, runs.Column{Name: c.Name.Raw(), Type: c.Type.Raw(), Comment: c.Comment.Raw(), NotNull: c.NotNull, Masked: c.Masked})
	}
	for _, list := range [][]string{t.Only, t.Key} {
		for _, name := range list {
			if !slices.ContainsFunc(t.Columns, func(c runs.Column) bool { return c.Name == name }) {
				return &connector.Error{
					Kind: connector.ErrInput, What: fmt.Sprintf("There is no column %s that is read.", connector.CleanLine(name, 120)),
					Remedy: "Name columns as the table spells them.",
				}
			}
		}
	}
	return nil
}
