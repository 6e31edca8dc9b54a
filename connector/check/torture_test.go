package check_test

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// The counts of an ordinary run are a sample; scripts/torture asks for all.
var full = flag.Bool("full", false, "every answer to every call, not a sample")

// part keeps one of so many unless all are asked for.
func part(i, of int) bool { return *full || i%of == 0 }

// asked are the calls of a whole walk. The second time that Me is asked it is signed.
var asked = []rest.Fault{
	{Path: "/oidc/.well-known/*"}, {Path: "/oidc/v1/token"}, {Path: "/api/2.0/preview/scim/v2/Me"}, {Path: "/api/2.0/preview/scim/v2/Me", After: 1},
	{Path: "/api/2.0/token/list"}, {Path: "/api/2.0/sql/warehouses/*"}, {Path: "/api/2.0/sql/warehouses"}, {Path: "/sql/*"}, {Path: "/sql/*", After: 1},
	{Path: "/api/2.1/unity-catalog/catalogs/*"}, {Path: "/api/2.1/unity-catalog/schemas/*"}, {Path: "/api/2.1/unity-catalog/tables/*"},
	{Path: "/api/2.1/unity-catalog/effective-permissions/*"}, {Path: "/api/2.1/unity-catalog/metastore_summary"},
}

// endure walks a workspace with one fault, in a hurry, and holds the result to the promises: it ends, exactly one stage at most has failed,
// with a cause and a remedy, what could not be evaluated says why, and all after the failure is blocked by it.
func endure(t *testing.T, fault rest.Fault) {
	t.Helper()
	world := scenario(t, "ready")
	world.Faults = []rest.Fault{fault}
	s := set(t, world)
	if strings.HasPrefix(fault.Path, "/api/2.0/token") {
		s.signIn(t, connector.Credentials{Method: connector.PAT, Secret: s.Connector().Token})
	}
	if fault.Path == "/api/2.0/sql/warehouses" {
		s.Subject.Warehouse = connector.WarehouseRef{}
	}
	stages := check.All()
	for i := range stages {
		stages[i].Deadline = min(stages[i].Deadline, 400*time.Millisecond)
	}
	results := s.walk(t, stages)
	proper(t, s, results)
	var broken check.ID
	for _, r := range results {
		if (broken != "") != (r.State == check.Blocked) || r.BlockedBy != broken {
			t.Errorf("%s is %s by %q after %q failed", r.Stage, r.State, r.BlockedBy, broken)
		}
		if r.State == check.Failed {
			broken = r.Stage
		}
	}
	if len(results) != len(stages) {
		t.Errorf("%d results", len(results))
	}
	if t.Failed() {
		t.Fatalf("%+v: %s", fault, states(results))
	}
	if err := s.Workspace.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestEveryStatusOfEveryCallIsNamedOrHonestlyUnknown(t *testing.T) {
	var statuses []int
	for _, family := range [][2]int{{200, 226}, {300, 310}, {400, 451}, {500, 520}} {
		for status := family[0]; status <= family[1]; status++ {
			statuses = append(statuses, status)
		}
	}
	walked := 0
	for i := range len(asked) * len(statuses) {
		if !part(i, 37) {
			continue
		}
		fault := asked[i%len(asked)]
		fault.Status = statuses[i/len(asked)]
		fault.Body = []string{`{"error_code":"X","message":"no"}`, "", "{}", "<html>no</html>"}[i%4]
		endure(t, fault)
		walked++
	}
	t.Logf("%d of %d combinations of status and call", walked, len(asked)*len(statuses))
}

// intact are answers as they should be, to be broken.
var intact = []string{
	`{"token_endpoint":"https://adb-1.azuredatabricks.net/oidc/v1/token"}`, `{"access_token":"a","token_type":"Bearer","expires_in":3600}`,
	`{"id":"1","userName":"x","active":true,"entitlements":[{"value":"databricks-sql-access"}],"groups":[{"display":"g"}]}`,
	`{"token_infos":[{"token_id":"a","creation_time":1,"expiry_time":-1,"comment":"c"}]}`,
	`{"warehouses":[{"id":"a","state":"RUNNING","odbc_params":{"path":"/sql/1.0/warehouses/a"}}],"next_page_token":"n"}`,
	`{"id":"abc","name":"n","state":"RUNNING","warehouse_type":"PRO","auto_stop_mins":10}`, `{"name":"c","owner":"o","browse_only":false}`,
	`{"name":"t","table_type":"MANAGED","columns":[{"name":"c","type_text":"int","mask":{"function_name":"f"}}]}`,
	`{"privilege_assignments":[{"principal":"p","privileges":[{"privilege":"SELECT"}]}]}`, `{"error_code":403,"message":"no","details":[{"@type":"x"}]}`,
}

// breakage are the ways in which an answer is broken.
var breakage = []func(*rand.Rand, string) string{
	func(r *rand.Rand, s string) string { return s[:r.IntN(len(s))] },
	func(r *rand.Rand, s string) string {
		i := r.IntN(len(s))
		return s[:i] + string(rune(r.IntN(256))) + s[i+1:]
	},
	func(r *rand.Rand, s string) string { i := r.IntN(len(s)); return s[:i] + "\xff\xfe\x00" + s[i:] },
	func(r *rand.Rand, s string) string { return strings.Repeat(s, 2+r.IntN(5)) },
	func(r *rand.Rand, s string) string { return strings.Repeat("[", r.IntN(20_000)) + s },
	func(r *rand.Rand, s string) string {
		return strings.Replace(s, `"`, []string{"'", "", `\"`}[r.IntN(3)], 1+r.IntN(4))
	},
	func(r *rand.Rand, s string) string {
		return strings.NewReplacer("true", "7", "[", "{", "]", "}", "1", "1e999").Replace(s)
	},
	func(r *rand.Rand, s string) string {
		return strings.ReplaceAll(s, ":", []string{":null,", ":[", ":{}", ""}[r.IntN(4)])
	},
	func(*rand.Rand, string) string { return "null" },
	func(r *rand.Rand, s string) string { return "\ufeff" + s + strings.Repeat(" ", r.IntN(9000)) },
	func(r *rand.Rand, s string) string { return "<html><body>" + s + strings.Repeat("x", r.IntN(100_000)) },
}

func TestEveryBrokenAnswerIsNamedOrHonestlyUnknown(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	walked := 0
	for i := range 2000 {
		fault := asked[i%len(asked)]
		fault.Status = []int{200, 200, 200, 400, 403}[random.IntN(5)]
		fault.Body = breakage[random.IntN(len(breakage))](random, intact[random.IntN(len(intact))])
		if part(i, 43) {
			endure(t, fault)
			walked++
		}
	}
	t.Logf("%d of 2000 broken answers", walked)
}

func TestEveryBrokenConnectionIsNamedOrHonestlyUnknown(t *testing.T) {
	var faults []rest.Fault
	for _, call := range asked {
		for _, broken := range []rest.Fault{
			{Reset: true}, {Reset: true, Times: 1}, {Delay: time.Hour}, {Delay: 150 * time.Millisecond}, {Delay: 50 * time.Millisecond, Reset: true},
			{Cut: 1}, {Cut: 2}, {Cut: 7}, {Cut: 31}, {Cut: 120}, {Cut: 3, Times: 1}, {Delay: 100 * time.Millisecond, Cut: 10}, {Status: 200, Body: "{}", Cut: 1},
			{Status: 503, Body: "x", Cut: 1}, {Status: 200, Body: "{}", Header: map[string]string{"Content-Encoding": "gzip"}},
		} {
			broken.Path, broken.After = call.Path, call.After
			faults = append(faults, broken)
		}
	}
	walked := 0
	for i, fault := range faults {
		if part(i, 11) {
			endure(t, fault)
			walked++
		}
	}
	t.Logf("%d of %d broken connections", walked, len(faults))
}
