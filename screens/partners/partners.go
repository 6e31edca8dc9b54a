// Package partners is the screen over Partner Connect of a workspace: which partners are connected, by what they left and how sure that is, and
// what each is given and loses.
package partners

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Screen shows the partners.
type Screen struct {
	*panels.Listing[looked]
	seen   looked
	rest   []partner.Partner // known, and without a trace here
	list   *panels.List
	choice choice

	typed   string                     // the ID of the account, empty where it is not looked at
	account atomic.Pointer[account.ID] // the same for a look in the background
}

// looked is what a look came to.
type looked struct {
	partner.Inference
	failed error // why the account could not be looked at, which was named
}

// New prepares the screen, to be opened.
func New(visit panels.Visit) *Screen {
	s := &Screen{list: panels.NewList(visit.Theme, false)}
	s.choice = choice{catalog: visit.Saved.Schema.Catalog.Raw(), schema: visit.Saved.Schema.Schema.Raw(), warehouse: visit.Saved.Warehouse.ID.String()}
	s.account.Store(new(account.ID))
	s.list.Describe(s.row)
	s.list.SetHeadings("Connected", "Only remind of a partner", "Known, without a trace here")
	s.Listing = panels.NewListing(visit, panels.ListingContent[looked]{
		Title: "Partner connections", Doing: "Looking for what partners leave", Read: s.look, Take: s.take, List: func() *panels.List { return s.list }, Acts: s.acts(),
		About: s.about, Told: s.told,
	})
	return s
}

func (s *Screen) look(ctx context.Context, session *admin.Session) (looked, error) {
	return look(ctx, session, *s.account.Load())
}

// look infers who is connected, by what the account shows as well where it is named.
func look(ctx context.Context, session *admin.Session, id account.ID) (found looked, err error) {
	traces, err := partner.Look(ctx, session)
	if err != nil {
		return found, err //nolint:wrapcheck // the screen names its cause
	}
	if id != "" {
		found.failed = lookAtAccount(ctx, session, id, &traces)
	}
	found.Inference = partner.Infer(traces)
	return found, nil
}

func lookAtAccount(ctx context.Context, session *admin.Session, id account.ID, traces *partner.Traces) error {
	reader, err := account.Beside(session.Line(), id, account.AppReads())
	if err != nil {
		return err //nolint:wrapcheck // the screen names its cause
	}
	defer reader.Close()
	return traces.LookAtAccount(ctx, reader, id) //nolint:wrapcheck // as above
}

// The groups of the list.
const (
	connected = iota
	alike
	known
)

// take fills the list. The cursor stays where it was, as far as there is something.
func (s *Screen) take(found looked) {
	if found.failed != nil {
		s.Say("The account: "+panels.InALine(found.failed), true)
	}
	at, _ := s.list.Selected()
	s.seen, s.rest = found, nil
	there := map[string]bool{}
	var items []ui.PickerItem
	for _, c := range found.Connections {
		there[c.Partner.Name] = true
		items = append(items, ui.PickerItem{Name: c.Partner.Name, Group: connected})
	}
	for _, l := range found.LookAlikes {
		items = append(items, ui.PickerItem{Name: l.What, Group: alike})
	}
	for _, p := range partner.All() {
		if !there[p.Name] {
			s.rest = append(s.rest, p)
			items = append(items, ui.PickerItem{Name: p.Name, Group: known})
		}
	}
	s.list.Reset()
	s.list.Append(items)
	s.list.Select(max(0, min(at, len(items)-1)))
}

// under is what stands under the cursor: a connection, something that only reminds of one, or a partner alone.
func (s *Screen) under() (c *partner.Connection, like *partner.LookAlike, p partner.Partner, ok bool) {
	i, ok := s.list.Selected()
	if !ok {
		return nil, nil, p, false
	}
	if i < len(s.seen.Connections) {
		c = &s.seen.Connections[i]
		return c, nil, c.Partner, true
	}
	if i -= len(s.seen.Connections); i < len(s.seen.LookAlikes) {
		return nil, &s.seen.LookAlikes[i], p, true
	}
	return nil, nil, s.rest[i-len(s.seen.LookAlikes)], true
}

// marks say how sure it is.
var marks = map[partner.Sureness]ui.Mark{partner.Certain: ui.MarkPass, partner.Likely: ui.MarkPass, partner.Possible: ui.MarkUnknown}

func (s *Screen) row(i int) ui.PickerRow {
	if i < len(s.seen.Connections) {
		sure := s.seen.Connections[i].Sure
		return ui.PickerRow{Cells: []string{string(sure)}, Mark: marks[sure]}
	}
	if i -= len(s.seen.Connections); i < len(s.seen.LookAlikes) {
		return ui.PickerRow{Cells: []string{"none"}, Mark: ui.MarkWaiting}
	}
	return ui.PickerRow{Cells: []string{setWord(s.rest[i-len(s.seen.LookAlikes)])}, Mark: ui.MarkWaiting}
}

// setWord says whether the document has a set for a partner.
func setWord(p partner.Partner) string {
	switch {
	case p.Set == nil:
		return "no set"
	case p.Set.None():
		return "no principal"
	}
	return "set"
}

// acts are the keys of the screen.
func (s *Screen) acts() []panels.Act {
	return []panels.Act{
		{Key: ui.Bind("details", "enter"), Do: s.details, When: func() bool { _, _, _, ok := s.under(); return ok }},
		{Key: ui.Bind("check", "c"), Do: s.check, When: s.hasSet},
		{Key: ui.Bind("plan", "p"), Do: s.plan, When: s.hasSet},
		{Key: ui.Bind("disconnect", "d"), Do: s.disconnect, When: func() bool { c, _, _, _ := s.under(); return c != nil }},
		{Key: ui.Bind("orphans", "o"), Do: s.orphans},
		{Key: ui.Bind("account", "a"), Do: s.asksAccount},
		{Key: ui.Bind("look again", "r"), Do: func() (ui.Move, tea.Cmd) { return s.LookAgain() }},
	}
}

func (s *Screen) hasSet() bool {
	_, like, p, ok := s.under()
	return ok && like == nil && p.Set != nil && !p.Set.None()
}
