package demo

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/delta"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// newVersions makes the logs of the world's tables.
func newVersions(world *model.World) *delta.Store {
	versions := delta.New(delta.Options{Now: world.Clock().Now, Find: func(n engine.Name) (delta.Found, error) {
		t, err := world.Table(n.Catalog, n.Schema, n.Table)
		if err != nil {
			return delta.Found{}, engine.TableNotFound(n)
		}
		table, err := engineTable(n, t)
		if err != nil {
			return delta.Found{}, err
		}
		past := world.History(t.Securable())
		return delta.Found{
			Table: table, Created: past.Created, By: past.CreatedBy, ID: world.ObjectID(t.Securable()), Location: rest.TableLocation(world, t),
		}, nil
	}})
	presetFeeds(versions)
	return versions
}

// shownProperties tells the REST face the properties of a table.
func shownProperties(versions *delta.Store) func(unity.Securable) map[string]string {
	return func(on unity.Securable) map[string]string {
		return versions.Shown(engine.NewName(on.Catalog, on.Schema, on.Name))
	}
}
