// Package tokens is the screen over the permissions on personal access tokens or passwords of a workspace: who is on the list, what everybody may
// do and how that comes, and the tokens there are.
package tokens

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// Screen shows the permissions on one object.
type Screen struct {
	*panels.Listing[*seen]
	object authorization.Object
	seen   *seen          // of the newest look, nil before
	lists  []*panels.List // one for each part
	part   part
}

// New prepares the screen of an object, to be opened.
func New(visit panels.Visit, object authorization.Object) *Screen {
	s := &Screen{object: object}
	for _, p := range partsOf(object) {
		l := panels.NewList(visit.Theme, p == tokens)
		l.Describe(func(i int) ui.PickerRow { return s.seen.row(p, i, visit.Theme.Wide()) })
		s.lists = append(s.lists, l)
	}
	s.Listing = panels.NewListing(visit, panels.ListingContent[*seen]{
		Title: titles[object], Doing: "Reading who may use " + object.Noun(), Read: s.look, Take: s.take, List: s.list, Acts: s.acts(),
		Line: s.tabs, Rows: s.rows, About: s.about, Told: s.told,
	})
	return s
}

// titles are what the screens are called.
var titles = map[authorization.Object]string{authorization.Tokens: "Token permissions", authorization.Passwords: "Password permissions"}

func (s *Screen) look(ctx context.Context, session *admin.Session) (*seen, error) {
	snapshot, err := session.Authorization(ctx, s.object)
	if err != nil {
		return nil, err //nolint:wrapcheck // the screen names its cause
	}
	return newSeen(snapshot), nil
}

// take fills the lists. The cursor stays where it was, as far as there is something.
func (s *Screen) take(found *seen) {
	at := make([]int, len(s.lists))
	for i, l := range s.lists { // which are described by what was seen before
		at[i], _ = l.Selected()
	}
	s.seen = found
	for i, p := range partsOf(s.object) {
		s.lists[i].Reset()
		s.lists[i].AppendNames(found.names(p))
		s.lists[i].Select(max(0, min(at[i], s.lists[i].Len()-1)))
	}
	if found.Limited && s.object == authorization.Tokens {
		s.part = tokens // their own are all that they are shown
	}
}

func (s *Screen) list() *panels.List { return s.lists[s.part] }

// acts are the keys of the screen.
func (s *Screen) acts() []panels.Act {
	return []panels.Act{
		{Key: ui.Bind("details", "enter"), Do: s.details, When: s.hasRow},
		{Key: ui.Bind("next list", "tab"), Do: s.next, When: s.managed},
		{Key: ui.Bind("grant", "g"), Do: s.grant, When: s.managed},
		{Key: ui.Bind("take away", "x"), Do: s.takeAway, When: func() bool { return s.managed() && s.part != tokens && s.hasRow() }},
		{Key: ui.Bind("revoke", "x"), Do: s.revoke, When: func() bool { return s.part == tokens && s.hasRow() }},
		{Key: ui.Bind("make a token", "t"), Do: s.make, When: s.ofTokens},
		{Key: ui.Bind("settings", "s"), Do: s.settings, When: func() bool { return s.managed() && s.ofTokens() }},
		{Key: ui.Bind("copy the list", "y"), Do: s.export, When: s.managed},
		{Key: ui.Bind("look again", "r"), Do: func() (ui.Move, tea.Cmd) { return s.LookAgain() }},
	}
}

// managed reports that everything is shown, as to a workspace admin.
func (s *Screen) managed() bool { return !s.seen.Limited }

func (s *Screen) hasRow() bool {
	_, ok := s.list().Selected()
	return ok
}

// next goes to the next list.
func (s *Screen) next() (ui.Move, tea.Cmd) {
	s.part = (s.part + 1) % part(len(s.lists))
	return ui.Stay(), nil
}

// applied says what became of a plan, and reads all of it anew.
func (s *Screen) applied(out admin.Outcome) (ui.Move, tea.Cmd) {
	done := "Done: " + words.Count(out.Done, "step") + ". " + s.Env.JournalSays()
	if out.Rollback != "" {
		done += " The list as it was is in " + connector.CleanLine(out.Rollback, 200) + "."
	}
	for _, line := range out.Differs {
		done += " " + line
	}
	s.Say(done, len(out.Differs) > 0)
	return ui.Close(), s.Look()
}
