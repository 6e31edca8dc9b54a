package check

import (
	"context"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// asked holds what one walk has asked the workspace, so that stages that run side by side share an answer instead of asking twice.
type asked struct {
	me         shared[connector.Principal]
	warehouses shared[workspace.Page[connector.Warehouse]]
	warehouse  shared[connector.Warehouse]
	catalogs   shared[connector.Catalog]
	schemas    shared[connector.Schema]
	tables     shared[connector.Table]
	session    shared[struct{}]
}

func newAsked() *asked { return &asked{} }

// whoami asks who is signed in.
func (s *Subject) whoami(ctx context.Context) (connector.Principal, error) {
	return s.asked.me.get(ctx, "", s.Workspace.Me)
}

// name is the name that the workspace knows the connector by. For a service principal that signs in with a secret it is the client ID.
func (s *Subject) name(ctx context.Context) (connector.Remote, error) {
	if id := s.Workspace.ClientID(); id != "" {
		return id.Name(), nil
	}
	if s.Principal.Name.Raw() != "" {
		return s.Principal.Name, nil
	}
	me, err := s.whoami(ctx)
	return me.Name, err
}

// someWarehouses is the first page of the SQL warehouses.
func (s *Subject) someWarehouses(ctx context.Context) (workspace.Page[connector.Warehouse], error) {
	return s.asked.warehouses.get(ctx, "", func(ctx context.Context) (workspace.Page[connector.Warehouse], error) {
		return s.Workspace.Warehouses(ctx, "")
	})
}

// warehouse is the chosen SQL warehouse as it was when the walk first asked.
func (s *Subject) warehouse(ctx context.Context) (connector.Warehouse, error) {
	return s.asked.warehouse.get(ctx, string(s.Warehouse.ID), func(ctx context.Context) (connector.Warehouse, error) {
		return s.Workspace.Warehouse(ctx, s.Warehouse.ID)
	})
}

// connect opens a session on the chosen SQL warehouse, which starts a stopped one: ask for its state first.
func (s *Subject) connect(ctx context.Context) error {
	_, err := s.asked.session.get(ctx, string(s.Warehouse.ID), func(ctx context.Context) (struct{}, error) {
		session, err := s.Session()
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, session.Connect(ctx)
	})
	return err
}

func (s *Subject) table(ctx context.Context, name connector.TableName) (connector.Table, error) {
	return s.asked.tables.get(ctx, name.Full(), func(ctx context.Context) (connector.Table, error) { return s.Workspace.Table(ctx, name) })
}

// sighting is how an object shows to the connector.
type sighting struct {
	owner      connector.Remote
	browseOnly bool
}

func (s *Subject) look(ctx context.Context, object grants.Object) (sighting, error) {
	switch object.Type {
	case connector.CatalogType:
		found, err := s.asked.catalogs.get(ctx, object.Full(), func(ctx context.Context) (connector.Catalog, error) {
			return s.Workspace.Catalog(ctx, object.Name.Catalog)
		})
		return sighting{found.Owner, found.BrowseOnly}, err
	case connector.SchemaType:
		found, err := s.asked.schemas.get(ctx, object.Full(), func(ctx context.Context) (connector.Schema, error) {
			return s.Workspace.Schema(ctx, object.Name.SchemaName)
		})
		return sighting{found.Owner, found.BrowseOnly}, err
	}
	found, err := s.table(ctx, object.Name)
	return sighting{found.Owner, found.BrowseOnly}, err
}

// shared are answers that several stages want. The first asks, the others wait for it, each within its own time. When the one that asks is
// cut short, the next asks again.
type shared[T any] struct {
	mu    sync.Mutex
	calls map[string]*call[T]
}

type call[T any] struct {
	done     chan struct{}
	value    T
	err      error
	cutShort bool
}

func (s *shared[T]) get(ctx context.Context, key string, ask func(context.Context) (T, error)) (T, error) {
	for {
		c, mine := s.join(key)
		if mine {
			c.value, c.err = ask(ctx)
			if c.cutShort = c.err != nil && ctx.Err() != nil; c.cutShort {
				s.forget(key)
			}
			close(c.done)
			return c.value, c.err
		}
		select {
		case <-c.done:
			if !c.cutShort {
				return c.value, c.err
			}
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		}
	}
}

func (s *shared[T]) join(key string) (c *call[T], mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.calls[key]; ok {
		return c, false
	}
	if s.calls == nil {
		s.calls = map[string]*call[T]{}
	}
	c = &call[T]{done: make(chan struct{})}
	s.calls[key] = c
	return c, true
}

func (s *shared[T]) forget(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.calls, key)
}
