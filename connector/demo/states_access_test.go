package demo

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
	"github.com/draftt-io/draftt-databricks/connector/demo/statement"
)

// The principals of the random states of access control lists: a user, one who makes things, a service principal in a group in a group, and a
// workspace admin who is one through a group. Sometimes the outer group is one of admins too.
var visitors = []string{"direct", "maker", "grouped", "chief"}

// listed is a thing of these states that has an access control list.
type listed struct {
	kind    model.ControlledKind
	id      string
	path    string // in the folders
	object  string // the object_id of the permissions API
	above   string // the key of what hands its list down to it, if anything does
	admins  string // what the group admins has its level from, empty where it has it directly
	creator string
}

func (l listed) key() string { return l.object }

// permissions is where its list is in the REST API.
func (l listed) permissions() string { return "/api/2.0/permissions/" + string(l.kind) + "/" + l.id }

// accessState is a random workspace, and beside it what it was made of.
type accessState struct {
	t       *testing.T
	seed    uint64
	world   *model.World
	engine  *engine.Engine
	handler http.Handler
	dice    *rand.Rand
	names   map[string][]string // whose levels count for whom, written out by hand
	things  []listed
	held    map[string]map[string]model.Level // by thing and principal
}

func newAccessState(t *testing.T, number uint64) *accessState {
	t.Helper()
	s := &accessState{
		t: t, seed: number, dice: rand.New(rand.NewPCG(number, 4)), held: map[string]map[string]model.Level{},
		world: model.New(model.NewManualClock(seed.AsOf), "42", model.Metastore{ID: "m", Owner: "chief"}),
		names: map[string][]string{
			"direct": {"direct"}, "maker": {"maker"}, "grouped": {"grouped", "inner", "outer"}, "chief": {"chief", "bosses", model.Admins},
		},
	}
	outer := model.Principal{Kind: model.Group, Name: "outer"}
	if s.dice.IntN(8) == 0 {
		outer.MemberOf = []string{model.Admins}
		s.names["grouped"] = append(s.names["grouped"], model.Admins)
	}
	direct := model.Principal{Kind: model.User, Name: "direct"}
	if s.dice.IntN(2) == 0 {
		direct.MemberOf = []string{model.WorkspaceUsers}
		s.names["direct"] = append(s.names["direct"], model.WorkspaceUsers)
	}
	for _, p := range []model.Principal{
		{Kind: model.Group, Name: model.Admins, WorkspaceLocal: true}, {Kind: model.Group, Name: model.WorkspaceUsers, WorkspaceLocal: true},
		outer, {Kind: model.Group, Name: "inner", ID: "77", MemberOf: []string{"outer"}}, {Kind: model.Group, Name: "bosses", MemberOf: []string{model.Admins}},
		direct, {Kind: model.User, Name: "maker"}, {Kind: model.ServicePrincipal, Name: "grouped", ID: "78", MemberOf: []string{"inner"}},
		{Kind: model.User, Name: "chief", MemberOf: []string{"bosses"}},
	} {
		p.Active, p.Entitlements = true, []string{model.SQLAccess}
		s.world.AddPrincipal(p)
		s.world.AddToken(p.Name, []byte("token of "+p.Name))
	}
	chief, _ := s.world.Principal("chief")
	if _, err := s.world.GrantAccess(chief, model.Controlled{Kind: model.TokenAccess}, []model.AccessRequest{
		{Kind: model.User, Principal: "direct", Level: model.CanUse}, {Kind: model.User, Principal: "maker", Level: model.CanUse},
		{Kind: model.ServicePrincipal, Principal: "grouped", Level: model.CanUse},
	}); err != nil {
		t.Fatal(err)
	}
	s.serve()
	s.addThings()
	return s
}

// addThings adds folders in folders with things in them, and things that lie in none.
func (s *accessState) addThings() {
	root := s.common("/")
	shared, users := s.common("/Shared"), s.common("/Users")
	s.held[root.key()], s.held[users.key()] = map[string]model.Level{}, map[string]model.Level{}
	s.held[shared.key()] = map[string]model.Level{model.WorkspaceUsers: model.CanManage}
	home := s.common("/Users/direct")
	s.held[home.key()] = map[string]model.Level{"direct": model.CanManage}
	team := s.lay(registry.Folders, "101", "/Shared/team", shared)
	deep := s.lay(registry.Folders, "102", "/Shared/team/deep", team)
	s.lay(registry.Notebooks, "103", "/Shared/team/deep/note", deep)
	s.lay(registry.Files, "104", "/Shared/team/data", team)
	s.lay(registry.Notebooks, "105", "/Users/direct/own", home)
	git := s.lay(registry.GitFolders, "106", "/Users/direct/code", home)
	s.lay(registry.Notebooks, "107", "/Users/direct/code/main", git)
	s.add(listed{kind: "jobs", id: "11", object: "/jobs/11", admins: "/jobs/"})
	s.add(listed{kind: "clusters", id: "c1", object: "/clusters/c1", admins: "/clusters/"})
	all := listed{kind: "registered-models", id: "root", object: "/registered-models/root"}
	s.things, s.held[all.key()] = append(s.things, all), map[string]model.Level{}
	s.change(all, s.someLevels(all.kind, false))
	s.add(listed{kind: "registered-models", id: "m1", object: "/registered-models/m1", above: all.key(), admins: all.object})
	s.add(listed{kind: registry.Warehouses, id: "00000000000000aa", object: "/sql/warehouses/00000000000000aa", admins: "/sql/warehouses/"})
}

