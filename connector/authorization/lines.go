package authorization

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// Headline is what a plan does, in one sentence or two.
func (p Plan) Headline() string {
	e := p.Effect
	people, machines := 0, 0
	for _, l := range e.Losing {
		if l.Principal.Kind == ServicePrincipal {
			machines++
		} else {
			people++
		}
	}
	lose, loses, one, are := "lose", "loses", "is", "are"
	if p.Replaces && len(e.Veiled) > 0 {
		lose, loses, one, are = "may lose", "may lose", "may be", "may be"
	}
	text := "Nobody loses access."
	switch {
	case p.Empty():
		return "The list is so already. Nothing is to be changed."
	case people > 0 && machines > 0:
		text = fmt.Sprintf("%s and %s %s %s.", words.Plural(people, "user", "users"), words.Plural(machines, "service principal", "service principals"), lose, p.Object.Noun())
	case people+machines > 0:
		text = fmt.Sprintf("%s %s %s.", map[bool]string{true: words.Count(people, "user"), false: words.Count(machines, "service principal")}[people > 0], lose, p.Object.Noun())
	}
	if people+machines == 1 {
		text = fmt.Sprintf("1 %s %s %s.", e.Losing[0].Principal.Kind.Noun(), loses, p.Object.Noun())
	}
	if p.Object == Passwords {
		return text
	}
	switch n := len(e.Dying); {
	case n == 0:
		return text + " No token is deleted."
	case n == 1:
		return text + " 1 token " + one + " deleted at once and cannot be brought back."
	default:
		return text + fmt.Sprintf(" %s tokens %s deleted at once and cannot be brought back.", words.Thousands(n), are)
	}
}

// lossHeadings are those of the columns of a loss.
var lossHeadings = []string{"LOSES ACCESS", "KIND", "HAD IT BY", "TOKENS"}

// Losses are those who lose access as rows under lossHeadings: namesakes with the name that lists have, and of passwords without tokens.
func (p Plan) Losses() (headings []string, rows [][]string) {
	called := map[string]int{}
	for _, l := range p.Effect.Losing {
		called[l.Principal.Label()]++
	}
	last := len(lossHeadings)
	if p.Object == Passwords {
		last--
	}
	for _, l := range p.Effect.Losing {
		row := l.Columns()
		if called[row[0]] > 1 && l.Principal.Name.String() != row[0] {
			row[0] += " (" + l.Principal.Name.String() + ")"
		}
		rows = append(rows, row[:last])
	}
	return lossHeadings[:last], rows
}

// Columns are a loss as a row under lossHeadings.
func (l Loss) Columns() []string {
	kind := l.Principal.Kind.Noun()
	if LooksLikePartner(l.Principal) {
		kind += ", partner"
	}
	return []string{l.Principal.Label(), kind, l.Before.Text(), words.Thousands(len(l.Tokens))}
}

// LevelHeadings are those of the columns of an effective level.
var LevelHeadings = []string{"PRINCIPAL", "KIND", "LEVEL", "HOW"}

// Columns are an effective level as a row under LevelHeadings.
func (e Effective) Columns() []string {
	how := ""
	if len(e.Ways) > 0 {
		how = e.Ways[0].Text()
	}
	level := e.Level.String()
	if e.Locked != "" {
		level += ", locked"
	}
	return []string{e.Principal.Label(), e.Principal.Kind.Noun(), level, how}
}

// Everybody says what hangs on the group users being on the list, which most workspaces begin with; it is empty where the group is not.
func (s *Snapshot) Everybody() string {
	if _, is := s.ACL.draft()[key(Group, connector.FromRemote(allUsers))]; !is || s.Limited {
		return ""
	}
	p, err := s.Plan(Want{Remove: []string{"group:" + allUsers}})
	if err != nil {
		return ""
	}
	return "The group users has Can Use, so everybody in it has. Were it taken off the list: " + p.Headline()
}
