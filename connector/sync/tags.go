package sync

import (
	"context"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
)

// tagsAtOnce is of how many tables the tags are asked for at a time.
const tagsAtOnce = 200

// tags finds the tags of planned tables and of their columns. They are told as far as they are visible: where a workspace does not give them the
// manifest says so, and the run goes on. The error is the context's own.
func (s *Sync) tags(ctx context.Context, planned []TablePlan) error {
	of := map[connector.SchemaName][]connector.TableName{}
	plans := map[connector.TableName]*TablePlan{}
	for i := range planned {
		if name, err := planned[i].name(); err == nil {
			of[name.SchemaName], plans[name] = append(of[name.SchemaName], name), &planned[i]
		}
	}
	for schema, all := range of {
		for some := range slices.Chunk(all, tagsAtOnce) {
			for _, ofColumns := range []bool{false, true} {
				found, err := ask(ctx, s, func(ctx context.Context) ([]query.Tag, error) { return s.session.Tags(ctx, schema, some, ofColumns) })
				if ctx.Err() != nil {
					return ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
				}
				for _, name := range some {
					plans[name].tagged(found, err != nil)
				}
			}
		}
	}
	return nil
}

// tagged puts the tags of the table in, of all that were found.
func (t *TablePlan) tagged(found []query.Tag, hidden bool) {
	t.TagsHidden = t.TagsHidden || hidden
	put := func(into *map[string]string, tag query.Tag) {
		if *into == nil {
			*into = map[string]string{}
		}
		(*into)[tag.Name] = tag.Value
	}
	for _, tag := range found {
		if tag.Table != t.Parts[2] {
			continue
		}
		if tag.Column == "" {
			put(&t.Tags, tag)
			continue
		}
		for i := range t.Columns {
			if t.Columns[i].Name == tag.Column {
				put(&t.Columns[i].Tags, tag)
			}
		}
	}
}
