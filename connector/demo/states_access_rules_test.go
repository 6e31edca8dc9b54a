package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// What follows is the documentation's rules on access control lists written a second time, over names and with nothing of the model.

// upward is a thing with what hands its list down to it, innermost first.
func (s *accessState) upward(l listed) []listed {
	out := []listed{l}
	for l.above != "" {
		l = s.things[slices.IndexFunc(s.things, func(other listed) bool { return other.key() == l.above })]
		out = append(out, l)
	}
	return out
}

// level is the highest level that a visitor has: by any of its names, on the thing or anything above it. Workspace admins manage everything.
func (s *accessState) level(who string, l listed) model.Level {
	highest := model.NoAccess
	if slices.Contains(s.names[who], model.Admins) {
		highest = model.CanManage
	}
	for _, on := range s.upward(l) {
		for _, name := range s.names[who] {
			highest = max(highest, s.held[on.key()][name])
		}
	}
	return highest
}

func (s *accessState) owner(l listed) string {
	for name, level := range s.held[l.key()] {
		if level == model.IsOwner {
			return name
		}
	}
	return ""
}

// sees tells whether a thing shows to a visitor: the folders that every workspace has do.
func (s *accessState) sees(who string, l listed) bool {
	return slices.Contains([]string{"/", "/Shared", "/Users", "/Repos"}, l.path) || s.level(who, l) > model.NoAccess
}

// lines are the list of a thing as the permissions API has it, in its order.
func (s *accessState) lines(l listed) string {
	var out []string
	up := s.upward(l)
	for _, name := range []string{"direct", "grouped", "inner", "maker", "outer", model.WorkspaceUsers} {
		if level := s.held[l.key()][name]; level > model.NoAccess {
			out = append(out, fmt.Sprint(name, " ", level, " false []"))
		}
		for level := model.IsOwner; level > model.NoAccess; level-- {
			var from []string
			for _, on := range up[1:] {
				if s.held[on.key()][name] == level {
					from = append(from, on.object)
				}
			}
			if from != nil {
				out = append(out, fmt.Sprint(name, " ", level, " true ", from))
			}
		}
	}
	if l.admins == "" {
		return strings.Join(append(out, "admins CAN_MANAGE false []"), "; ")
	}
	return strings.Join(append(out, fmt.Sprint("admins CAN_MANAGE true [", l.admins, "]")), "; ")
}

// linesOf writes an answer out as lines does.
func linesOf(answer map[string]any) string {
	var out []string
	list, _ := answer["access_control_list"].([]any)
	for _, entry := range list {
		line, _ := entry.(map[string]any)
		var name any
		for _, field := range []string{"user_name", "group_name", "service_principal_name"} {
			if line[field] != nil {
				name = line[field]
			}
		}
		all, _ := line["all_permissions"].([]any)
		for _, one := range all {
			held, _ := one.(map[string]any)
			from, _ := held["inherited_from_object"].([]any)
			out = append(out, fmt.Sprint(name, " ", held["permission_level"], " ", held["inherited"], " ", from))
		}
	}
	return strings.Join(out, "; ")
}

// gets are the requests for one thing of the kinds that lie in no folder.
var gets = map[model.ControlledKind]string{
	"jobs": "/api/2.1/jobs/get?job_id=%s", "clusters": "/api/2.1/clusters/get?cluster_id=%s",
	"registered-models": "/api/2.0/mlflow/databricks/registered-models/get?name=%s", registry.Warehouses: "/api/2.0/sql/warehouses/%s",
}

// compare holds what every visitor is shown of every thing, and may do with it, against the enumeration.
func (s *accessState) compare(met map[string]int) {
	s.t.Helper()
	for _, l := range s.things {
		for _, who := range visitors {
			level := s.level(who, l)
			met[fmt.Sprint(l.kind, " ", level)]++
			if l.path != "" {
				s.inFolder(who, l)
			} else if l.id != "root" {
				status, _ := s.ask(who, "GET", fmt.Sprintf(gets[l.kind], l.id), "")
				s.expect(who+" gets", l, status == http.StatusOK, level > model.NoAccess)
			}
			status, answer := s.ask(who, "GET", l.permissions(), "")
			s.expect(who+" reads the list of", l, status == http.StatusOK, level >= model.CanManage)
			if status == http.StatusOK {
				s.expect(who+" reads as the list of", l, linesOf(answer), s.lines(l))
			}
			status, _ = s.ask(who, "PATCH", l.permissions(), `{"access_control_list": []}`)
			s.expect(who+" changes the list of", l, status == http.StatusOK, level >= model.CanManage)
			if l.kind == registry.Warehouses {
				s.inSQL(who, l, level)
			}
		}
	}
}

