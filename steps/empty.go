package steps

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// How sure a reason is. A workspace lists only what a principal may see, so a list without rows proves little by itself.
const (
	certain    = "Certain: "
	likely     = "Likely: "
	cannotTell = "Cannot tell from here: "
)

// whyEmpty is why a list has no rows, with how sure that is, and the one thing to do.
type whyEmpty struct{ what, why, next string }

// state is the reason as a screen shows it in place of the list.
func (e whyEmpty) state() ui.State { return ui.Empty(e.what, e.why, e.next) }

// contents are lists that may be empty: what they hold, what holds them, and the privilege on that which shows all of them.
type contents struct {
	noun, holder string
	shows        connector.Privilege
	next         string
}

var (
	catalogsIn = contents{noun: "catalog", next: "Type the catalog's name and press enter; the next screen gives you the statement that opens it."}
	schemasIn  = contents{"schema", "catalog", connector.UseSchema, "Type the schema's name and press enter; the next screen gives you the statement that opens it."}
	tablesIn   = contents{"table", "schema", connector.Select, "ctrl+g shows the GRANT. Or type a table's name and press enter."}
)

// explain compares an empty list with the privileges that are held on what holds it. refused says that the list itself was refused.
func (c contents) explain(name string, look *emptyLook, refused bool) whyEmpty {
	out := whyEmpty{what: "No " + c.noun + "s to show", next: c.next}
	if name != "" {
		out.what += " in " + name
	}
	switch {
	case c.holder == "":
		out.why = certain + "this principal sees none, which is normal before the grants. Whether any exist does not show from here."
	case refused:
		out.why = certain + fmt.Sprintf("the workspace does not show this principal the %ss. Whether there are any does not show from here.", c.noun)
	case look == nil || !look.done:
		out.why = fmt.Sprintf("This principal sees none. Looking whether %s is granted.", c.shows.SQL())
	case look.err != nil:
		out.why = cannotTell + fmt.Sprintf("the %s has none, or they are hidden. The workspace does not show the privileges that are held on it.", c.holder)
	case grants.Holds(look.held, c.shows):
		out.why = certain + fmt.Sprintf("the %s has none. %s is held on all of it, so every %s would be listed.", c.holder, c.shows.SQL(), c.noun)
		out.next = "Choose another " + c.holder + ": esc goes back."
	default:
		out.why = likely + fmt.Sprintf("they are hidden. No %s is seen to be held on the %s, and only what may be used is listed.", c.shows.SQL(), c.holder)
	}
	return out
}

// metadataOnly says that all rows of a list are seen through BROWSE alone, or is empty.
func metadataOnly(noun string, rows int) string {
	switch rows {
	case 0:
		return ""
	case 1:
		return certain + "the only " + noun + " is metadata only, listed through BROWSE."
	}
	return certain + fmt.Sprintf("all %s are metadata only, listed through BROWSE.", words.Count(rows, noun))
}

// emptyLook asks, once for each object, which privileges the principal holds on what holds an empty list.
type emptyLook struct {
	task  ui.Task[[]connector.Grant]
	about string
	done  bool
	held  []connector.Grant
	err   error
}

// start asks about an object, unless it was asked about already.
func (e *emptyLook) start(ctx context.Context, s *Setup, kind connector.SecurableType, full string) tea.Cmd {
	if e.about == full {
		return nil
	}
	e.about, e.done, e.held, e.err = full, false, nil, nil
	ws, err := s.Workspace()
	if err != nil {
		e.done, e.err = true, err
		return nil
	}
	who := s.draft.Principal().Name
	return e.task.Start(ctx, func(ctx context.Context) ([]connector.Grant, error) { return ws.Effective(ctx, kind, full, who) })
}

func (e *emptyLook) take(msg tea.Msg) {
	if held, err, ok := e.task.Take(msg); ok {
		e.done, e.held, e.err = true, held, err
	}
}

// forget makes the next start ask again.
func (e *emptyLook) forget() {
	e.task.Cancel()
	e.about, e.done = "", false
}

// lookNow is start without a screen to wait on, for the plain prompts.
func lookNow(ctx context.Context, s *Setup, kind connector.SecurableType, full string) *emptyLook {
	e := &emptyLook{done: true}
	ws, err := s.Workspace()
	if err == nil {
		e.held, err = ws.Effective(ctx, kind, full, s.draft.Principal().Name)
	}
	e.err = err
	return e
}
