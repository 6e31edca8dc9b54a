// Package stored makes the facts that access is judged by of an inventory. What a run did not see whole is said to be so, and leaves answers
// unknown that depend on it.
package stored

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Read makes facts of a run, and gives the workspace that it was taken of. The errors are those of the store.
func Read(run *store.Run, rules *access.Rules) (*access.Facts, access.Place, error) {
	return ReadWatched(context.Background(), run, rules, func(int, int) {})
}

// ReadWatched is Read, which ctx ends, and which tells now and then of how many rows it has read how many.
func ReadWatched(ctx context.Context, run *store.Run, rules *access.Rules, tell func(done, of int)) (*access.Facts, access.Place, error) {
	seen, err := estate.CoverageOf(run)
	if err != nil {
		return nil, 0, err //nolint:wrapcheck // the store's errors have words
	}
	r := &reading{Builder: access.New(rules), run: run, seen: seen, by: map[string]access.Principal{}, ctx: ctx, tell: tell}
	if r.of, err = run.Most(); err != nil {
		return nil, 0, err //nolint:wrapcheck // as above
	}
	r.id = seen.Place.Workspace
	each(r, estate.MetastoreAssignment, func(row store.Row, _ struct{}) { r.id = cmp.Or(r.id, row.ID) })
	r.workspace = r.Workspace(r.id)
	for _, read := range []func(){r.place, r.people, r.members, r.standing, r.roles, r.unity, r.things, r.lists} {
		if read(); r.wrong == nil {
			r.wrong = ctx.Err()
		}
		if r.wrong != nil {
			return nil, 0, r.wrong
		}
	}
	tell(r.of, r.of)
	f, err := r.Build()
	if err != nil {
		return nil, 0, fmt.Errorf("judge an inventory: %w", err)
	}
	return f, r.workspace, nil
}

type reading struct {
	*access.Builder
	run                  *store.Run
	seen                 estate.Coverage
	id                   string // of the workspace, empty where nothing told it
	workspace, metastore access.Place
	by                   map[string]access.Principal // by SCIM id
	wrong                error

	ctx      context.Context
	tell     func(done, of int)
	done, of int
}

// tellEvery is after how many rows it is told how far it is.
const tellEvery = 2000

// goesOn counts a row, and reports whether to go on with it.
func (r *reading) goesOn(err error) bool {
	if r.wrong == nil {
		r.wrong = err
	}
	if r.done++; r.done%tellEvery == 0 && r.wrong == nil {
		r.tell(min(r.done, r.of), r.of)
		r.wrong = r.ctx.Err()
	}
	return r.wrong == nil
}

// each goes through the rows of a kind, with their bodies as T. A body that cannot be read is that of a row without fields.
func each[T any](r *reading, kind string, do func(store.Row, T)) {
	for row, err := range ahead(r.run.Rows(kind)) {
		if !r.goesOn(err) {
			return
		}
		var body T
		_ = json.Unmarshal([]byte(row.Body), &body)
		do(row, body)
	}
}

func (r *reading) whole(kinds ...string) bool {
	for _, k := range kinds {
		if !r.seen.Whole(k) {
			return false
		}
	}
	return true
}

func seenIf(part access.Seen, is bool) access.Seen {
	if is {
		return part
	}
	return 0
}

type owned struct {
	Owner     string `json:"owner"`
	Isolation string `json:"isolation_mode"`
	Type      string `json:"catalog_type"`
}

// place finds the metastore of the workspace.
func (r *reading) place() {
	each(r, "metastore", func(row store.Row, m owned) {
		r.metastore = r.Metastore(row.ID)
		r.AssignMetastore(r.workspace, r.metastore)
		on := r.On(r.metastore)
		r.Describe(on, access.Thing{
			Title: row.Name, Owner: r.Named(r.metastore, 0, m.Owner),
			Seen: access.SeenPlace | seenIf(access.SeenOwner, m.Owner != "") | seenIf(access.SeenEntries, r.whole("metastore-grants")),
		})
	})
	each(r, "metastore-grants", func(row store.Row, g granted) { r.grant(r.On(r.Metastore(row.Parent)), g) })
}

type person struct {
	User     string `json:"userName"`
	App      string `json:"applicationId"`
	Display  string `json:"displayName"`
	External string `json:"externalId"`
	Active   *bool  `json:"active"`
	Meta     struct {
		Type string `json:"resourceType"`
	} `json:"meta"`
	Entitlements []struct {
		Value string `json:"value"`
	} `json:"entitlements"`
}

// everybody is the account group of all, whose members nobody lists.
const everybody = "account users"

// people are those of the account, and of the workspace who were not found there.
func (r *reading) people() {
	for _, from := range []struct {
		account, workspace string
		kind               access.PrincipalKind
	}{
		{"users", "workspace-users", access.User}, {"groups", "workspace-groups", access.Group},
		{"service-principals", "workspace-service-principals", access.ServicePrincipal},
	} {
		each(r, from.account, func(row store.Row, p person) { r.person(row, p, from.kind, false) })
		each(r, from.workspace, func(row store.Row, p person) { r.person(row, p, from.kind, true) })
	}
	if r.whole("users", "groups", "service-principals", "workspace-groups") {
		r.AllPrincipals()
	}
	r.Principal(access.Member{Kind: access.Group, Name: everybody, Everybody: true})
}

