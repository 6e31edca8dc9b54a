package steps

import (
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
)

// HomeKind is where a person goes from the home screen.
type HomeKind int

// The ways out of the home screen.
const (
	HomeLeft       HomeKind = iota // nowhere: the program ends
	HomeEmpty                      // nothing is saved, so there is nothing to show
	HomeNew                        // to a new connection
	HomeEdit                       // to a saved connection, to change it
	HomeContinue                   // to a set-up that was left
	HomeRotate                     // to a new secret of a saved connection
	HomeDisconnect                 // to the end of a saved connection
)

// HomeChoice is what a person chose to go on with.
type HomeChoice struct {
	Kind  HomeKind
	Saved connector.Connection // what it is done with; of HomeContinue only where that changes a saved connection
	Left  Interrupted          // of HomeContinue
}

// Return puts the cursor where a set-up that was opened from the home screen has led, and says what came of it. The list is read anew
// when the screen is shown again.
func (h *Home) Return(led Outcome) {
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
func (c HomeChoice) Open(env Environment) (*Setup, error) {
	switch c.Kind {
	case HomeEdit:
		return env.Edit(c.Saved)
	case HomeContinue:
		return env.Continue(c.Left, c.Saved), nil
	}
	return env.Begin(NewDraft(nil)), nil
}

// aim is an entry of the list by its ID. The zero aim is none.
type aim struct{ saved, left string }

func (e homeEntry) aim() aim {
	if e.left != nil {
		return aim{left: e.left.ID()}
	}
	return aim{saved: e.saved.ID}
}

// again fills the list with what is there now. The cursor goes to the entry that was aimed at, or stays with the one that it is on.
func (l *homeList) again(found Kept) {
	at, _ := l.picker.Selected()
	to := l.aim
	if e, ok := l.current(); ok && to == (aim{}) {
		to = e.aim()
	}
	l.entries, l.damaged, l.aim = nil, nil, aim{}
	l.fill(found)
	if i := slices.IndexFunc(l.entries, func(e homeEntry) bool { return e.aim() == to }); i >= 0 {
		at = i
	}
	l.show(max(0, at))
}
