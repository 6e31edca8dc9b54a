package authorization_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// person is a user of the workspace of these tests.
func person(name string) authorization.Principal {
	return authorization.Principal{Kind: authorization.User, ID: connector.SCIMID("id of " + name), Name: connector.FromRemote(name), Active: true}
}

func machine(id, display string) authorization.Principal {
	return authorization.Principal{
		Kind: authorization.ServicePrincipal, ID: connector.SCIMID("id of " + id), Name: connector.FromRemote(id), DisplayName: connector.FromRemote(display), Active: true,
	}
}

func group(name string) authorization.Principal {
	return authorization.Principal{Kind: authorization.Group, ID: connector.SCIMID("id of " + name), Name: connector.FromRemote(name), Active: true}
}

// world is a snapshot of people, of who is a member of what, and of who has which level.
func world(o authorization.Object, all []authorization.Principal, members map[string][]string, list map[string]authorization.Level) *authorization.Snapshot {
	ids := map[connector.SCIMID][]connector.SCIMID{}
	for of, names := range members {
		for _, name := range names {
			ids[connector.SCIMID("id of "+of)] = append(ids[connector.SCIMID("id of "+of)], connector.SCIMID("id of "+name))
		}
	}
	s := &authorization.Snapshot{Object: o, Directory: authorization.NewDirectory(all, ids), Settings: authorization.Settings{Known: true, Enabled: true}}
	for _, p := range all {
		if level := list[p.Name.Raw()]; level > authorization.NoPermissions {
			s.ACL = append(s.ACL, authorization.Entry{Kind: p.Kind, Name: p.Name, Level: level})
		}
	}
	return s
}

// cells are a row of a documented table: whether the task goes with no permissions, with Can Use and with Can Manage.
type cells struct {
	task string
	with [3]bool
}

// documentedTokens is the table of "Personal access token permissions".
var documentedTokens = []cells{
	{"Create a token", [3]bool{false, true, true}},
	{"Use a token for authentication", [3]bool{false, true, true}},
	{"Revoke your own token", [3]bool{false, true, true}},
	{"Revoke any user's or service principal's token", [3]bool{false, false, true}},
	{"List all tokens", [3]bool{false, false, true}},
	{"Modify token permissions", [3]bool{false, false, true}},
}

func TestTheTableOfTokensIsTheDocumentedOneCellByCell(t *testing.T) {
	tasks := authorization.Tasks(authorization.Tokens)
	if len(tasks) != len(documentedTokens) {
		t.Fatalf("%d tasks", len(tasks))
	}
	// One of each level, as a user, a service principal and a member of the group admins, each alone and through a nested group.
	all := []authorization.Principal{
		person("none"), person("uses"), machine("m0", "robot without"), machine("m1", "robot"), person("nested"), machine("m2", "nested robot"), person("root"),
		machine("m3", "root robot"), group("admins"), group("outer"), group("inner"),
	}
	s := world(authorization.Tokens, all, map[string][]string{"admins": {"root", "m3"}, "outer": {"inner"}, "inner": {"nested", "m2"}}, map[string]authorization.Level{
		"uses": authorization.CanUse, "m1": authorization.CanUse, "outer": authorization.CanUse, "admins": authorization.CanManage,
	})
	column := map[string]authorization.Level{"none": 0, "m0": 0, "uses": 1, "m1": 1, "nested": 1, "m2": 1, "root": 2, "m3": 2}
	for row, want := range documentedTokens {
		if tasks[row].Name != want.task {
			t.Errorf("row %d is %q", row, tasks[row].Name)
		}
		may := map[string]bool{}
		for _, e := range s.Who(tasks[row]) {
			may[e.Principal.Name.Raw()] = true
		}
		for name, level := range column {
			if may[name] != want.with[level] {
				t.Errorf("%s, %s: %v", want.task, name, may[name])
			}
		}
	}
}

func TestTheTableOfPasswordsIsTheDocumentedOneCellByCell(t *testing.T) {
	// API and UI, with no permissions and with Can Use: the UI is for workspace admins alone.
	documented := map[string]map[string][2]bool{
		"user":  {"Can authenticate to the API using password": {false, true}, "Can authenticate to the Databricks UI using password": {false, false}},
		"admin": {"Can authenticate to the API using password": {false, true}, "Can authenticate to the Databricks UI using password": {false, true}},
	}
	all := []authorization.Principal{person("user"), person("admin"), group("admins"), group("people")}
	members := map[string][]string{"admins": {"admin"}, "people": {"user", "admin"}}
	for with, list := range []map[string]authorization.Level{{}, {"people": authorization.CanUse}} {
		s := world(authorization.Passwords, all, members, list)
		for _, p := range all[:2] {
			e := s.Of(p)
			for _, task := range authorization.Tasks(authorization.Passwords) {
				if want := documented[p.Name.Raw()][task.Name][with]; e.Can(task) != want {
					t.Errorf("%s as %s with %s: %v", task.Name, p.Name, e.Level, e.Can(task))
				}
			}
		}
	}
	if len(authorization.Tasks(authorization.Passwords)) != 2 || len(authorization.LevelsOf(authorization.Passwords)) != 2 {
		t.Error("the table has another size than the documented one")
	}
}

func TestEveryWayOfALevelIsShown(t *testing.T) {
	all := []authorization.Principal{person("ada"), group("inner"), group("middle"), group("outer"), group("other"), group("admins")}
	s := world(authorization.Tokens, all, map[string][]string{"inner": {"ada", "outer"}, "middle": {"inner"}, "outer": {"middle"}, "other": {"ada"}},
		map[string]authorization.Level{"ada": authorization.CanUse, "outer": authorization.CanUse, "other": authorization.CanUse, "admins": authorization.CanManage})
	e := s.Of(all[0])
	var ways []string
	for _, w := range e.Ways {
		ways = append(ways, w.Text())
	}
	want := []string{"direct", "group other", "group outer, through inner in middle"} // inner and outer hold each other, which is no way of its own
	if e.Level != authorization.CanUse || len(ways) != len(want) {
		t.Fatalf("%v %q", e.Level, ways)
	}
	for i := range want {
		if ways[i] != want[i] {
			t.Errorf("%q", ways)
		}
	}
}

func TestGroupsCountTenDeepAndNoDeeper(t *testing.T) {
	all := []authorization.Principal{person("near"), person("far"), group("g0")}
	members := map[string][]string{}
	for i := 1; i <= 10; i++ {
		name := "g" + string(rune('0'+i))
		all = append(all, group(name))
		members["g"+string(rune('0'+i-1))] = append(members["g"+string(rune('0'+i-1))], name)
	}
	members["g9"] = append(members["g9"], "near")
	members["g:"] = []string{"far"} // g: is the eleventh
	s := world(authorization.Tokens, all, members, map[string]authorization.Level{"g0": authorization.CanUse})
	if near, far := s.Of(all[0]).Level, s.Of(all[1]).Level; near != authorization.CanUse || far != authorization.NoPermissions {
		t.Errorf("near %s, far %s", near, far)
	}
}
