package steps

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// firstTimeWalk is a whole walk on a workspace where nothing is granted yet, with the metastore admin's help, to a saved connection.
func (w *walk) firstTimeWalk() {
	w.T.Helper()
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("✗ USE CATALOG on inventory", "Looks again in")
	w.actAsAdmin()
	w.See("The way to the schema is open.")
	w.Press("enter")
	w.See("Scope", "components")
	w.Write("components")
	w.Press("space", "ctrl+u")
	w.Write("devices")
	w.Press("space", "enter")
	w.See("2 ticked", "✓ read, 5 rows shown")
	w.Press("enter")
	w.See("Review and save", "read both tables")
	w.Settle()
	w.Press("enter")
	w.finishes()
}

func TestAWholeWalkStaysWithinTheReadOnlyPromise(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{})
	tap := w.tap()
	w.open()
	w.firstTimeWalk()
	w.Leave()

	requests := tap.requests()
	if len(requests) < 30 {
		t.Fatalf("only %d requests passed the wiretap", len(requests))
	}
	for _, r := range requests {
		if !workspace.Allows(r.method, r.path) {
			t.Errorf("%s %s is not in the read-only list", r.method, r.path)
		}
	}
	want := []string{
		"DESCRIBE TABLE `inventory`.`assets`.`components`", "DESCRIBE TABLE `inventory`.`assets`.`devices`", // announced, and sent or not
		"SELECT * FROM `inventory`.`assets`.`components` LIMIT 5", "SELECT * FROM `inventory`.`assets`.`devices` LIMIT 5",
		"SELECT 1 AS one, current_user() AS me",
	}
	statements := tap.statements()
	for _, s := range statements {
		if !slices.Contains(want, s) {
			t.Errorf("ran %q", s)
		}
	}
	for _, s := range want[2:] {
		if !slices.Contains(statements, s) {
			t.Errorf("did not run %q, so the wiretap sees too little: %q", s, statements)
		}
	}
	for _, e := range w.Workspace.Requests() {
		if e.Principal == demo.ConnectorID && e.Method != "GET" && e.Path != "/oidc/v1/token" && !strings.HasPrefix(e.Path, "/sql/1.0/warehouses/") {
			t.Errorf("the connector changed something: %s %s", e.Method, e.Path)
		}
	}
}

func TestTheSecretGoesToTheTokenEndpointAndNowhereElse(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{})
	canary := screentest.NewCanary(w.Workspace.Connector().Secret.Reveal())
	tap := w.tap()
	w.open()
	w.firstTimeWalk()
	w.Leave()
	seen := 0
	for _, r := range tap.requests() {
		var all strings.Builder
		all.WriteString(r.path)
		all.Write(r.body)
		if err := r.header.Write(&all); err != nil {
			t.Fatal(err)
		}
		switch form, found := canary.In(all.String()); {
		case found && r.path == "/oidc/v1/token":
			seen++
		case found:
			t.Errorf("%s %s carries the secret, %s", r.method, r.path, form)
		}
	}
	if seen == 0 {
		t.Error("the token endpoint never got the secret, so this test does not see it")
	}
}
