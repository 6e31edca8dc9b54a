package admin

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

func TestAGrantInTheLegacyCatalogWaitsForItsWarehouseAndForANewPrincipal(t *testing.T) {
	d := startWith(t,
		rest.Fault{Method: "POST", Path: statementsPath, Times: 1, Status: 200, Body: `{"statement_id":"one","status":{"state":"FAILED","error":{"error_code":"BAD_REQUEST","message":"[PRINCIPAL_DOES_NOT_EXIST] Could not find principal with name x."}}}`},
		rest.Fault{Method: "POST", Path: statementsPath, Times: 1, Status: 200, Body: `{"statement_id":"two","status":{"state":"PENDING"}}`},
		rest.Fault{Method: "GET", Path: statementsPath + "/two", Times: 1, Status: 200, Body: `{"statement_id":"two","status":{"state":"RUNNING"}}`},
		rest.Fault{Method: "GET", Path: statementsPath + "/two", Status: 200, Body: `{"statement_id":"two","status":{"state":"SUCCEEDED"}}`},
	)
	s, j := open(t, d), journal(t)
	waits := 0
	s.sleep = func(ctx context.Context, _ time.Duration) error {
		if _, limited := ctx.Deadline(); limited {
			t.Error("the wait for the warehouse ends with the call before it")
		}
		waits++
		return nil
	}
	on := legacySchema(t)
	plan, err := s.PlanAllow(t.Context(), Allow{DisplayName: "HEVO_USER", Runs: starter, Legacy: []grants.Need{{Privilege: connector.Usage, On: grants.Schema(on)}}})
	if err != nil {
		t.Fatal(err)
	}
	sameKinds(t, plan, CreatePrincipal, GrantLegacy)
	if out := apply(t, s, plan, j); out.Done != 2 || waits != 3 {
		t.Errorf("%d steps, %d waits", out.Done, waits)
	}
	for _, x := range d.Requests() {
		if x.Path == statementsPath && !strings.Contains(x.Agent, "session/admin") {
			t.Errorf("%s %s as %s", x.Method, x.Path, x.Agent)
		}
	}
}

func TestOnlyTheSettingsOfTokensAreSent(t *testing.T) {
	d := start(t, "ready")
	s := open(t, d)
	before := len(d.Requests())
	for _, body := range []string{`{"enableIpAccessLists":"false"}`, `{"enableTokensConfig":"true","enableExportNotebook":"true"}`, `[]`} {
		if err := s.send(t.Context(), Request{Method: "PATCH", Path: settingsPath, Body: []byte(body)}, nil); !errors.Is(err, errUnbound) {
			t.Errorf("%s: %v", body, err)
		}
	}
	if len(d.Requests()) != before {
		t.Error("something was sent")
	}
}
