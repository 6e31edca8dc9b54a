package rest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// The beginnings of the paths of both permissions APIs. The object type and the id come after them.
const (
	workspacePermissions = "/api/2.0/permissions"
	unityPermissions     = "/api/2.1/unity-catalog/permissions"
)

// guarded is an object of the wide world that has permissions, by the two parts of its path.
type guarded struct{ base, kind, id string }

func (g guarded) String() string { return g.base + "/" + g.kind + "/" + g.id }

// everyGuarded has one of each kind, and both what is above others and those.
var everyGuarded = func() []guarded {
	all := []guarded{
		{workspacePermissions, "authorization", "tokens"}, {workspacePermissions, "authorization", "passwords"},
		{workspacePermissions, "warehouses", "00000000000000a0"}, {workspacePermissions, "registered-models", "root"},
		{unityPermissions, "metastore", "m"}, {unityPermissions, "catalog", "c0"}, {unityPermissions, "schema", "c0.s0"}, {unityPermissions, "table", "c0.s0.t0"},
	}
	for _, row := range registry.ThingRows() {
		if !row.View {
			all = append(all, guarded{workspacePermissions, string(row.Control.Kind), "100"})
		}
	}
	for _, row := range unity.Kinds() {
		name := strings.ToLower(string(row.Kind)) + "0"
		if row.Parts() == 3 {
			name = "c0.s0." + name
		}
		if row.Plain() && row.GrantedAs == "" {
			all = append(all, guarded{unityPermissions, string(row.Kind), name})
		}
	}
	return all
}()

// standing is who may do what with everything, as the world has it.
func standing(t *testing.T, w *model.World) map[guarded]string {
	t.Helper()
	admin, _ := w.Principal(ruler)
	out := map[guarded]string{}
	for _, g := range everyGuarded {
		var text strings.Builder
		if g.base == unityPermissions {
			on, err := model.ParseSecurable(g.kind, g.id)
			if err != nil {
				t.Fatal(err)
			}
			list, err := w.Assignments(admin, on, "")
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range list {
				text.WriteString(a.String() + "\n")
			}
		} else {
			list, err := w.AccessList(admin, g.controlled())
			if err != nil {
				t.Fatal(err)
			}
			for _, entry := range list {
				text.WriteString(entry.Principal.Name + ": " + entry.Level.String() + " " + strings.Join(entry.From, " ") + "\n")
			}
		}
		out[g] = text.String()
	}
	return out
}

func (g guarded) controlled() model.Controlled {
	if g.kind == "authorization" {
		return model.Controlled{Kind: registry.Kind(g.id)}
	}
	return model.Controlled{Kind: registry.Kind(g.kind), ID: g.id}
}

