package check_test

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
)

func TestAResultReadsAsALine(t *testing.T) {
	const second = time.Second
	for want, r := range map[string]check.Result{
		"✓ S02 Connection: passed, port 443 answers (12 ms)": {Stage: check.StageConnection, State: check.Passed, Evidence: "port 443 answers", Took: 12 * time.Millisecond},
		"✗ S06 Token: failed, HTTP 401 (1.0 s)":              {Stage: check.StageToken, State: check.Failed, Evidence: "HTTP 401", Took: second},
		"… S11 State: running, starting, 4s so far":          {Stage: check.StageState, State: check.Running, Evidence: "starting, 4s so far"},
		"… S12 SQL: running":                                 {Stage: check.StageSQL, State: check.Running},
		"· S14 Schema: blocked, waits for Catalog":           {Stage: check.StageSchema, State: check.Blocked, BlockedBy: check.StageCatalog, Took: second},
		"· S14 Schema: blocked, waits for S99":               {Stage: check.StageSchema, State: check.Blocked, BlockedBy: "S99"},
		"· S16 Rows: skipped, no table is chosen yet":        {Stage: check.StageRead, State: check.Skipped, Evidence: "no table is chosen yet", Took: second},
		"? S18 Lifetime: unknown, a secret's expiry":         {Stage: check.StageLifetime, State: check.Unknown, Evidence: "a secret's expiry"},
		"  S00 Values: odd, a⏎b␛[2J�":                        {Stage: check.StageValues, State: "odd", Evidence: "a\nb\x1b[2J\u202e"},
	} {
		r.Name = check.NameOf(r.Stage)
		if got := check.Line(r); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestAFailureReadsAsTextAndAsAReport(t *testing.T) {
	results := set(t, scenario(t, "wrong-secret")).walk(t, check.All())
	failed := *check.Failure(results)
	failed.Took = 0
	const cause, reason = "Authentication failed", "The workspace knows no such client ID and secret. Most often the secret was revoked, has expired, or belongs to another principal."
	const next = "Next: Create a new secret under Service principals › your principal › Secrets, and paste both values again."
	if got, want := check.Text(failed), cause+"\n"+reason+"\n"+next; got != want {
		t.Errorf("%q, not\n%q", got, want)
	}
	report, detail, _ := strings.Cut(check.Report(failed), "\nDetail: ")
	if want := cause + " (S06 Token)\n" + reason + "\n" + next + "\nSeen: HTTP 401, invalid_client"; report != want || detail != failed.Detail+"\n" || failed.Detail == "" {
		t.Errorf("%q, not\n%q; detail %q", report, want, detail)
	}
	failed.Detail = ""
	if got := check.Report(failed); got != report+"\n" {
		t.Errorf("without a detail: %q", got)
	}
}