// inFolder holds what a folder lists, and what lies at a path, against the enumeration.
func (s *accessState) inFolder(who string, l listed) {
	s.t.Helper()
	status, _ := s.ask(who, "GET", "/api/2.0/workspace/get-status?path="+url.QueryEscape(l.path), "")
	s.expect(who+" looks at", l, status == http.StatusOK, s.sees(who, l))
	if l.path == "/" {
		return
	}
	parent := s.upward(l)[1]
	status, answer := s.ask(who, "GET", "/api/2.0/workspace/list?path="+url.QueryEscape(path.Dir(l.path)), "")
	s.expect(who+" lists what", l, status == http.StatusOK, s.sees(who, parent))
	objects, _ := answer["objects"].([]any)
	shown := slices.ContainsFunc(objects, func(o any) bool { info, _ := o.(map[string]any); return info["path"] == l.path })
	s.expect(who+" is shown", l, shown, s.sees(who, parent) && s.sees(who, l))
}

// inSQL holds whether a statement runs on a warehouse against the enumeration: seeing it is not enough.
func (s *accessState) inSQL(who string, l listed, level model.Level) {
	s.t.Helper()
	status, answer := s.ask(who, "POST", "/api/2.0/sql/statements", `{"statement": "SELECT 1", "warehouse_id": "`+l.id+`"}`)
	state, _ := answer["status"].(map[string]any)
	ran := status == http.StatusOK && state["state"] == "SUCCEEDED"
	s.expect(who+" runs a statement on", l, ran, level >= model.CanUse)
}

// shuffle changes something: the list of a thing as somebody who may or may not, by PATCH or by PUT, or who is in a group.
func (s *accessState) shuffle(met map[string]int) {
	s.t.Helper()
	l, who := s.things[s.dice.IntN(len(s.things))], visitors[s.dice.IntN(len(visitors))]
	levels, method := s.someLevels(l.kind, false), []string{"PATCH", "PUT"}[s.dice.IntN(2)]
	may := s.level(who, l) >= model.CanManage
	row, _ := l.kind.Row()
	owner := s.owner(l)
	orphan := method == "PUT" && row.Has(model.IsOwner) && owner == ""
	status, answer := s.ask(who, method, l.permissions(), entriesOf(levels))
	s.expect(who+" sends a "+method+" to", l, status == http.StatusOK, may && !orphan)
	met[fmt.Sprint(method, " ", may, " ", orphan)]++
	if status != http.StatusOK {
		return
	}
	if method == "PUT" {
		clear(s.held[l.key()])
	}
	for name, level := range levels {
		s.held[l.key()][name] = level
	}
	if method == "PUT" && owner != "" {
		s.held[l.key()][owner] = model.IsOwner
	}
	s.expect(who+" is answered the list of", l, linesOf(answer), s.lines(l))
}

// leave takes the service principal out of its group, and so out of the one around that.
func (s *accessState) leave() {
	s.t.Helper()
	status, _ := s.ask("chief", "PATCH", "/api/2.0/preview/scim/v2/Groups/77", `{"Operations": [{"op": "remove", "path": "members[value eq \"78\"]"}]}`)
	s.expect("the admin takes from the group", s.things[0], status, http.StatusOK)
	s.names["grouped"] = []string{"grouped"}
}

// TestListsFoldersAndStatementsAgreeWithTheRules compares random states of access control lists and folders, then changes of them.
func TestListsFoldersAndStatementsAgreeWithTheRules(t *testing.T) {
	met := map[string]int{}
	for seed := range *stateCount {
		s := newAccessState(t, seed)
		s.compare(met)
		for range 3 {
			s.shuffle(met)
		}
		s.leave()
		s.compare(met)
		if err := s.engine.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// PATCH and PUT by who may and who may not, and PUT to what has owners and none of them.
	for _, way := range []string{"PATCH true false", "PATCH false false", "PUT true false", "PUT false false", "PUT true true"} {
		if *stateCount >= 200 && met[way] == 0 {
			t.Errorf("the states met no %s: %v", way, met)
		}
	}
}
