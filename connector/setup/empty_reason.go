package setup

import (
	"context"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// How sure a reason is. A workspace lists only what a principal may see, so a list without rows proves little by itself.
const (
	likely  = "Likely: "
	NotSure = "Cannot tell from here: "
)

// WhyEmpty is why a list has no rows, with how sure that is.
type WhyEmpty struct {
	What, Why string
	Nothing   bool // it is certain that there is nothing, so another holder is the way on
}

// Contents are lists that may be empty: what they hold, what holds them, and the privilege on that which shows all of them.
type Contents struct {
	Noun   string
	Holder string // empty where nothing holds them
	shows  connector.Privilege
}

// The lists that a person chooses from.
var (
	CatalogList = Contents{Noun: "catalog"}
	SchemaList  = Contents{"schema", "catalog", connector.UseSchema}
	TablesList  = Contents{"table", "schema", connector.Select}
)

// Explain compares an empty list with the privileges that are held on what holds it. look is nil before it was looked at; refused says that
// the list itself was refused.
func (c Contents) Explain(name string, look *HolderLook, refused bool) WhyEmpty {
	out := WhyEmpty{What: "No " + c.Noun + "s to show"}
	if name != "" {
		out.What += " in " + name
	}
	switch {
	case c.Holder == "":
		out.Why = "This principal sees none, which is normal before the grants. Whether any exist does not show from here."
	case refused:
		out.Why = fmt.Sprintf("The workspace does not show this principal the %ss. Whether there are any does not show from here.", c.Noun)
	case look == nil:
		out.Why = fmt.Sprintf("This principal sees none. Looking whether %s is granted.", c.shows.SQL())
	case look.Err != nil:
		out.Why = NotSure + fmt.Sprintf("the %s has none, or they are hidden. The workspace does not show the privileges that are held on it.", c.Holder)
	case grants.Holds(look.Held, c.shows):
		out.Why = fmt.Sprintf("The %s has none. %s is held on all of it, so every %s would be listed.", c.Holder, c.shows.SQL(), c.Noun)
		out.Nothing = true
	default:
		out.Why = likely + fmt.Sprintf("they are hidden. No %s is seen to be held on the %s, and only what may be used is listed.", c.shows.SQL(), c.Holder)
	}
	return out
}

// BrowsedOnly says of how many rows of a list that they are seen through BROWSE alone, or is empty. The information schema is not among them.
func BrowsedOnly(noun string, rows int) string {
	if rows == 0 {
		return ""
	}
	return words.Plural(rows, noun+" is", noun+"s are") + " shown through BROWSE alone, which reads no row."
}

// HolderLook is which privileges the principal holds on what holds an empty list.
type HolderLook struct {
	Held []connector.Grant
	Err  error
}

// LookAtHolder is the work of asking that of an object. It gives the error in the look, where it counts as not shown.
func (s *Setup) LookAtHolder(kind connector.SecurableType, full string) func(context.Context) HolderLook {
	ws, err := s.Workspace()
	who := s.draft.Principal().Name
	return func(ctx context.Context) HolderLook {
		if err != nil {
			return HolderLook{Err: err}
		}
		held, err := ws.Effective(ctx, kind, full, who)
		return HolderLook{held, err}
	}
}

// Pager asks for one page of a listing; an empty token is the first.
type Pager[T any] func(ctx context.Context, token string) (workspace.Page[T], error)
