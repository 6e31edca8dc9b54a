package cmd

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// grantsReport is a comparison in JSON.
type grantsReport struct {
	Connection    string          `json:"connection,omitempty"`
	Host          string          `json:"host"`
	ApplicationID string          `json:"application_id"`
	DisplayName   string          `json:"display_name,omitempty"`
	Done          bool            `json:"done"` // nothing is missing
	Have          []grantReport   `json:"have"`
	Missing       []grantReport   `json:"missing"`
	Extra         []grantReport   `json:"extra"`
	Obstacle      string          `json:"obstacle,omitempty"` // why no grant helps
	Notes         []string        `json:"notes"`
	Granters      []granterReport `json:"granters"`
	SQL           string          `json:"sql"`
}

type grantReport struct {
	Privilege connector.Privilege     `json:"privilege"`
	Type      connector.SecurableType `json:"type"`
	On        connector.Remote        `json:"on"`
	From      []string                `json:"from,omitempty"`
	Unknown   string                  `json:"unknown,omitempty"`
	Writes    bool                    `json:"writes,omitempty"`
}

type granterReport struct {
	Type  connector.SecurableType `json:"type"`
	On    connector.Remote        `json:"on"`
	Names []connector.Remote      `json:"names"` // whom to ask first is first
}

func grantsReportOf(q *setup.GrantsCheck, seen setup.GrantsView, sql string) grantsReport {
	r := grantsReport{
		Connection: q.Connection, Host: q.Target.Host.String(), ApplicationID: seen.Who.Principal.Name.String(), DisplayName: seen.Who.Principal.DisplayName.String(),
		Done: seen.Done(), Have: grantReports(seen.Have), Missing: grantReports(seen.Missing), Extra: []grantReport{}, Obstacle: seen.Obstacle,
		Notes: append([]string{}, seen.Notes...), Granters: []granterReport{}, SQL: sql,
	}
	for _, e := range seen.Extra {
		on := e.Origin.From
		r.Extra = append(r.Extra, grantReport{
			Privilege: e.Privilege, Type: on.Type, On: connector.FromRemote(on.Full()), From: []string{e.Origin.String()}, Writes: e.Writes,
		})
	}
	for _, w := range seen.Granters() {
		g := granterReport{Type: w.Object.Type, On: connector.FromRemote(w.Object.Full()), Names: []connector.Remote{}}
		for _, who := range w.Granters {
			g.Names = append(g.Names, who.Name)
		}
		r.Granters = append(r.Granters, g)
	}
	return r
}

func grantReports(lines []grants.Line) []grantReport {
	out := make([]grantReport, len(lines))
	for i, l := range lines {
		out[i] = grantReport{Privilege: l.Privilege, Type: l.On.Type, On: connector.FromRemote(l.On.Full()), Unknown: l.Unknown}
		for _, origin := range l.Origins {
			out[i].From = append(out[i].From, origin.String())
		}
	}
	return out
}
