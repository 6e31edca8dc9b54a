package model

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Binding lets one workspace use an isolated catalog.
type Binding struct {
	WorkspaceID string // numeric
	ReadOnly    bool
}

// Bound reports whether this workspace may use a catalog at all.
func (w *World) Bound(c *Catalog) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.bound(c)
}

// bound reports whether this workspace may use the catalog at all.
func (w *World) bound(c *Catalog) bool {
	return !c.Isolated || slices.ContainsFunc(c.Bindings, w.here)
}

func (w *World) here(b Binding) bool { return b.WorkspaceID == w.workspace }

// checkWritable refuses changes to a catalog that is bound to this workspace for reading.
func (w *World) checkWritable(who *Principal, catalog string) error {
	o, err := w.object(unity.OnCatalog(catalog))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(o.catalog.Bindings, w.here)
	if o.catalog.Isolated && i >= 0 && o.catalog.Bindings[i].ReadOnly {
		return denied(who, nil, "Catalog '"+o.catalog.Name+"' is bound to this workspace in read-only mode.")
	}
	return nil
}

// mayBind follows the workspace bindings API: the metastore admin and the owner of the catalog see and change its bindings.
func (a access) mayBind(c *Catalog) bool { return a.admin || a.isOneOf(c.Owner) }

// Bindings lists the workspaces that a catalog is bound to; a catalog that is not isolated has none and is open everywhere. It takes the
// metastore admin or the owner, who may ask from a workspace that the catalog is not bound to.
func (w *World) Bindings(by *Principal, catalog string) ([]Binding, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	node, err := w.bindable(by, catalog)
	if err != nil {
		return nil, err
	}
	return slices.Clone(node.Bindings), nil
}

// Bind adds and removes bindings of a catalog and gives those it has then. A binding that is added again takes the new mode.
// It returns an *Error for everybody but the metastore admin and the owner.
func (w *World) Bind(by *Principal, catalog string, add []Binding, remove []string) ([]Binding, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	node, err := w.bindable(by, catalog)
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(slices.Clone(node.Bindings), func(b Binding) bool {
		return slices.Contains(remove, b.WorkspaceID) ||
			slices.ContainsFunc(add, func(n Binding) bool { return n.WorkspaceID == b.WorkspaceID })
	})
	node.Bindings = append(list, add...)
	return slices.Clone(node.Bindings), nil
}

// checkAmend lets through who may change an object as an amendment says. Whether a catalog is isolated is for the metastore admin and the owner,
// who may ask from a workspace that it is not bound to, and may change the rest of it besides.
func (w *World) checkAmend(by *Principal, o object, a Amendment) error {
	if a.Isolated == nil {
		return w.access(by).checkGrant(o)
	}
	if o.on.Kind != unity.CatalogKind {
		return invalidParameter("A %s cannot be isolated.", o.on.Kind)
	}
	_, err := w.bindable(by, o.on.Catalog)
	return err
}

// isolate says whether a catalog is open in its bound workspaces only. Isolating it binds it to this workspace, so that nobody shuts
// themselves out.
func (w *World) isolate(catalog string, isolated bool) {
	node, _ := w.catalog(catalog)
	node.Isolated = isolated
	if isolated && !slices.ContainsFunc(node.Bindings, w.here) {
		node.Bindings = append(slices.Clone(node.Bindings), Binding{WorkspaceID: w.workspace})
	}
}

func (w *World) bindable(by *Principal, catalog string) (*catalogNode, error) {
	o, err := w.object(unity.OnCatalog(catalog))
	if err != nil {
		return nil, err
	}
	if !w.access(by).mayBind(o.catalog) {
		return nil, denied(by, nil, "User is not an owner of Catalog '"+o.catalog.Name+"'.")
	}
	if o.catalog.Legacy || o.catalog.FixedGrants {
		return nil, invalidParameter("Catalog '%s' cannot be bound to workspaces.", o.catalog.Name)
	}
	node, _ := w.catalog(o.catalog.Name)
	return node, nil
}