// common notes a folder that the workspace made by itself.
func (s *accessState) common(path string) listed {
	s.t.Helper()
	chief, _ := s.world.Principal("chief")
	folder, err := s.world.At(chief, path)
	if err != nil {
		s.t.Fatal(err)
	}
	l := listed{kind: registry.Folders, id: folder.ID, path: path, object: "/directories/" + folder.ID}
	for _, other := range s.things { // those above come first
		if strings.HasPrefix(path, strings.TrimSuffix(other.path, "/")+"/") {
			l.above, l.admins = other.key(), "/directories/0"
		}
	}
	s.things = append(s.things, l)
	return l
}

func (s *accessState) lay(kind model.ControlledKind, id, path string, in listed) listed {
	row, _ := kind.Row()
	return s.add(listed{kind: kind, id: id, path: path, object: row.Object + id, above: in.key(), admins: "/directories/0"})
}

// add makes a thing with a random list, and notes what its creator has by that.
func (s *accessState) add(l listed) listed {
	s.t.Helper()
	if s.dice.IntN(2) == 0 {
		l.creator = "maker"
	}
	access := s.someLevels(l.kind, true)
	s.things = append(s.things, l)
	s.held[l.key()] = map[string]model.Level{}
	for name, level := range access {
		s.held[l.key()][name] = level
	}
	var err error
	if l.kind == registry.Warehouses {
		err = s.world.AddWarehouse(compute.Warehouse{ID: l.id, Name: l.id, Creator: l.creator, Access: access, InitiallyRunning: true})
	} else {
		err = s.world.AddThing(model.Thing{Kind: l.kind, ID: l.id, Path: l.path, Creator: l.creator, Access: access, Details: map[string]any{"name": l.id, "id": l.id}})
	}
	if err != nil {
		s.t.Fatal(err)
	}
	owners := l.kind == "jobs" || l.kind == registry.Warehouses
	switch {
	case l.creator == "":
	case owners && s.owner(l) == "":
		s.held[l.key()]["maker"] = model.IsOwner
	case !owners && s.level("maker", l) < model.CanManage:
		s.held[l.key()]["maker"] = model.CanManage
	}
	return l
}

// someLevels are random levels of a kind for random principals, at most one of them the owner.
func (s *accessState) someLevels(kind model.ControlledKind, owner bool) map[string]model.Level {
	row, _ := kind.Row()
	out := map[string]model.Level{}
	for range s.dice.IntN(4) {
		who := []string{"direct", "grouped", "inner", "outer", model.WorkspaceUsers}[s.dice.IntN(5)]
		level := row.Levels[s.dice.IntN(len(row.Levels))].Level
		if level == model.IsOwner {
			if !owner || who != "direct" && who != "grouped" {
				continue
			}
			owner = false
		}
		if out[who] != model.IsOwner {
			out[who] = level
		}
	}
	return out
}

// change sends levels as the admin does, and notes them.
func (s *accessState) change(l listed, levels map[string]model.Level) {
	s.t.Helper()
	status, _ := s.ask("chief", "PATCH", l.permissions(), entriesOf(levels))
	s.expect("the admin changes", l, status, http.StatusOK)
	for name, level := range levels {
		s.held[l.key()][name] = level
	}
}

// entriesOf writes levels as the permissions API takes them.
func entriesOf(levels map[string]model.Level) string {
	field := map[string]string{"direct": "user_name", "maker": "user_name", "grouped": "service_principal_name"}
	lines := []string{}
	for name, level := range levels {
		kind := "group_name"
		if field[name] != "" {
			kind = field[name]
		}
		lines = append(lines, fmt.Sprintf(`{%q: %q, "permission_level": %q}`, kind, name, level))
	}
	slices.Sort(lines)
	return `{"access_control_list": [` + strings.Join(lines, ", ") + `]}`
}

// serve gives the state its REST face, with the statements of a real engine behind it.
func (s *accessState) serve() {
	s.t.Helper()
	var err error
	if s.engine, err = newEngine(s.world, newVersions(s.world)); err != nil {
		s.t.Fatal(err)
	}
	v := warehouses{s.world}
	statements, err := statement.NewHandler(s.engine, statement.Options{
		Principal: signedIn, Warehouse: func(id, principal string) error { return statementRefusal(id, v.check(id, principal)) },
		Ready: v.ready, Statement: rest.NoteStatement, Now: s.world.Clock().Now,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.handler = rest.New(s.world, rest.Options{Statements: statements})
}

// ask sends a request as somebody and gives the status and the decoded answer.
func (s *accessState) ask(who, method, path, body string) (int, map[string]any) {
	s.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer token of "+who)
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, r)
	var answer map[string]any
	if rec.Body.Len() > 0 {
		if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
			s.t.Fatalf("%s: %v", path, err)
		}
	}
	return rec.Code, answer
}

// expect ends the test when a face of the workspace and the enumeration disagree.
func (s *accessState) expect(what string, l listed, got, want any) {
	s.t.Helper()
	if got != want {
		s.t.Fatalf("state %d: %s, %s %s: got %v, want %v", s.seed, what, l.object, l.path, got, want)
	}
}
