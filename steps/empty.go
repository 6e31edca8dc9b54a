package steps

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// emptyLook asks, once for each object, which privileges the principal holds on what holds an empty list.
type emptyLook struct {
	task  ui.Task[setup.HolderLook]
	about string
	found *setup.HolderLook // nil before the answer
}

// start asks about an object, unless it was asked about already.
func (e *emptyLook) start(ctx context.Context, s *setup.Setup, kind connector.SecurableType, full string) tea.Cmd {
	if e.about == full {
		return nil
	}
	e.about, e.found = full, nil
	look := s.LookAtHolder(kind, full)
	return e.task.Start(ctx, func(ctx context.Context) (setup.HolderLook, error) { return look(ctx), nil })
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
	setup.CatalogList.Noun: "Type the catalog's name and press enter; the next screen gives you the statement that opens it.",
	setup.SchemaList.Noun:  "Type the schema's name and press enter; the next screen gives you the statement that opens it.",
	setup.TablesList.Noun:  "ctrl+g shows the GRANT. Or type a table's name and press enter.",
}

// emptyState is the reason as a screen shows it in place of the list.
func emptyState(in setup.Contents, e setup.WhyEmpty) ui.State {
	if e.Nothing {
		return ui.Empty(e.What, e.Why, "Choose another "+in.Holder+": esc goes back.")
	}
	return ui.Empty(e.What, e.Why, emptyNext[in.Noun])
}
