package home

import (
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
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
	Rotate                    // to a new secret of a saved connection
	Disconnect                // to the end of a saved connection
)

// Choice is what a person chose to go on with.
type Choice struct {
	Kind  Kind
	Saved connector.Connection // what it is done with; of HomeContinue only where that changes a saved connection
	Left  setup.Interrupted    // of HomeContinue
}

// Return puts the cursor where a set-up that was opened from the home screen has led, and says what came of it. The list is read anew
// when the screen is shown again.
func (h *Screen) Return(led setup.Outcome) {
	switch {
	case led.Saved.ID != "":
		h.list.aim = aim{saved: led.Saved.ID}
		h.say(fmt.Sprintf("Saved %q.", led.Saved.Name), false)
	case led.KeptID != "" && led.Editing.ID != "":
		h.list.aim = aim{left: led.KeptID}
		h.say(fmt.Sprintf("%q is as it was. The changes are kept here; enter goes on with them.", led.Editing.Name), false)
	case led.KeptID != "":
		h.list.aim = aim{left: led.KeptID}
		h.say("Nothing was saved yet. The answers are kept here; enter goes on with them.", false)
	case led.Editing.ID != "":
		h.list.aim = aim{saved: led.Editing.ID}
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
	}
	return env.Begin(setup.NewDraft(nil)), nil
}

// aim is an entry of the list by its ID. The zero aim is none.
type aim struct{ saved, left string }

func (e entry) aim() aim {
	if e.left != nil {
		return aim{left: e.left.ID()}
	}
	return aim{saved: e.saved.ID}
}

// again fills the list with what is there now. The cursor goes to the entry that was aimed at, or stays with the one that it is on.
func (l *entries) again(found setup.Kept) {
	at, _ := l.picker.Selected()
	to := l.aim
	if e, ok := l.current(); ok && to == (aim{}) {
		to = e.aim()
	}
	l.entries, l.damaged, l.aim = nil, nil, aim{}
	l.fill(found)
	if i := slices.IndexFunc(l.entries, func(e entry) bool { return e.aim() == to }); i >= 0 {
		at = i
	}
	l.show(max(0, at))
}
