package home

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// Kind is where a person goes from the home screen.
type Kind int

// The ways out of the home screen.
const (
	Nowhere       Kind = iota // nowhere: the program ends
	NothingSaved              // nothing is saved, so there is nothing to show
	NewConnection             // to a new connection
	Edit                      // to a saved connection, to change it
	Continue                  // to a set-up that was left
	Import                    // to a new connection from a file that export wrote
	Rotate                    // to a new secret of a saved connection, line by line
	Disconnect                // to the end of a saved connection, line by line
	Certify                   // to what a saved connection may do, as an admin sees it, line by line
	Compare                   // to its grants, as an admin sees them, line by line
	Workspace                 // to what a door leads to, line by line
)

// Choice is what a person chose to go on with.
type Choice struct {
	Kind  Kind
	Saved connector.Connection // what it is done with; of Continue only where that changes a saved connection
	Left  setup.Interrupted    // of Continue
	Draft *setup.Draft         // of Import
	Door  Door                 // of Workspace
}

// Return puts the cursor where a set-up that was opened from the home screen has led, and says what came of it. The list is read anew
// when the screen is shown again.
func (h *Screen) Return(led setup.Outcome) {
	switch {
	case led.Saved.ID != "":
		h.list.returnTo = entryID{saved: led.Saved.ID}
		h.say(saved.Saved(led.Editing, led.Saved), false)
	case led.KeptID != "" && led.Editing.ID != "":
		h.list.returnTo = entryID{left: led.KeptID}
		h.say(fmt.Sprintf("%q is as it was. The changes are kept here; enter goes on with them.", led.Editing.Name), false)
	case led.KeptID != "":
		h.list.returnTo = entryID{left: led.KeptID}
		h.say("Nothing was saved yet. The answers are kept here; enter goes on with them.", false)
	case led.Editing.ID != "":
		h.list.returnTo = entryID{saved: led.Editing.ID}
		h.say(fmt.Sprintf("Nothing changed; %q is as it was.", led.Editing.Name), false)
	}
}

// Open makes the set-up that the person chose to go on with.
func (c Choice) Open(env setup.Environment) (*setup.Setup, error) {
	switch c.Kind {
	case Edit:
		return env.Edit(c.Saved)
	case Continue:
		return env.Continue(c.Left, c.Saved), nil
	case Import:
		return env.Begin(c.Draft), nil
	}
	draft, err := env.NewDraft()
	if err != nil {
		return nil, err
	}
	return env.Begin(draft), nil
}
