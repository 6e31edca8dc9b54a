package tokens

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// part is one of the lists of the screen.
type part int

const (
	listed    part = iota // who is on the list of permissions
	everybody             // what every user and service principal has in the end
	tokens
)

// partsOf are the lists that an object has.
func partsOf(o authorization.Object) []part {
	if o == authorization.Passwords {
		return []part{listed, everybody}
	}
	return []part{listed, everybody, tokens}
}

// heading is a list's title.
func (p part) heading() string {
	return [...]string{"On the list", "Everybody", "Tokens"}[p]
}

// seen is a snapshot with what the screen shows of it, computed once.
type seen struct {
	*authorization.Snapshot
	list   authorization.ACL
	levels []authorization.Effective
	owned  []authorization.Owned
	of     map[connector.SCIMID][]int // the tokens of everybody, as places in owned
	by     map[string]int             // how many have their level by a holder's line
}

func newSeen(snapshot *authorization.Snapshot) *seen {
	s := &seen{Snapshot: snapshot, owned: snapshot.Owned(), of: map[connector.SCIMID][]int{}, by: map[string]int{}}
	if !snapshot.Limited {
		s.list, s.levels = snapshot.ACL.Sorted(), snapshot.Levels()
	}
	authorization.Sort(s.owned, authorization.ByOwner)
	for i, o := range s.owned {
		s.of[o.Principal.ID] = append(s.of[o.Principal.ID], i)
	}
	for _, e := range s.levels {
		if len(e.Ways) > 0 {
			s.by[nameOf(e.Ways[0].Holder)]++
		}
	}
	return s
}

// haveIt is how many have their level by a holder's line, as a sentence goes on with it.
func (s *seen) haveIt(holder authorization.Principal) string {
	n := s.by[nameOf(holder)]
	if s.Object == authorization.Passwords { // which service principals have none of
		return words.Plural(n, "user has", "users have")
	}
	return words.Plural(n, "user or service principal has", "users and service principals have")
}

// nameOf is a principal as plans understand it, whatever namesakes there are.
func nameOf(p authorization.Principal) string {
	return strings.ReplaceAll(p.Kind.Noun(), " ", "-") + ":" + p.Name.Raw()
}

// holder is who a line of the list is about. Somebody who is gone has a name alone.
func (s *seen) holder(e authorization.Entry) (p authorization.Principal, known bool) {
	if p, known := s.Directory.Named(e.Kind, e.Name); known {
		return p, true
	}
	return authorization.Principal{Kind: e.Kind, Name: e.Name}, false
}

// names are what the rows of a list are found by.
func (s *seen) names(p part) (names []string) {
	switch p {
	case listed:
		for _, e := range s.list {
			who, _ := s.holder(e)
			names = append(names, who.Label())
		}
	case everybody:
		for _, e := range s.levels {
			names = append(names, e.Principal.Label())
		}
	case tokens:
		for _, o := range s.owned {
			names = append(names, strings.TrimSpace(o.Principal.Label()+" "+o.Comment.String()))
		}
	}
	return names
}

// row is a line of a list. Whom it is about has the room first: the rest stands beside it, or below.
func (s *seen) row(p part, i int, beside bool) ui.PickerRow {
	switch p {
	case listed:
		e := s.list[i]
		return ui.PickerRow{Cells: []string{e.Kind.Noun(), e.Level.String()}}
	case everybody:
		row := s.levels[i].Columns()
		if beside {
			return ui.PickerRow{Cells: []string{row[1], row[2]}}
		}
		return ui.PickerRow{Cells: []string{row[3], row[2]}}
	}
	row := s.Columns(s.owned[i])
	cells := []string{row[2], "used " + row[4], row[6]}
	return ui.PickerRow{Name: row[0], Mark: flagged(s.owned[i]), Cells: cells}
}

// flagged is the mark of a token: an open end and the like are no fault, and worth a look.
func flagged(o authorization.Owned) ui.Mark {
	if len(o.Flags) == 0 {
		return ui.MarkPass
	}
	return ui.MarkWarn
}
