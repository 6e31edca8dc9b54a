package demo

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

var stateCount = flag.Uint64("states", 200, "how many random privilege states to compare; 2000 is the full suite")

// kinds are the object kinds by how many parts their names have.
var kinds = []string{"", "catalog", "schema", "table"}

// witness asks one state's workspace over REST and in SQL.
type witness struct {
	state
	t       *testing.T
	seed    uint64
	handler http.Handler
	engine  *engine.Engine
}

// ask sends a request as somebody and gives the status and the decoded answer.
func (w witness) ask(who, method, path, body string) (int, map[string]any) {
	w.t.Helper()
	r := httptest.NewRequest(method, "/api/2.1/unity-catalog/"+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer token of "+who)
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	var answer map[string]any
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
		w.t.Fatalf("%s: %v", path, err)
	}
	return rec.Code, answer
}

// expect ends the test when two faces of the workspace, or one of them and the enumeration, disagree.
func (w witness) expect(what, object string, got, want any) {
	w.t.Helper()
	if got != want {
		w.t.Fatalf("state %d: %s, %s: got %v, want %v", w.seed, what, object, got, want)
	}
}

// shows reports how an object appears in a listing: "", "browse" or "full".
func shows(listing map[string]any, object string) string {
	for _, list := range listing {
		items, _ := list.([]any)
		for _, item := range items {
			info, _ := item.(map[string]any)
			switch {
			case info["full_name"] != object:
			case info["browse_only"] == true:
				return "browse"
			default:
				return "full"
			}
		}
	}
	return ""
}

func TestRESTAndSQLAgreeWithTheRules(t *testing.T) {
	missed := map[string]int{}
	for seed := range *stateCount {
		s := randomState(t, seed)
		e, err := newEngine(s.world, newVersions(s.world))
		if err != nil {
			t.Fatal(err)
		}
		w := witness{s, t, seed, rest.New(s.world, rest.Options{}), e}
		for _, c := range letters {
			w.compare("catalogs?max_results=0&include_browse=true", c)
			for _, sc := range letters {
				w.compare("schemas?max_results=0&include_browse=true&catalog_name="+c, c+"."+sc)
				for _, ta := range letters {
					w.compare(fmt.Sprintf("tables?max_results=0&include_browse=true&catalog_name=%s&schema_name=%s", c, sc), c+"."+sc+"."+ta)
					w.read(missed, c, sc, ta)
				}
			}
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if *stateCount >= 200 && len(missed) != 1+2+2+4+8 {
		t.Errorf("the states met only %v", missed)
	}
}

// compare is compareKind for catalogs, schemas and tables.
func (w witness) compare(listing, object string) {
	w.t.Helper()
	kind := kinds[len(above(object))]
	w.compareKind(listing, kind, kind+"s", object)
}

// compareKind holds one object's listing, its GET, who may grant on it and its effective permissions against the enumeration.
func (w witness) compareKind(listing, kind, path, object string) {
	w.t.Helper()
	for _, reader := range readers {
		want := w.sees(reader, object)
		_, answer := w.ask(reader, "GET", listing, "")
		w.expect(reader+" lists", object, shows(answer, object), want)
		for _, browse := range []bool{false, true} {
			status, _ := w.ask(reader, "GET", fmt.Sprintf("%s/%s?include_browse=%t", path, object, browse), "")
			w.expect(reader+" gets", object, status == http.StatusOK, want == "full" || want == "browse" && browse)
		}
		status, _ := w.ask(reader, "PATCH", "permissions/"+kind+"/"+object, `{"changes":[]}`)
		w.expect(reader+" may grant on", object, status == http.StatusOK, w.grantsOn(reader, object))
		securable, err := unity.ParseSecurable(kind, object)
		if err != nil {
			w.t.Fatal(err)
		}
		who, _ := w.world.Principal(reader)
		seen := map[string]model.Visibility{"": model.Hidden, "browse": model.BrowseOnly, "full": model.Full}[want]
		w.expect(reader+" sees", object, w.world.Visible(who, securable), seen)
	}
	status, answer := w.ask("steward", "GET", "effective-permissions/"+kind+"/"+object, "")
	if w.bindings[above(object)[len(above(object))-1]] == "elsewhere" {
		w.expect("effective permissions", object, status, http.StatusForbidden)
		return
	}
	w.expect("effective permissions", object, strings.Join(assignmentLines(answer), "; "), strings.Join(w.effective(object), "; "))
}

// assignmentLines writes effective permissions out as state.effective does.
func assignmentLines(answer map[string]any) []string {
	var lines []string
	list, _ := answer["privilege_assignments"].([]any)
	for _, entry := range list {
		assigned, _ := entry.(map[string]any)
		privileges, _ := assigned["privileges"].([]any)
		for _, p := range privileges {
			info, _ := p.(map[string]any)
			from, _ := info["inherited_from_name"].(string)
			lines = append(lines, fmt.Sprintf("%v %v from %q", assigned["principal"], info["privilege"], from))
		}
	}
	slices.Sort(lines)
	return lines
}

// read holds reading and changing one table against the enumeration: what the model says, and what a SELECT is answered.
func (w witness) read(missed map[string]int, c, sc, ta string) {
	w.t.Helper()
	table := c + "." + sc + "." + ta
	for _, reader := range readers {
		who, _ := w.world.Principal(reader)
		want := w.firstMissing(reader, "SELECT", table)
		missed[want]++
		w.expect(reader+" reads, says the model", table, refusalText(w.world.CheckRead(who, c, sc, ta)), want)
		w.expect(reader+" writes, says the model", table, refusalText(w.world.CheckWrite(who, c, sc, ta)), w.firstMissing(reader, "MODIFY", table))
		_, err := w.engine.Execute(context.Background(), w.engine.NewSession(reader, "", ""), "SELECT * FROM "+table)
		var refused *engine.Error
		switch {
		case err == nil:
			w.expect(reader+" selects", table, "", want)
		case !errors.As(err, &refused) || refused.SQLState != "42501" || want == "" || !strings.HasSuffix(refused.Message, want):
			w.t.Fatalf("state %d: %s selects from %s: %v, want %q", w.seed, reader, table, err, want)
		}
	}
}

func refusalText(err error) string {
	var refused *model.Error
	if errors.As(err, &refused) {
		return refused.Message
	}
	return ""
}
