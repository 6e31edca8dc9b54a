package rest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Who asks in the fuzz tests: a workspace admin who owns the metastore, one who owns every object, one who was let manage every object, and one
// who was let use some.
const (
	ruler, owning, managing, plainly = "ruler@x", "owning", "managing@x", "plainly@x"
)

var askers = []string{ruler, owning, managing, plainly}

// asker chooses one of them by a number that a fuzz test comes with.
func asker(number uint8) string { return askers[int(number)%len(askers)] }

// of each is how many objects there are of every kind.
const ofEach = 3

// wideWorld has some of everything that is listed and of everything that has permissions.
func wideWorld(t testing.TB) *model.World {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	w := model.New(model.NewManualClock(time.Unix(1_800_000_000, 0)), "42", model.Metastore{ID: "m", Name: "meta", Owner: ruler})
	for i, p := range []model.Principal{
		{Kind: model.Group, Name: model.Admins, WorkspaceLocal: true},
		{Kind: model.Group, Name: model.WorkspaceUsers, WorkspaceLocal: true},
		{Kind: model.Group, Name: "readers"},
		{Kind: model.User, Name: ruler, MemberOf: []string{model.Admins, model.WorkspaceUsers}},
		{Kind: model.ServicePrincipal, Name: owning, MemberOf: []string{model.WorkspaceUsers}},
		{Kind: model.User, Name: managing, MemberOf: []string{model.WorkspaceUsers}},
		{Kind: model.User, Name: plainly, MemberOf: []string{model.WorkspaceUsers, "readers"}},
	} {
		p.ID, p.Active, p.Entitlements = strconv.Itoa(i+1), true, []string{model.SQLAccess}
		w.AddPrincipal(p)
		if p.Kind != model.Group {
			w.AddToken(p.Name, []byte(p.Name))
		}
	}
	for i := range ofEach {
		w.AddSecret(owning, []byte("secret "+strconv.Itoa(i)))
		w.NoteQuery(model.QueryRun{ID: "q" + strconv.Itoa(i), Principal: plainly, SQL: "SELECT 1"})
		id := "00000000000000a" + strconv.Itoa(i)
		access := map[string]model.Level{managing: model.CanManage, plainly: model.CanUse}
		check(w.AddWarehouse(compute.Warehouse{ID: id, Name: "warehouse " + id, Creator: owning, Access: access}))
	}
	for _, row := range registry.ThingRows() {
		for i := range ofEach {
			if !row.View {
				check(w.AddThing(thingOf(row, i)))
			}
		}
	}
	addGoverned(t, w)
	return w
}

// thingOf is a thing of a row, which has the same number wherever it is made.
func thingOf(row registry.ThingRow, i int) model.Thing {
	thing := model.Thing{Kind: row.Control.Kind, ID: strconv.Itoa(100 + i), Creator: owning, Access: map[string]model.Level{}}
	thing.Details = map[string]any{"name": string(thing.Kind) + " " + thing.ID}
	if row.Control.InFolders {
		thing.Path = "/Users/" + ruler + "/" + string(thing.Kind) + thing.ID
	}
	if row.Control.Has(model.CanManage) {
		thing.Access[managing] = model.CanManage
	}
	thing.Access[plainly] = row.Control.Levels[0].Level
	return thing
}

// addGoverned adds objects of Unity Catalog: everything lies in a catalog that has one schema with objects of every kind.
func addGoverned(t testing.TB, w *model.World) {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range ofEach {
		catalog := "c" + strconv.Itoa(i)
		check(w.AddCatalog(model.Catalog{Name: catalog, Owner: owning, Bindings: []model.Binding{{WorkspaceID: "42"}, {WorkspaceID: "43"}, {WorkspaceID: "44"}}}))
		check(w.AddSchema(model.Schema{Catalog: "c0", Name: "s" + strconv.Itoa(i), Owner: owning}))
		check(w.AddTable(model.Table{Catalog: "c0", Schema: "s0", Name: "t" + strconv.Itoa(i), Owner: owning, Type: model.Managed}))
		check(w.Preset(unity.OnCatalog(catalog), managing, unity.Manage, unity.UseCatalog, unity.UseSchema))
	}
	for _, to := range []string{plainly, owning, "readers"} {
		check(w.Preset(unity.OnCatalog("c0"), to, unity.UseCatalog))
		check(w.Preset(unity.OnSchema("c0", "s0"), to, unity.UseSchema, unity.Select))
	}
	for _, row := range unity.Kinds() {
		for i := range ofEach {
			on := unity.Securable{Kind: row.Kind, Name: strings.ToLower(string(row.Kind)) + strconv.Itoa(i)}
			if row.Parts() == 3 {
				on.Catalog, on.Schema = "c0", "s0"
			}
			if row.Plain() {
				check(w.AddItem(model.Item{On: on, Owner: owning}))
			}
		}
	}
	for i := range ofEach {
		on := unity.Securable{Kind: unity.ShareKind, Name: "share" + strconv.Itoa(i)}
		check(w.Preset(on, "recipient0", unity.Select))
		check(w.Preset(on, "recipient1", unity.Select))
	}
}

// heard is an answer.
type heard struct {
	status int
	body   string
	object map[string]any // nil where the body is no JSON object
}

// say sends a request in which the parts of the path are as they are given, and judges the answer as far as every answer is alike: nothing
// breaks in the service, and what it says is JSON, where it refuses in one of the two shapes of its errors.
func say(t *testing.T, h http.Handler, who, method, base, query, body string, parts ...string) heard {
	t.Helper()
	r := httptest.NewRequest(method, "/", strings.NewReader(body))
	r.URL = &url.URL{Path: base, RawPath: base, RawQuery: query}
	for _, part := range parts {
		r.URL.Path += "/" + part
		r.URL.RawPath += "/" + url.PathEscape(part)
	}
	r.Header.Set("Authorization", "Bearer "+who)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	got := heard{status: rec.Code, body: rec.Body.String()}
	_ = json.Unmarshal(rec.Body.Bytes(), &got.object)
	wrong := ""
	switch {
	case got.status >= 500:
		wrong = "the service failed"
	case got.object == nil && !json.Valid(rec.Body.Bytes()):
		wrong = "this is no JSON"
	case got.status >= 400 && !isError(got):
		wrong = "this is no error of the service"
	case got.status != http.StatusOK && got.status < 400:
		wrong = "neither answered nor refused"
	}
	if wrong != "" {
		t.Fatalf("%s: %s %s %s?%s %s: %d %s", wrong, who, method, r.URL.Path, query, body, got.status, got.body)
	}
	return got
}

// isError reports whether a refusal has the shape of the REST API's errors, or of SCIM's.
func isError(h heard) bool {
	code, _ := h.object["error_code"].(string)
	message, _ := h.object["message"].(string)
	detail, _ := h.object["detail"].(string)
	status, _ := h.object["status"].(string)
	_, ofSignIn := h.object["error_code"].(float64)
	return (code != "" || ofSignIn) && message != "" || detail != "" && status == strconv.Itoa(h.status)
}
