package demo

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rows"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Create makes what a CREATE statement says.
func (a authority) Create(principal string, made engine.Creation) error {
	return a.as(principal, func(who *model.Principal) error {
		name := append(append([]string{}, made.On.Name...), "", "")
		switch made.On.Type {
		case "CATALOG":
			return a.world.CreateCatalog(who, model.Catalog{Name: name[0], Comment: made.Comment})
		case "SCHEMA":
			return a.world.CreateSchema(who, model.Schema{Catalog: name[0], Name: name[1], Comment: made.Comment})
		}
		table := model.Table{
			Catalog: name[0], Schema: name[1], Name: name[2], Comment: made.Comment, Type: model.Managed, ViewDefinition: made.SQL,
			RowCount: len(made.Rows), Rows: func(i int) []any { return made.Rows[i] },
		}
		if made.On.Type == "VIEW" {
			table.Type, table.Rows = model.View, nil
		}
		for _, c := range made.Columns {
			column, err := keptColumn(c)
			if err != nil {
				return err
			}
			table.Columns = append(table.Columns, column)
		}
		if err := a.world.CheckCreateTable(who, table, made.Replace); err != nil {
			return err // before the table's log is asked, whose bounds are told to nobody else
		}
		on := engine.NewName(name[0], name[1], name[2])
		return a.versions.Write(on, principal, false, made.Properties, func() error { return a.world.CreateTable(who, table, made.Replace) })
	})
}

// Drop ends what a DROP statement says.
func (a authority) Drop(principal string, on engine.Securable, cascade bool) error {
	return a.as(principal, func(who *model.Principal) error {
		object, err := securable(on)
		switch {
		case err != nil:
			return err
		case object.Kind == unity.TableKind:
			return a.versions.Forget(object, func() error { return a.world.DropTable(who, object, on.Type == "VIEW") })
		}
		return a.versions.Forget(object, func() error { return a.world.Drop(who, object, cascade) })
	})
}

// Insert adds rows to a table.
func (a authority) Insert(principal string, table engine.Name, more [][]any) error {
	return a.as(principal, func(who *model.Principal) error {
		return a.versions.Write(table, principal, true, nil, func() error { return a.rewrite(who, table, rows.Change{Inserted: more}) })
	})
}

// Edit changes rows of a table.
func (a authority) Edit(principal string, table engine.Name, edit engine.Edit) error {
	return a.as(principal, func(who *model.Principal) error {
		return a.versions.Edit(principal, table, edit, func() error {
			if edit.All {
				return a.world.Rewrite(who, unity.OnTable(table.Catalog, table.Schema, table.Table), func(rows.Tree, int) (rows.Tree, int) { return rows.Tree{}, 0 })
			}
			return a.rewrite(who, table, rows.Change{Deleted: edit.Deleted, Updated: edit.Updated, After: edit.After, Inserted: edit.Inserted})
		})
	})
}

func (a authority) rewrite(who *model.Principal, table engine.Name, change rows.Change) error {
	return a.world.Rewrite(who, unity.OnTable(table.Catalog, table.Schema, table.Table), func(all rows.Tree, sorted int) (rows.Tree, int) {
		return all.Apply(change, sorted)
	})
}

// Restructure gives a table other columns.
func (a authority) Restructure(principal string, table engine.Name, change engine.Restructure) error {
	return a.as(principal, func(who *model.Principal) error {
		columns, from := make([]unity.Column, len(change.Columns)), make([]int, len(change.Columns))
		for i, c := range change.Columns {
			column, err := keptColumn(c.Column)
			if err != nil {
				return err
			}
			columns[i], from[i] = column, c.From
		}
		return a.versions.Restructure(principal, table, change, func() error {
			return a.world.Restructure(who, unity.OnTable(table.Catalog, table.Schema, table.Table), columns, from)
		})
	})
}

// Comment gives an object another comment.
func (a authority) Comment(principal string, on engine.Securable, comment string) error {
	return a.as(principal, func(who *model.Principal) error {
		object, err := securable(on)
		if err != nil {
			return err
		}
		return a.world.Amend(who, object, model.Amendment{Comment: &comment})
	})
}

// keptColumn is a column as the world keeps it, of the types that it has.
func keptColumn(c engine.Column) (unity.Column, error) {
	column, err := unity.ParseColumnType(c.Type.Text)
	if err != nil {
		return unity.Column{}, &engine.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000",
			Message: "The embedded workspace does not keep columns of the type " + c.Type.Text + ".",
		}
	}
	column.Name, column.Comment, column.NotNull = c.Name, c.Comment, !c.Nullable
	return column, nil
}
