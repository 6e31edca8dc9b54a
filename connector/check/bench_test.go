package check_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// added is what the workspace takes longer for every answer.
const added = 100 * time.Millisecond

// depends says, for each kind of request, which one's answer it cannot do without. A chain ends where nothing is needed before.
var depends = map[string]string{
	"token":     "discovery", // where to sign in
	"knock":     "discovery", // whether this is a workspace at all
	"read":      "token",
	"session":   "read", // of the warehouse: whether it runs, and its path
	"statement": "session",
}

// kindOf sorts a request of the ledger. Sessions and statements go to one path; which is which does not matter to the longest chain, as
// soon as there are both.
func kindOf(e rest.Exchange) []string {
	switch {
	case strings.HasPrefix(e.Path, "/oidc/.well-known/"):
		return []string{"discovery"}
	case e.Path == "/oidc/v1/token":
		return []string{"token"}
	case strings.HasPrefix(e.Path, "/sql/"):
		return []string{"session", "statement"}
	case e.Principal == "":
		return []string{"knock"}
	}
	return []string{"read"}
}

// longestChain is how many requests of the ledger truly wait for each other. Of what one depends on, only what was asked counts: a
// token that is a personal one is not signed in for.
func longestChain(ledger []rest.Exchange) int {
	asked := map[string]bool{}
	for _, e := range ledger {
		for _, kind := range kindOf(e) {
			asked[kind] = true
		}
	}
	longest := 0
	for kind := range asked {
		chain := 0
		for ; kind != ""; kind = depends[kind] {
			if asked[kind] {
				chain++
			}
		}
		longest = max(longest, chain)
	}
	return longest
}

// BenchmarkTest is the whole ladder over a saved connection, where every answer takes 100 ms longer. It reports how long it takes, how
// long the longest chain of requests that depend on each other takes alone, and what the one is of the other.
func BenchmarkTest(b *testing.B) {
	for name, tables := range map[string][]string{
		"one-table": {"inventory.assets.components"}, "two-tables": {"inventory.assets.components", "inventory.assets.devices"},
	} {
		b.Run(name, func(b *testing.B) {
			world := scenario(b, "ready")
			world.Faults = []rest.Fault{{Path: "/*", Delay: added}}
			s := set(b, world)
			s.choose(b, tables...)
			chain, before := 0, 0
			for b.Loop() {
				s.signIn(b, connector.Credentials{Method: connector.OAuth, ClientID: s.Connector().ClientID, Secret: s.Connector().Secret})
				subject := *s.Subject // as loaded: nothing is found yet
				for r := range check.Run(b.Context(), check.All(), &subject) {
					if r.State == check.Failed {
						b.Fatalf("%s failed: %s", r.Stage, r.Detail)
					}
				}
				ledger := s.Requests()
				chain = longestChain(ledger[before:])
				before = len(ledger)
			}
			total := b.Elapsed() / time.Duration(b.N)
			alone := time.Duration(chain) * added
			b.ReportMetric(float64(total.Milliseconds()), "total-ms")
			b.ReportMetric(float64(alone.Milliseconds()), "chain-ms")
			b.ReportMetric(float64(total)/float64(alone), "ratio")
			b.ReportMetric(float64(before)/float64(b.N), "requests")
		})
	}
}

// leavings are the points at which the workspace stops answering: each request of a walk in turn, before its answer, in the middle of it,
// or by a crawl.
func leavings() []rest.Fault {
	paths := []string{
		"/oidc/.well-known/*", "/oidc/v1/token", "/api/2.0/preview/scim/v2/Me", "/api/2.0/sql/warehouses/*", "/sql/*",
		"/api/2.1/unity-catalog/catalogs/*", "/api/2.1/unity-catalog/schemas/*", "/api/2.1/unity-catalog/tables/*",
		"/api/2.1/unity-catalog/effective-permissions/*", "/api/2.1/unity-catalog/metastore_summary",
	}
	var faults []rest.Fault
	for after := 0; len(faults) < 200; after++ {
		for _, path := range paths {
			faults = append(faults,
				rest.Fault{Path: path, After: after % 5, Delay: time.Hour},
				rest.Fault{Path: path, After: after % 5, Status: 503, Header: map[string]string{"Retry-After": "4"}, Body: "{}"},
			)
		}
	}
	return faults[:200]
}

// BenchmarkLeaving leaves a walk at 200 points at which it waits for the workspace, and reports the longest that Run took to return.
func BenchmarkLeaving(b *testing.B) {
	var longest time.Duration
	for b.Loop() {
		for i, fault := range leavings() {
			world := scenario(b, "ready")
			world.Faults = []rest.Fault{fault}
			longest = max(longest, leaveAfter(b, world, time.Duration(20+i%7*10)*time.Millisecond))
		}
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "longest-ms")
	b.ReportMetric(200, "points")
}

// leaveAfter walks a while, leaves, and tells how long it took to be let go.
func leaveAfter(b *testing.B, world demo.Scenario, after time.Duration) time.Duration {
	s := set(b, world)
	ctx, leave := context.WithCancel(b.Context())
	defer leave()
	left := make(chan time.Time, 1)
	time.AfterFunc(after, func() {
		left <- time.Now()
		leave()
	})
	for r := range check.Run(ctx, check.All(), s.Subject) {
		_ = fmt.Sprint(r.Stage, r.State)
	}
	if ctx.Err() == nil {
		return 0 // it was over before
	}
	took := time.Since(<-left)
	if err := s.Workspace.Close(); err != nil {
		b.Fatal(err)
	}
	return took
}
