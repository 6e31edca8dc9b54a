package model

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/recent"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/settings"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Metastore is the metastore that the workspace is assigned to. Its owner is the metastore admin.
type Metastore struct {
	ID, Name, Owner, Region string
}

// GlobalID is the id by which a metastore is known outside its region.
func (m Metastore) GlobalID() string { return "azure:" + m.Region + ":" + m.ID }

// World is everything in one workspace.
type World struct {
	clock     Clock
	metastore Metastore
	workspace string

	mu         sync.RWMutex
	principals map[string]*Principal // by name in lower case
	roll       atomic.Pointer[roll]  // of them; see called
	secrets    map[fingerprint]*Secret
	tokens     map[fingerprint]*Token
	tokensMade bool // whether there has ever been a token; the permissions to use them exist from then on
	settings   settings.Settings
	namespace  settings.Namespace

	lists map[Controlled]acl
	rules map[string]rules // by the SCIM id of what they are of, empty for the account

	catalogs   []*catalogNode // by name
	grants     map[unity.Securable]map[string]unity.PrivilegeSet
	items      map[shelf][]Item
	things     map[ControlledKind][]Thing // in the order they were added
	tree       tree                       // where they lie, those that lie in folders
	scopes     map[string]Scope           // of secrets, by name
	ipLists    settings.IPLists
	queries    recent.List[QueryRun] // that have ended, in that order
	warehouses []*compute.Node       // in the order they were added

	began   time.Time
	changes map[unity.Securable]change

	versions int // of tables, so far
}

type catalogNode struct {
	Catalog
	schemas []*schemaNode // by name
}

type schemaNode struct {
	Schema
	tables    []Table // by name
	generated Generated
}

// New makes an empty workspace with the given numeric id.
func New(clock Clock, workspaceID string, m Metastore) *World {
	w := &World{
		clock: clock, metastore: m, workspace: workspaceID,
		principals: map[string]*Principal{}, secrets: map[fingerprint]*Secret{}, tokens: map[fingerprint]*Token{},
		rules: map[string]rules{},
		lists: map[Controlled]acl{onTokens: {WorkspaceUsers: CanUse}, onPasswords: {WorkspaceUsers: CanUse, Admins: CanUse}}, settings: settings.Initial(),
		grants: map[unity.Securable]map[string]unity.PrivilegeSet{}, items: map[shelf][]Item{}, things: map[ControlledKind][]Thing{},
		tree: newTree(), scopes: map[string]Scope{},
		began: clock.Now(), changes: map[unity.Securable]change{},
	}
	w.addCommonFolders()
	for _, row := range registry.Controls() {
		if row.Root != "" {
			w.lists[Controlled{Kind: row.Kind, ID: row.Root}] = acl{}
		}
	}
	return w
}

// Clock is the clock that the world's states are derived from.
func (w *World) Clock() Clock { return w.clock }

// WorkspaceID is the numeric id of the workspace, as a string.
func (w *World) WorkspaceID() string { return w.workspace }

// Metastore is the metastore that the workspace is assigned to.
func (w *World) Metastore() Metastore {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.metastore
}

// AddCatalog adds c. It returns an error when the name is taken.
func (w *World) AddCatalog(c Catalog) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.insertCatalog(c)
}

func (w *World) insertCatalog(c Catalog) error {
	c.Name = strings.ToLower(c.Name)
	if c.Type == "" {
		c.Type = "MANAGED_CATALOG"
	}
	i, taken := slices.BinarySearchFunc(w.catalogs, c.Name, func(n *catalogNode, name string) int { return strings.Compare(n.Name, name) })
	if taken {
		return fmt.Errorf("add catalog: %s exists", c.Name)
	}
	node := &catalogNode{Catalog: c}
	if !c.Legacy {
		node.schemas = []*schemaNode{informationSchema(c.Name)}
	}
	w.catalogs = slices.Insert(w.catalogs, i, node)
	return nil
}

// AddSchema adds s to its catalog. It returns an error when the catalog does not exist or the name is taken.
func (w *World) AddSchema(s Schema) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	s.Catalog, s.Name = strings.ToLower(s.Catalog), strings.ToLower(s.Name)
	c, ok := w.catalog(s.Catalog)
	if !ok {
		return fmt.Errorf("add schema %s: %w", s.Name, absent(unity.OnCatalog(s.Catalog)))
	}
	i, taken := c.find(s.Name)
	if taken {
		return fmt.Errorf("add schema: %s.%s exists", s.Catalog, s.Name)
	}
	c.schemas = slices.Insert(c.schemas, i, &schemaNode{Schema: s})
	return nil
}

// AddTable adds t to its schema. It returns an error when the schema does not exist or the name is taken.
func (w *World) AddTable(t Table) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	t.Catalog, t.Schema, t.Name = strings.ToLower(t.Catalog), strings.ToLower(t.Schema), strings.ToLower(t.Name)
	s, ok := w.schema(t.Catalog, t.Schema)
	if !ok {
		return fmt.Errorf("add table %s: %w", t.Name, absent(unity.OnSchema(t.Catalog, t.Schema)))
	}
	i, taken := s.find(t.Name)
	if taken {
		return fmt.Errorf("add table: %s exists", t.Securable().FullName())
	}
	s.tables = slices.Insert(s.tables, i, t)
	return nil
}

// AddGenerated gives a schema a set of tables that are made on demand; they come after those added one by one.
func (w *World) AddGenerated(catalog, schema string, g Generated) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, ok := w.schema(strings.ToLower(catalog), strings.ToLower(schema))
	if !ok {
		return fmt.Errorf("add generated tables: %w", absent(unity.OnSchema(catalog, schema)))
	}
	s.generated = g
	return nil
}

func (w *World) catalog(name string) (*catalogNode, bool) {
	i, ok := slices.BinarySearchFunc(w.catalogs, name, func(n *catalogNode, name string) int { return strings.Compare(n.Name, name) })
	if !ok {
		return nil, false
	}
	return w.catalogs[i], true
}

func (w *World) schema(catalog, name string) (*schemaNode, bool) {
	c, ok := w.catalog(catalog)
	if !ok {
		return nil, false
	}
	i, ok := c.find(name)
	if !ok {
		return nil, false
	}
	return c.schemas[i], true
}

func (c *catalogNode) find(schema string) (int, bool) {
	return slices.BinarySearchFunc(c.schemas, schema, func(n *schemaNode, name string) int { return strings.Compare(n.Name, name) })
}

func (s *schemaNode) find(table string) (int, bool) {
	return slices.BinarySearchFunc(s.tables, table, func(t Table, name string) int { return strings.Compare(t.Name, name) })
}

// size is how many tables the schema has, kept and generated.
func (s *schemaNode) size() int { return len(s.tables) + s.generated.Count }

// at gives table i of the schema.
func (s *schemaNode) at(i int) Table {
	if i < len(s.tables) {
		return s.tables[i]
	}
	t := s.generated.Make(i - len(s.tables))
	t.Catalog, t.Schema = s.Catalog, s.Name
	return t
}

// table gives the table with this name.
func (s *schemaNode) table(name string) (Table, bool) {
	if i, ok := s.find(name); ok {
		return s.tables[i], true
	}
	if s.generated.Find != nil {
		if i, ok := s.generated.Find(name); ok {
			return s.at(len(s.tables) + i), true
		}
	}
	return Table{}, false
}
