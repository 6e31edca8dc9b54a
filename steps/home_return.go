package steps

import (
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
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
func (h *Home) Return(s *Setup) {
	_, kept := s.keeps()
	switch {
	case s.saved.ID != "":
		h.list.aim = aim{saved: s.saved.ID}
		h.say(fmt.Sprintf("Saved %q.", s.saved.Name), false)
	case kept.ID != "" && s.editing.ID != "":
		h.list.aim = aim{left: kept.ID}
		h.say(fmt.Sprintf("%q is as it was. The changes are kept here; enter goes on with them.", s.editing.Name), false)
	case kept.ID != "":
		h.list.aim = aim{left: kept.ID}
		h.say("Nothing was saved yet. The answers are kept here; enter goes on with them.", false)
	case s.editing.ID != "":
		h.list.aim = aim{saved: s.editing.ID}
		h.say(fmt.Sprintf("Nothing changed; %q is as it was.", s.editing.Name), false)
	}
}

// keeps is what is kept of the answers now, with an empty ID where nothing is.
func (s *Setup) keeps() (*vault.Vault, vault.Draft) {
	if s.checkpoint == nil {
		return nil, vault.Draft{}
	}
	return s.checkpoint.holds()
}

// Open prepares what the person chose on the home screen: the draft to go on with, and how the set-up begins.
func (c HomeChoice) Open() (*Draft, func(*Setup), error) {
	switch {
	case c.Kind == HomeEdit:
		draft, err := DraftOf(c.Saved)
		return draft, func(s *Setup) {
			s.KeepAnswers()
			s.Edit(c.Saved)
		}, err
	case c.Kind == HomeContinue && c.Saved.ID != "":
		c.Left.Draft.trust(c.Saved)
		return c.Left.Draft, func(s *Setup) {
			s.KeepAnswers()
			s.Continue(c.Left)
			s.Edit(c.Saved)
		}, nil
	case c.Kind == HomeContinue:
		return c.Left.Draft, func(s *Setup) {
			s.KeepAnswers()
			s.Continue(c.Left)
		}, nil
	}
	return NewDraft(nil, nil), func(s *Setup) { s.KeepAnswers() }, nil
}

// trust takes the secret of the saved connection that the draft changes, where it still signs in the same principal to the same host.
func (d *Draft) trust(c connector.Connection) {
	if d.host.String() != c.Host.String() || d.method != c.Credentials.Method || d.clientID != c.Credentials.ClientID {
		return
	}
	d.SetSecret(c.Credentials.Secret)
	d.secretOf, d.confirmed = d.host, d.host
}

// aim is an entry of the list by its ID. The zero aim is none.
type aim struct{ saved, left string }

func (e homeEntry) aim() aim {
	if e.left != nil {
		return aim{left: e.left.draft.ID}
	}
	return aim{saved: e.saved.ID}
}

// again fills the list with what is there now. The cursor goes to the entry that was aimed at, or stays with the one that it is on.
func (l *homeList) again(found inside) {
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