// FuzzPermissions asks for and changes who may do what with an object, by one who may and by those who may not.
func FuzzPermissions(f *testing.F) {
	for i, g := range everyGuarded {
		body := `{"access_control_list":[{"user_name":"plainly@x","permission_level":"CAN_MANAGE"}]}`
		if g.base == unityPermissions {
			body = `{"changes":[{"principal":"readers","add":["ALL_PRIVILEGES"],"remove":["SELECT"]}]}`
		}
		f.Add(uint8(i), uint8(2), g.base == unityPermissions, g.kind, g.id, body)
	}
	for _, body := range []string{
		`{"access_control_list":[{"service_principal_name":"owning","permission_level":"CAN_VIEW"}]}`,
		`{"access_control_list":[{"group_name":"admins","permission_level":"CAN_USE"},{"user_name":"managing@x","permission_level":"IS_OWNER"}]}`,
		`{"access_control_list":[{"group_name":"readers","permission_level":"IS_OWNER"}]}`,
		`{"access_control_list":[{"user_name":"a","group_name":"b","permission_level":"CAN_USE"},null]}`,
		`{"access_control_list":[]}`, `{"access_control_list":{}}`, `[`, `null`, "",
	} {
		for method := range uint8(3) {
			f.Add(uint8(0), method, false, "jobs", "100", body)
			f.Add(uint8(1), method, false, "warehouses", "00000000000000a0", body)
		}
	}
	for _, body := range []string{
		`{"changes":[{"principal":"managing@x","remove":["MANAGE"]}]}`, `{"changes":[{"principal":"admins","add":["SELECT"]}]}`,
		`{"changes":[{"principal":"readers","add":["SELECT"],"remove":["SELECT"]}]}`, `{"changes":[{"principal":"readers","add":["USE CATALOG"]},{"principal":"x"}]}`,
	} {
		f.Add(uint8(2), uint8(2), true, "catalog", "c0", body)
	}
	var h *Handler
	var before map[guarded]string
	f.Fuzz(func(t *testing.T, who, how uint8, ofUnity bool, kind, id, body string) {
		if h == nil {
			h = New(wideWorld(t), Options{})
			before = standing(t, h.world)
		}
		w := h.world
		object, method := guarded{workspacePermissions, kind, id}, []string{"GET", "PUT", "PATCH"}[how%3]
		if ofUnity {
			object.base = unityPermissions
		}
		was := say(t, h, ruler, "GET", object.base, "", "", kind, id)
		got := say(t, h, asker(who), method, object.base, "", body, kind, id)
		is := say(t, h, ruler, "GET", object.base, "", "", kind, id)
		after := standing(t, w)
		if !maps.Equal(before, after) {
			h = nil
		}
		changes := method != "GET" && got.status == http.StatusOK
		for other := range before {
			if after[other] != before[other] && (!changes || !reaches(object, other)) {
				t.Fatalf("%s of %s by %s was answered with %d %s and changed %s from %s to %s",
					method, object, asker(who), got.status, got.body, other, before[other], after[other])
			}
		}
		if got.status != http.StatusOK {
			return
		}
		if asker(who) == plainly {
			t.Fatalf("one who may not was answered: %s", got.body)
		}
		judgeShape(t, ofUnity, got.body)
		if is.body != got.body {
			t.Fatalf("answered %s, and then %s", got.body, is.body)
		}
		if !ofUnity {
			keepsItsRulers(t, was.body, is.body)
		}
	})
}

// reaches reports whether a change of who may do what with one object shows in the permissions of another: that of what is above all of its
// kind, and that of a folder. Unity Catalog tells what was granted on the object alone.
func reaches(object, other guarded) bool {
	return strings.EqualFold(object.kind, other.kind) && strings.EqualFold(object.id, other.id) && object.base == other.base ||
		object.base == workspacePermissions && object.kind == other.kind && object.id == "root"
}

// judgeShape holds an answer against the documented fields and words.
func judgeShape(t *testing.T, ofUnity bool, body string) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.DisallowUnknownFields()
	if ofUnity {
		var list assignments
		if err := decoder.Decode(&list); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		for _, a := range list.List {
			if a.Principal == "" || len(a.Privileges) == 0 || slices.ContainsFunc(a.Privileges, func(p string) bool { _, err := unity.ParsePrivilege(p); return err != nil }) {
				t.Fatalf("this is no assignment: %+v in %s", a, body)
			}
		}
		return
	}
	var list objectPermissions
	if err := decoder.Decode(&list); err != nil || list.ObjectID == "" || list.ObjectType == "" {
		t.Fatalf("%s: %v", body, err)
	}
	for _, entry := range list.List {
		named := 0
		for _, name := range []string{entry.User, entry.Group, entry.ServicePrincipal} {
			if name != "" {
				named++
			}
		}
		if named != 1 || len(entry.All) == 0 {
			t.Fatalf("this is no entry: %+v in %s", entry, body)
		}
		for _, held := range entry.All {
			if _, known := registry.ParseLevel(held.Level); !known || held.Inherited != (len(held.InheritedFrom) > 0) {
				t.Fatalf("this is no level: %+v in %s", held, body)
			}
		}
	}
}

// keepsItsRulers holds that the group admins manages what it managed, and that what had an owner has one.
func keepsItsRulers(t *testing.T, before, after string) {
	t.Helper()
	rulers := func(body string) string {
		var list objectPermissions
		if err := json.Unmarshal([]byte(body), &list); err != nil {
			t.Fatal(err)
		}
		admins, owners := false, 0
		for _, entry := range list.List {
			for _, held := range entry.All {
				admins = admins || entry.Group == model.Admins && held.Level == model.CanManage.String()
				if held.Level == model.IsOwner.String() {
					owners++
				}
			}
		}
		return fmt.Sprintf("the admins manage it: %t, owners: %s", admins, strconv.Itoa(owners))
	}
	if rulers(before) != rulers(after) {
		t.Fatalf("%s, and then %s: %s", rulers(before), rulers(after), after)
	}
}
