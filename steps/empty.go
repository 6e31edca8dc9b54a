package steps

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// emptyLook asks, once for each object, which privileges the principal holds on what holds an empty list.
type emptyLook struct {
	task  ui.Task[HolderLook]
	about string
	found *HolderLook // nil before the answer
}

// start asks about an object, unless it was asked about already.
func (e *emptyLook) start(ctx context.Context, s *Setup, kind connector.SecurableType, full string) tea.Cmd {
	if e.about == full {
		return nil
	}
	e.about, e.found = full, nil
	look := s.LookAtHolder(kind, full)
	return e.task.Start(ctx, func(ctx context.Context) (HolderLook, error) { return look(ctx), nil })
}

func (e *emptyLook) take(msg tea.Msg) {
	if found, err, ok := e.task.Take(msg); ok {
		if err != nil { // a fault of this program
			found.Err = err
		}
		e.found = &found
	}
}

// forget makes the next start ask again.
func (e *emptyLook) forget() {
	e.task.Cancel()
	e.about, e.found = "", nil
}

// emptyNext is the one thing to do about an empty list.
var emptyNext = map[string]string{
	CatalogList.Noun: "Type the catalog's name and press enter; the next screen gives you the statement that opens it.",
	SchemaList.Noun:  "Type the schema's name and press enter; the next screen gives you the statement that opens it.",
	TablesList.Noun:  "ctrl+g shows the GRANT. Or type a table's name and press enter.",
}

// emptyState is the reason as a screen shows it in place of the list.
func emptyState(in Contents, e WhyEmpty) ui.State {
	if e.Nothing {
		return ui.Empty(e.What, e.Why, "Choose another "+in.Holder+": esc goes back.")
	}
	return ui.Empty(e.What, e.Why, emptyNext[in.Noun])
}
