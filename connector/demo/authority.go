package demo

import (
	"errors"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector/demo/delta"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// authority lets the SQL engine ask the model, so that REST and SQL answer from the same rules.
type authority struct {
	world    *model.World
	versions *delta.Store
}

// as looks the principal up and turns the model's refusals into those of SQL.
func (a authority) as(name string, ask func(*model.Principal) error) error {
	who, ok := a.world.Principal(name)
	if !ok {
		return engine.NotPermitted("User not authorized.")
	}
	err := ask(who)
	var refused *model.Error
	if errors.As(err, &refused) && refused.Class != "" {
		return &engine.Error{Class: refused.Class, SQLState: refused.SQLState, Message: refused.SQLText()}
	}
	return err
}

// Read asks for SELECT and what it needs above the table.
func (a authority) Read(principal string, n engine.Name) error {
	return a.as(principal, func(who *model.Principal) error { return a.world.CheckRead(who, n.Catalog, n.Schema, n.Table) })
}

// Write asks for MODIFY and what it needs above the table.
func (a authority) Write(principal string, n engine.Name) error {
	return a.as(principal, func(who *model.Principal) error { return a.world.CheckWrite(who, n.Catalog, n.Schema, n.Table) })
}

// Describe asks whether the table's columns show, for which BROWSE is enough.
func (a authority) Describe(principal string, n engine.Name) error {
	return a.as(principal, func(who *model.Principal) error {
		_, err := a.world.GetTable(who, n.Catalog, n.Schema, n.Table, true)
		return err
	})
}

// UseCatalog asks for USE CATALOG.
func (a authority) UseCatalog(principal, catalog string) error {
	return a.as(principal, func(who *model.Principal) error { return a.world.CheckUse(who, unity.OnCatalog(catalog)) })
}

// Metastore is the metastore that the workspace is assigned to.
func (a authority) Metastore() engine.Object {
	m := a.world.Metastore()
	return engine.Object{Name: m.Name, Owner: m.Owner, Details: map[string]any{
		"metastore_id": m.ID, "region": m.Region, "cloud": "azure", "privilege_model_version": "1.0", "global_metastore_id": m.GlobalID(),
	}}
}

// Catalogs lists the catalogs that show.
func (a authority) Catalogs(principal string) (list []engine.Object, err error) {
	err = a.as(principal, func(who *model.Principal) error {
		for _, c := range a.world.Catalogs(who, model.Everything).Items {
			list = append(list, engine.Object{Name: c.Item.Name, Kind: c.Item.Type, Owner: c.Item.Owner, Comment: c.Item.Comment})
		}
		return nil
	})
	return list, err
}

// Schemas lists the schemas of a catalog that show.
func (a authority) Schemas(principal, catalog string) (list []engine.Object, err error) {
	err = a.as(principal, func(who *model.Principal) error {
		page, err := a.world.Schemas(who, catalog, model.Everything)
		for _, s := range page.Items {
			list = append(list, engine.Object{Name: s.Item.Name, Owner: s.Item.Owner, Comment: s.Item.Comment})
		}
		return err
	})
	return list, err
}

// Tables lists the tables of a schema that show.
func (a authority) Tables(principal, catalog, schema string) (list []engine.Object, err error) {
	err = a.as(principal, func(who *model.Principal) error {
		page, err := a.world.Tables(who, catalog, schema, model.Everything)
		for _, t := range page.Items {
			list = append(list, engine.Object{Name: t.Item.Name, Kind: string(t.Item.Type), Owner: t.Item.Owner, Comment: t.Item.Comment})
		}
		return err
	})
	return list, err
}

// nouns are the rows of the model's kinds as the engine has them.
var nouns = sync.OnceValue(func() []engine.Noun {
	var list []engine.Noun
	for _, row := range unity.Kinds() {
		for i, n := range row.SQL {
			noun := engine.Noun{Words: n.Words, Type: n.Shown, Parts: row.Parts()}
			if i == 0 {
				noun.Show, noun.Information, noun.Grants = engine.Listing(row.Show), engine.Listing(row.Information), engine.Listing(row.Grants)
			}
			list = append(list, noun)
		}
	}
	return list
})

// Nouns are the kinds of object that statements can name.
func (a authority) Nouns() []engine.Noun { return nouns() }

// Objects lists what shows of a kind in a schema or below the metastore.
func (a authority) Objects(principal string, noun engine.Noun, catalog, schema string) (list []engine.Object, err error) {
	err = a.as(principal, func(who *model.Principal) error {
		page, err := a.world.Items(who, kindOf(noun.Type), catalog, schema, model.Everything)
		for _, o := range page.Items {
			list = append(list, engine.Object{Name: o.Item.On.Name, Owner: o.Item.Owner, Comment: o.Item.Comment, Details: a.columns(o.Item)})
		}
		return err
	})
	return list, err
}

// columns are the details of an item by the names of columns, with its history.
func (a authority) columns(item model.Item) map[string]any {
	details, past := a.world.ItemDetails(item), a.world.History(item.On)
	details["created"], details["created_by"] = past.Created, past.CreatedBy
	details["last_altered"], details["last_altered_by"] = past.Updated, past.UpdatedBy
	for _, row := range unity.Kinds() {
		if row.Kind != item.On.Kind {
			continue
		}
		for column, field := range row.Fields {
			if value, known := details[field]; known {
				details[column] = value
			}
		}
	}
	return details
}

// Grants lists the effective privileges on an object, the inherited ones with the object they come from.
func (a authority) Grants(principal string, on engine.Securable, grantee string) (lines []engine.Grant, err error) {
	err = a.as(principal, func(who *model.Principal) error {
		object, err := securable(on)
		if err != nil {
			return err
		}
		found, err := a.world.Effective(who, object, grantee)
		for _, assigned := range found {
			for _, held := range assigned.Privileges {
				from := on
				if held.From.Kind != "" {
					from = engine.Securable{Type: held.From.Kind.REST(), Name: strings.Split(held.From.FullName(), ".")}
				}
				lines = append(lines, engine.Grant{Principal: assigned.Principal, Privilege: held.Privilege.SQL(), On: from})
			}
		}
		return err
	})
	return lines, err
}

// Change applies a GRANT or a REVOKE.
func (a authority) Change(principal string, c engine.Change) error {
	return a.as(principal, func(who *model.Principal) error {
		object, err := securable(c.On)
		if err != nil {
			return err
		}
		var list []unity.Privilege
		for _, word := range c.Privileges {
			p, err := unity.ParsePrivilege(word)
			if err != nil {
				return err
			}
			list = append(list, p)
		}
		change := model.Change{Principal: c.Principal, Add: list}
		if c.Revoke {
			change.Add, change.Remove = nil, list
		}
		_, err = a.world.Apply(who, object, []model.Change{change})
		return err
	})
}

// kindOf is the kind of object that statements call so, among them "VIEW", which is a table to the model.
func kindOf(shown string) unity.Kind {
	for _, row := range unity.Kinds() {
		for _, noun := range row.SQL {
			if noun.Shown == shown {
				return row.Kind
			}
		}
	}
	return unity.Kind(shown)
}

// securable names the engine's object for the model.
func securable(on engine.Securable) (unity.Securable, error) {
	return unity.ParseSecurable(string(kindOf(on.Type)), strings.Join(on.Name, "."))
}
