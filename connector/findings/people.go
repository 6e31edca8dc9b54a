package findings

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/words"
)

// principal is somebody as the account or the workspace lists them.
type principal struct {
	User     string `json:"userName"`
	App      string `json:"applicationId"`
	Display  string `json:"displayName"`
	External string `json:"externalId"`
	Active   *bool  `json:"active"`

	kind connector.Kind
	here bool // the workspace lists it
}

func (p principal) inactive() bool { return p.Active != nil && !*p.Active }

// name is what it goes by, and label what it is called.
func (p principal) name() string { return cmp.Or(p.User, p.App, p.Display) }

func (p principal) label() string {
	switch {
	case p.App != "" && p.Display != "":
		return "service principal " + shown(connector.KindSP, p.Display) + " (" + shown(connector.KindSP, p.App) + ")"
	case p.kind == connector.KindGroup:
		return "group " + shown(p.kind, p.Display)
	}
	return shown(p.kind, p.name())
}

// people are all who were found, by their SCIM ids.
func (l *look) people() (map[string]principal, error) {
	if l.known != nil {
		return l.known, nil
	}
	known := map[string]principal{}
	for _, from := range []struct {
		rows string
		kind connector.Kind
		here bool
	}{
		{"users", connector.KindUser, false}, {"service-principals", connector.KindSP, false}, {"groups", connector.KindGroup, false},
		{"workspace-users", connector.KindUser, true}, {"workspace-service-principals", connector.KindSP, true}, {"workspace-groups", connector.KindGroup, true},
	} {
		err := each(l, from.rows, func(row store.Row, p principal) {
			p.kind, p.here = from.kind, from.here
			if before, is := known[row.ID]; is { // what the workspace leaves out, the account tells
				p.External, p.Active = cmp.Or(before.External, p.External), cmp.Or(p.Active, before.Active)
				p.Display = cmp.Or(p.Display, before.Display)
			}
			known[row.ID] = p
		})
		if err != nil {
			return nil, err
		}
	}
	l.known = known
	return known, nil
}

var departedTokens = rule{
	id: "departed-tokens", level: High, title: "Personal access tokens without an end whose owner is gone",
	means:  "Whoever has such a token signs in as somebody who left, for as long as nobody deletes it.",
	remedy: "Delete the tokens: draftt-databricks tokens delete ID for each.",
	needs:  kinds("tokens", "workspace-users", "workspace-service-principals"),
	find:   findDeparted,
}

func findDeparted(l *look) (out []Evidence, missing []string, err error) {
	known, err := l.people()
	if err != nil {
		return nil, nil, err
	}
	listed, untold := l.seen.Whole("workspace-users") && l.seen.Whole("workspace-service-principals"), 0
	err = each(l, "tokens", func(row store.Row, t struct {
		Owner  int64  `json:"owner_id"`
		Maker  int64  `json:"created_by_id"`
		Name   string `json:"created_by_username"`
		Expiry int64  `json:"expiry_time"`
	}) {
		if t.Expiry > 0 {
			return
		}
		if t.Owner == 0 {
			untold++
			return
		}
		owner, is := known[fmt.Sprint(t.Owner)]
		who := owner.label()
		switch { // whoever made a token for somebody else is not its owner
		case !is && t.Maker == t.Owner:
			who = shown(connector.KindUser, t.Name)
		case !is:
			who = "principal " + shown(connector.KindName, fmt.Sprint(t.Owner))
		}
		switch {
		case is && owner.inactive():
			out = append(out, proof(row, fmt.Sprintf("The token “%s” of %s has no end, and its owner is deactivated.", shown(connector.KindName, row.Name), who)))
		case listed && !owner.here:
			out = append(out, proof(row, fmt.Sprintf("The token “%s” of %s has no end, and its owner is not in the workspace any more.", shown(connector.KindName, row.Name), who)))
		}
	})
	if untold > 0 {
		missing = []string{"the owners of " + words.Count(untold, "token")}
	}
	return out, missing, err
}

var outsideAdmins = rule{
	id: "outside-admins", level: Medium, title: "Admins who do not come from the identity provider",
	means:  "Who leaves the company is deactivated by the identity provider, and these users are not: they stay admins.",
	remedy: "Give the role to a user whom the identity provider provisions, and take it from the one who is found.",
	needs: kinds("users", "groups", "memberships", "user-roles", "group-roles", "workspace-users", "workspace-groups", "workspace-memberships", "workspace-assignments",
		"metastore"),
	find: findOutside,
}

// ruling are the roles whose holders are admins.
var ruling = []string{"account-admin", "workspace-admin", "metastore-admin"}

func findOutside(l *look) (out []Evidence, _ []string, err error) {
	known, err := l.people()
	if err != nil {
		return nil, nil, err
	}
	names := map[string]string{}
	for _, r := range l.facts.Rules().Roles.Roles {
		names[r.ID] = r.Name
	}
	met := map[string]bool{}
	for _, kind := range []string{"users", "workspace-users"} {
		err := each(l, kind, func(row store.Row, _ struct{}) {
			p := known[row.ID]
			if met[row.ID] || p.External != "" || p.inactive() {
				return
			}
			met[row.ID] = true
			who, err := l.facts.Find(l.in, p.name())
			if err != nil { // of a name that several have, nothing is said
				return
			}
			var has, because []string
			for _, role := range ruling {
				if a := l.facts.Role(who, role, l.in); a.Verdict == access.Yes {
					has, because = append(has, strings.ToLower(names[role])), append(because, l.facts.SayAbility(who, a).Because...)
				}
			}
			if len(has) > 0 { // one proof for each person, whatever their roles
				says := fmt.Sprintf("%s is %s, and does not come from the identity provider.", p.label(), strings.Join(has, " and "))
				out = append(out, proof(row, says, because...))
			}
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return out, nil, nil
}
