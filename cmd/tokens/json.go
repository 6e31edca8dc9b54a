package tokens

import (
	"encoding/json"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// Names of fields are stable.
type principal struct {
	Kind        string           `json:"kind"`
	Name        connector.Remote `json:"name"`
	DisplayName connector.Remote `json:"display_name"`
	ID          string           `json:"scim_id,omitempty"`
}

func ofPrincipal(p authorization.Principal) principal {
	return principal{p.Kind.Noun(), p.Name, p.DisplayName, string(p.ID)}
}

type way struct {
	Level string   `json:"level"`
	Path  []string `json:"groups"` // from the one on the list to the nearest; empty for somebody on the list
}

type level struct {
	principal
	Level  string `json:"level"`
	Admin  bool   `json:"workspace_admin"`
	Locked bool   `json:"locked"`
	Ways   []way  `json:"ways"`
}

func ofLevel(e authorization.Effective) level {
	out := level{ofPrincipal(e.Principal), e.Level.API(), e.Admin, e.Locked != "", []way{}}
	for _, w := range e.Ways {
		one := way{w.Level.API(), []string{}}
		for _, g := range w.Path {
			one.Path = append(one.Path, g.Name.Raw())
		}
		out.Ways = append(out.Ways, one)
	}
	return out
}

type levels struct {
	Object     string  `json:"object"`
	Host       string  `json:"host"`
	Principals []level `json:"principals"`
}

func ofLevels(s *authorization.Snapshot, all []authorization.Effective) levels {
	out := levels{string(s.Object), s.Host, []level{}}
	for _, e := range all {
		out.Principals = append(out.Principals, ofLevel(e))
	}
	return out
}

type task struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Levels  []string `json:"levels"` // with which it goes
	Admins  bool     `json:"workspace_admins_only"`
	Request string   `json:"request,omitempty"`
	May     int      `json:"principals"`
}

func ofTasks(s *authorization.Snapshot) map[string]any {
	var all []task
	for _, t := range authorization.Tasks(s.Object) {
		one := task{t.ID, t.Name, nil, t.Admins, t.Call, len(s.Who(t))}
		for _, l := range authorization.LevelsOf(s.Object) {
			if t.Allows(l, true) {
				one.Levels = append(one.Levels, l.API())
			}
		}
		all = append(all, one)
	}
	return map[string]any{"object": s.Object, "host": s.Host, "tasks": all}
}

type can struct {
	level
	Tasks map[string]bool `json:"tasks"`
}

func ofCan(o authorization.Object, e authorization.Effective) can {
	out := can{ofLevel(e), map[string]bool{}}
	for _, t := range authorization.Tasks(o) {
		out.Tasks[t.ID] = e.Can(t)
	}
	return out
}

type token struct {
	ID       string               `json:"id"`
	Owner    principal            `json:"owner"`
	Comment  connector.Remote     `json:"comment"`
	Created  *time.Time           `json:"created"`
	LastUsed *time.Time           `json:"last_used"`
	Expires  *time.Time           `json:"expires"`
	Scopes   []string             `json:"scopes"`
	Flags    []authorization.Flag `json:"flags"`
	IdleLeft int                  `json:"idle_days_left"`
}

func at(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func ofToken(o authorization.Owned) token {
	return token{
		o.ID, ofPrincipal(o.Principal), o.Comment, at(o.Created), at(o.LastUsed), at(o.Expires),
		append([]string{}, o.Scopes...), append([]authorization.Flag{}, o.Flags...), authorization.DaysLeft(o.IdleLeft),
	}
}

func ofTokens(s *authorization.Snapshot, found []authorization.Owned) map[string]any {
	all := []token{}
	for _, o := range found {
		all = append(all, ofToken(o))
	}
	return map[string]any{"host": s.Host, "own_only": s.Limited, "tokens": all}
}

func ofSettings(s *authorization.Snapshot) map[string]any {
	return map[string]any{"host": s.Host, "enabled": s.Settings.Enabled, "max_days": s.Settings.MaxDays}
}

type loss struct {
	principal
	Partner bool     `json:"partner"`
	Had     string   `json:"had_it_by"`
	Tokens  []string `json:"tokens"`
}

type plan struct {
	Purpose  string          `json:"purpose"`
	Host     string          `json:"host"`
	Confirm  string          `json:"confirm"` // what --expect or --yes takes
	Losing   []loss          `json:"losing"`
	Gaining  []principal     `json:"gaining"`
	Deleted  []token         `json:"tokens_deleted"`
	Changes  []admin.Change  `json:"changes"`
	Commands []string        `json:"commands"` // the same as commands of the Databricks CLI
	Kept     []string        `json:"kept"`
	Warnings []string        `json:"warnings"`
	Before   json.RawMessage `json:"before,omitempty"` // the list as a request would write it
}

func ofPlan(p admin.Plan) plan {
	out := plan{
		Purpose: p.Purpose, Host: p.Host.String(), Confirm: p.Name, Losing: []loss{}, Gaining: []principal{}, Deleted: []token{},
		Changes: append([]admin.Change{}, p.Changes...), Commands: []string{}, Kept: append([]string{}, p.Kept...), Warnings: append([]string{}, p.Warnings...),
	}
	for _, c := range p.Changes {
		out.Commands = append(out.Commands, c.CLI())
	}
	if p.Authorization == nil {
		return out
	}
	for _, l := range p.Authorization.Effect.Losing {
		one := loss{ofPrincipal(l.Principal), authorization.LooksLikePartner(l.Principal), l.Before.Text(), []string{}}
		for _, o := range l.Tokens {
			one.Tokens = append(one.Tokens, o.ID)
		}
		out.Losing = append(out.Losing, one)
	}
	for _, g := range p.Authorization.Effect.Gaining {
		out.Gaining = append(out.Gaining, ofPrincipal(g))
	}
	for _, o := range p.Authorization.Effect.Dying {
		out.Deleted = append(out.Deleted, ofToken(o))
	}
	out.Before = p.Authorization.BeforeBody()
	return out
}
