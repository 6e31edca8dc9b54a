// Package seed reads the world of the demo from the files of assets that begin with "demo-", and makes the rows of its tables. It refuses
// what it does not know: a privilege, a type or a kind that is none, a principal that is not there, a value that does not fit its column.
package seed

import (
	"fmt"
	"slices"
	"sync"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Seed is what every scenario begins with, in the order to add it. It is shared: who changes anything in it changes a copy.
type Seed struct {
	Metastore    model.Metastore
	Principals   []model.Principal
	TokenHolders []string // principals who have a personal access token that does not expire
	Lists        []List
	Catalogs     []model.Catalog
	Schemas      []model.Schema
	Tables       []model.Table
	Items        []model.Item
	Things       []model.Thing
	Scopes       []Scope
	IPLists      []model.IPList
	Grants       []Grant
}

// List is an access control list.
type List struct {
	On     model.Controlled
	Access map[string]model.Level // by principal
}

// Grant is privileges of one principal on one object.
type Grant struct {
	On         unity.Securable
	To         string
	Privileges []unity.Privilege
}

// systemUser owns what nobody made. It is no principal.
const systemUser = "System user"

// Read gives the seed. The files are read at the first call; the error is that of the first thing that is wrong with them.
var Read = sync.OnceValues(func() (Seed, error) {
	return read(fromAssets.ahead())
})

// source gives the files, which tests replace.
type source struct {
	people  func() (peopleFile, error)
	objects func() (objectsFile, error)
	tables  func() (tablesFile, error)
	houses  func() (houses, error)
	things  func() (workspaceFile, error)
}

var fromAssets = source{
	people:  func() (peopleFile, error) { return assets.Read[peopleFile]("demo-people.yaml") },
	objects: func() (objectsFile, error) { return assets.Read[objectsFile]("demo-objects.yaml") },
	tables:  func() (tablesFile, error) { return assets.Read[tablesFile]("demo-tables.yaml") },
	houses:  readHouses,
	things:  func() (workspaceFile, error) { return assets.Read[workspaceFile]("demo-workspace.yaml") },
}

// ahead begins to read all files at once: they take most of the time that the embedded workspace needs to start.
func (s source) ahead() source {
	return source{ahead(s.people), ahead(s.objects), ahead(s.tables), ahead(s.houses), ahead(s.things)}
}

func ahead[T any](read func() (T, error)) func() (T, error) {
	answer := contain.Ask("reading the demo's world", read)
	return func() (T, error) {
		a := <-answer
		return a.Value, a.Err
	}
}

func read(files source) (Seed, error) {
	var s Seed
	people, err := files.people()
	if err != nil {
		return Seed{}, err
	}
	if err := people.into(&s); err != nil {
		return Seed{}, fmt.Errorf("demo-people.yaml: %w", err)
	}
	objects, err := files.objects()
	if err != nil {
		return Seed{}, err
	}
	if err := objects.into(&s); err != nil {
		return Seed{}, fmt.Errorf("demo-objects.yaml: %w", err)
	}
	tables, err := files.tables()
	if err != nil {
		return Seed{}, err
	}
	if err := tables.into(&s); err != nil {
		return Seed{}, fmt.Errorf("demo-tables.yaml: %w", err)
	}
	warehouses, err := files.houses()
	if err != nil {
		return Seed{}, err
	}
	if err := warehouses.check(&s); err != nil {
		return Seed{}, err
	}
	things, err := files.things()
	if err != nil {
		return Seed{}, err
	}
	if err := things.into(&s); err != nil {
		return Seed{}, fmt.Errorf("demo-workspace.yaml: %w", err)
	}
	return s, nil
}

// knows returns an error for a name that is no principal's.
func (s *Seed) knows(name string) error {
	if slices.ContainsFunc(s.Principals, func(p model.Principal) bool { return p.Name == name }) {
		return nil
	}
	return fmt.Errorf("there is no principal %q", name)
}

// mayOwn is knows for an owner.
func (s *Seed) mayOwn(name string) error {
	if name == systemUser {
		return nil
	}
	return s.knows(name)
}