func (r *reading) person(row store.Row, p person, kind access.PrincipalKind, here bool) {
	if _, known := r.by[row.ID]; !known {
		m := access.Member{Kind: kind, Name: row.Name, Display: p.Display, Inactive: p.Active != nil && !*p.Active, External: p.External != ""}
		switch {
		case kind == access.ServicePrincipal:
			m.Name = p.App
		case kind == access.Group && here && p.Meta.Type == "WorkspaceGroup":
			m.Place = r.workspace
			m.Members = r.whole("workspace-memberships")
		case kind == access.Group && p.Display == everybody:
			m.Everybody = true
		case kind == access.Group: // of groups that an identity provider fills, the workspace does not tell all members
			m.Members = r.whole("memberships") || !m.External && r.whole("workspace-memberships")
		}
		r.by[row.ID] = r.Principal(m)
	}
	for _, e := range p.Entitlements {
		r.Grant(r.On(r.workspace), r.by[row.ID], e.Value)
	}
}

// members are who is in which group.
func (r *reading) members() {
	for _, kind := range []string{"memberships", "workspace-memberships"} {
		each(r, kind, func(row store.Row, _ struct{}) {
			group, member, _ := strings.Cut(row.ID, "/")
			if r.by[group] != access.Nobody && r.by[member] != access.Nobody {
				r.Join(r.by[group], r.by[member])
			}
		})
	}
}

// standing is who is in the workspace, and what they may use of it.
func (r *reading) standing() {
	on := r.On(r.workspace)
	r.Describe(on, access.Thing{Seen: access.SeenOwner | access.SeenPlace | access.SeenBindings |
		seenIf(access.SeenEntries, r.whole("workspace-users", "workspace-groups", "workspace-service-principals", "workspace-assignments"))})
	if r.seen.Line("workspace-assignments").State == estate.NotEnabled { // in a workspace without identity federation everybody is one of its own
		for _, kind := range []string{"workspace-users", "workspace-groups", "workspace-service-principals"} {
			each(r, kind, func(row store.Row, _ struct{}) { r.Grant(on, r.by[row.ID], "USER") })
		}
	}
	each(r, "workspace-assignments", func(row store.Row, a struct {
		Permissions []string `json:"permissions"`
	}) {
		for _, p := range a.Permissions {
			r.Grant(on, r.by[row.ID], p)
		}
	})
}

// held is a role that a principal has itself. Who is not among those that were listed goes by the name that stands beside the role.
type held struct {
	Value   string `json:"value"`
	Of      string `json:"of"`
	User    string `json:"userName"`
	App     string `json:"applicationId"`
	Display string `json:"displayName"`
}

func (r *reading) holder(h held, kind access.PrincipalKind) access.Principal {
	if known := r.by[h.Of]; known != access.Nobody {
		return known
	}
	return r.Named(access.Account, kind, map[access.PrincipalKind]string{access.User: h.User, access.ServicePrincipal: h.App, access.Group: h.Display}[kind])
}

// roles are those of the account, of groups and of service principals.
func (r *reading) roles() {
	account := r.On(access.Account)
	r.Describe(account, access.Thing{Seen: access.SeenOwner | access.SeenPlace | access.SeenBindings |
		seenIf(access.SeenEntries, r.whole("user-roles", "group-roles", "service-principal-roles", "account-roles"))})
	for rows, kind := range map[string]access.PrincipalKind{"user-roles": access.User, "group-roles": access.Group, "service-principal-roles": access.ServicePrincipal} {
		each(r, rows, func(_ store.Row, h held) { r.Grant(account, r.holder(h, kind), h.Value) })
	}
	each(r, "account-roles", func(_ store.Row, v ruled) { r.rule(account, v) })
	r.managed("group-rules", access.GroupKind, "groups")
	r.managed("service-principal-rules", access.ServicePrincipalKind, "service-principals")
}

// managed are the groups or service principals of the account as what somebody manages or uses, and who does. Where not all of that was collected
// they are those of which some was: of everybody else the rest could not be told anyway.
func (r *reading) managed(rules string, of access.Kind, listed string) {
	whole := r.whole(rules)
	if whole {
		each(r, listed, func(row store.Row, p person) {
			if p.Display != everybody {
				r.Describe(r.Object(of, access.Account, row.ID), access.Thing{Title: row.Name, Seen: access.SeenAll})
			}
		})
	}
	each(r, rules, func(row store.Row, v ruled) {
		on := r.Object(of, access.Account, row.Parent)
		if !whole {
			r.Describe(on, access.Thing{Seen: access.SeenAll &^ access.SeenEntries})
		}
		r.rule(on, v)
	})
}

type ruled struct{ Role, Principal string }

// rule gives a role to whom a rule names, as users/NAME, groups/NAME or servicePrincipals/APPLICATION_ID.
func (r *reading) rule(on access.Object, v ruled) {
	kind, name, _ := strings.Cut(v.Principal, "/")
	kinds := map[string]access.PrincipalKind{"users": access.User, "groups": access.Group, "servicePrincipals": access.ServicePrincipal}
	r.Grant(on, r.Named(access.Account, kinds[kind], name), strings.TrimPrefix(v.Role, "roles/"))
}
