package report

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/saved"
)

// Grants is a comparison of what a principal has with what it needs.
type Grants struct {
	Connection    string     `json:"connection,omitempty"`
	Host          string     `json:"host"`
	ApplicationID string     `json:"application_id"`
	DisplayName   string     `json:"display_name,omitempty"`
	Done          bool       `json:"done"` // nothing is missing
	Have          []Grant    `json:"have"`
	Missing       []Grant    `json:"missing"`
	Extra         []Grant    `json:"extra"`
	Obstacle      string     `json:"obstacle,omitempty"` // why no grant helps
	Notes         []string   `json:"notes"`
	Granters      []Granters `json:"granters"`
	SQL           string     `json:"sql"`
}

// Grant is one privilege on one object.
type Grant struct {
	Privilege connector.Privilege     `json:"privilege"`
	Type      connector.SecurableType `json:"type"`
	On        connector.Remote        `json:"on"`
	From      []string                `json:"from,omitempty"`
	Unknown   string                  `json:"unknown,omitempty"`
	Writes    bool                    `json:"writes,omitempty"`
}

// Granters are those who can grant on one object.
type Granters struct {
	Type  connector.SecurableType `json:"type"`
	On    connector.Remote        `json:"on"`
	Names []connector.Remote      `json:"names"` // whom to ask first is first
}

// OfGrants is a comparison, with the statements for what is missing.
func OfGrants(q *saved.GrantsCheck, seen saved.GrantsView, sql string) Grants {
	r := Grants{
		Connection: q.Connection, Host: q.Target.Host.String(), ApplicationID: seen.Who.Principal.Name.String(), DisplayName: seen.Who.Principal.DisplayName.String(),
		Done: seen.Done(), Have: grantsOf(seen.Have), Missing: grantsOf(seen.Missing), Extra: []Grant{}, Obstacle: seen.Obstacle,
		Notes: append([]string{}, seen.Notes...), Granters: []Granters{}, SQL: sql,
	}
	for _, e := range seen.Extra {
		on := e.Origin.From
		r.Extra = append(r.Extra, Grant{
			Privilege: e.Privilege, Type: on.Type, On: connector.FromRemote(on.Full()), From: []string{e.Origin.String()}, Writes: e.Writes,
		})
	}
	for _, w := range seen.Granters() {
		g := Granters{Type: w.Object.Type, On: connector.FromRemote(w.Object.Full()), Names: []connector.Remote{}}
		for _, who := range w.Granters {
			g.Names = append(g.Names, who.Name)
		}
		r.Granters = append(r.Granters, g)
	}
	return r
}

func grantsOf(lines []grants.Line) []Grant {
	out := make([]Grant, len(lines))
	for i, l := range lines {
		out[i] = Grant{Privilege: l.Privilege, Type: l.On.Type, On: connector.FromRemote(l.On.Full()), Unknown: l.Unknown}
		for _, origin := range l.Origins {
			out[i].From = append(out[i].From, origin.String())
		}
	}
	return out
}
