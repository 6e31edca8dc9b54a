package grants

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// Reader is a workspace to ask: the connector's own, or the same one seen by an admin.
type Reader interface {
	Effective(ctx context.Context, kind connector.SecurableType, fullName string, principal connector.Remote) ([]connector.Grant, error)
	Catalog(ctx context.Context, name connector.Ident) (connector.Catalog, error)
	Schema(ctx context.Context, name connector.SchemaName) (connector.Schema, error)
	Table(ctx context.Context, name connector.TableName) (connector.Table, error)
	Me(ctx context.Context) (connector.Principal, error)
}

// Sight is how much of an object the reader sees.
type Sight uint8

// An object is hidden (or does not exist; a workspace does not tell the two apart), seen for its metadata through BROWSE alone, or seen
// in full.
const (
	Hidden Sight = iota
	BrowseOnly
	Full
)

// View is what was found out about one object.
type View struct {
	Object      Object
	Owner       connector.Remote
	Sight       Sight
	Denied      []connector.Grant // kept from somebody, in hive_metastore alone; a grant does not lift it
	Grants      []connector.Grant // effective on the object, the inherited ones with what they come from
	Everybody   bool              // Grants are those of all principals, proven whole; otherwise there may be others
	Unseen      string            // why the grants could not be read, empty when they were
	Elsewhere   bool              // the catalog is bound to other workspaces only, so no grant opens it here
	RowFilter   bool
	ColumnMasks bool
}

// parallelLooks bounds the requests in flight, so that a hundred chosen tables do not become a burst.
const parallelLooks = 4

// Look finds out what is known about each object, in the order given. What a workspace refuses to show is noted in the view; an error is
// one of the network or of signing in.
func Look(ctx context.Context, r Reader, who connector.Remote, objects []Object) ([]View, error) {
	views, errs := make([]View, len(objects)), make([]error, len(objects))
	slots := make(chan struct{}, parallelLooks)
	var wait contain.Group
	for i, object := range objects {
		slots <- struct{}{}
		wait.Go("looking at an object", func() {
			defer func() { <-slots }()
			views[i], errs[i] = look(ctx, r, who, object)
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return views, err
	}
	return views, proveWhole(ctx, r, views)
}

// proveWhole leaves no list for one of everybody's grants that the reader has no right to see whole: a workspace leaves out what somebody
// may not see, and says nothing of it. What is absent from such a list is not known to be absent.
func proveWhole(ctx context.Context, r Reader, views []View) error {
	if !slices.ContainsFunc(views, func(v View) bool { return v.Everybody }) {
		return nil
	}
	reader, err := Asking(ctx, r)
	if err != nil {
		return err
	}
	for i := range views {
		views[i].Everybody = views[i].Everybody && reader.Judge(views[i], views...).seesAll()
	}
	return nil
}

// Asking is whoever asks a workspace, nobody where it does not say who that is. An error is one of the network.
func Asking(ctx context.Context, r Reader) (Who, error) {
	me, err := r.Me(ctx)
	if err != nil && !Refused(err) {
		return Who{}, fmt.Errorf("ask who is looking: %w", err)
	}
	return Self(me), nil
}

// List reads the grants on the object of a view into it, as reader sees them: everybody's, or those of who where the workspace refuses more.
// They count as everybody's only where the reader has the right to see them whole, by the views of what the object is in among others.
func (v *View) List(ctx context.Context, r Reader, reader, who Who, above ...View) error {
	if err := v.list(ctx, r, who.Principal.Name); err != nil {
		return err
	}
	v.Everybody = v.Everybody && reader.Judge(*v, above...).seesAll()
	return nil
}

// list asks for the grants. Whoever may manage an object is shown everybody's on it, groups included. Others are shown their own.
func (v *View) list(ctx context.Context, r Reader, who connector.Remote) error {
	found, err := r.Effective(ctx, v.Object.Type, v.Object.Full(), connector.Remote{})
	v.Everybody = err == nil
	if Refused(err) {
		found, err = r.Effective(ctx, v.Object.Type, v.Object.Full(), who)
	}
	v.Grants = found
	return err //nolint:wrapcheck // by its callers, who tell a refusal apart first
}

// Objects are the objects of needs, each once, parents first, with the objects above them that the needs do not name. A principal that
// looks by itself and needs SELECT on a whole schema adds the chosen tables to them: only the sight of a table tells about a SELECT that
// comes through a group.
func Objects(needs []Need) []Object {
	var out []Object
	add := func(o Object) {
		for _, have := range out {
			if have.Same(o) {
				return
			}
		}
		out = append(out, o)
	}
	for _, need := range needs {
		for parent, ok := need.On.Parent(); ok; parent, ok = parent.Parent() {
			if grand, more := parent.Parent(); more {
				add(grand)
			}
			add(parent)
		}
		add(need.On)
	}
	return out
}

func look(ctx context.Context, r Reader, who connector.Remote, object Object) (View, error) {
	v := View{Object: object}
	if object.Name.Legacy() {
		v.Unseen = "hive_metastore is outside Unity Catalog and does not show its privileges over REST"
		return v, nil
	}
	if err := v.see(ctx, r); err != nil {
		return v, err
	}
	err := v.list(ctx, r, who)
	switch {
	case elsewhere(err):
		v.Elsewhere = true
	case Refused(err):
		v.Unseen = "the workspace does not show the privileges on " + object.Title()
	case err != nil:
		return v, fmt.Errorf("look at %s: %w", object.Title(), err)
	}
	return v, nil
}

// see asks for the object itself: its owner, and whether more than its name shows.
func (v *View) see(ctx context.Context, r Reader) error {
	var err error
	browse := false
	switch v.Object.Type {
	case connector.CatalogType:
		var c connector.Catalog
		c, err = r.Catalog(ctx, v.Object.Name.Catalog)
		v.Owner, browse = c.Owner, c.BrowseOnly
	case connector.SchemaType:
		var s connector.Schema
		s, err = r.Schema(ctx, v.Object.Name.SchemaName)
		v.Owner, browse = s.Owner, s.BrowseOnly
	case connector.TableType:
		var t connector.Table
		t, err = r.Table(ctx, v.Object.Name)
		v.Owner, browse, v.RowFilter, v.ColumnMasks = t.Owner, t.BrowseOnly, t.RowFilter, t.ColumnMasks
		if err == nil && t.Kind != "" {
			v.Object.Keyword = t.Kind.SQL()
		}
	}
	switch {
	case elsewhere(err):
		v.Elsewhere = true
	case Refused(err):
	case err != nil:
		return fmt.Errorf("look at %s: %w", v.Object.Title(), err)
	case browse:
		v.Sight = BrowseOnly
	default:
		v.Sight = Full
	}
	return nil
}

// Refused reports that a workspace does not show something: it does not tell what is hidden from what does not exist. A refusal of whoever
// asks, whatever they ask for, is none of an object: the workspace writes its status for a code then, or names a scope.
func Refused(err error) bool {
	var answer *apierr.APIError
	if errors.As(err, &answer) && (wholesale().MatchString(answer.ErrorCode) || wantsScope().MatchString(answer.Message)) {
		return false
	}
	return errors.Is(err, apierr.ErrPermissionDenied) || errors.Is(err, apierr.ErrNotFound)
}

var (
	wholesale  = pattern.New(`^\d{3}$`)
	wantsScope = pattern.New(`required scopes`)
)

// elsewhere recognises the refusal of a catalog that is bound to other workspaces. REST and SQL both say it in these words.
func elsewhere(err error) bool {
	return Refused(err) && strings.Contains(err.Error(), "is not accessible in current workspace")
}
